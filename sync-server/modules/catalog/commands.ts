// Decisions about the catalogue. Prices and tax rates carry a version that rises with each change, so that a fact says which it used.
import { and, eq } from 'drizzle-orm';
import { usualIssueMethod } from '#schema/rules/stock-issue';
import { categories, prices, products, taxRates } from '#schema/tables/central/product';
import { present } from '#schema/values/assert';
import { currencies, isCurrency } from '#schema/values/currency';
import { isPayable } from '#schema/values/money';
import { ok, type Result, refuse } from '#schema/values/result';
import type { BodyOf } from '#schema/wire/contract';
import type { ChangeProduct, CreateProduct, categoryContract, Price, Product, taxRateContract } from '#schema/wire/product';
import type { Tx } from '../../base/database.ts';
import { claimId } from '../../base/intent.ts';
import type { Context } from '../../base/runtime.ts';
import { violatedConstraint } from '../../base/sql-state.ts';
import { savepoint } from '../../base/transaction.ts';
import { replaceBarcodes } from './barcodes.ts';
import { categoryExists, findProduct, listTaxRates, taxClassExists } from './queries.ts';

type WriteRefusal =
  | 'sku-taken'
  | 'plu-taken'
  | 'barcode-taken'
  | 'bad-barcode'
  | 'unknown-category'
  | 'unknown-tax-class'
  | 'id-reused';
type PriceRefusal = 'unknown-currency' | 'not-payable';

export const STANDARD_TAX_CLASS = 'standard';

export async function createProduct(
  tx: Tx,
  input: CreateProduct,
  context: Context,
): Promise<Result<Product, WriteRefusal | PriceRefusal>> {
  const claimed = await claimId(tx, input.id, { kind: 'product', ...input }, context.now);
  if (!claimed.ok) return claimed;
  if (claimed.value === 'again')
    return ok(present(await findProduct(tx, input.id), 'the id of a product was claimed without it'));
  const { barcodes = [], price, ...given } = input;
  const row = {
    categoryId: null,
    unit: 'pcs',
    quantityScale: 0,
    taxClass: STANDARD_TAX_CLASS,
    dispensable: false,
    stockPolicy: 'warn' as const,
    issueMethod: usualIssueMethod,
    position: 0,
    ...given,
    createdAt: context.now,
  };
  const refusal = await checkReferences(tx, row);
  if (refusal) return refusal;
  const taken = await refuseTaken(input, () => savepoint(tx, (inner) => inner.insert(products).values(row)));
  if (taken) return taken;
  const coded = await replaceBarcodes(tx, input.id, barcodes);
  if (!coded.ok) return coded;
  if (price) {
    const priced = await setPrice(tx, input.id, price, context);
    if (!priced.ok) return { ...priced, field: `price.${priced.field}` } as typeof priced & { code: PriceRefusal };
  }
  return ok(present(await findProduct(tx, input.id), 'the product was just added'));
}

/** What is one product's alone is kept so by the database. */
async function refuseTaken({ sku, pluCode }: { sku?: string; pluCode?: string | null }, write: () => Promise<unknown>) {
  try {
    await write();
  } catch (error) {
    const constraint = violatedConstraint(error);
    if (constraint === 'products_sku_unique')
      return refuse('sku-taken', `Another product has the SKU “${sku}”.`, { field: 'sku', next: 'Choose another SKU.' });
    if (constraint === 'products_plu_code_unique')
      return refuse('plu-taken', `Another product has the number ${pluCode} on the scale’s labels.`, {
        field: 'pluCode',
        next: 'Choose another number, or take it from that product first.',
      });
    throw error;
  }
  return undefined;
}

const unknownProduct = () => refuse('unknown-product', 'There is no such product.', { field: 'id' });

export async function changeProduct(
  tx: Tx,
  id: string,
  input: ChangeProduct,
): Promise<Result<Product, WriteRefusal | 'unknown-product'>> {
  const { barcodes, ...given } = input;
  const [known] = await tx.select({ id: products.id }).from(products).where(eq(products.id, id)).for('update');
  if (!known) return unknownProduct();
  const refusal = await checkReferences(tx, given);
  if (refusal) return refusal;
  const update = (inner: Tx) => inner.update(products).set(given).where(eq(products.id, id));
  const taken = Object.keys(given).length > 0 ? await refuseTaken(given, () => savepoint(tx, update)) : undefined;
  if (taken) return taken;
  if (barcodes) {
    const coded = await replaceBarcodes(tx, id, barcodes);
    if (!coded.ok) return coded;
  }
  return ok(present(await findProduct(tx, id), 'the product is locked'));
}

