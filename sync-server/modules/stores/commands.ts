// Stores and what the centre asks of them: adding a store opens its journal here; a directive is a row that its node receives as a shape.
import { eq, sql } from 'drizzle-orm';
import { GENESIS } from '#schema/facts/chain';
import { checkSettings, type StoreSettings, standardSettings } from '#schema/rules/settings';
import { applyCursors, journalHeads } from '#schema/tables/central/journal';
import { directives, nodes, stores } from '#schema/tables/central/store';
import { present } from '#schema/values/assert';
import { currencies, isCurrency } from '#schema/values/currency';
import { ok, type Result, refuse } from '#schema/values/result';
import { isTimeZone } from '#schema/values/time';
import type { BodyOf } from '#schema/wire/contract';
import type { DirectiveBodies, DirectiveKind } from '#schema/wire/stock';
import type { ChangeSettings, Store, storeContract } from '#schema/wire/store';
import type { NodeStatus } from '#schema/wire/sync';
import type { Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import type { Context } from '../../base/runtime.ts';
import { violatedConstraint } from '../../base/sql-state.ts';
import { savepoint } from '../../base/transaction.ts';
import { findStore, settingsOf } from './queries.ts';

const firstGeneration = 1;

type CreateStore = BodyOf<typeof storeContract.create>;
type CreateRefusal = 'code-taken' | 'bad-setting' | 'unknown-currency' | 'unknown-time-zone' | 'id-reused';

export async function createStore(tx: Tx, input: CreateStore, { now }: Context): Promise<Result<Store, CreateRefusal>> {
  const { id, code, name, country, currency, timeZone, language, address = null, environment = 'prod' } = input;
  if (!isCurrency(currency))
    return refuse('unknown-currency', `Lapak does not trade in ${currency}.`, {
      field: 'currency',
      next: `Use one of ${Object.keys(currencies).join(', ')}.`,
    });
  if (!isTimeZone(timeZone))
    return refuse('unknown-time-zone', `There is no time zone “${timeZone}”.`, {
      field: 'timeZone',
      next: 'Use a name like Asia/Jakarta or Europe/Stockholm.',
    });
  const claimed = await claimId(tx, id, { kind: 'store', ...input }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again') return ok(present(await findStore(tx, id), 'the id of a store was claimed without it'));
  const settings = checkSettings({ ...standardSettings(currency, language), ...input.settings });
  if (!settings.ok) return settings;
  try {
    const row = { id, code, name, country, currency, timeZone, address, environment, settings: settings.value, createdAt: now };
    await savepoint(tx, (inner) => inner.insert(stores).values(row));
  } catch (error) {
    if (violatedConstraint(error) !== 'stores_code_unique') throw error;
    return refuse('code-taken', `Another store has the code “${code}”.`, { field: 'code', next: 'Choose another code.' });
  }
  await tx.insert(journalHeads).values({ storeId: id, generation: firstGeneration, seq: 0, hash: GENESIS });
  await tx.insert(applyCursors).values({ storeId: id, generation: firstGeneration, seq: 0 });
  return ok(present(await findStore(tx, id), 'the store was just added'));
}

/** Settings hang together, so two who change them at once do it one after the other. */
export async function changeSettings(
  tx: Tx,
  storeId: string,
  change: ChangeSettings,
): Promise<Result<StoreSettings, 'unknown-store' | 'bad-setting'>> {
  const [row] = await tx
    .select({ currency: stores.currency, settings: stores.settings })
    .from(stores)
    .where(eq(stores.id, storeId))
    .for('update');
  if (!row) return refuse('unknown-store', 'There is no such store.', { field: 'id' });
  const settings = checkSettings({ ...settingsOf(row), ...change });
  if (!settings.ok) return settings;
  await tx.update(stores).set({ settings: settings.value }).where(eq(stores.id, storeId));
  return settings;
}

/** What a node tells of itself from time to time. */
export async function noteNodeStatus(tx: Tx, nodeId: string, status: NodeStatus, now: number): Promise<void> {
  const { head, waiting, oldestWaitingAt, version, devices } = status;
  await tx
    .update(nodes)
    .set({
      lastSeenAt: now,
      version,
      headGeneration: head.generation,
      headSeq: head.seq,
      waiting,
      oldestWaitingAt: oldestWaitingAt === null ? null : Date.parse(oldestWaitingAt),
      devicesTotal: devices.total,
      devicesOnline: devices.online,
      devicesPouring: devices.pouring,
    })
    .where(eq(nodes.id, nodeId));
}

export interface NewDirective<Kind extends DirectiveKind> {
  id: string;
  storeId: string;
  kind: Kind;
  body: DirectiveBodies[Kind];
}

export interface SentDirective {
  directiveId: string;
  state: 'sent' | 'done' | 'refused';
}

/** The caller has made sure that the store exists. */
export async function sendDirective<Kind extends DirectiveKind>(
  tx: Tx,
  { id, storeId, kind, body }: NewDirective<Kind>,
  { now, by }: Context,
): Promise<Result<SentDirective, 'id-reused'>> {
  const claimed = await claimId(tx, id, { kind, storeId, ...body }, now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'new')
    await tx.insert(directives).values({ id, storeId, kind, body, issuedAt: now, issuedBy: by, state: 'sent' });
  const [row] = await tx.select({ state: directives.state }).from(directives).where(eq(directives.id, id));
  return ok({ directiveId: id, state: present(row, 'the id of a directive was claimed without it').state });
}

export interface DirectiveAnswer {
  directiveId: string;
  state: 'done' | 'refused';
  answeredAt: number;
  code: string | null;
  detail: string | null;
}

/** The first answer holds; a directive that this centre does not know is a fact that is kept and means nothing here. */
export async function noteDirectiveAnswers(tx: Tx, storeId: string, answers: readonly DirectiveAnswer[]): Promise<void> {
  for (const { directiveId, state, answeredAt, code, detail } of answers)
    await tx
      .update(directives)
      .set({ state, answeredAt, code, detail })
      .where(sql`${directives.storeId} = ${storeId} AND ${directives.id} = ${directiveId} AND ${directives.state} = 'sent'`);
}
