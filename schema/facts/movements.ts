// What facts move in stock, line by line: the node and the centre read the same movements from the same facts. A pour is not among them,
// since whether it moves anything follows from the state of its voucher.
import type { MovementKind } from '../rules/stock.ts';
import type { Fact } from './fact.ts';
import type { GoodsReceived } from './goods-received.ts';
import type { GoodsTransferred } from './goods-transferred.ts';
import type { GoodsWasted } from './goods-wasted.ts';
import type { SaleClosed } from './sale-closed.ts';
import type { SaleReturned } from './sale-returned.ts';
import type { StockCounted } from './stock-counted.ts';
import type { StockMoved } from './stock-moved.ts';
import type { TagsRead } from './tags-read.ts';

/** What goods brought along when they came in. */
export interface Brought {
  cost: number | null;
  lotCode: string | null;
  expiresOn: string | null;
  supplier: string | null;
}

export interface Movement {
  line: number;
  /** The line that moved; null where only its fact has an id. */
  id: string | null;
  productId: string;
  kind: MovementKind;
  quantity: number;
  saleId?: string | null;
  /** The delivery, transfer, waste, count or read that it is a line of. */
  documentId?: string | null;
  reason?: string | null;
  /** The lot that somebody named. */
  lotId?: string | null;
  brought?: Brought | null;
}

/** A lot is named by the movement that brought it. */
export const lotIdOf = ({ generation, seq }: Pick<Fact, 'generation' | 'seq'>, line: number): string =>
  `${generation}.${seq}.${line}`;

type Reader<Body> = (body: Body) => Movement[];

const ofSale: Reader<SaleClosed> = ({ saleId, lines }) => {
  const movements: Movement[] = [];
  // What a dispenser pours moves when it is poured, not when it is paid.
  for (const [line, { lineId, productId, quantity, dispensable }] of lines.entries())
    if (!dispensable) movements.push({ line, id: lineId, productId, kind: 'sell', quantity: -quantity, saleId });
  return movements;
};

const ofReturn: Reader<SaleReturned> = ({ original, reason, lines }) =>
  lines.flatMap(({ lineId, productId, quantity, restock }, line) =>
    restock ? [{ line, id: lineId, productId, kind: 'return' as const, quantity, saleId: original.saleId, reason }] : [],
  );

const ofMove: Reader<StockMoved> = ({ movementId, productId, movement, quantity, reason, cost, lotCode, expiresOn }) => [
  { line: 0, id: movementId, productId, kind: movement, quantity, reason, brought: { cost, lotCode, expiresOn, supplier: null } },
];

const ofDelivery: Reader<GoodsReceived> = ({ deliveryId, supplier, note, lines }) =>
  lines.map(({ lineId, productId, quantity, cost, lotCode, expiresOn }, line) => ({
    line,
    id: lineId,
    productId,
    kind: 'receive',
    quantity,
    documentId: deliveryId,
    reason: note,
    brought: { cost, lotCode, expiresOn, supplier },
  }));

const ofTransfer: Reader<GoodsTransferred> = ({ transferId, direction, otherStore, note, lines }) =>
  lines.map(({ lineId, productId, quantity, lotId, cost, lotCode, expiresOn }, line) => ({
    line,
    id: lineId,
    productId,
    kind: `transfer-${direction}`,
    quantity: direction === 'in' ? quantity : -quantity,
    documentId: transferId,
    reason: note,
    lotId,
    brought: { cost, lotCode, expiresOn, supplier: otherStore },
  }));

const ofWaste: Reader<GoodsWasted> = ({ wasteId, reason, lines }) =>
  lines.map(({ lineId, productId, quantity, lotId }, line) => ({
    line,
    id: lineId,
    productId,
    kind: 'waste',
    quantity: -quantity,
    documentId: wasteId,
    reason,
    lotId,
  }));

const ofCount: Reader<StockCounted> = ({ countId, name, lines }) =>
  lines.flatMap(({ lineId, productId, difference }, line) =>
    difference === 0
      ? []
      : [{ line, id: lineId, productId, kind: 'count' as const, quantity: difference, documentId: countId, reason: name }],
  );

const ofTags: Reader<TagsRead> = ({ readId, place, moves }) =>
  moves.map(({ productId, quantity }, line) => ({
    line,
    id: null,
    productId,
    kind: 'adjust',
    quantity,
    documentId: readId,
    reason: place,
  }));

const readers: Readonly<Record<string, Reader<never>>> = {
  'sale.closed': ofSale,
  'sale.returned': ofReturn,
  'stock.moved': ofMove,
  'goods.received': ofDelivery,
  'goods.transferred': ofTransfer,
  'goods.wasted': ofWaste,
  'stock.counted': ofCount,
  'tags.read': ofTags,
};

/** The kinds of fact that move stock by what stands in them. */
export const movingKinds: readonly string[] = Object.keys(readers);

/** In the newest version of its kind, as projections and reactions are given it. */
export const movementsOf = ({ kind, body }: Pick<Fact, 'kind' | 'body'>): Movement[] => readers[kind]?.(body as never) ?? [];
