// Settings as they may be shown: keys and passwords never, also not those inside an address.

const secretNames = /secret|password|token|key$/i;

export function hidden(name: string, value: unknown): string | number | boolean | null {
  if (value === undefined || value === null) return null;
  if (secretNames.test(name)) return '(hidden)';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'string')
    return JSON.stringify(value, (inner, part) => (inner && secretNames.test(inner) ? '(hidden)' : part));
  if (!URL.canParse(value)) return value;
  const url = new URL(value);
  if (url.password) url.password = 'hidden';
  return url.password ? url.href : value;
}
