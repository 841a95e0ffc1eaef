// Fixed binary layouts as tables: one table encodes, decodes and (by scripts/dispenser-header.ts) becomes a C struct. Big-endian.
import { assert } from '../values/assert.ts';
import { type Ok, ok, type Refusal, refuse } from '../values/result.ts';

/** `c` is what the field is in C: an unsigned integer of 8, 16 or 32 bits, or an array of bytes. */
export interface Field<T> {
  readonly size: number;
  readonly c: 'uint8_t' | 'uint16_t' | 'uint32_t' | 'bytes';
  /** Undefined where the bytes say nothing that we know. */
  read(view: DataView, offset: number): T | undefined;
  write(view: DataView, offset: number, value: T): void;
}

export type Layout = Readonly<Record<string, Field<unknown>>>;

export type Values<L extends Layout> = { -readonly [K in keyof L]: L[K] extends Field<infer T> ? T : never };

type Unsigned = 'Uint8' | 'Uint16' | 'Uint32';

function unsigned(size: 1 | 2 | 4, c: Field<number>['c'], kind: Unsigned): Field<number> {
  const limit = 2 ** (8 * size);
  return {
    size,
    c,
    read: (view, offset) => view[`get${kind}`](offset),
    write(view, offset, value) {
      assert(Number.isInteger(value) && value >= 0 && value < limit, `${value} does not fit ${size} byte(s)`);
      view[`set${kind}`](offset, value);
    },
  };
}

export const u8 = unsigned(1, 'uint8_t', 'Uint8');
export const u16 = unsigned(2, 'uint16_t', 'Uint16');
export const u32 = unsigned(4, 'uint32_t', 'Uint32');

export const bytes = (size: number): Field<Uint8Array> => ({
  size,
  c: 'bytes',
  read: (view, offset) => new Uint8Array(view.buffer, view.byteOffset + offset, size).slice(),
  write(view, offset, value) {
    assert(value.length === size, `${value.length} bytes where ${size} belong`);
    new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(value, offset);
  },
});

/** A name from a closed list, one byte. An unlisted number refuses the message, unless the list says what to take it for. */
export function code<Name extends string>(codes: Readonly<Record<Name, number>>, unlisted?: NoInfer<Name>): Field<Name> {
  const names = new Map(Object.entries<number>(codes).map(([name, number]) => [number, name as Name]));
  return {
    size: 1,
    c: 'uint8_t',
    read: (view, offset) => names.get(view.getUint8(offset)) ?? unlisted,
    write: (view, offset, value) => view.setUint8(offset, codes[value]),
  };
}

export const sizeOf = (layout: Layout): number => Object.values(layout).reduce((sum, field) => sum + field.size, 0);

export function encode<L extends Layout>(layout: L, values: Values<L>): Uint8Array {
  const out = new Uint8Array(sizeOf(layout));
  const view = new DataView(out.buffer);
  let offset = 0;
  for (const [name, field] of Object.entries(layout)) {
    field.write(view, offset, values[name as keyof L]);
    offset += field.size;
  }
  return out;
}

export function decode<L extends Layout>(layout: L, source: Uint8Array): Ok<Values<L>> | Refusal<'malformed'> {
  if (source.length !== sizeOf(layout)) {
    return refuse('malformed', `It has ${source.length} bytes; ${sizeOf(layout)} belong there.`);
  }
  const view = new DataView(source.buffer, source.byteOffset, source.byteLength);
  const values: Record<string, unknown> = {};
  let offset = 0;
  for (const [name, field] of Object.entries(layout)) {
    const value = field.read(view, offset);
    if (value === undefined) return refuse('malformed', `Its ${name} is none that is known.`, { field: name });
    values[name] = value;
    offset += field.size;
  }
  return ok(values as Values<L>);
}
