// What was told of deliveries, transfers, waste, counts and reads of tags, as their facts say it. Reads only.
import type { Fact } from '#schema/facts/fact';
import { present } from '#schema/values/assert';
import { isoTime } from '#schema/values/time';
import type { GoodsDocument } from '#schema/wire/goods';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import { readFact } from '../journal/projection.ts';

interface DocumentRow {
  id: string;
  kind: GoodsDocument['kind'];
  party: string | null;
  document: string | null;
  occurredAt: number;
  staff: string | null;
  generation: number;
  seq: number;
}

/** What the bodies of such facts have, each in its own part. */
interface DocumentBody {
  reason?: string;
  name?: string;
  place?: string;
  note?: string | null;
  approvedBy?: string | null;
  currency?: string;
  lines?: BodyLine[];
  moves?: BodyLine[];
}

interface BodyLine {
  productId: string;
  expected?: number | null;
  lotCode?: string | null;
  expiresOn?: string | null;
}

interface Moved {
  line: number;
  quantity: number;
  cost: number | null;
}

interface ProductRow {
  name: string | null;
  quantityScale: number | null;
  onHand: number | null;
}

export interface GoodsDocuments {
  /** Whether something is known by this id, and what was asked for under it. */
  intent(id: string): { intent: string | null } | undefined;
  /** Whether this supplier's note has been received before. */
  isReceived(supplier: string | null, document: string): boolean;
  /** It must exist. */
  show(id: string): GoodsDocument;
  fact(id: string): Fact | undefined;
  /** Newest first, after this moment and id. */
  list(after: { occurredAt: number; id: string } | undefined, kind: string | undefined, limit: number): GoodsDocument[];
}

const columns = 'id, kind, party, document, occurred_at AS occurredAt, staff, generation, seq';

export function openGoodsDocuments(sqlite: Sqlite): GoodsDocuments {
  const readIntent = rowOf<{ intent: string | null }>(sqlite, 'SELECT intent FROM stock_documents WHERE id = ?');
  const readNumber = rowOf(
    sqlite,
    `SELECT 1 FROM stock_documents WHERE document = ? AND party IS ? AND kind = 'delivery' LIMIT 1`,
  );
  const readRow = rowOf<DocumentRow>(sqlite, `SELECT ${columns} FROM stock_documents WHERE id = ?`);
  const readPage = rowsOf<DocumentRow>(
    sqlite,
    `SELECT ${columns} FROM stock_documents
     WHERE (occurred_at, id) < (?, ?) AND kind = coalesce(?, kind) ORDER BY occurred_at DESC, id DESC LIMIT ?`,
  );
  const readText = rowOf<{ text: string }>(sqlite, 'SELECT text FROM facts WHERE generation = ? AND seq = ?');
  const readMoved = rowsOf<Moved>(
    sqlite,
    'SELECT line, quantity, cost FROM stock_movements WHERE generation = ? AND seq = ? ORDER BY line',
  );
  const readProduct = rowOf<ProductRow>(
    sqlite,
    `SELECT p.name, p.quantity_scale AS quantityScale, l.on_hand AS onHand
     FROM (SELECT ? AS id) wanted LEFT JOIN products p ON p.id = wanted.id LEFT JOIN stock_levels l ON l.product_id = wanted.id`,
  );

  const factOf = ({ generation, seq }: DocumentRow): Fact =>
    readFact(present(readText(generation, seq), `no fact ${generation}.${seq}`).text);

  function view(row: DocumentRow): GoodsDocument {
    const body = factOf(row).body as DocumentBody;
    const moved = new Map(readMoved(row.generation, row.seq).map((one) => [one.line, one]));
    const costs = [...moved.values()].map(({ cost }) => cost);
    const { id, kind, party, document, occurredAt, staff } = row;
    const lines = (body.lines ?? body.moves ?? []).map((line, index) => viewLine(line, moved.get(index)));
    return {
      id,
      kind,
      occurredAt: isoTime(occurredAt),
      staffId: staff,
      party,
      document,
      subject: body.reason ?? body.name ?? body.place ?? null,
      note: body.note ?? null,
      approvedBy: body.approvedBy ?? null,
      currency: body.currency ?? null,
      cost: costs.includes(null) ? null : costs.reduce<number>((sum, cost) => sum + (cost ?? 0), 0),
      lines,
    };
  }

  function viewLine({ productId, expected, lotCode, expiresOn }: BodyLine, moved: Moved | undefined) {
    const product = readProduct(productId);
    return {
      productId,
      name: product?.name ?? null,
      quantityScale: product?.quantityScale ?? 0,
      quantity: moved?.quantity ?? 0,
      expected: expected ?? null,
      cost: moved?.cost ?? null,
      lotCode: lotCode ?? null,
      expiresOn: expiresOn ?? null,
      onHand: product?.onHand ?? 0,
    };
  }

  return {
    intent: (id) => readIntent(id),
    isReceived: (supplier, document) => readNumber(document, supplier) !== undefined,
    show: (id) => view(present(readRow(id), `no document ${id}`)),
    fact(id) {
      const row = readRow(id);
      return row && factOf(row);
    },
    list: (after, kind, limit) =>
      readPage(after?.occurredAt ?? Number.MAX_SAFE_INTEGER, after?.id ?? '', kind ?? null, limit).map(view),
  };
}
