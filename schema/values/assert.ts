// Bugs fail loudly: an assert that does not hold is ours to mend, never the user's.

export class Bug extends Error {
  override name = 'Bug';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Bug(message);
}

export function present<T>(value: T | null | undefined, message: string): T {
  assert(value !== null && value !== undefined, message);
  return value;
}
