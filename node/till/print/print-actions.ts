// Wishing something on paper, after it is saved: nothing waits for a printer. A job keeps its id, so trying again prints it once.
import type { Printer, PrintJob } from '#schema/wire/print';
import { isRefusal, refusalCode } from '../node-link/calls.ts';
import { announce, noticeOf, type TillParts, warn } from '../till-parts.ts';
import { sayIn } from '../words/words.ts';
import { type PrintState, sayPrint, type Wish, wishKey, withJob } from './print-state.ts';

export interface PrintActions {
  /** Puts it on paper: once more where it is printed already, the same job again where that failed. */
  print(wish: Wish): Promise<void>;
  /** How this till's printer stands. */
  look(): Promise<void>;
  /** The node says that a job or a printer changed. */
  setJob(job: PrintJob): void;
  setPrinter(printer: Printer): void;
}

export function printActions({ state, ...parts }: TillParts): PrintActions {
  const { calls, makeId } = parts;
  const set = (step: (print: PrintState) => PrintState) =>
    state.update((current) => ({ ...current, print: step(current.print) }));
  /** Being asked for already: a second press is the same wish. */
  const asked = new Set<string>();

  async function send(wish: Wish): Promise<PrintJob> {
    const known = state.get().print.jobs[wishKey(wish)];
    if (known?.state === 'failed' || known?.state === 'unknown') return calls.print.retry({ params: { id: known.id } });
    if (known?.state === 'queued' || known?.state === 'sending') return known;
    return calls.print.print({ body: { id: makeId(), ...wish } });
  }

  return {
    async print(wish) {
      const key = wishKey(wish);
      if (asked.has(key)) return;
      asked.add(key);
      try {
        const job = await send(wish);
        set((print) => ({ ...print, jobs: { ...print.jobs, [key]: job } }));
        announce({ state }, 'print_sending');
      } catch (error) {
        if (refusalCode(error) === 'no-printer') warn({ state }, noticeOf('warn', 'print_none'));
        else if (isRefusal(error))
          warn({ state }, noticeOf('fault', 'print_fail', { why: error.problem.detail.replace(/\.$/, '') }));
        else warn({ state }, noticeOf('warn', 'print_no_box'));
      } finally {
        asked.delete(key);
      }
    },
    async look() {
      const found = await calls.print.printers().catch(() => null);
      if (found) set((print) => ({ ...print, printer: found.items.find(({ id }) => id === found.own) ?? null }));
    },
    setJob(job) {
      const before = state.get().print;
      set((print) => withJob(print, job));
      if (state.get().print === before || (job.state !== 'failed' && job.state !== 'unknown')) return;
      const say = sayIn(state.get().language);
      const said = sayPrint(
        state.get().print,
        { kind: job.kind as Wish['kind'], ...(job.subjectId !== null && { subjectId: job.subjectId }) },
        say,
      );
      if (said) warn({ state }, noticeOf(said.tone, said.key, said.parts));
    },
    setPrinter: (printer) => set((print) => (print.printer?.id === printer.id ? { ...print, printer } : print)),
  };
}
