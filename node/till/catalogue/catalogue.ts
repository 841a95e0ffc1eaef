// What this store sells, held so that a scan is one look-up however many products there are.
import type { PriceBook } from '#schema/rules/pricing';
import type { Currency } from '#schema/values/currency';
import type { CatalogueCategory, CatalogueProduct } from '#schema/wire/till';
import { codeKey } from './codes.ts';

export interface Catalogue {
  products: ReadonlyMap<string, CatalogueProduct>;
  /** Barcode or SKU → product id. */
  codes: ReadonlyMap<string, string>;
  /** Number on labels of the shop's own scale → product id. */
  labels: ReadonlyMap<string, string>;
  /** Product ids as the tiles stand. */
  order: readonly string[];
  categories: readonly CatalogueCategory[];
  /** Whether every page has been read. */
  complete: boolean;
}

export const noCatalogue: Catalogue = {
  products: new Map(),
  codes: new Map(),
  labels: new Map(),
  order: [],
  categories: [],
  complete: false,
};

const byPlace = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

export function catalogueOf(products: Iterable<CatalogueProduct>, categories: readonly CatalogueCategory[]): Catalogue {
  const list = [...products];
  const codes = new Map<string, string>();
  for (const { id, sku } of list) codes.set(codeKey(sku), id);
  // A printed barcode wins over a SKU that happens to look like it.
  for (const { id, barcodes } of list) for (const barcode of barcodes) codes.set(codeKey(barcode), id);
  const labels = new Map(list.flatMap(({ id, pluCode }) => (pluCode === null ? [] : [[pluCode, id] as const])));
  const order = list
    .sort((left, right) => left.position - right.position || byPlace.compare(left.name, right.name))
    .map(({ id }) => id);
  return { products: new Map(list.map((product) => [product.id, product])), codes, labels, order, categories, complete: true };
}

const samePlace = (left: CatalogueProduct | undefined, right: CatalogueProduct): boolean =>
  left !== undefined &&
  left.position === right.position &&
  left.name === right.name &&
  left.sku === right.sku &&
  left.pluCode === right.pluCode &&
  left.barcodes.join() === right.barcodes.join();

/** Takes in products that changed; those asked for and no longer sold are gone. */
export function mergeProducts(catalogue: Catalogue, changed: readonly CatalogueProduct[], asked: readonly string[]): Catalogue {
  const products = new Map(catalogue.products);
  const found = new Set(changed.map(({ id }) => id));
  const gone = asked.filter((id) => !found.has(id) && products.delete(id));
  const stays = gone.length === 0 && changed.every((product) => samePlace(products.get(product.id), product));
  for (const product of changed) products.set(product.id, product);
  // A new price, the usual change, moves no tile and no code.
  if (stays) return { ...catalogue, products };
  return { ...catalogueOf(products.values(), catalogue.categories), complete: catalogue.complete };
}

const isSameList = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((id, index) => id === right[index]);

/** A catalogue that was read again and is as before keeps its lists, so that nothing on the screen scrolls away. */
export function settle(before: Catalogue, after: Catalogue): Catalogue {
  const isSame = JSON.stringify(before.categories) === JSON.stringify(after.categories);
  return {
    ...after,
    order: isSameList(before.order, after.order) ? before.order : after.order,
    categories: isSame ? before.categories : after.categories,
  };
}

export function setLevels(catalogue: Catalogue, levels: readonly { productId: string; available: number }[]): Catalogue {
  const products = new Map(catalogue.products);
  for (const { productId, available } of levels) {
    const product = products.get(productId);
    if (product) products.set(productId, { ...product, available });
  }
  return { ...catalogue, products };
}

export function productByCode(catalogue: Catalogue, code: string): CatalogueProduct | undefined {
  const id = catalogue.codes.get(codeKey(code));
  return id === undefined ? undefined : catalogue.products.get(id);
}

/** The categories that stand in the row: those without a parent, in their order. */
export const topCategories = ({ categories }: Catalogue): CatalogueCategory[] =>
  categories.filter(({ parentId }) => parentId === null).sort((left, right) => left.position - right.position);

function withDescendants(categories: readonly CatalogueCategory[], root: string): Set<string> {
  const found = new Set([root]);
  for (let before = 0; before !== found.size; ) {
    before = found.size;
    for (const { id, parentId } of categories) if (parentId !== null && found.has(parentId)) found.add(id);
  }
  return found;
}

export function productsIn(catalogue: Catalogue, category: string | null): readonly string[] {
  if (category === null) return catalogue.order;
  const wanted = withDescendants(catalogue.categories, category);
  return catalogue.order.filter((id) => wanted.has(catalogue.products.get(id)?.categoryId ?? ''));
}

/** For the moments without a node: words of the name in any order, or the beginning of a code. */
export function searchHere(catalogue: Catalogue, text: string, limit: number): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const code = codeKey(text);
  const found: string[] = [];
  for (const id of catalogue.order) {
    const product = catalogue.products.get(id);
    if (!product) continue;
    const name = product.name.toLowerCase();
    if (words.every((word) => name.includes(word)) || codeKey(product.sku).startsWith(code)) found.push(id);
    if (found.length === limit) break;
  }
  return found;
}

export const priceBookOf = (catalogue: Catalogue, currency: Currency): PriceBook => ({
  currency,
  product(productId) {
    const product = catalogue.products.get(productId);
    if (!product) return undefined;
    const { name, quantityScale, dispensable, price, tax } = product;
    return { productId, name, quantityScale, dispensable, price, tax };
  },
});
