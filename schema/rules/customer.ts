// Customers: how a phone number and an e-mail address are written so that the same ones look the same, and how old somebody is. Node and
// centre use these, so that one person added at two offline tills is found to be one.
import { ok, type Result, refuse } from '../values/result.ts';

/** Calling codes of the countries whose people write their numbers with a leading zero at home. */
const callingCodes: Record<string, string> = {
  ID: '62',
  SE: '46',
  NO: '47',
  DK: '45',
  FI: '358',
  DE: '49',
  NL: '31',
  GB: '44',
  US: '1',
  SG: '65',
  MY: '60',
  CH: '41',
  CZ: '420',
  HU: '36',
  JP: '81',
  KR: '82',
  VN: '84',
  IS: '354',
  KW: '965',
};

/** `+6281234567890`: as E.164 writes it. */
export function normalPhone(text: string, country: string): Result<string, 'bad-phone'> {
  const kept = text.replace(/[\s().\-/]/g, '');
  const code = callingCodes[country];
  const international = kept.startsWith('00') ? `+${kept.slice(2)}` : kept;
  const full = /^0\d+$/.test(international) && code !== undefined ? `+${code}${international.slice(1)}` : international;
  if (/^\+[1-9]\d{7,14}$/.test(full)) return ok(full);
  return refuse('bad-phone', `“${text}” is not a phone number.`, {
    field: 'phone',
    next: 'Write it with its country, like +62 812 3456 7890.',
  });
}

export function normalEmail(text: string): Result<string, 'bad-email'> {
  const email = text.normalize('NFKC').trim().toLowerCase();
  if (/^[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}$/.test(email)) return ok(email);
  return refuse('bad-email', `“${text}” is not an e-mail address.`, { field: 'email', next: 'Look for a missing @ or dot.' });
}

export interface Contact {
  phone: string | null;
  email: string | null;
}

/** Without one of the two nobody could tell that two entries are the same person. */
export function normalContact(
  { phone, email }: Contact,
  country: string,
): Result<Contact, 'bad-phone' | 'bad-email' | 'contact-missing'> {
  const called = phone === null ? ok(null) : normalPhone(phone, country);
  if (!called.ok) return called;
  const written = email === null ? ok(null) : normalEmail(email);
  if (!written.ok) return written;
  if (called.value === null && written.value === null)
    return refuse('contact-missing', 'A customer needs a phone number or an e-mail address.', { field: 'phone' });
  return ok({ phone: called.value, email: written.value });
}

/** Full years on a date; both are written like 2008-02-29. */
export function ageOn(bornOn: string, date: string): number {
  const years = Number(date.slice(0, 4)) - Number(bornOn.slice(0, 4));
  // Born on the 29th of February, somebody is a year older on the 1st of March where there is no 29th.
  return date.slice(5) < bornOn.slice(5) ? years - 1 : years;
}

const OLDEST = 130;

export function checkBirth(bornOn: string, today: string): Result<string, 'bad-birth-date'> {
  const at = Date.parse(`${bornOn}T00:00:00Z`);
  const exists = Number.isFinite(at) && new Date(at).toISOString().slice(0, 10) === bornOn;
  const age = exists ? ageOn(bornOn, today) : -1;
  return age >= 0 && age <= OLDEST
    ? ok(bornOn)
    : refuse('bad-birth-date', `Nobody alive was born on ${bornOn}.`, { field: 'bornOn', next: 'Read the date again.' });
}
