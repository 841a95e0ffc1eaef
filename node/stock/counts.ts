// Stocktakes that this store has begun: what each till counted, entry by entry, on disk before it is answered. A finished one is a fact.
import { type CountEntry, type CountState, countMachine, differenceOf, tallyOf } from '#schema/rules/stock-count';
import { assert } from '#schema/values/assert';
import { isoTime } from '#schema/values/time';
import type { CountScan, CountSummary, StockCount } from '#schema/wire/count';
import { rowOf, rowsOf, type Sqlite, writer } from '../base/sqlite.ts';
import type { StockQueries } from './queries.ts';

export interface CountRow {
  id: string;
  name: string;
  categoryId: string | null;
  blind: number;
  state: CountState;
  startedAt: number;
  tillId: string;
  staff: string | null;
  firstReviewAt: number | null;
}

export interface StoredEntry extends CountEntry {
  number: number;
  id: string;
}

type NewCount = Omit<CountRow, 'state' | 'firstReviewAt'>;
type NewEntry = Omit<StoredEntry, 'number'> & { countId: string; staff: string | null; at: number };
export type CountedLine = StockCount['lines'][number];

export interface Counts {
  row(id: string): CountRow | undefined;
  open(count: NewCount): void;
  setState(id: string, state: CountState, firstReviewAt: number | null): void;
  entries(id: string): StoredEntry[];
  entry(id: string): (StoredEntry & { countId: string }) | undefined;
  add(entry: NewEntry): void;
  categoryExists(categoryId: string): boolean;
  /** Whether a product belongs to what is counted. */
  covers(count: CountRow, productId: string): boolean;
  show(id: string): StockCount;
  line(count: CountRow, productId: string): CountedLine;
  list(): CountSummary[];
}

const within = `WITH RECURSIVE within (id) AS (
  SELECT ? UNION ALL SELECT c.id FROM categories c JOIN within w ON c.parent_id = w.id)`;

const countColumns = `id, name, category_id AS categoryId, blind, state, started_at AS startedAt, till_id AS tillId, staff,
  first_review_at AS firstReviewAt`;

const entryColumns = 'number, id, product_id AS productId, till_id AS tillId, kind, quantity, on_hand AS onHand';

export function openCounts(sqlite: Sqlite, stock: StockQueries): Counts {
  const readRow = rowOf<CountRow>(sqlite, `SELECT ${countColumns} FROM stock_counts WHERE id = ?`);
  const readOpen = rowsOf<CountRow>(
    sqlite,
    `SELECT ${countColumns} FROM stock_counts WHERE state IN ('counting', 'reviewing') ORDER BY started_at DESC, id DESC`,
  );
  const insert = writer(
    sqlite,
    `INSERT INTO stock_counts (id, name, category_id, blind, state, started_at, till_id, staff) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const update = writer(sqlite, 'UPDATE stock_counts SET state = ?, first_review_at = ? WHERE id = ?');
  const readEntries = rowsOf<StoredEntry>(
    sqlite,
    `SELECT ${entryColumns} FROM stock_count_entries WHERE count_id = ? ORDER BY number`,
  );
  const readEntriesOf = rowsOf<StoredEntry>(
    sqlite,
    `SELECT ${entryColumns} FROM stock_count_entries WHERE count_id = ? AND product_id = ? ORDER BY number`,
  );
  const readEntry = rowOf<StoredEntry & { countId: string }>(
    sqlite,
    `SELECT ${entryColumns}, count_id AS countId FROM stock_count_entries WHERE id = ?`,
  );
  const insertEntry = writer(
    sqlite,
    `INSERT INTO stock_count_entries (id, count_id, product_id, till_id, staff, kind, quantity, on_hand, at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const readCategory = rowOf(sqlite, 'SELECT 1 FROM categories WHERE id = ?');
  const readCovered = rowOf(
    sqlite,
    `${within} SELECT 1 FROM products p WHERE p.id = ? AND p.category_id IN (SELECT id FROM within)`,
  );
  const countCovered = rowOf<{ count: number }>(
    sqlite,
    `${within} SELECT count(*) AS count FROM products p WHERE p.archived = 0 AND p.category_id IN (SELECT id FROM within)`,
  );
  const countAll = rowOf<{ count: number }>(sqlite, 'SELECT count(*) AS count FROM products WHERE archived = 0');
  const countDone = rowOf<{ count: number }>(
    sqlite,
    'SELECT count(DISTINCT product_id) AS count FROM stock_count_entries WHERE count_id = ?',
  );

  function view(row: CountRow, entries: readonly StoredEntry[]): CountedLine[] {
    const isHidden = row.blind === 1 && row.state === 'counting';
    return tallyOf(entries).map(({ parts: _, ...counted }) => {
      const product = stock.product(counted.productId);
      const { productId } = counted;
      const head = { productId, name: product?.name ?? null, quantityScale: product?.quantityScale ?? 0 };
      if (isHidden) return { ...head, counted: counted.counted };
      const difference = differenceOf(counted);
      const lost = difference < 0 ? stock.costOf(productId, -difference) : null;
      return { ...head, ...counted, difference, cost: difference === 0 ? 0 : lost === null ? null : -lost };
    });
  }

  function summary(row: CountRow): CountSummary {
    const { id, name, categoryId, blind, state, startedAt } = row;
    const products = (categoryId === null ? countAll() : countCovered(categoryId))?.count ?? 0;
    const next = [...countMachine.next(state)];
    const head = { id, name, categoryId, blind: blind === 1, state, next, startedAt: isoTime(startedAt) };
    return { ...head, products, counted: countDone(id)?.count ?? 0 };
  }

  return {
    row: (id) => readRow(id),
    open({ id, name, categoryId, blind, startedAt, tillId, staff }) {
      insert(id, name, categoryId, blind, countMachine.initial, startedAt, tillId, staff);
    },
    setState: (id, state, firstReviewAt) => void update(state, firstReviewAt, id),
    entries: (id) => readEntries(id),
    entry: (id) => readEntry(id),
    add({ id, countId, productId, tillId, staff, kind, quantity, onHand, at }) {
      insertEntry(id, countId, productId, tillId, staff, kind, quantity, onHand, at);
    },
    categoryExists: (categoryId) => readCategory(categoryId) !== undefined,
    covers: ({ categoryId }, productId) => categoryId === null || readCovered(categoryId, productId) !== undefined,
    show(id) {
      const row = readRow(id);
      assert(row, `no count ${id}`);
      return { ...summary(row), lines: view(row, readEntries(id)) };
    },
    line(row, productId) {
      const [line] = view(row, readEntriesOf(row.id, productId));
      assert(line, `nothing of ${productId} was counted`);
      return line;
    },
    list: () => readOpen().map(summary),
  };
}

/** Whether an entry that is known by its id says the same. */
export const isSameScan = (known: StoredEntry, productId: string, { kind, quantity }: CountScan): boolean =>
  known.productId === productId && known.kind === kind && known.quantity === quantity;
