// The last step: status, headers and body exactly as Electric sends them.
import type { ShapeAnswer } from '../source.ts';
import { schemaHeader, type TableColumn } from './table.ts';
import type { FieldErrors } from './words.ts';

const json = 'application/json; charset=utf-8';

const cacheFor = {
  first: 'public, max-age=604800, s-maxage=3600, stale-while-revalidate=2629746',
  catchUp: 'public, max-age=60, stale-while-revalidate=300',
  live: 'public, max-age=5, stale-while-revalidate=5',
  stream: 'public, max-age=59',
  moved: 'public, max-age=60, must-revalidate',
  movedWhileLive: 'public, max-age=1, must-revalidate',
} as const;

const mustRefetch = '[{"headers":{"control":"must-refetch"}}]';

export interface Place {
  handle: string;
  /** As the request sent it. */
  from: string;
  to: string;
}

interface Shown {
  columns: readonly TableColumn[];
  body: string | Uint8Array;
}

const etagOf = ({ handle, from, to }: Place) => `"${handle}:${from}:${to}"`;

const shapeHeaders = (place: Place) => ({
  'content-type': json,
  etag: etagOf(place),
  'electric-handle': place.handle,
  'electric-offset': place.to,
});

export function snapshotAnswer(place: Place, { columns, body }: Shown): ShapeAnswer {
  const headers = {
    ...shapeHeaders(place),
    'cache-control': place.from === '-1' ? cacheFor.first : cacheFor.catchUp,
    'electric-schema': schemaHeader(columns),
    'electric-has-data': 'true',
  };
  return { status: 200, headers, body };
}

export function catchUpAnswer(place: Place, { columns, body }: Shown, upToDate: boolean): ShapeAnswer {
  const headers = {
    ...shapeHeaders(place),
    'cache-control': cacheFor.catchUp,
    'electric-schema': schemaHeader(columns),
    'electric-has-data': 'true',
    ...(upToDate && { 'electric-up-to-date': '' }),
  };
  return { status: 200, headers, body };
}

export interface Live {
  body: string | Uint8Array;
  upToDate: boolean;
  hasMessages: boolean;
  cursor: number;
}

export function liveAnswer(place: Place, { body, upToDate, hasMessages, cursor }: Live): ShapeAnswer {
  const shared = shapeHeaders(place);
  const headers = {
    ...shared,
    // An answer without news says nothing about the next one, so no cache may confirm it.
    etag: hasMessages ? shared.etag : etagOf({ ...place, to: `${place.to}:${cursor}` }),
    'cache-control': cacheFor.live,
    'electric-cursor': String(cursor),
    'electric-has-data': String(hasMessages),
    ...(upToDate && { 'electric-up-to-date': '' }),
  };
  return { status: 200, headers, body };
}

export function streamAnswer(
  place: Place,
  cursor: number,
  columns: readonly TableColumn[],
  body: AsyncIterable<string>,
): ShapeAnswer {
  const { etag: _, ...shared } = shapeHeaders(place);
  const headers = {
    ...shared,
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': cacheFor.stream,
    'electric-cursor': String(cursor),
    'electric-schema': schemaHeader(columns),
    'electric-has-data': 'true',
  };
  return { status: 200, headers, body };
}

/** Start again; the current handle is named, except when the shape went away under an open live request. */
export function movedAnswer(handle: string | undefined): ShapeAnswer {
  const headers: Record<string, string> = { 'content-type': json, 'cache-control': cacheFor.movedWhileLive };
  if (handle === undefined) return { status: 409, headers, body: mustRefetch };
  const named = { 'cache-control': cacheFor.moved, 'electric-handle': handle, etag: `"${handle}::"` };
  return { status: 409, headers: { ...headers, ...named }, body: mustRefetch };
}

const never = { 'content-type': json, 'cache-control': 'no-store', 'surrogate-control': 'no-store' };

export function wrongAnswer(errors: FieldErrors): ShapeAnswer {
  return { status: 400, headers: never, body: JSON.stringify({ message: 'Invalid request', errors }) };
}

export function unavailableAnswer(retryAfterSeconds: number): ShapeAnswer {
  const headers = { ...never, 'retry-after': String(retryAfterSeconds) };
  return { status: 503, headers, body: JSON.stringify({ message: 'The database cannot be reached' }) };
}

/** What the caller has already is not sent again. */
export function unlessUnchanged(answer: ShapeAnswer, ifNoneMatch: string | undefined): ShapeAnswer {
  const { etag } = answer.headers;
  if (answer.status !== 200 || !etag || !ifNoneMatch) return answer;
  const known = ifNoneMatch.split(',').map((text) => text.trim().replace(/^W\//, ''));
  return known.includes(etag) ? { status: 304, headers: answer.headers } : answer;
}
