// The change log in the database: row triggers write what changed, and a trigger just before commit gives each commit its position.
//
//   row trigger      → shape_log.changes   (relation, txid, id, old, new)           in the order of the changes
//   before commit    → shape_log.commits   (relation, position, txid, first_id)     under one lock, so position order is commit order
//   after commit     → NOTIFY shape_log    with the relation
//
// Rows are kept as jsonb and typed again by the table's own row type when they are read, so one trigger function serves every table
// and no ALTER TABLE can make a writer fail. Only the embedded source installs this; behind a real Electric no table pays for it.
import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import type { Database, Tx } from '../../base/database.ts';
import { transaction } from '../../base/transaction.ts';

/** Locks of this source; any numbers will do that differ from the product's others. */
export const commitLock = 7_100_010;
const installLock = 7_100_011;

export const bellChannel = 'shape_log';

const tables = `
  CREATE SCHEMA IF NOT EXISTS shape_log;
  -- By twos: the number after a position is never a commit, so "all of this commit" can be written as an offset of op 0.
  CREATE SEQUENCE IF NOT EXISTS shape_log.positions START 2 INCREMENT 2;
  -- Outlives the tables below, so that no handle comes twice.
  CREATE SEQUENCE IF NOT EXISTS shape_log.generations;
  CREATE TABLE IF NOT EXISTS shape_log.tables (
    relation text PRIMARY KEY,
    fingerprint text NOT NULL,
    generation bigint NOT NULL,
    base bigint,
    base_snapshot text,
    pruned_to bigint NOT NULL DEFAULT 0
  );
  CREATE TABLE IF NOT EXISTS shape_log.changes (
    relation text NOT NULL,
    txid xid8 NOT NULL,
    id bigint GENERATED ALWAYS AS IDENTITY,
    first boolean NOT NULL,
    old jsonb,
    new jsonb,
    PRIMARY KEY (relation, txid, id)
  );
  CREATE TABLE IF NOT EXISTS shape_log.commits (
    relation text NOT NULL,
    position bigint NOT NULL,
    txid xid8 NOT NULL,
    first_id bigint NOT NULL,
    PRIMARY KEY (relation, position)
  );
  CREATE TABLE IF NOT EXISTS shape_log.chunk_ends (
    relation text NOT NULL,
    handle text NOT NULL,
    chunk integer NOT NULL,
    base bigint NOT NULL,
    last_key text NOT NULL,
    PRIMARY KEY (relation, handle, chunk)
  )`;

// Everything that changes what a handle means: the table itself, its columns, its key, and whether the triggers are on.
const fingerprint = `
  CREATE OR REPLACE FUNCTION shape_log.fingerprint(relation text) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT md5(concat_ws('|', c.oid,
      (SELECT string_agg(concat_ws(' ', a.attname, a.atttypid, a.atttypmod, a.attnotnull, a.attndims), ',' ORDER BY a.attnum)
         FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
      (SELECT i.indkey::text FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary),
      (SELECT count(*) FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgname LIKE 'shape\\_log\\_%' AND t.tgenabled <> 'D')))
    FROM pg_class c WHERE c.oid = to_regclass(relation)
  $$`;

// The setting lives as long as the transaction and goes back with a savepoint, exactly like the row that it stands for.
const record = `
  CREATE OR REPLACE FUNCTION shape_log.record() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    mark text := 'shape_log.seen_' || TG_ARGV[1];
    is_first boolean := coalesce(current_setting(mark, true), '') = '';
  BEGIN
    IF TG_OP = 'UPDATE' AND OLD *= NEW THEN RETURN NULL; END IF;
    IF is_first THEN PERFORM set_config(mark, 'yes', true); END IF;
    INSERT INTO shape_log.changes (relation, txid, first, old, new)
      VALUES (TG_ARGV[0], pg_current_xact_id(), is_first, to_jsonb(OLD), to_jsonb(NEW));
    RETURN NULL;
  END $$`;

// The lock is held to the end of the commit: whoever gets a later position commits later.
const commit = `
  CREATE OR REPLACE FUNCTION shape_log.commit() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    own_position bigint := nullif(current_setting('shape_log.position', true), '')::bigint;
  BEGIN
    IF own_position IS NULL THEN
      PERFORM pg_advisory_xact_lock(${commitLock});
      own_position := nextval('shape_log.positions');
      PERFORM set_config('shape_log.position', own_position::text, true);
    END IF;
    INSERT INTO shape_log.commits (relation, position, txid, first_id) VALUES (NEW.relation, own_position, NEW.txid, NEW.id)
      ON CONFLICT DO NOTHING;
    PERFORM pg_notify('${bellChannel}', NEW.relation);
    RETURN NULL;
  END $$`;

