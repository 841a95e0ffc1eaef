// Does what the centre asks of this store, once: the deed is a fact that names its directive, or a fact says why it could not be done.
import { directiveAnswered } from '#schema/facts/directive-answered';
import { ok, type Refusal, type Result } from '#schema/values/result';
import type { DirectiveBodies, DirectiveKind } from '#schema/wire/stock';
import type { Log } from '../base/log.ts';
import { rowsOf, type Sqlite } from '../base/sqlite.ts';
import { eraseCustomer } from '../customer/commands.ts';
import type { DetailStore } from '../customer/details.ts';
import { commandDevice, type GiveToDevice } from '../devices/commands/by-directive.ts';
import type { MintUnits } from '../dispense/pickup.ts';
import type { Commit, Journal } from '../journal/commit.ts';
import { moveStock } from '../stock/commands.ts';
import { grantAllotment, type ReservationContext, takeBackAllotment } from '../stock/reservations.ts';
import { readTags, type TagContext } from '../stock/tags.ts';

interface DirectiveRow {
  id: string;
  kind: DirectiveKind;
  body: string;
}

export interface Directives {
  /** Does what has not been answered yet; called at start, when more is asked, and when something arrives for which one may wait. */
  run(): Promise<void>;
}

interface DirectiveParts {
  sqlite: Sqlite;
  journal: Journal;
  log: Log;
  stock: TagContext & ReservationContext;
  mintUnits: MintUnits;
  customerDetails: DetailStore;
  command: GiveToDevice;
}

type Deed = Result<unknown, string>;

export function openDirectives({ sqlite, journal, log, stock, mintUnits, customerDetails, command }: DirectiveParts): Directives {
  const readUnanswered = rowsOf<DirectiveRow>(
    sqlite,
    `SELECT d.id, d.kind, d.body FROM directives d
     WHERE NOT EXISTS (SELECT 1 FROM answered_directives a WHERE a.directive_id = d.id) ORDER BY d.issued_at, d.id`,
  );
  const isAnswered = rowsOf(sqlite, 'SELECT 1 FROM answered_directives WHERE directive_id = ?');

  const deeds: { [Kind in DirectiveKind]: (commit: Commit, id: string, body: DirectiveBodies[Kind]) => Deed } = {
    'stock.move': (commit, directiveId, { movementId, ...movement }) =>
      moveStock(commit, { id: movementId, ...movement, directiveId }, stock),
    'stock.reserve': (commit, directiveId, body) => grantAllotment(commit, directiveId, body, stock),
    'stock.release': (commit, directiveId, body) => takeBackAllotment(commit, directiveId, body, stock),
    'tags.track': (commit, directiveId, { readId, ...read }) =>
      readTags(commit, { id: readId, ...read }, { person: null, directiveId }, stock),
    'customer.erase': (commit, directiveId, { customerId }) =>
      eraseCustomer(commit, { customerId, directiveId }, { customerDetails }),
    'voucher.mint': (commit, directiveId, { units }) => mintUnits(commit, directiveId, units),
    'device.command': (commit, directiveId, { commandId: id, ...wish }) =>
      commandDevice(commit, { id, directiveId, ...wish }, command),
  };

  /** `waited` collects what the ones before it were about that wait, and this one if it waits as well. */
  async function answer(row: DirectiveRow, waited: Set<string>): Promise<void> {
    const deed = deeds[row.kind] as ((commit: Commit, id: string, body: unknown) => Deed) | undefined;
    if (!deed) return log.warn({ kind: row.kind }, 'the centre asks what this version does not know; it waits for an update');
    const done = await journal.write((commit) =>
      isAnswered(row.id).length > 0 ? ok(null) : deed(commit, row.id, JSON.parse(row.body)),
    );
    if (done.ok) return;
    const subjects = subjectsOf(row);
    // What may yet become possible, like a product that has not arrived, is asked again when something arrives. A refusal may be the fault
    // of one before it that waits: goods are asked for that have not been received.
    const mayBecomePossible = done.code === 'not-ready' || done.code === 'unknown-product';
    if (!mayBecomePossible && !subjects.some((id) => waited.has(id))) return refuseDirective(row, done);
    for (const id of subjects) waited.add(id);
  }

  async function refuseDirective({ id }: DirectiveRow, { code, detail }: Refusal): Promise<void> {
    await journal.write((commit) => {
      commit.append(directiveAnswered, { directiveId: id, answer: 'refused', code, detail });
      return ok(null);
    });
  }

  async function answerAll(): Promise<void> {
    const waited = new Set<string>();
    for (const row of readUnanswered()) await answer(row, waited);
  }

  let running = Promise.resolve();
  return {
    run() {
      // Whoever asked for the run before is told of its fault; this one begins anew.
      running = running.catch(() => undefined).then(answerAll);
      return running;
    },
  };
}

type Subjects = Partial<Record<'productId' | 'reservationId' | 'deviceId', string>> & { units?: { productId: string }[] };

/** What it is about; one directive can stand in the way of another only where they share it. */
function subjectsOf({ body }: DirectiveRow): string[] {
  const { productId, reservationId, deviceId, units = [] }: Subjects = JSON.parse(body);
  const named = [productId, reservationId, deviceId, ...units.map((unit) => unit.productId)];
  return named.filter((id) => id !== undefined);
}
