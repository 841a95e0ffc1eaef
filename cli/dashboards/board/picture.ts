// What a dashboard knows: the last answer and how our own link is, and the rows that follow from both. Pure.

/** The last answer of the server. */
export interface Snapshot<Item> {
  items: readonly Item[];
  /** When it came, by our clock. */
  at: number;
  /** What to add to our clock to have the server's. */
  offsetMs: number;
}

/** Our own link, while it is lost. */
export interface LostLink {
  since: number;
  tries: number;
  nextAt: number;
  /** What the server said, where it answered and would not. */
  why: string | null;
}

export interface Picture<Item> {
  snapshot: Snapshot<Item> | null;
  lost: LostLink | null;
}

export interface Seen {
  /** By the server's clock, so that a wrong one here changes no age. */
  now: number;
  /** Our own link is lost, and since when: then nothing can be said of anybody. */
  lostMs: number | null;
}

/** Rows of what was last answered, each as it is seen now. */
export function rowsSeen<Item, Row>(
  { snapshot, lost }: Picture<Item>,
  now: number,
  rowOf: (item: Item, seen: Seen) => Row,
): Row[] {
  if (!snapshot) return [];
  const seen = { now: now + snapshot.offsetMs, lostMs: lost === null ? null : now - snapshot.at };
  return snapshot.items.map((item) => rowOf(item, seen));
}