// What this transaction had changed before is gone too. TRUNCATE holds the table alone, so no other change can stand between.
const truncated = `
  CREATE OR REPLACE FUNCTION shape_log.truncated() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM shape_log.changes WHERE relation = TG_ARGV[0] AND txid = pg_current_xact_id();
    UPDATE shape_log.tables SET generation = nextval('shape_log.generations'), base = NULL WHERE relation = TG_ARGV[0];
    PERFORM pg_notify('${bellChannel}', TG_ARGV[0]);
    RETURN NULL;
  END $$`;

const commitTrigger = `
  CREATE CONSTRAINT TRIGGER shape_log_commit AFTER INSERT ON shape_log.changes
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.first) EXECUTE FUNCTION shape_log.commit()`;

/** Makes or mends the log's own tables and functions; the tables of shapes follow when they are first asked for. */
export async function installChangeLog(database: Database): Promise<void> {
  await transaction(database, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${installLock})`);
    for (const statement of tables.split(';')) await tx.execute(sql.raw(statement));
    for (const statement of [fingerprint, record, commit, truncated]) await tx.execute(sql.raw(statement));
    const found = await tx.execute(sql`SELECT 1 FROM pg_trigger WHERE tgname = 'shape_log_commit'`);
    if (found.rows.length === 0) await tx.execute(sql.raw(commitTrigger));
  });
}

/** Puts the triggers on a table, or renews what is known of a table that has changed; its handles begin anew. */
export async function followTable(database: Database, relation: string): Promise<void> {
  await transaction(database, async (tx) => {
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${installLock})`);
    const known = await tx.execute(sql`SELECT fingerprint = shape_log.fingerprint(relation) AS intact
      FROM shape_log.tables WHERE relation = ${relation}`);
    if (known.rows[0]?.intact === true) return; // another server was first
    const literal = `'${relation.replaceAll("'", "''")}'`;
    const rowTrigger = sql.raw(`CREATE OR REPLACE TRIGGER shape_log_record AFTER INSERT OR UPDATE OR DELETE ON ${relation}
      FOR EACH ROW EXECUTE FUNCTION shape_log.record(${literal}, '${settingSuffix(relation)}')`);
    const truncateTrigger = sql.raw(`CREATE OR REPLACE TRIGGER shape_log_truncated AFTER TRUNCATE ON ${relation}
      FOR EACH STATEMENT EXECUTE FUNCTION shape_log.truncated(${literal})`);
    await tx.execute(rowTrigger);
    await tx.execute(truncateTrigger);
    await tx.execute(sql`INSERT INTO shape_log.tables (relation, fingerprint, generation)
      VALUES (${relation}, shape_log.fingerprint(${relation}), nextval('shape_log.generations'))
      ON CONFLICT (relation) DO UPDATE
        SET fingerprint = excluded.fingerprint, generation = excluded.generation, base = NULL, base_snapshot = NULL`);
    await tx.execute(sql`SELECT pg_notify(${bellChannel}, ${relation})`);
  });
}

/** A setting's name allows letters, digits and underscores; a table's name allows anything. */
const settingSuffix = (relation: string) => createHash('sha256').update(relation).digest('hex').slice(0, 24);

/** Takes the triggers off and forgets the log, for a centre that now stands behind a real Electric. */
export async function removeChangeLog(database: Database): Promise<void> {
  await transaction(database, async (tx) => {
    const installed = await tx.execute(sql`SELECT to_regclass('shape_log.tables') IS NOT NULL AS installed`);
    if (installed.rows[0]?.installed !== true) return;
    await tx.execute(sql`SELECT pg_advisory_xact_lock(${installLock})`);
    await removeTriggers(tx);
    for (const table of ['tables', 'changes', 'commits', 'chunk_ends'])
      await tx.execute(sql`DELETE FROM ${sql.identifier('shape_log')}.${sql.identifier(table)}`);
  });
}

async function removeTriggers(tx: Tx): Promise<void> {
  const found = await tx.execute(sql`SELECT tgname AS name, tgrelid::regclass::text AS relation FROM pg_trigger
    WHERE tgname IN ('shape_log_record', 'shape_log_truncated') AND tgparentid = 0`);
  for (const { name, relation } of found.rows) await tx.execute(sql.raw(`DROP TRIGGER ${name} ON ${relation}`));
}
