// This tab among the tabs of its browser: the page that it shows, the open sale that it keeps over a reload, and which other pages live.
import type { Clock } from '#schema/values/clock';

/** Pages answer each other within a few milliseconds; one that is this late is closed, crashed, or stands still and is told when it wakes. */
const ANSWER_MS = 250;

export interface Tab {
  /** Anew with each loading: a reload ends one page and begins another. */
  page: string;
  /** What the tab had open before its reload. A duplicated tab remembers the same, so it proves nothing. */
  openSale(): string | null;
  rememberOpenSale(key: string): void;
  /** The other pages of this till that live now. */
  others(): Promise<ReadonlySet<string>>;
  /** Tells the page that had a sale open, should it only have stood still, that this one has it now. */
  tellTaken(sale: string, from: string): void;
  /** Another page took over a sale that this one had open. */
  onTaken(hear: (sale: string) => unknown): void;
}

export interface TabParts {
  page: string;
  clock: Clock;
  storage: () => Storage;
  /** Reaches every other page of the till in this browser. */
  channel: BroadcastChannel;
}

type Word = { kind: 'who' } | { kind: 'here'; page: string } | { kind: 'taken'; sale: string; from: string };

const OPEN_SALE = 'lapak.open-sale';

export function browserTab({ page, clock, storage, channel }: TabParts): Tab {
  const heard = new Set<string>();
  let hearTaken: (sale: string) => unknown = () => {};
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'here') heard.add(data.page);
    else if (data.kind === 'who') channel.postMessage({ kind: 'here', page } satisfies Word);
    else if (data.from === page) hearTaken(data.sale);
  };
  // A private window may refuse to keep; then a reload finds its sale as one that nobody holds.
  const guarded = <T>(call: () => T, otherwise: T): T => {
    try {
      return call();
    } catch {
      return otherwise;
    }
  };
  return {
    page,
    openSale: () => guarded(() => storage().getItem(OPEN_SALE), null),
    rememberOpenSale: (key) => guarded(() => storage().setItem(OPEN_SALE, key), undefined),
    tellTaken: (sale, from) => channel.postMessage({ kind: 'taken', sale, from } satisfies Word),
    onTaken(hear) {
      hearTaken = hear;
    },
    others() {
      heard.clear();
      channel.postMessage({ kind: 'who' } satisfies Word);
      return new Promise((resolve) => clock.after(ANSWER_MS, () => resolve(new Set(heard))));
    },
  };
}
