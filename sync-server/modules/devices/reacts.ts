// What the facts of a store say of its devices: how they stand, what they answered, measured, exceeded and poured; and the events that tell
// of it.
import { and, eq, isNull } from 'drizzle-orm';
import { type DeviceAlerted, deviceAlerted } from '#schema/facts/device-alerted';
import { deviceAnswered } from '#schema/facts/device-answered';
import { type DeviceChanged, deviceChanged } from '#schema/facts/device-changed';
import { directiveAnswered } from '#schema/facts/directive-answered';
import { dispenseFinished } from '#schema/facts/dispense-finished';
import { dispenseUnmatched } from '#schema/facts/dispense-unmatched';
import { dispenserPaused } from '#schema/facts/dispenser-paused';
import { telemetrySummed } from '#schema/facts/telemetry-summed';
import { deviceAlertRows, deviceStates } from '#schema/tables/central/device';
import type { Tx } from '../../base/database.ts';
import { type Event, emit } from '../../base/outbox.ts';
import { type AppliedFact, factsOf, type Reaction } from '../../base/reaction.ts';
import { noteAnswers, noteRefusal } from './orders.ts';
import { notePauses, notePours } from './pours.ts';
import { addTelemetry } from './telemetry.ts';

export const devicesReaction: Reaction = {
  module: 'devices',
  async react(tx, facts) {
    const [first] = facts;
    if (!first) return undefined;
    const { storeId } = first;
    const events: Event[] = [];
    for (const fact of factsOf(facts, deviceChanged)) events.push(...(await noteChange(tx, fact)));
    for (const fact of factsOf(facts, deviceAlerted)) events.push(...(await noteAlert(tx, fact)));
    await noteAnswers(tx, storeId, factsOf(facts, deviceAnswered));
    for (const { occurredAt: at, body } of factsOf(facts, directiveAnswered)) await noteRefusal(tx, storeId, { ...body, at });
    const measured = factsOf(facts, telemetrySummed).map(({ id, occurredAt, body }) => ({ id, occurredAt, ...body, storeId }));
    events.push(...(await addTelemetry(tx, measured)));
    await notePauses(tx, factsOf(facts, dispenserPaused));
    await notePours(tx, storeId, [...factsOf(facts, dispenseFinished), ...factsOf(facts, dispenseUnmatched)]);
    await emit(tx, events);
    return undefined;
  },
};

const eventKinds = { online: 'device-online', offline: 'device-offline', fault: 'device-error' } as const;

/** An event only where the state is another than before: new settings or firmware alone are no news to others. */
async function noteChange(tx: Tx, { id, storeId, occurredAt, body }: AppliedFact<DeviceChanged>): Promise<Event[]> {
  const { deviceId, ...told } = body;
  const where = and(eq(deviceStates.storeId, storeId), eq(deviceStates.deviceId, deviceId));
  const [before] = await tx
    .select({ state: deviceStates.state, reason: deviceStates.reason, since: deviceStates.since })
    .from(deviceStates)
    .where(where);
  const isSame = before?.state === told.state && before.reason === told.reason;
  const row = { ...told, since: isSame ? before.since : occurredAt };
  await tx
    .insert(deviceStates)
    .values({ storeId, deviceId, ...row })
    .onConflictDoUpdate({ target: [deviceStates.storeId, deviceStates.deviceId], set: row });
  if (isSame) return [];
  const { state, reason } = told;
  return [{ id, kind: eventKinds[state], body: { storeId, deviceId, reason }, occurredAt }];
}

async function noteAlert(tx: Tx, { id, storeId, occurredAt, body }: AppliedFact<DeviceAlerted>): Promise<Event[]> {
  const { deviceId, what, value, limit, since, overAt } = body;
  await tx
    .insert(deviceAlertRows)
    .values({ storeId, deviceId, what, value, limit, since, overAt })
    .onConflictDoUpdate({
      target: [deviceAlertRows.storeId, deviceAlertRows.deviceId, deviceAlertRows.since, deviceAlertRows.what],
      set: { overAt },
      setWhere: isNull(deviceAlertRows.overAt),
    });
  if (overAt !== null) return [];
  return [{ id, kind: 'device-error', body: { storeId, deviceId, reason: what }, occurredAt }];
}
