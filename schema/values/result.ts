// What a command returns: a value, or a refusal from the closed list in its contract, worded for the person who reads it.

export interface Refusal<Code extends string = string> {
  ok: false;
  code: Code;
  detail: string;
  field?: string;
  next?: string;
  facts?: Record<string, unknown>;
}

export interface Ok<T> {
  ok: true;
  value: T;
}

export type Result<T, Code extends string = string> = Ok<T> | Refusal<Code>;

export const ok = <T>(value: T): Ok<T> => ({ ok: true, value });

export function refuse<Code extends string>(
  code: Code,
  detail: string,
  more: Pick<Refusal, 'field' | 'next' | 'facts'> = {},
): Refusal<Code> {
  return { ok: false, code, detail, ...more };
}
