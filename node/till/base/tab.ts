// This tab among the tabs of its browser: the page that it shows, the open sale that it keeps over a reload, and which other pages live.
import type { Clock } from '#schema/values/clock';

/** Pages answer each other within a few milliseconds; one that is this late is closed, crashed or frozen. */
const ANSWER_MS = 250;

export interface Tab {
  /** Anew with each loading: a reload ends one page and begins another. */
  page: string;
  /** What the tab had open before its reload. A duplicated tab remembers the same, so it proves nothing. */
  openSale(): string | null;
  rememberOpenSale(key: string): void;
  /** The other pages of this till that live now. */
  others(): Promise<ReadonlySet<string>>;
}

export interface TabParts {
  page: string;
  clock: Clock;
  storage: () => Storage;
  /** Reaches every other page of the till in this browser. */
  channel: BroadcastChannel;
}

type Word = { kind: 'who' } | { kind: 'here'; page: string };

const OPEN_SALE = 'lapak.open-sale';

export function browserTab({ page, clock, storage, channel }: TabParts): Tab {
  const heard = new Set<string>();
  channel.onmessage = ({ data }: MessageEvent<Word>) => {
    if (data.kind === 'here') heard.add(data.page);
    else channel.postMessage({ kind: 'here', page } satisfies Word);
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
    others() {
      heard.clear();
      channel.postMessage({ kind: 'who' } satisfies Word);
      return new Promise((resolve) => clock.after(ANSWER_MS, () => resolve(new Set(heard))));
    },
  };
}
