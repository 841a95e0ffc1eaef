// When a person must be told of what a device measures: once for each time that it is outside for too long, whatever the readings do.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { present } from '../values/assert.ts';
import { addReading, alertRules, meanOf, type Reading, type Sum, type Watch, watchReading, watchTime } from './telemetry.ts';

const minute = 60_000;
const settings = { lowest: 0, highest: 80, toleratedMinutes: 10, doorOpenMinutes: 3 };
const ruleOf = (what: string, more: Partial<typeof settings> = {}) =>
  present(
    alertRules({ ...settings, ...more }).find((rule) => rule.what === what),
    what,
  );

/** What a row of readings, `[minute, value]`, tells of. */
function told(what: string, readings: readonly (readonly [number, number])[]): string[] {
  const rule = ruleOf(what);
  let watch: Watch | null = null;
  const news: string[] = [];
  for (const [at, value] of readings) {
    const step = watchReading(rule, watch, { metric: rule.metric, value, at: at * minute });
    watch = step.watch;
    if (step.news) news.push(`${step.news} at ${at}`);
  }
  return news;
}

describe('a fridge', () => {
  it.each<[string, string, [number, number][], string[]]>([
    ['that is cold enough', 'too-warm', [[0, 40], [20, 80]], []], // biome-ignore format: one line a case
    ['that is warm for less than is tolerated', 'too-warm', [[0, 81], [9, 95], [9.9, 80]], []], // biome-ignore format: one line a case
    ['that is warm for as long as is tolerated', 'too-warm', [[0, 81], [5, 90], [10, 81]], ['began at 10']], // biome-ignore format: one line a case
    ['that cools down in between', 'too-warm', [[0, 81], [9, 80], [10, 81], [19, 81]], []], // biome-ignore format: one line a case
    ['that trembles at its bound', 'too-warm', [[0, 81], [10, 81], [11, 79], [12, 81], [30, 76], [60, 81], [90, 75]], ['began at 10', 'ended at 90']], // biome-ignore format: one line a case
    ['that is warm twice', 'too-warm', [[0, 90], [10, 90], [11, 70], [12, 90], [22, 90]], ['began at 10', 'ended at 11', 'began at 22']], // biome-ignore format: one line a case
    ['that freezes', 'too-cold', [[0, -1], [10, -3], [11, 4], [12, 5]], ['began at 10', 'ended at 12']], // biome-ignore format: one line a case
  ])('[IOT-05] %s tells of it: %s', (_, what, readings, news) => {
    expect(told(what, readings)).toEqual(news);
  });

  it('[IOT-05] whose door was left open is told of by the time alone, once', () => {
    const rule = ruleOf('door-open');
    const { watch } = watchReading(rule, null, { metric: 'door', value: 1, at: 0 });
    expect(watchTime(rule, watch, 3 * minute - 1).news).toBeNull();
    const late = watchTime(rule, watch, 3 * minute);
    expect(late.news).toBe('began');
    expect(watchTime(rule, late.watch, 60 * minute).news).toBeNull();
    expect(watchReading(rule, late.watch, { metric: 'door', value: 0, at: 61 * minute }).news).toBe('ended');
  });

  it('[IOT-05] without a bound is not watched for it, and close bounds still leave something inside', () => {
    expect(alertRules({ lowest: null, highest: null, toleratedMinutes: 10, doorOpenMinutes: null })).toEqual([]);
    const narrow = ruleOf('too-warm', { lowest: 79, highest: 80 });
    expect(narrow.isWellInside(80)).toBe(true);
  });

  it('[IOT-05] is told of in turns, and never before the tolerated time, whatever it measures', () => {
    const rule = ruleOf('too-warm');
    const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 60, max: 100 })), { maxLength: 60 });
    fc.assert(
      fc.property(steps, (row) => {
        let watch: Watch | null = null;
        let at = 0;
        let outsideSince: number | null = null;
        let open = false;
        for (const [minutes, value] of row) {
          at += minutes * minute;
          const step = watchReading(rule, watch, { metric: 'temperature', value, at });
          outsideSince = value > 80 ? (outsideSince ?? at) : null;
          if (step.news === 'began') {
            expect(open).toBe(false);
            expect(at - present(outsideSince, 'it is outside')).toBeGreaterThanOrEqual(10 * minute);
            open = true;
          } else if (step.news === 'ended') {
            expect(open).toBe(true);
            expect(value).toBeLessThanOrEqual(75);
            open = false;
          }
          watch = step.watch;
        }
      }),
    );
  });
});

describe('a sum of readings', () => {
  it('[IOT-05] says the same whatever order they came in, but for those of one moment', () => {
    const readings = fc.uniqueArray(fc.record({ at: fc.nat(1_000), value: fc.integer({ min: -500, max: 500 }) }), {
      minLength: 1,
      selector: ({ at }) => at,
    });
    const sumOf = (row: { at: number; value: number }[]) =>
      present(
        row.reduce<Sum | null>((sum, reading) => addReading(sum, { metric: 'temperature', ...reading } satisfies Reading), null),
        'a sum',
      );
    fc.assert(
      fc.property(readings, (row) => {
        const sum = sumOf(row);
        expect(sumOf(row.toReversed())).toEqual(sum);
        const values = row.map(({ value }) => value);
        expect(sum).toMatchObject({ count: row.length, min: Math.min(...values), max: Math.max(...values) });
        expect(meanOf(sum)).toBeGreaterThanOrEqual(sum.min);
        expect(meanOf(sum)).toBeLessThanOrEqual(sum.max);
      }),
    );
  });
});
