// How contacts are written so that the same ones look the same, and how old somebody is.
import { describe, expect, it } from 'vitest';
import { ageOn, checkBirth, normalContact, normalEmail, normalPhone } from './customer.ts';

describe('customers', () => {
  it.each([
    ['0812-3456-7890', 'ID', '+6281234567890'],
    ['+62 812 3456 7890', 'SE', '+6281234567890'],
    ['0062 812 3456 7890', 'ID', '+6281234567890'],
    ['070-123 45 67', 'SE', '+46701234567'],
    ['(08) 123 456 78', 'SE', '+46812345678'],
  ])('[USR-04] %s in %s is %s', (text, country, phone) => {
    expect(normalPhone(text, country)).toEqual({ ok: true, value: phone });
  });

  it.each(['', '12345', '081234567890123456', 'telepon', '+0812345678', '0812 3456 789a'])(
    '[USR-04] “%s” is no number',
    (text) => {
      expect(normalPhone(text, 'ID')).toMatchObject({ code: 'bad-phone', field: 'phone' });
    },
  );

  it('[USR-04] a number without its country is none where we know no usual one', () => {
    expect(normalPhone('0812345678', 'XX')).toMatchObject({ code: 'bad-phone' });
  });

  it('[USR-04] an address is the same in any case; what is none is refused', () => {
    expect(normalEmail('  Pembeli@Example.COM ')).toEqual({ ok: true, value: 'pembeli@example.com' });
    for (const text of ['pembeli', 'pembeli@', '@example.com', 'a b@example.com', 'pembeli@example'])
      expect(normalEmail(text)).toMatchObject({ code: 'bad-email', field: 'email' });
    expect(normalContact({ phone: null, email: null }, 'ID')).toMatchObject({ code: 'contact-missing' });
  });

  it.each([
    ['2008-11-21', '2026-11-20', 17],
    ['2008-11-21', '2026-11-21', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
  ])('[USR-02] born on %s, one is on %s %i', (bornOn, date, age) => {
    expect(ageOn(bornOn, date)).toBe(age);
  });

  it.each(['2027-01-01', '1890-01-01', '2008-02-30', '2008-13-01'])('[USR-02] nobody was born on %s', (bornOn) => {
    expect(checkBirth(bornOn, '2026-11-21')).toMatchObject({ code: 'bad-birth-date' });
  });
});
