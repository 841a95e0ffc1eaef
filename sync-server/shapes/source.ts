// What answers for shapes behind the gate: a real Electric (electric.ts) or our own change log (embedded.ts), in the same words.

export interface ShapeQuestion {
  /** Electric's query words; the gate has fixed table, where, params and columns. */
  words: URLSearchParams;
  ifNoneMatch?: string | undefined;
  /** Aborted when the caller hangs up. */
  signal: AbortSignal;
}

export interface ShapeAnswer {
  status: number;
  headers: Record<string, string>;
  /** A stream for live server-sent events and for what is passed through; absent with 304. */
  body?: string | Uint8Array | AsyncIterable<string | Uint8Array>;
}

export interface ShapeSource {
  answer(question: ShapeQuestion): Promise<ShapeAnswer>;
  /** Lets live requests go at once, with what they have. */
  close(): Promise<void>;
}
