// What this till wished on paper, and how its printer stands. Pure.
import type { Printer, PrintJob, WishPrint } from '#schema/wire/print';
import type { Tone } from '../node-link/state-line.ts';
import type { Parts, Say, WordKey } from '../words/words.ts';

export interface PrintState {
  /** The printer of this till; undefined until the node has said, null where there is none. */
  printer: Printer | null | undefined;
  /** The last wish for each paper, by `wishKey`. */
  jobs: Readonly<Record<string, PrintJob>>;
}

export const noPrints: PrintState = { printer: undefined, jobs: {} };

export type Wish = Pick<WishPrint, 'kind' | 'subjectId'>;

export const wishKey = ({ kind, subjectId }: { kind: string; subjectId?: string | null }): string => `${kind}/${subjectId ?? ''}`;

/** Only papers that somebody here asked for are followed. */
export function withJob(print: PrintState, job: PrintJob): PrintState {
  const key = wishKey(job);
  return print.jobs[key]?.id === job.id ? { ...print, jobs: { ...print.jobs, [key]: job } } : print;
}

export interface PrintSaid {
  tone: Tone | 'fault';
  key: WordKey;
  parts: Parts;
}

const conditionKeys = {
  ready: 'printer_ready',
  'paper-out': 'printer_paper',
  'cover-open': 'printer_cover',
  error: 'printer_error',
  offline: 'printer_offline',
} as const satisfies Record<Printer['condition'], WordKey>;

const isCondition = (problem: string): problem is Printer['condition'] => Object.hasOwn(conditionKeys, problem);

/** In words: a condition of the printer, or what else kept it from being printed. */
const whyOf = (problem: string | null, say: Say): string =>
  say(
    problem !== null && isCondition(problem)
      ? conditionKeys[problem]
      : problem === 'too-late'
        ? 'print_too_late'
        : 'printer_error',
  );

/** The chip: what became of this paper, else how the printer stands. Undefined where nothing is known. */
export function sayPrint({ printer, jobs }: PrintState, wish: Wish, say: Say): PrintSaid | undefined {
  const job = jobs[wishKey(wish)];
  const said = (tone: PrintSaid['tone'], key: WordKey, parts: Parts = {}): PrintSaid => ({ tone, key, parts });
  if (job?.state === 'printed') return said('ok', job.copy ? 'print_copy' : 'print_done');
  if (job?.state === 'unknown') return said('warn', 'print_unknown');
  if (job?.state === 'failed') return said('fault', 'print_fail', { why: whyOf(job.problem, say) });
  if (job?.state === 'sending') return said('info', 'print_sending');
  if (job?.state === 'queued' && printer && printer.condition !== 'ready')
    return said('warn', 'print_waits', { why: say(conditionKeys[printer.condition]) });
  if (job?.state === 'queued') return said('info', 'print_sending');
  if (printer === null) return said('info', 'print_none');
  if (!printer) return undefined;
  return said(printer.condition === 'ready' ? 'ok' : 'warn', conditionKeys[printer.condition]);
}
