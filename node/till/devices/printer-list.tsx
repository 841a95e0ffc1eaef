// Printers and what waits for them: a trial page, and for each job what became of it. Of one that may be on paper a person decides.
import type { Printer, PrintJob } from '#schema/wire/print';
import { useActions, useSay, useStore } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { sayProblem } from '../menu/side-problem.ts';
import type { Loaded } from '../menu/use-loaded.ts';
import { clockText } from '../node-link/state-line.ts';
import { announce } from '../till-parts.ts';
import type { WordKey } from '../words/words.ts';
import { conditionWords, printerTone, printerWord } from './dispenser-list.tsx';
import { StateChip } from './state-chip.tsx';

const jobStates = {
  queued: { tone: 'info', word: 'job_queued' },
  sending: { tone: 'info', word: 'job_sending' },
  printed: { tone: 'ok', word: 'job_printed' },
  failed: { tone: 'fault', word: 'job_failed' },
  unknown: { tone: 'warn', word: 'job_unknown' },
  cancelled: { tone: 'info', word: 'job_cancelled' },
} as const satisfies Record<PrintJob['state'], { tone: string; word: WordKey }>;

const problemWords: Record<string, WordKey> = {
  ...conditionWords,
  'too-late': 'job_too_late',
  lost: 'job_lost',
  'no-confirmation': 'job_unconfirmed',
  restarted: 'job_restarted',
  'no-drawer': 'job_no_drawer',
  'voucher-closed': 'voucher_closed',
};

function Job({ job, again }: { job: PrintJob; again: () => void }) {
  const till = useActions();
  const say = useSay();
  const { timeZone } = useStore();
  const { print } = till.parts.calls;
  const { tone, word } = jobStates[job.state];
  const step = async (event: 'cancel' | 'retry') => {
    try {
      await print[event]({ params: { id: job.id } });
    } catch (error) {
      sayProblem(till, error, { 'illegal-step': 'job_moved_on' });
    }
    again();
  };
  const problem = job.state === 'printed' ? undefined : problemWords[job.problem ?? ''];
  const why = problem && say(problem);
  return (
    <li className="row" data-job={job.id}>
      <span className="row-what">
        <strong>{say(`job_${job.kind}`)}</strong>
        <span className="meta">
          {[job.printerName, clockText(Date.parse(job.queuedAt), timeZone), why].filter(Boolean).join(' · ')}
        </span>
        {job.state === 'unknown' && (
          <span className="row-note" data-tone="warn">
            <Icon name="warn" size={16} /> {say('job_look')}
          </span>
        )}
      </span>
      <StateChip tone={tone}>{say(word)}</StateChip>
      {job.next.includes('retry') && (
        <button type="button" className="action" onClick={() => void step('retry')}>
          {say('job_retry')}
        </button>
      )}
      {job.next.includes('cancel') && (
        <button type="button" className="action" onClick={() => void step('cancel')}>
          {say('job_cancel')}
        </button>
      )}
    </li>
  );
}

export interface PrinterListProps {
  printers: Loaded<{ items: Printer[]; own: string | null }>;
  jobs: Loaded<PrintJob[]>;
}

export function PrinterList({ printers, jobs }: PrinterListProps) {
  const till = useActions();
  const say = useSay();
  const { calls, makeId } = till.parts;
  const trial = async (printerId: string) => {
    try {
      await calls.print.print({ body: { id: makeId(), kind: 'test', printerId } });
      announce(till.parts, 'print_sending');
    } catch (error) {
      sayProblem(till, error);
    }
    jobs.again();
  };
  if (printers.value === null) return <p className="empty">{say(printers.failed ? 'box_no_answer' : 'screen_loading')}</p>;
  if (printers.value.items.length === 0) return <p className="empty">{say('printers_none')}</p>;
  const own = printers.value.own;
  return (
    <>
      <ul className="rows">
        {printers.value.items.map((printer) => (
          <li className="row" key={printer.id}>
            <span className="row-what">
              <strong>{printer.name}</strong>
              <span className="meta">
                {[printer.id === own && say('printer_own'), printer.waiting > 0 && say('printer_waiting', { n: printer.waiting })]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </span>
            <StateChip tone={printerTone(printer)}>{say(printerWord(printer))}</StateChip>
            <button type="button" className="action" onClick={() => void trial(printer.id)}>
              {say('printer_trial')}
            </button>
          </li>
        ))}
      </ul>
      <h2>{say('jobs')}</h2>
      {jobs.value?.length === 0 && <p className="empty">{say('jobs_none')}</p>}
      <ul className="rows">
        {jobs.value?.map((job) => (
          <Job key={job.id} job={job} again={jobs.again} />
        ))}
      </ul>
    </>
  );
}
