// When a voucher may be issued and when it is over; how its bytes are verified is tested beside the C core, in firmware/test.
import { describe, expect, it } from 'vitest';
import {
  dispenserSkewMs,
  epochOf,
  firstSerialAfter,
  isExpired,
  isSurelyOver,
  lastSerial,
  mintVoucher,
  nextSerial,
  verifyVoucher,
  voucherText,
} from './voucher-code.ts';

describe('vouchers', () => {
  it.each([
    [null, null, 1],
    [1, null, 2],
    [1023, 1, 1024],
    [1024, 1, 'too-many-vouchers'],
    [1024, 2, 1025],
    [5000, 5000, 5001],
    [lastSerial - 1, null, lastSerial],
    [lastSerial, null, 'serials-used-up'],
  ])('[DSP-01] after serial %s with %s the oldest unexpired comes %s', (last, oldest, expected) => {
    const next = nextSerial(last, oldest);
    expect(next.ok ? next.value : next.code).toBe(expected);
  });

  it('[DSP-02] is over at the second in which it expires, and surely over once no dispenser’s clock may be behind it', () => {
    expect(isExpired(10_500, 9999)).toBe(false);
    expect(isExpired(10_500, 10_000)).toBe(true);
    expect(isSurelyOver(10_500, 10_000 + dispenserSkewMs - 1)).toBe(false);
    expect(isSurelyOver(10_500, 10_000 + dispenserSkewMs)).toBe(true);
  });

  it('[DSP-01] fits a QR of version 3 at level M: 56 characters of its alphanumeric set', () => {
    const terms = { dispenserNumber: 1, serial: 1, keyEpoch: 0, expiresAtMs: 1e12, slot: 0 };
    expect(voucherText(mintVoucher(new Uint8Array(32), terms))).toMatch(/^SD1:[0-9A-Z]{52}$/);
  });

  it.each([
    [null, 2 ** 20],
    [41, 2 ** 20 + 41],
    [lastSerial - 2 ** 20, lastSerial],
    [lastSerial - 5, 'serials-used-up'],
  ])('[SYN-07] the serials of a new generation begin far after %s', (last, expected) => {
    const first = firstSerialAfter(last);
    expect(first.ok ? first.value : first.code).toBe(expected);
  });

  it('[SYN-07] what an earlier generation printed is of an unknown epoch, or is not believed, however many came after', () => {
    const rootKey = new Uint8Array(32).fill(9);
    const terms = { dispenserNumber: 7, serial: 3, expiresAtMs: 2e12, slot: 0 };
    for (let lost = 1; lost < 40; lost++) {
      const code = voucherText(mintVoucher(rootKey, { ...terms, keyEpoch: epochOf(lost) }));
      for (let now = lost; now < 60; now++) {
        const verified = verifyVoucher(code, { dispenserNumber: 7, rootKey, keyEpoch: epochOf(now), nowMs: 1e12 });
        expect([now - lost, verified.ok || verified.code]).toEqual([
          now - lost,
          now === lost || expect.stringMatching(/^(unknown-epoch|forged)$/),
        ]);
      }
    }
  });
});
