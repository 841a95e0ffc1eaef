// Where a client stands: in the snapshot (`0_<chunk>`), at its end (`0_inf`), or after an operation of a commit (`<position>_<op>`).

/** `step` counts the changes of one commit; Electric's op is twice that, because a changed key is two operations. */
export type Offset =
  | { at: 'start' }
  | { at: 'chunk'; chunk: number }
  | { at: 'snapshot-end' }
  | { at: 'log'; position: number; step: number };

/** Larger than any step, and exact as an int8 in SQL. */
export const wholeCommit = 2 ** 31;

export function parseOffset(text: string): Offset | undefined {
  if (text === '-1') return { at: 'start' };
  const [, position, op] = /^(\d{1,15})_(\d{1,9}|inf)$/.exec(text) ?? [];
  if (position === undefined || op === undefined) return undefined;
  if (Number(position) === 0) return op === 'inf' ? { at: 'snapshot-end' } : { at: 'chunk', chunk: Number(op) };
  return { at: 'log', position: Number(position), step: op === 'inf' ? wholeCommit : Math.floor(Number(op) / 2) };
}

export const offsetOf = (position: number, op: number): string => `${position}_${op}`;
export const offsetAfterCommit = (position: number): string => `${position}_inf`;
export const offsetOfChunk = (chunk: number): string => `0_${chunk}`;
export const offsetOfSnapshotEnd = '0_inf';

/** A handle names a shape, the life of its table, and the position that its snapshot shows. */
export interface Handle {
  hash: string;
  base: number;
}

export const handleText = ({ hash, base }: Handle): string => `${hash}-${base}`;

export function parseHandle(text: string): Handle | undefined {
  const [, hash, base] = /^([0-9a-f]{16})-(\d{1,15})$/.exec(text) ?? [];
  return hash === undefined ? undefined : { hash, base: Number(base) };
}
