// Step 1 of an embedded answer: Electric's query words, read and checked; what is wrong goes back by field as Electric says it.
import { type Offset, parseOffset } from './offset.ts';

export interface ShapeRequest {
  table: string;
  where: string | undefined;
  params: Record<string, string>;
  columns: string | undefined;
  fullRows: boolean;
  offset: Offset;
  /** The offset as it was sent; etags repeat it. */
  offsetText: string;
  handle: string;
  live: boolean;
  serverSentEvents: boolean;
  cursor: number | undefined;
  expiredHandle: string | undefined;
}

export type FieldErrors = Record<string, string[]>;

/** A request that can never be answered; becomes the 400. */
export class WrongRequest extends Error {
  override name = 'WrongRequest';
  readonly errors: FieldErrors;
  constructor(errors: FieldErrors) {
    super(`Invalid request: ${Object.keys(errors).join(', ')}`);
    this.errors = errors;
  }
}

const blank = "can't be blank";

export function readRequest(words: URLSearchParams): ShapeRequest {
  const offsetText = words.get('offset') ?? '';
  const offset = parseOffset(offsetText);
  const live = readFlag(words, 'live');
  const handle = words.get('handle') ?? '';
  const table = words.get('table') ?? '';
  const replica = words.get('replica') ?? 'default';
  const log = words.get('log') ?? 'full';
  const cursor = Number(words.get('cursor') ?? Number.NaN);
  const errors: FieldErrors = {};
  if (!table) errors.table = [blank];
  if (!offsetText) errors.offset = [blank];
  else if (!offset) errors.offset = ['has invalid format'];
  else if (offset.at === 'start' && live) errors.live = ["can't be true when offset == -1"];
  else if (offset.at !== 'start' && !handle) errors.handle = ["can't be blank when offset != -1"];
  if (live === undefined) errors.live = ['is invalid'];
  if (replica !== 'default' && replica !== 'full') errors.replica = ['is invalid'];
  if (log !== 'full') errors.log = ['only "full" is served by this source'];
  if (!offset || Object.keys(errors).length > 0) throw new WrongRequest(errors);
  return {
    table,
    where: words.get('where') || undefined,
    params: readParams(words),
    columns: words.get('columns') || undefined,
    fullRows: replica === 'full',
    offset,
    offsetText,
    handle,
    live: live === true,
    serverSentEvents: live === true && (readFlag(words, 'live_sse') ?? readFlag(words, 'experimental_live_sse')) === true,
    cursor: Number.isSafeInteger(cursor) ? cursor : undefined,
    expiredHandle: words.get('expired_handle') ?? undefined,
  };
}

function readFlag(words: URLSearchParams, name: string): boolean | undefined {
  const word = words.get(name) ?? 'false';
  return word === 'true' ? true : word === 'false' ? false : undefined;
}

/** Both spellings that clients use: `params[1]=…`, and `params` as one JSON object or list. */
function readParams(words: URLSearchParams): Record<string, string> {
  const params: Record<string, string> = {};
  for (const [word, value] of words) {
    const number = /^params\[(\d+)\]$/.exec(word)?.[1];
    if (number) params[number] = value;
  }
  const json = words.get('params');
  if (json === null) return params;
  try {
    const given: unknown = JSON.parse(json);
    const entries = Array.isArray(given) ? given.map((value, at) => [String(at + 1), value]) : Object.entries(given as object);
    for (const [number, value] of entries) params[String(number)] = String(value);
    return params;
  } catch {
    throw new WrongRequest({ params: ['is not valid JSON'] });
  }
}
