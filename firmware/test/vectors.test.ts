// The same vectors in TypeScript and in the C core: what one side writes, the other must read, and both must refuse the same.
import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { fromBase32, toBase32 } from '#schema/values/base32';
import { decodeMessage, encodeMessage, refusalCodes } from '#schema/wire/dispenser';
import { opensWith } from '#schema/wire/dispenser-session';
import { mintVoucher, type Verifier, verifyVoucher, voucherText } from '#schema/wire/voucher-code';
import { staleHeader } from '#scripts/dispenser-header';
import { type CoreHooks, coreHooks } from '#scripts/dispenser-trial/hooks';
import { selfTestInWasm } from '#scripts/dispenser-trial/self-test';
import { compileTimeoutMs } from '#scripts/dispenser-trial/wasm';
import { type dispenserVectors, staleVectors, vectorsFile } from '#scripts/dispenser-vectors';

const vectors: ReturnType<typeof dispenserVectors> = JSON.parse(readFileSync(vectorsFile, 'utf8'));
const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'));
const verifier = { ...vectors.verifier, rootKey: bytesOf(vectors.verifier.rootKey), nowMs: vectors.verifier.beforeMs };

let core: CoreHooks;

beforeAll(async () => {
  core = await coreHooks();
}, compileTimeoutMs);

const verdictOf = (text: string, by: Verifier = verifier) => {
  const verified = verifyVoucher(text, by);
  return verified.ok ? 'none' : verified.code;
};

