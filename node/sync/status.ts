// Tells the centre how this node stands, so that the fleet's dashboard knows a quiet store from a lost one: every few seconds, and at
// once when something changes that the dashboard shows.
import { client } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import { MAX_POURING, type NodeStatus, syncContract } from '#schema/wire/sync';
import type { SyncState } from '#schema/wire/till';
import type { Centre } from './centre.ts';

/** A dashboard dims a store that it has not heard of for ten seconds; so one word may be lost or late. */
const EVERY_MS = 4_000;
/** A sale waits for a moment before the centre has it; only what waits for longer is news. */
const SETTLE_MS = 250;
/** A store that works off what waited changes with each run. */
const LEAST_MS = 1_000;
const ANSWER_TIMEOUT_MS = 8_000;

export interface StatusTeller {
  /** Something may have changed that the fleet shows. */
  changed(): void;
  stop(): void;
}

interface StatusParts {
  centre: Centre;
  clock: Clock;
  version: string;
  head: () => { generation: number; seq: number };
  sync: () => SyncState;
  devices: () => Pick<NodeStatus['devices'], 'total' | 'online'>;
  pouring: () => NodeStatus['devices']['pouring'];
  /** How far the centre holds each generation of this store. */
  onHeld: (held: readonly { generation: number; seq: number }[]) => void;
}

/** What a dashboard shows of it. Where the journal ends and what is poured is told along, and is no news: each sale and each pour moves it. */
const shownOf = ({ head, devices: { pouring, ...counts }, ...shown }: NodeStatus): string => JSON.stringify({ ...shown, counts });

export function startStatus(parts: StatusParts): StatusTeller {
  const { centre, clock, version, head, sync, devices, pouring, onHeld } = parts;
  const calls = client(syncContract, {
    baseUrl: centre.enrolled.serverUrl,
    fetch: centre.fetch,
    timeoutMs: ANSWER_TIMEOUT_MS,
  });
  let cancelNext = () => {};
  let stopped = false;
  let isTelling = false;
  let isSoon = true;
  let toldAt = 0;
  let told = '';

  const next = (delayMs: number, call: () => void) => {
    cancelNext();
    if (!stopped) cancelNext = clock.after(delayMs, call);
  };

  const statusNow = (): NodeStatus => {
    const { generation, seq } = head();
    const { waiting, oldestWaitingAt } = sync();
    const standing = { ...devices(), pouring: pouring().slice(0, MAX_POURING) };
    return { head: { generation, seq }, waiting, oldestWaitingAt, version, devices: standing };
  };

  async function tell(): Promise<void> {
    const body = statusNow();
    isSoon = false;
    isTelling = true;
    toldAt = clock.now();
    told = shownOf(body);
    // An unheard word is no loss: the next one says more.
    const answer = await calls.status({ body }).catch(() => undefined);
    isTelling = false;
    if (stopped) return;
    if (answer) onHeld(answer.held);
    if (shownOf(statusNow()) === told) next(EVERY_MS, tell);
    else soon();
  }

  function tellIfNews(): void {
    isSoon = false;
    if (shownOf(statusNow()) !== told) void tell();
    else next(toldAt + EVERY_MS - clock.now(), tell);
  }

  function soon(): void {
    isSoon = true;
    next(Math.max(SETTLE_MS, toldAt + LEAST_MS - clock.now()), tellIfNews);
  }

  next(0, tell);
  return {
    changed() {
      // Without a link there is nobody to tell; the first answer is a change itself.
      if (!stopped && !isTelling && !isSoon && sync().link === 'online') soon();
    },
    stop() {
      stopped = true;
      cancelNext();
    },
  };
}
