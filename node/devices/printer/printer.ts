// One printer: keeps its link, asks how it stands, and prints. It comes back by itself after a pulled cable, a power cut or an empty roll;
// what it says of a job is only what is known: printed, untouched, or in doubt.
import type { Clock } from '#schema/values/clock';
import type { PrinterCondition, PrinterLink } from '#schema/wire/print';
import type { OpenedLink } from '../link.ts';
import { type Conversation, openConversation } from './conversation.ts';
import type { OpenLink } from './link.ts';
import { type Standing, standingOf } from './status.ts';

const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 15_000;
const POLL_MS = 3_000;
/** A printer that stopped reading fills the buffers of the system between; then nothing goes any more. */
const WRITE_MS = 20_000;
/** With its start and stop bits. */
const BITS_PER_BYTE = 10;
/** Between two questions how it stands, while it prints. */
const WATCH_MS = 1_000;
/** Longer than any receipt takes to print once it is in. */
const PRINT_MS = 30_000;
/** One answer may be late, as when the printer is busy; this many missing ones in a row, and the link is taken for dead. */
const MAX_SILENCES = 2;
/** How long a job that stopped for paper or an open cover is waited for. */
const ATTEND_MS = 120_000;

export type PrintOutcome =
  | { kind: 'printed' }
  /** Surely not a byte of it left. */
  | { kind: 'untouched'; problem: string }
  | { kind: 'doubt'; problem: string };

export interface PrinterState {
  condition: PrinterCondition;
  paperLow: boolean;
  lastSeenAt: number | null;
}

export interface PrinterDriver {
  state(): PrinterState;
  /** How it stands now, asked anew. */
  check(): Promise<PrinterCondition>;
  print(bytes: Uint8Array): Promise<PrintOutcome>;
  stop(): Promise<void>;
}

export interface PrinterParts {
  link: PrinterLink;
  /** One that never answers is ready as long as its link is there. */
  answers: boolean;
  openLink: OpenLink;
  clock: Clock;
  onChange(): void;
}

interface Session {
  link: OpenedLink;
  conversation: Conversation;
  silences: number;
}

export function startPrinter({ link: place, answers, openLink, clock, onChange }: PrinterParts): PrinterDriver {
  let state: PrinterState = { condition: 'offline', paperLow: false, lastSeenAt: null };
  let session: Session | undefined;
  let printing = false;
  let stopped = false;
  const sleepers = new Set<() => void>();

  function stand({ condition, paperLow }: Standing): PrinterCondition {
    const changed = condition !== state.condition || paperLow !== state.paperLow;
    const lastSeenAt = condition === 'offline' ? state.lastSeenAt : clock.now();
    state = { condition, paperLow, lastSeenAt };
    if (changed) onChange();
    return condition;
  }

  const lost = () => stand({ condition: 'offline', paperLow: state.paperLow });

  const wakeAll = () => {
    for (const wake of [...sleepers]) wake();
  };

  /** Until the time is over, the link goes, or all is stopped. */
  const pause = (delayMs: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        cancel();
        sleepers.delete(wake);
        resolve();
      };
      const cancel = clock.after(delayMs, wake);
      sleepers.add(wake);
    });

  async function open(): Promise<Session> {
    let opened: Session | undefined;
    let goneAlready = false;
    const link = await openLink(place, {
      bytes: (bytes) => opened?.conversation.hear(bytes),
      closed() {
        if (opened) leave(opened);
        else goneAlready = true;
      },
    });
    opened = { link, conversation: openConversation(link, clock), silences: 0 };
    if (goneAlready || stopped) leave(opened);
    return opened;
  }

  function leave(leaving: Session): void {
    leaving.link.close();
    leaving.conversation.end();
    if (session === leaving) session = undefined;
    lost();
    wakeAll();
  }

  async function ask(asked: Session): Promise<PrinterCondition> {
    if (!answers) return stand({ condition: asked.link.isOpen() ? 'ready' : 'offline', paperLow: false });
    const told = await asked.conversation.standing();
    if (asked !== session) return state.condition;
    asked.silences = told ? 0 : asked.silences + 1;
    if (told) return stand(standingOf(told));
    if (asked.silences >= MAX_SILENCES) leave(asked);
    return lost();
  }

  async function run(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!stopped) {
      session ??= await open().catch(() => undefined);
      if (session && !printing && (await ask(session)) !== 'offline') retryMs = FIRST_RETRY_MS;
      if (stopped) return;
      if (session) await pause(session.silences > 0 ? FIRST_RETRY_MS : POLL_MS);
      else {
        lost();
        await pause(retryMs);
        retryMs = Math.min(retryMs * 2, LONGEST_RETRY_MS);
      }
    }
  }

  async function print(bytes: Uint8Array): Promise<PrintOutcome> {
    const here = session;
    if (!here?.link.isOpen()) return { kind: 'untouched', problem: 'offline' };
    printing = true;
    try {
      const problem = (await sendWhole(here, bytes)) ?? (answers ? await watch(here) : undefined);
      if (problem === undefined) return { kind: 'printed' };
      // What it still holds of this job must not run into the next one.
      leave(here);
      return { kind: 'doubt', problem };
    } finally {
      printing = false;
    }
  }

  /** The problem where not everything went out. */
  async function sendWhole(here: Session, bytes: Uint8Array): Promise<string | undefined> {
    let cancel = () => {};
    const late = new Promise<string>((resolve) => {
      const limitMs = WRITE_MS + (place.kind === 'serial' ? (bytes.length * BITS_PER_BYTE * 1_000) / place.baudRate : 0);
      cancel = clock.after(limitMs, () => resolve('stalled'));
    });
    const written = here.link.write(bytes).then(
      () => undefined,
      () => 'lost',
    );
    const problem = await Promise.race([written, late]);
    cancel();
    return problem;
  }

  /** Waits until the printer has taken in everything, asking meanwhile what keeps it; the problem where it never does. */
  async function watch(here: Session): Promise<string | undefined> {
    let confirmed: boolean | undefined;
    const confirmation = here.conversation.confirmation().then((isThere) => {
      confirmed = isThere;
    });
    const startedAt = clock.now();
    for (;;) {
      await Promise.race([confirmation, pause(WATCH_MS)]);
      if (confirmed === true) return undefined;
      if (confirmed === false || here !== session) return 'lost';
      // Some keep silent while they print: that alone says nothing.
      const told = await here.conversation.standing();
      const condition = told && here === session ? stand(standingOf(told)) : 'silent';
      const waited = clock.now() - startedAt;
      const isKept = condition !== 'ready' && condition !== 'silent';
      if (waited > (isKept ? ATTEND_MS : PRINT_MS)) return condition === 'ready' ? 'no-confirmation' : condition;
    }
  }

  const running = run();
  return {
    state: () => state,
    check: async () => (session ? ask(session) : state.condition),
    print,
    async stop() {
      stopped = true;
      if (session) leave(session);
      wakeAll();
      await running;
    },
  };
}