describe('the dispenser’s vectors', () => {
  it('[DSP-08] are what the tables give, and so is the C header', () => {
    expect(staleVectors()).toBeNull();
    expect(staleHeader()).toBeNull();
  });

  it('[DSP-08] pass in WebAssembly as on every other machine, and so does a pour', { timeout: compileTimeoutMs }, async () => {
    const { status, output } = await selfTestInWasm();
    console.log(`WebAssembly: ${output.trim()}`);
    expect(output).toMatch(/^\d{3,} checked, 0 failed\n$/);
    expect(status).toBe(0);
  });

  it.each(vectors.hashes)('[DSP-08] SHA-256 and HMAC of $bytes.length hex digits', ({ bytes, sha256, key, hmac }) => {
    expect(Buffer.from(core.sha256(bytesOf(bytes))).toString('hex')).toBe(sha256);
    expect(Buffer.from(core.hmac(bytesOf(key), bytesOf(bytes))).toString('hex')).toBe(hmac);
  });

  it.each(vectors.base32)('[DSP-08] base32 “$text”', ({ text, bytes, ...more }) => {
    const length = 'length' in more && more.length !== undefined ? more.length : (bytes?.length ?? 0) / 2;
    const expected = bytes === null ? null : bytesOf(bytes);
    expect(fromBase32(text, length)).toEqual(expected);
    expect(core.base32(text, length)).toEqual(expected);
  });

  it.each(vectors.vouchers)('[DSP-02] a voucher $what: $refusal', ({ text, refusal }) => {
    expect(verdictOf(text)).toBe(refusal);
    expect(core.voucher(text, verifier)).toBe(refusalCodes[refusal as keyof typeof refusalCodes]);
  });

  it('[DSP-02] a voucher is over at its expiry, not before', () => {
    const good = vectors.vouchers[0]?.text ?? '';
    expect(verdictOf(good)).toBe('none');
    expect(verdictOf(good, { ...verifier, nowMs: vectors.verifier.atMs })).toBe('expired');
  });

  it.each(vectors.windows)('[DSP-03] the window: $what', ({ steps }) => {
    core.window.init();
    for (const step of steps) {
      if ('use' in step && step.use !== undefined) core.window.use(step.use);
      if ('raise' in step && step.raise !== undefined) core.window.raise(step.raise);
      for (const serial of step.used) expect(core.window.used(serial), `${serial} is used`).toBe(true);
      for (const serial of step.fresh) expect(core.window.used(serial), `${serial} is fresh`).toBe(false);
    }
  });

  it('[DSP-03] the window never forgets a serial that was used, and refuses no fresh one above its base', () => {
    const serial = fc.oneof(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 0xffff_f000, max: 0xffff_ffff }));
    fc.assert(
      fc.property(fc.array(serial, { maxLength: 60 }), (serials) => {
        core.window.init();
        const used = new Set<number>();
        for (const next of serials) {
          core.window.use(next);
          used.add(next);
          const base = Math.max(0, Math.max(...used) - 1023);
          for (const seen of [...used, next + 1, Math.max(0, next - 1), base]) {
            if (seen <= 0xffff_ffff) expect(core.window.used(seen)).toBe(seen < base || used.has(seen));
          }
        }
      }),
    );
  });

  it.each(vectors.messages)('[DSP-06] $kind reads back as it was written', ({ kind, bytes }) => {
    const message = decodeMessage(bytesOf(bytes));
    expect(message).toMatchObject({ ok: true, value: { kind } });
    if (message.ok) expect(Buffer.from(encodeMessage(message.value)).toString('hex')).toBe(bytes);
    for (const wrong of [bytesOf(bytes).slice(0, -1), bytesOf(`${bytes}00`), bytesOf(`02${bytes.slice(2)}`)]) {
      expect(decodeMessage(wrong).ok).toBe(false);
    }
  });

  it.each(vectors.sealed)('[DSP-07] a sealed command opens once, here and for nobody else: $bytes', ({ counter, bytes }) => {
    const identity = {
      ...vectors.identity,
      bootId: bytesOf(vectors.identity.bootId),
      rootKey: bytesOf(vectors.identity.rootKey),
    };
    const message = bytesOf(bytes);
    const session = { dispenserNumber: identity.dispenser, rootKey: identity.rootKey, bootId: identity.bootId, counter };
    expect(opensWith(session, message)).toBe(true);
    expect(core.opensSeal(identity, counter - 1, message)).toBe(true);
    expect(core.opensSeal(identity, counter, message)).toBe(false);
    expect(core.opensSeal({ ...identity, dispenser: 1 }, 0, message)).toBe(false);
    expect(core.opensSeal({ ...identity, bootId: new Uint8Array(8) }, 0, message)).toBe(false);
    expect(core.opensSeal({ ...identity, rootKey: new Uint8Array(32) }, 0, message)).toBe(false);
    for (let at = 0; at < message.length; at++) {
      const changed = message.slice();
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(core.opensSeal(identity, 0, changed), `byte ${at}`).toBe(false);
      expect(opensWith(session, changed)).toBe(false);
    }
  });

  it('[DSP-02] refuses a voucher with any one character changed to any other, unless it spells the same', () => {
    const good = vectors.vouchers[0]?.text ?? '';
    const characters = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz:- ';
    const same = fromBase32(good.slice(4), 32);
    for (let at = 0; at < good.length; at++) {
      for (const character of characters) {
        const text = good.slice(0, at) + character + good.slice(at + 1);
        const isSame =
          at < 4
            ? text.toUpperCase() === good
            : Buffer.compare(fromBase32(text.slice(4), 32) ?? Buffer.alloc(0), same ?? Buffer.alloc(1)) === 0;
        const verdict = verdictOf(text);
        expect(verdict === 'none', text).toBe(isSame);
        expect(core.voucher(text, verifier), text).toBe(refusalCodes[verdict]);
      }
    }
  });

  it('[DSP-02] what one side mints the other verifies, whatever its terms, and base32 and CRC agree on any bytes', () => {
    const u32 = fc.integer({ min: 1, max: 0xffff_ffff });
    const terms = fc.record({
      serial: u32,
      keyEpoch: fc.integer({ min: 0, max: 0xffff_ffff }),
      dispenserNumber: u32,
      slot: fc.integer({ min: 0, max: 255 }),
    });
    fc.assert(
      fc.property(terms, fc.uint8Array({ minLength: 32, maxLength: 32 }), (chosen, rootKey) => {
        const text = voucherText(mintVoucher(rootKey, { ...chosen, expiresAtMs: 2_000_000_000_000 }));
        const by = { ...chosen, rootKey, nowMs: 0 };
        expect(verdictOf(text, by)).toBe('none');
        expect(core.voucher(text, by)).toBe(0);
        expect(core.voucher(text, { ...by, rootKey: rootKey.map((byte) => byte ^ 1) })).toBe(refusalCodes.forged);
        expect(core.base32(toBase32(rootKey), 32)).toEqual(rootKey);
        if (crc32) expect(core.crc32(rootKey)).toBe(crc32(rootKey));
      }),
      { numRuns: 200 },
    );
  });
});
