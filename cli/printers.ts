// Printers of the store node on this machine, by what people type; and a job followed to its end.
import type { Clock } from '#schema/values/clock';
import type { Printer, PrinterLink, PrintJob } from '#schema/wire/print';
import type { LocalNode } from './connect.ts';
import { exitCodes } from './exit-codes.ts';
import { Failure, wrongUse } from './failure.ts';
import { pickOne } from './find.ts';
import { wait } from './ui/clock.ts';

const POLL_MS = 250;
const RAW_PORT = 9_100;

export async function findPrinter(node: LocalNode, text: string): Promise<Printer> {
  const { items } = await node.print.printers();
  return pickOne(items, { noun: 'printer', text, list: 'lapak printer list', namesOf: (printer) => [printer.name] });
}

/** `192.168.1.50` or `printer.local:9100`. */
export function readAddress(text: string): PrinterLink {
  const [, host = '', port] = /^([A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text) ?? [];
  if (host === '')
    throw wrongUse(`“${text}” is no address of a printer.`, 'Write it like 192.168.1.50 or printer.local:9100.', 'bad-address');
  return { kind: 'network', host, port: port === undefined ? RAW_PORT : Number(port) };
}

export const linkText = (link: PrinterLink): string =>
  link.kind === 'network' ? `${link.host}:${link.port}` : `${link.path} at ${link.baudRate} baud`;

/** What keeps a job from the paper, in words. */
const problems: Record<string, string> = {
  offline: 'the printer does not answer',
  'paper-out': 'its paper is out',
  'cover-open': 'its cover is open',
  error: 'it says that it is broken or jammed',
  'too-late': 'it waited too long for the printer',
  lost: 'the link went in the middle of it',
  stalled: 'the printer took no more of it',
  silent: 'the printer fell silent in the middle of it',
  'no-confirmation': 'the printer never said that it was done',
  restarted: 'the store node was restarted in the middle of it',
};

export const problemText = (problem: string | null): string => (problem === null ? '' : (problems[problem] ?? problem));

/** Until it was printed, or not: then it fails with the reason. */
export async function awaitPrinted(
  node: LocalNode,
  job: PrintJob,
  { clock, timeoutMs }: { clock: Clock; timeoutMs: number },
): Promise<PrintJob> {
  const deadline = clock.now() + timeoutMs;
  for (let now = job; ; now = await node.print.job({ params: { id: job.id } })) {
    if (now.state === 'printed') return now;
    if (now.endedAt !== null)
      throw new Failure({
        exit: exitCodes.outsideFailed,
        code: now.state,
        what: now.state === 'unknown' ? 'Nobody can say whether it was printed.' : 'It was not printed.',
        why: `${now.printerName}: ${problemText(now.problem) || now.state}.`,
        next: 'Mend the printer and try again; see `lapak printer list`.',
      });
    if (clock.now() >= deadline) {
      const { items } = await node.print.printers();
      const condition = items.find(({ id }) => id === job.printerId)?.condition ?? 'offline';
      throw new Failure({
        exit: exitCodes.timedOut,
        code: 'printer-waiting',
        what: 'It is not printed yet.',
        why: `${now.printerName}: ${condition === 'ready' ? 'it is still printing' : problemText(condition)}.`,
        next: 'It is printed when the printer is ready, unless that takes too long; see `lapak printer jobs`.',
      });
    }
    await wait(clock, POLL_MS);
  }
}
