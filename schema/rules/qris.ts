// A store's static QRIS code turned into one that carries the amount (EMVCo merchant-presented): parsed as tag, length and value, never by
// replacing text, because the digits of a tag occur inside values too. Nobody confirms such a payment: it is taken as unverified.
import { ok, type Result, refuse } from '../values/result.ts';

interface Field {
  tag: string;
  value: string;
}

const tags = {
  initiation: '01',
  amount: '54',
  tip: '55',
  tipFixed: '56',
  tipPercent: '57',
  additional: '62',
  crc: '63',
} as const;
const REFERENCE = '05';
const MAX_REFERENCE = 25;
const MAX_PAYLOAD = 512;

export type QrisRefusal = 'bad-qris';

const bad = (detail: string) =>
  refuse('bad-qris', detail, { field: 'qrisStatic', next: 'Copy the text of the store’s printed QRIS code again.' });

/** CRC-16/CCITT-FALSE over UTF-8, four upper-case hex digits. */
export function crc16(text: string): string {
  let crc = 0xffff;
  for (const byte of new TextEncoder().encode(text)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff;
  }
  return crc.toString(16).toUpperCase().padStart(4, '0');
}

function parse(text: string): Field[] | undefined {
  const fields: Field[] = [];
  for (let at = 0; at < text.length; ) {
    const head = /^(\d\d)(\d\d)/.exec(text.slice(at, at + 4));
    if (!head) return undefined;
    const [, tag = '', length = ''] = head;
    const value = text.slice(at + 4, at + 4 + Number(length));
    if (value.length !== Number(length) || value.length === 0 || fields.some((field) => field.tag === tag)) return undefined;
    fields.push({ tag, value });
    at += 4 + value.length;
  }
  return fields;
}

const format = (fields: readonly Field[]): string =>
  fields.map(({ tag, value }) => `${tag}${String(value.length).padStart(2, '0')}${value}`).join('');

/** The fields of a static code whose checksum holds. */
export function readStaticQris(payload: string): Result<Field[], QrisRefusal> {
  if (payload.length > MAX_PAYLOAD) return bad('A QRIS code is at most 512 characters.');
  const fields = parse(payload);
  if (fields?.[0]?.tag !== '00' || fields.at(-1)?.tag !== tags.crc) return bad('That is not the text of a QRIS code.');
  const body = payload.slice(0, -4);
  if (crc16(body) !== payload.slice(-4)) return bad('The checksum of the QRIS code is wrong: a character is missing or changed.');
  const value = (tag: string) => fields.find((field) => field.tag === tag)?.value;
  if (value('58') !== 'ID' || value('53') !== '360') return bad('The code is not a QRIS code in rupiah.');
  if (value(tags.initiation) === '12') return bad('That code was made for one payment; the store’s static one is needed.');
  return ok(fields);
}

/** The same code asking for an amount of whole rupiah, with our reference where the payer's bank may show it. */
export function dynamicQris(payload: string, rupiah: number, reference: string): Result<string, QrisRefusal> {
  const read = readStaticQris(payload);
  if (!read.ok) return read;
  const dropped: string[] = [tags.initiation, tags.amount, tags.tip, tags.tipFixed, tags.tipPercent, tags.crc, tags.additional];
  const additional = withReference(read.value.find(({ tag }) => tag === tags.additional)?.value ?? '', reference);
  if (additional === undefined) return bad('The additional data of the QRIS code cannot be read.');
  const fields = [
    ...read.value.filter(({ tag }) => !dropped.includes(tag)),
    { tag: tags.initiation, value: '12' },
    { tag: tags.amount, value: String(rupiah) },
    { tag: tags.additional, value: additional },
  ].sort((left, right) => left.tag.localeCompare(right.tag));
  const body = `${format(fields)}${tags.crc}04`;
  return ok(body + crc16(body));
}

function withReference(additional: string, reference: string): string | undefined {
  const fields = parse(additional);
  if (!fields) return undefined;
  const kept = fields.filter(({ tag }) => tag !== REFERENCE);
  const all = [...kept, { tag: REFERENCE, value: reference.slice(0, MAX_REFERENCE) }];
  const text = format(all.sort((left, right) => left.tag.localeCompare(right.tag)));
  return text.length <= 99 ? text : format(kept);
}
