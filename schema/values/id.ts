// Ids: UUIDv7, made by whoever creates the thing, before it is sent. Time and chance come in as arguments.
import { V7Generator } from 'uuidv7';
import type { Clock, RandomBytes } from './clock.ts';

export type MakeId = () => string;

export const idPattern = '^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$';

const shape = new RegExp(idPattern);

export const isId = (text: string): boolean => shape.test(text);

/** Asked for in one piece: a source of randomness costs more per call than per byte. */
const POOL_BYTES = 512;

/** Ids of one maker rise, also within a millisecond and when its clock steps back. */
export function idMaker(clock: Pick<Clock, 'now'>, random: RandomBytes): MakeId {
  let pool: DataView = new DataView(new ArrayBuffer(0));
  let used = 0;
  const nextUint32 = () => {
    if (used + 4 > pool.byteLength) {
      const bytes = random(POOL_BYTES);
      pool = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
      used = 0;
    }
    used += 4;
    return pool.getUint32(used - 4);
  };
  const generator = new V7Generator({ nextUint32 });
  return () => generator.generateOrResetCore(clock.now(), 10_000).toString();
}
