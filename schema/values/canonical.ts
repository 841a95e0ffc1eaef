// The one text of a value: keys sorted, no white space, integers only. What is hashed and signed is this text, kept as written.
import { Bug } from './assert.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export function canonical(value: Json): string {
  if (typeof value === 'string') return plain.test(value) ? `"${value}"` : JSON.stringify(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (value === null || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return canonicalObject(value as { readonly [key: string]: Json | undefined });
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Bug(`only safe integers have a canonical text: ${value}`);
  return Object.is(value, -0) ? '0' : String(value);
}

function canonicalObject(value: { readonly [key: string]: Json | undefined }): string {
  let text = '';
  for (const key of sorted(Object.keys(value))) {
    const item = value[key];
    if (item !== undefined) text += `${text ? ',' : ''}${nameText(key)}:${canonical(item)}`;
  }
  return `{${text}}`;
}

// The names of a fact's fields come again with every fact; those that senders make up do not, and are not kept for ever.
const MOST_NAMES = 1_000;
const nameTexts = new Map<string, string>();

function nameText(name: string): string {
  const known = nameTexts.get(name);
  if (known !== undefined) return known;
  const text = JSON.stringify(name);
  if (nameTexts.size < MOST_NAMES) nameTexts.set(name, text);
  return text;
}

const FEW_KEYS = 32;

// Nothing in it needs an escape. Every fact is written this way before its sale is answered, so the usual is made quick.
const plain = /^[\w.-]*$/;

/** By UTF-16 code units, as sort() does, which takes several times as long over the few keys that an object usually has. */
function sorted(keys: string[]): string[] {
  if (keys.length > FEW_KEYS) return keys.sort();
  for (let from = 1; from < keys.length; from++) {
    const key = keys[from] as string;
    let to = from;
    for (; to > 0 && (keys[to - 1] as string) > key; to--) keys[to] = keys[to - 1] as string;
    keys[to] = key;
  }
  return keys;
}