export async function archiveProduct(tx: Tx, id: string): Promise<Result<Product, 'unknown-product'>> {
  await tx.update(products).set({ archived: true }).where(eq(products.id, id));
  const product = await findProduct(tx, id);
  return product ? ok(product) : unknownProduct();
}

async function checkReferences(tx: Tx, { categoryId, taxClass }: { categoryId?: string | null; taxClass?: string }) {
  if (categoryId && !(await categoryExists(tx, categoryId)))
    return refuse('unknown-category', 'There is no such category.', { field: 'categoryId' });
  if (taxClass !== undefined && !(await taxClassExists(tx, taxClass)))
    return refuse('unknown-tax-class', `No country has a rate for the tax class “${taxClass}”.`, {
      field: 'taxClass',
      next: 'Set its rate first.',
    });
  return undefined;
}

/** The same amount again changes nothing, so a repeated call does not raise the version. */
export async function setPrice(
  tx: Tx,
  productId: string,
  { amount, currency }: { amount: number; currency: string },
  { makeId }: Context,
): Promise<Result<Price, PriceRefusal | 'unknown-product'>> {
  if (!isCurrency(currency)) return refuse('unknown-currency', `Lapak does not trade in ${currency}.`, { field: 'currency' });
  if (!isPayable(amount, currency))
    return refuse('not-payable', `A price in ${currency} is a multiple of ${currencies[currency].payableStep} minor units.`, {
      field: 'amount',
    });
  // The product's row is the lock: two that set its price at once take turns.
  const [product] = await tx.select({ id: products.id }).from(products).where(eq(products.id, productId)).for('update');
  if (!product) return unknownProduct();
  const { id, version } = prices;
  const [known] = await tx
    .select({ id, currency: prices.currency, amount: prices.amount, version })
    .from(prices)
    .where(and(eq(prices.productId, productId), eq(prices.currency, currency)));
  if (known?.amount === amount) return ok(known);
  const price = { id: known?.id ?? makeId(), currency, amount, version: (known?.version ?? 0) + 1 };
  if (known) await tx.update(prices).set({ amount, version: price.version }).where(eq(prices.id, known.id));
  else await tx.insert(prices).values({ ...price, productId });
  return ok(price);
}

type CreateCategory = BodyOf<typeof categoryContract.create>;

export async function createCategory(tx: Tx, input: CreateCategory, { now }: Context) {
  const { id, name, parentId = null, position = 0 } = input;
  const claimed = await claimId(tx, id, { kind: 'category', ...input }, now);
  if (!claimed.ok) return claimed;
  if (parentId !== null && !(await categoryExists(tx, parentId)))
    return refuse('unknown-category', 'There is no such parent category.', { field: 'parentId' });
  if (claimed.value === 'new') await tx.insert(categories).values({ id, name, parentId, position });
  return ok({ id, name, parentId, position });
}

type SetTaxRate = BodyOf<typeof taxRateContract.set>;

export async function setTaxRate(tx: Tx, input: SetTaxRate, { makeId }: Context) {
  const { country, taxClass, name, rate, inclusive } = input;
  await tx
    .insert(taxRates)
    .values({ id: makeId(), ...input, version: 0 })
    .onConflictDoNothing();
  const ofClass = and(eq(taxRates.country, country), eq(taxRates.taxClass, taxClass));
  const [known] = await tx.select().from(taxRates).where(ofClass).for('update');
  const before = present(known, 'the rate was just made sure of');
  const same = before.name === name && before.rate === rate && before.inclusive === inclusive && before.version > 0;
  if (!same)
    await tx
      .update(taxRates)
      .set({ name, rate, inclusive, version: before.version + 1 })
      .where(ofClass);
  const rates = await listTaxRates(tx);
  return ok(
    present(
      rates.find(({ id }) => id === before.id),
      'the rate is locked',
    ),
  );
}
