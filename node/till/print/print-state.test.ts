// What is said of a printer and of what was wished on it.
import { describe, expect, test } from 'vitest';
import type { Printer, PrintJob } from '#schema/wire/print';
import { sayIn } from '../words/words.ts';
import { noPrints, type PrintState, sayPrint, withJob } from './print-state.ts';

const say = sayIn('en');
const wish = { kind: 'receipt' as const, subjectId: 'sale' };
const printer = (condition: Printer['condition']) => ({ id: 'printer', condition }) as Printer;
const job = (more: Partial<PrintJob>) => ({ id: 'job', kind: 'receipt', subjectId: 'sale', problem: null, ...more }) as PrintJob;

function said(state: PrintState): string | undefined {
  const found = sayPrint(state, wish, say);
  return found && `${found.tone}: ${say(found.key, found.parts)}`;
}

describe('print', () => {
  test.each([
    [undefined, undefined],
    [null, 'info: No printer at this till.'],
    [printer('ready'), 'ok: Printer: ready'],
    [printer('paper-out'), 'warn: Printer: no paper'],
  ])('says how the printer stands while nothing was wished', (own, words) => {
    expect(said({ ...noPrints, printer: own })).toBe(words);
  });

  test.each([
    [{ state: 'queued' }, 'ready', 'info: Printing'],
    [{ state: 'queued' }, 'cover-open', 'warn: Prints as soon as it can. Printer: the cover is open'],
    [{ state: 'sending' }, 'ready', 'info: Printing'],
    [{ state: 'printed', copy: false }, 'ready', 'ok: Printed'],
    [{ state: 'printed', copy: true }, 'ready', 'ok: Copy printed'],
    [{ state: 'unknown' }, 'offline', 'warn: Nobody knows whether it was printed. Look at the paper, then print again.'],
    [
      { state: 'failed', problem: 'too-late' },
      'ready',
      'fault: Sale saved. Receipt not printed: it waited too long. Print again or show QR.',
    ],
  ] as const)('says what became of a paper: %o', (more, condition, words) => {
    expect(said({ printer: printer(condition), jobs: { 'receipt/sale': job(more) } })).toBe(words);
  });

  test('what others print is not followed here', () => {
    const own = { ...noPrints, jobs: { 'receipt/sale': job({ state: 'queued' }) } };
    expect(withJob(own, job({ id: 'other', state: 'printed' }))).toBe(own);
    expect(withJob(own, job({ state: 'sending' })).jobs['receipt/sale']?.state).toBe('sending');
  });
});
