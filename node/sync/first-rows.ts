// A first copy is many rows, and the client looks at every word of each as if it were a change. So they are taken out of the answers
// here, all but the last, and set aside until the client gives that one: it still decides what is read, in which order, and when.
import type { Row } from '../replica/row-writer.ts';

/** How a column of a type is kept; one that is not named here stays the text that it came in. */
export type ColumnParser = Record<string, (text: string) => unknown>;

export interface FirstRows {
  /** The centre's `fetch`, for the client. */
  fetch: typeof fetch;
  /** The rows set aside of the answer that led here; nobody gets them twice. */
  take(handle: string, offset: string): Row[];
  /** Those of answers that the client asked for ahead and then never read. */
  forget(): void;
}

interface FirstRowMessage {
  key: string;
  value: Record<string, string | null>;
}

export function openFirstRows(centreFetch: typeof fetch, parser: ColumnParser): FirstRows {
  const aside = new Map<string, Row[]>();
  return {
    take(handle, offset) {
      const place = `${handle} ${offset}`;
      const rows = aside.get(place) ?? [];
      aside.delete(place);
      return rows;
    },
    forget: () => aside.clear(),
    async fetch(input, init) {
      const response = await centreFetch(input, init);
      const schema = response.headers.get('electric-schema');
      const offset = response.headers.get('electric-offset');
      // Only answers of a snapshot stand at log position 0.
      if (response.status !== 200 || schema === null || !offset?.startsWith('0_')) return response;
      const messages = JSON.parse(await response.text()) as object[];
      const last = messages.findLastIndex(isFirstRow);
      const rows = messages.slice(0, Math.max(0, last)).filter(isFirstRow);
      const parseRow = rowParser(schema, parser);
      for (const { value } of rows) parseRow(value);
      aside.set(
        `${response.headers.get('electric-handle')} ${offset}`,
        rows.map(({ value }) => value),
      );
      const rest = messages.filter((message, at) => at >= last || !isFirstRow(message));
      return new Response(JSON.stringify(rest), response);
    },
  };
}

/** A change has a place in the log; a row of a snapshot has none. */
const isFirstRow = (message: object): message is FirstRowMessage =>
  'key' in message && 'value' in message && !(message as { headers?: { lsn?: unknown } }).headers?.lsn;

function rowParser(schema: string, parser: ColumnParser): (row: Row) => void {
  const types = Object.entries(JSON.parse(schema) as Record<string, { type: string }>);
  const parsed = types.flatMap(([column, { type }]) => {
    const parse = parser[type];
    return parse ? [{ column, parse }] : [];
  });
  return (row) => {
    for (const { column, parse } of parsed) {
      const text = row[column];
      if (typeof text === 'string') row[column] = parse(text);
    }
  };
}
