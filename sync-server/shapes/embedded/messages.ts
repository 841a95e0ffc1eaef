// Log rows as Electric's change messages: moves in and out of the filter, changed keys, changed columns, the mark on a commit's last.
import { present } from '#schema/values/assert';
import type { ShapeDefinition } from './definition.ts';
import type { LogRow } from './log.ts';
import { offsetOf } from './offset.ts';

type Values = Record<string, string | null>;

export interface ChangeMessage {
  key: string;
  value: Values;
  old_value?: Values;
  headers: Record<string, unknown>;
}

export interface LogMessages {
  messages: ChangeMessage[];
  /** The offset after the last message; undefined without any. */
  offset: string | undefined;
  /** False when the log goes on beyond these rows. */
  complete: boolean;
}

export function logMessages(shape: ShapeDefinition, rows: readonly LogRow[]): LogMessages {
  const messages = rows.flatMap((row) => rowMessages(shape, row));
  const last = rows.at(-1);
  if (!last) return { messages, offset: undefined, complete: true };
  const op = present(messages.at(-1), 'every log row is a message').headers.op_position as number;
  return { messages, offset: offsetOf(last.position, op), complete: last.next_position === null };
}

function rowMessages(shape: ShapeDefinition, row: LogRow): ChangeMessage[] {
  const before = row.was_inside ? sideOf(row.key_before, row.value_before) : undefined;
  const after = row.is_inside ? sideOf(row.key_after, row.value_after) : undefined;
  const last = row.next_position !== row.position && { last: true };
  const headers = (operation: string, op: number) => ({
    relation: [shape.table.schema, shape.table.name],
    operation,
    lsn: String(row.position),
    op_position: 2 * row.step + op,
    txids: [row.txid],
  });
  const removed = (side: Side) => (shape.fullRows ? side.value : keyValues(shape, side.value));
  if (before && after && before.key !== after.key)
    return [
      { key: before.key, value: removed(before), headers: { ...headers('delete', 0), key_change_to: after.key } },
      { key: after.key, value: after.value, headers: { ...last, ...headers('insert', 1), key_change_from: before.key } },
    ];
  if (before && after)
    return [{ key: after.key, ...updated(shape, before, after), headers: { ...last, ...headers('update', 0) } }];
  if (after) return [{ key: after.key, value: after.value, headers: { ...last, ...headers('insert', 0) } }];
  const gone = present(before, 'a log row is inside the shape before or after');
  return [{ key: gone.key, value: removed(gone), headers: { ...last, ...headers('delete', 0) } }];
}

interface Side {
  key: string;
  value: Values;
}

const sideOf = (key: string | null, value: string | null): Side => ({
  key: present(key, 'a row has a key'),
  value: JSON.parse(present(value, 'a row has values')) as Values,
});

function updated(shape: ShapeDefinition, before: Side, after: Side): Pick<ChangeMessage, 'value' | 'old_value'> {
  const changed = Object.keys(after.value).filter((name) => before.value[name] !== after.value[name]);
  if (shape.fullRows) return { value: after.value, old_value: pick(before.value, changed) };
  return { value: { ...keyValues(shape, after.value), ...pick(after.value, changed) } };
}

const keyValues = (shape: ShapeDefinition, value: Values): Values =>
  pick(
    value,
    shape.table.keyColumns.map(({ name }) => name),
  );

const pick = (value: Values, names: readonly string[]): Values =>
  Object.fromEntries(names.map((name) => [name, value[name] ?? null]));
