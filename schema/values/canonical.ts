// The one text of a value: keys sorted, no white space, integers only. What is hashed and signed is this text, kept as written.
import { Bug } from './assert.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };

export function canonical(value: Json): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return canonicalObject(value as { readonly [key: string]: Json | undefined });
}

function canonicalNumber(value: number): string {
  if (!Number.isSafeInteger(value)) throw new Bug(`only safe integers have a canonical text: ${value}`);
  return Object.is(value, -0) ? '0' : String(value);
}

function canonicalObject(value: { readonly [key: string]: Json | undefined }): string {
  let text = '';
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (item !== undefined) text += `${text ? ',' : ''}${JSON.stringify(key)}:${canonical(item)}`;
  }
  return `{${text}}`;
}
