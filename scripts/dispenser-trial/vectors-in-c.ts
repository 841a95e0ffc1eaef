// The dispenser's vectors as a C header, for the self-test that runs on machines without a JSON parser.
import { type MessageName, messages, refusalCodes } from '#schema/wire/dispenser';
import type { Field } from '#schema/wire/layout';
import { memberIn, messageStruct, snake } from '../dispenser-header.ts';
import type { dispenserVectors } from '../dispenser-vectors.ts';

type Vectors = ReturnType<typeof dispenserVectors>;

const bytesIn = (hex: string) => (hex === '' ? '0' : (hex.match(/../g) ?? []).map((byte) => `0x${byte}`).join(','));
const array = (hex: string) => `(const uint8_t[]){${bytesIn(hex)}}`;
const list = (type: string, name: string, rows: string[]) =>
  `static const struct ${type} ${name}[] = {\n${rows.map((row) => `    {${row}},\n`).join('')}};\n`;

function windowSteps({ windows }: Vectors): string[] {
  return windows.flatMap(({ steps }) => [
    'TEST_WINDOW_INIT, 0',
    ...steps.flatMap((step) => [
      ...('use' in step && step.use !== undefined ? [`TEST_WINDOW_USE, ${step.use}u`] : []),
      ...('raise' in step && step.raise !== undefined ? [`TEST_WINDOW_RAISE, ${step.raise}u`] : []),
      ...step.used.map((serial) => `TEST_WINDOW_USED, ${serial}u`),
      ...step.fresh.map((serial) => `TEST_WINDOW_FRESH, ${serial}u`),
    ]),
  ]);
}

const headDigits = 4;

/** A message as its layout's string, its struct's value and its payload. */
function messageInC(hex: string): string {
  const type = Number.parseInt(hex.slice(2, headDigits), 16);
  const name = (Object.keys(messages) as MessageName[]).find((known) => messages[known].type === type) as MessageName;
  const layout: Record<string, Field<unknown>> = messages[name].layout;
  const struct = snake(messageStruct(name));
  let at = headDigits;
  const values = Object.entries(layout).map(([field, { size, c }]) => {
    const digits = hex.slice(at, at + 2 * size);
    at += 2 * size;
    return `.${memberIn(layout, field)} = ${c === 'bytes' ? `{${bytesIn(digits)}}` : `0x${digits}u`}`;
  });
  const value = values.length > 0 ? `&(const struct lapak_${struct}){${values.join(', ')}}` : 'NULL';
  return `LAPAK_${struct.toUpperCase()}_LAYOUT, ${value}, ${array(hex.slice(headDigits))}, ${(hex.length - headDigits) / 2}`;
}

const u32Bytes = (value: number) => value.toString(16).padStart(8, '0');

export function vectorsInC(vectors: Vectors): string {
  const { identity, verifier } = vectors;
  const identityHex =
    [identity.dispenser, identity.firmware, identity.keyEpoch].map(u32Bytes).join('') + identity.bootId + identity.rootKey;
  return `// The dispenser's vectors: written by scripts/dispenser-trial/vectors-in-c.ts, never by hand.
#include "lapak_wire.h"

#define TEST_DISPENSER ${verifier.dispenserNumber}u
#define TEST_KEY_EPOCH ${verifier.keyEpoch}u
static const uint8_t test_root_key[] = {${bytesIn(verifier.rootKey)}};
static const uint8_t test_identity[] = {${bytesIn(identityHex)}};
struct test_hash { const uint8_t *bytes; size_t length; const uint8_t *sha256; const uint8_t *key; const uint8_t *hmac; };
struct test_base32 { const char *text; const uint8_t *bytes; size_t length; };
struct test_voucher { const char *text; uint8_t refusal; };
enum test_window { TEST_WINDOW_INIT, TEST_WINDOW_USE, TEST_WINDOW_RAISE, TEST_WINDOW_USED, TEST_WINDOW_FRESH };
struct test_window_step { enum test_window what; uint32_t serial; };
struct test_frame { struct lapak_frame_head head; const uint8_t *payload; size_t payload_size; const uint8_t *line; size_t length; };
struct test_message { const char *layout; const void *value; const uint8_t *payload; size_t length; };
struct test_seal { uint32_t counter; const uint8_t *bytes; size_t length; };
${list(
  'test_hash',
  'test_hashes',
  vectors.hashes.map(
    ({ bytes, sha256, key, hmac }) => `${array(bytes)}, ${bytes.length / 2}, ${array(sha256)}, ${array(key)}, ${array(hmac)}`,
  ),
)}${list(
  'test_base32',
  'test_base32s',
  vectors.base32.map(({ text, bytes, ...more }) => {
    const length = 'length' in more && more.length !== undefined ? more.length : (bytes?.length ?? 0) / 2;
    return `${JSON.stringify(text)}, ${bytes === null ? 'NULL' : array(bytes)}, ${length}`;
  }),
)}${list(
  'test_voucher',
  'test_vouchers',
  vectors.vouchers.map(({ text, refusal }) => `${JSON.stringify(text)}, ${refusalCodes[refusal as keyof typeof refusalCodes]}`),
)}${list('test_window_step', 'test_window_steps', windowSteps(vectors))}${list(
  'test_frame',
  'test_frames',
  vectors.frames.map(
    ({ flags, type, epoch, seq, ack, payload, line }) =>
      `{${flags}, ${type}, ${epoch}, ${seq}, ${ack}}, ${array(payload)}, ${payload.length / 2}, ${array(line)}, ${line.length / 2}`,
  ),
)}${list(
  'test_message',
  'test_messages',
  [...vectors.messages, ...vectors.sealed].map(({ bytes }) => messageInC(bytes)),
)}${list(
  'test_seal',
  'test_sealed',
  vectors.sealed.map(({ counter, bytes }) => `${counter}, ${array(bytes)}, ${bytes.length / 2}`),
)}`;
}
