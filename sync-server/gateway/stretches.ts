// What devices measured that speak to the centre themselves: read from the stream in bounded pieces, each piece kept whole or not at all.
import { Compile } from 'typebox/compile';
import { telemetrySummed } from '#schema/facts/telemetry-summed';
import { ok, type Result, refuse } from '#schema/values/result';
import type { Caller } from '../base/caller.ts';
import type { Tx } from '../base/database.ts';
import { emit } from '../base/outbox.ts';
import { type Runtime, runCommand } from '../base/runtime.ts';
import { storesOf } from '../modules/devices/queries.ts';
import { addTelemetry } from '../modules/devices/telemetry.ts';
import { failed } from './asker.ts';
import type { DeviceData } from './messages.ts';

const AT_ONCE = 500;
/** A clock that is a little ahead is let be. */
const AHEAD_MS = 3_600_000;

const shape = Compile(telemetrySummed.schema);
type Stretch = ReturnType<typeof stretchOf>;

interface ReceiveParts {
  runtime: Runtime;
  caller: Caller;
  signal: AbortSignal;
}

export async function receiveData(stream: AsyncIterable<DeviceData>, { runtime, caller, signal }: ReceiveParts) {
  const counts = { kept: 0, repeated: 0 };
  let piece: Stretch[] = [];
  const keep = async () => {
    const stretches = piece;
    piece = [];
    const kept = await runCommand(runtime, caller, (tx, { makeId, now }) => keepPiece(tx, stretches, { makeId, now }));
    if (!kept.ok) throw failed(kept, kept.code === 'unknown-device' ? 404 : 422);
    counts.kept += kept.value;
    counts.repeated += stretches.length - kept.value;
  };
  for await (const data of stream) {
    signal.throwIfAborted();
    piece.push(stretchOf(data));
    if (piece.length === AT_ONCE) await keep();
  }
  if (piece.length > 0) await keep();
  return counts;
}

const stretchOf = ({ deviceId, metric, count, ...numbers }: DeviceData) => ({
  deviceId,
  metric,
  count,
  from: Number(numbers.from),
  to: Number(numbers.to),
  min: Number(numbers.min),
  max: Number(numbers.max),
  mean: Number(numbers.mean),
  last: Number(numbers.last),
});

async function keepPiece(
  tx: Tx,
  stretches: readonly Stretch[],
  { makeId, now }: { makeId: () => string; now: number },
): Promise<Result<number, 'unknown-device' | 'bad-input'>> {
  for (const stretch of stretches) {
    const wrong = wrongField(stretch, now);
    if (wrong) return refuse('bad-input', `What ${stretch.deviceId} measured has no such ${wrong}.`, { field: wrong });
  }
  const stores = await storesOf(tx, [...new Set(stretches.map(({ deviceId }) => deviceId))]);
  const measured = [];
  for (const stretch of stretches) {
    const storeId = stores.get(stretch.deviceId);
    if (storeId === undefined) return refuse('unknown-device', `There is no device ${stretch.deviceId}.`, { field: 'device_id' });
    measured.push({ ...stretch, id: makeId(), storeId, occurredAt: now });
  }
  const events = await addTelemetry(tx, measured);
  await emit(tx, events);
  return ok(events.length);
}

function wrongField(stretch: Stretch, now: number): string | undefined {
  if (!shape.Check(stretch)) return shape.Errors(stretch)[0]?.instancePath.slice(1) ?? 'shape';
  const { from, to, count, min, max, mean, last } = stretch;
  if (from > to) return 'to';
  if (to > now + AHEAD_MS) return 'to';
  if (count === 0) return 'count';
  if (min > max) return 'max';
  if (mean < min || mean > max) return 'mean';
  return last < min || last > max ? 'last' : undefined;
}
