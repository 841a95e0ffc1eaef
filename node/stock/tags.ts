// Tagged goods: what a reader sees at a place, against what it saw there before and what the books say. Where nobody sells by hand, a tag
// that is gone was bought, and one that comes back was put back.
import { type TagsRead, tagsRead } from '#schema/facts/tags-read';
import { readTag } from '#schema/rules/sgtin';
import { assert } from '#schema/values/assert';
import { ok, type Result, refuse } from '#schema/values/result';
import type { RefusalOf } from '#schema/wire/contract';
import type { ReadTags, TagReading, tagContract } from '#schema/wire/tag';
import type { Person } from '../base/caller.ts';
import { rowOf, rowsOf, type Sqlite } from '../base/sqlite.ts';
import type { Commit } from '../journal/commit.ts';
import { type GoodsContext, intentOf } from './goods.ts';

interface TagRow {
  tag: string;
  productId: string | null;
}

export interface TagQueries {
  at(place: string): TagRow[];
  known(tag: string): { bookedOut: number } | undefined;
  /** How many tags of a product are at this place, and at all places. */
  seen(productId: string, place: string): { here: number; everywhere: number };
  productOf(gtin: string): string | undefined;
  productsOf(tags: readonly string[]): TagRow[];
}

export function tagQueries(sqlite: Sqlite): TagQueries {
  const readAt = rowsOf<TagRow>(sqlite, 'SELECT tag, product_id AS productId FROM tags WHERE place = ? ORDER BY tag');
  const readKnown = rowOf<{ bookedOut: number }>(sqlite, 'SELECT booked_out AS bookedOut FROM tags WHERE tag = ?');
  const readSeen = rowOf<{ here: number; everywhere: number }>(
    sqlite,
    'SELECT count(*) FILTER (WHERE place = ?) AS here, count(place) AS everywhere FROM tags WHERE product_id = ?',
  );
  const readBarcode = rowOf<{ productId: string }>(sqlite, 'SELECT product_id AS productId FROM barcodes WHERE code = ?');
  const readProducts = rowsOf<TagRow>(
    sqlite,
    'SELECT tag, product_id AS productId FROM tags WHERE tag IN (SELECT value FROM json_each(?)) ORDER BY tag',
  );
  return {
    at: (place) => readAt(place),
    known: (tag) => readKnown(tag),
    seen: (productId, place) => readSeen(place, productId) ?? { here: 0, everywhere: 0 },
    productOf: (gtin) => readBarcode(gtin)?.productId,
    productsOf: (tags) => readProducts(JSON.stringify(tags)),
  };
}

export interface TagContext extends GoodsContext {
  tags: TagQueries;
}

interface Sighting {
  /** Tags of goods, in capitals, each once. */
  items: Map<string, { gtin: string; productId: string | null }>;
  unreadable: TagReading['unreadable'];
}

function sight(given: readonly string[], tags: TagQueries): Sighting {
  const items: Sighting['items'] = new Map();
  const unreadable: Sighting['unreadable'] = [];
  for (const tag of new Set(given.map((text) => text.trim().toUpperCase()))) {
    const item = readTag(tag);
    if (!item.ok) unreadable.push({ tag, why: item.detail });
    else items.set(tag, { gtin: item.value.gtin, productId: tags.productOf(item.value.gtin) ?? null });
  }
  return { items, unreadable };
}

export function readTags(
  commit: Commit,
  input: ReadTags,
  { person, directiveId }: { person: Person | null; directiveId: string | null },
  context: TagContext,
): Result<TagReading, RefusalOf<typeof tagContract.read>> {
  const { stores, goodsDocuments, tags } = context;
  const intent = intentOf(input);
  const sighting = sight(input.tags, tags);
  const known = goodsDocuments.intent(input.id);
  if (known && known.intent !== intent)
    return refuse('id-reused', 'That id was used for something else.', { field: 'id', next: 'Make a new id for a new read.' });
  if (known) return ok(viewReading(input, sighting, context));
  if (!stores.current())
    return refuse('not-ready', 'This store box has not received its store yet.', { next: 'Connect it to the centre once.' });
  const before = tags.at(input.place);
  const wereHere = new Set(before.map(({ tag }) => tag));
  const came = [...sighting.items].filter(([tag]) => !wereHere.has(tag)).map(([tag, { productId }]) => ({ tag, productId }));
  const gone = before.filter(({ tag }) => !sighting.items.has(tag));
  const { id: readId, place, effect } = input;
  const moves = movesOf(effect === 'move' ? gone : [], came, context);
  const body = { readId, place, effect, came, gone: gone.map(({ tag }) => tag), moves, directiveId, intent };
  commit.append(tagsRead, body, { staff: person?.id ?? null });
  return ok(viewReading(input, sighting, context));
}

/** A tag stands for one whole unit. */
function movesOf(bought: readonly TagRow[], came: readonly TagRow[], { tags, stock }: TagContext): TagsRead['moves'] {
  const putBack = came.filter(({ tag }) => tags.known(tag)?.bookedOut === 1);
  const sums = new Map<string, number>();
  const add = (rows: readonly TagRow[], sign: 1 | -1) => {
    for (const { productId } of rows) {
      if (productId === null) continue;
      const unit = 10 ** (stock.product(productId)?.quantityScale ?? 0);
      sums.set(productId, (sums.get(productId) ?? 0) + sign * unit);
    }
  };
  add(bought, -1);
  add(putBack, 1);
  return [...sums].filter(([, quantity]) => quantity !== 0).map(([productId, quantity]) => ({ productId, quantity }));
}

function viewReading({ id, place, effect }: ReadTags, { items, unreadable }: Sighting, context: TagContext): TagReading {
  const { goodsDocuments, tags } = context;
  const body = goodsDocuments.fact(id)?.body as TagsRead | undefined;
  assert(body, `no read of tags ${id}`);
  const here = tags.at(place).map(({ productId }) => productId);
  const gone = tags.productsOf(body.gone).map(({ productId }) => productId);
  const came = body.came.map(({ productId }) => productId);
  const products = [...new Set([...here, ...gone, ...came])].filter((productId) => productId !== null);
  const strange = [...items.values()].filter(({ productId }) => productId === null).map(({ gtin }) => gtin);
  return {
    id,
    place,
    effect,
    differences: products.map((productId) => {
      const moved = body.moves.find((move) => move.productId === productId)?.quantity ?? 0;
      return { ...againstBooks(productId, place, context), came: times(came, productId), gone: times(gone, productId), moved };
    }),
    unknown: [...new Set(strange)].map((gtin) => ({ gtin, tags: times(strange, gtin) })),
    unreadable,
  };
}

function againstBooks(productId: string, place: string, { stock, tags }: TagContext) {
  const product = stock.product(productId);
  const { onHand } = stock.level(productId);
  const seen = tags.seen(productId, place);
  const difference = seen.everywhere * 10 ** (product?.quantityScale ?? 0) - onHand;
  return { productId, name: product?.name ?? null, ...seen, onHand, difference };
}

const times = <T>(values: readonly T[], wanted: T): number => values.filter((value) => value === wanted).length;
