// Which days a report is of, by what was asked for.
import { expect, it } from 'vitest';
import { daysAsked } from './report.ts';

const today = '2026-11-21';

it.each([
  [{}, { from: today, to: today }],
  [{ from: '2026-11-03' }, { from: '2026-11-03', to: '2026-11-03' }],
  [{ to: '2026-11-04' }, { from: '2026-11-04', to: '2026-11-04' }],
  [
    { from: '2026-11-03', to: '2026-11-04' },
    { from: '2026-11-03', to: '2026-11-04' },
  ],
  [
    { from: '2027-01-01', to: '2028-01-01' },
    { from: '2027-01-01', to: '2028-01-01' },
  ],
])('[DSP-09] a report that is asked for with %o is of %o', (asked, days) => {
  expect(daysAsked(asked, today)).toEqual({ ok: true, value: days });
});

it.each([
  [{ from: '2026-11-04', to: '2026-11-03' }, 'to'],
  [{ from: '2027-01-01', to: '2028-01-02' }, 'from'],
])('[DSP-09] a report cannot be asked for with %o', (asked, field) => {
  expect(daysAsked(asked, today)).toMatchObject({ ok: false, code: 'bad-range', field });
});
