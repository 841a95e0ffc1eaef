// The one text of a value: keys sorted, no white space, integers only. What is hashed and signed is this text, kept as written.
import { Bug } from './assert.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

// Nothing in it needs an escape. Every fact is written this way before its sale is answered, so the usual is made quick.
const plain = /^[\w.-]*$/;

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
  const { sorted, heads } = orderOf(Object.keys(value));
  for (let at = 0; at < sorted.length; at++) {
    const item = value[sorted[at] as string];
    if (item !== undefined) text += `${text ? ',' : ''}${heads[at]}${canonical(item)}`;
  }
  return `{${text}}`;
}

/** The keys of an object as it has them, as they are written, and with what is written before their values. */
interface KeyOrder {
  keys: readonly string[];
  sorted: readonly string[];
  heads: readonly string[];
}

// The same few kinds of object are written over and over, each with its keys in its own order: sorting them anew would take as long as
// all the rest. They are found by their last key, which tells most kinds apart; what senders make up is not kept for ever.
const MOST_ORDERS = 1_000;
const orders = new Map<string, KeyOrder>();

function orderOf(keys: readonly string[]): KeyOrder {
  const last = keys.at(-1) ?? '';
  const known = orders.get(last);
  if (known && isSame(known.keys, keys)) return known;
  const sorted = [...keys].sort();
  const order = { keys, sorted, heads: sorted.map((key) => `${JSON.stringify(key)}:`) };
  if (known || orders.size < MOST_ORDERS) orders.set(last, order);
  return order;
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false;
  return true;
}
