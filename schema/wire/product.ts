// The catalogue at the centre: products, categories, barcodes, prices and tax rates. Nodes receive them as shapes.
import Type, { type Static } from 'typebox';
import { issueMethods } from '../rules/stock-issue.ts';
import { contract } from './contract.ts';
import { Count, CurrencyCode, Id, IdParams, Input, Name, oneOf, orNull, Page, pageQueryWith } from './parts.ts';

const Sku = Type.String({ pattern: '^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$' });
const Barcode = Type.String({ pattern: '^\\d{8}$|^\\d{12,14}$' });
export const StockPolicy = Type.Union([Type.Literal('warn'), Type.Literal('forbid')]);

const IssueMethod = oneOf(...issueMethods);
/** Without leading zeros, as a label's digits are read. */
const PluCode = Type.String({ pattern: '^[1-9]\\d{0,7}$' });

export const Price = Type.Object({ id: Id, currency: CurrencyCode, amount: Count, version: Count });
export type Price = Static<typeof Price>;

export const Product = Type.Object({
  id: Id,
  sku: Sku,
  name: Name,
  categoryId: orNull(Id),
  unit: Type.String(),
  quantityScale: Count,
  taxClass: Type.String(),
  dispensable: Type.Boolean(),
  stockPolicy: StockPolicy,
  /** Years that a buyer must have. */
  ageLimit: orNull(Count),
  /** Which lot goes first. */
  issueMethod: IssueMethod,
  /** Low at or under this quantity, in its own scale; null leaves it to the store. */
  lowStockAt: orNull(Count),
  /** The item's number on labels of the shop's own scale. */
  pluCode: orNull(PluCode),
  position: Count,
  archived: Type.Boolean(),
  barcodes: Type.Array(Type.String()),
  prices: Type.Array(Price),
});

export type Product = Static<typeof Product>;

const editable = {
  name: Name,
  categoryId: orNull(Id),
  unit: Type.String({ minLength: 1, maxLength: 12 }),
  quantityScale: Type.Integer({ minimum: 0, maximum: 6 }),
  taxClass: Type.String({ pattern: '^[a-z][a-z0-9-]{0,30}$' }),
  dispensable: Type.Boolean(),
  stockPolicy: StockPolicy,
  ageLimit: orNull(Type.Integer({ minimum: 1, maximum: 99 })),
  issueMethod: IssueMethod,
  lowStockAt: orNull(Type.Integer({ minimum: 0, maximum: 1_000_000_000 })),
  pluCode: orNull(PluCode),
  position: Type.Integer({ minimum: 0, maximum: 1_000_000 }),
  barcodes: Type.Array(Barcode, { maxItems: 20, uniqueItems: true }),
};

export const CreateProduct = Input({
  id: Id,
  sku: Sku,
  name: editable.name,
  categoryId: Type.Optional(editable.categoryId),
  unit: Type.Optional(editable.unit),
  quantityScale: Type.Optional(editable.quantityScale),
  taxClass: Type.Optional(editable.taxClass),
  dispensable: Type.Optional(editable.dispensable),
  stockPolicy: Type.Optional(editable.stockPolicy),
  ageLimit: Type.Optional(editable.ageLimit),
  issueMethod: Type.Optional(editable.issueMethod),
  lowStockAt: Type.Optional(editable.lowStockAt),
  pluCode: Type.Optional(editable.pluCode),
  position: Type.Optional(editable.position),
  barcodes: Type.Optional(editable.barcodes),
  price: Type.Optional(Input({ amount: Count, currency: CurrencyCode })),
});

export type CreateProduct = Static<typeof CreateProduct>;

export const ChangeProduct = Type.Partial(Input(editable), { additionalProperties: false, minProperties: 1 });

export type ChangeProduct = Static<typeof ChangeProduct>;

const written = {
  'sku-taken': 409,
  'barcode-taken': 409,
  'plu-taken': 409,
  'bad-barcode': 422,
  'unknown-category': 422,
  'unknown-tax-class': 422,
  'id-reused': 422,
} as const;

const priced = { 'unknown-currency': 422, 'not-payable': 422 } as const;

export const productContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/products',
    access: { can: 'catalog.read' },
    summary: 'Products by SKU; text matches name, SKU or barcode.',
    query: pageQueryWith({
      q: Type.Optional(Type.String({ maxLength: 80 })),
      categoryId: Type.Optional(Id),
      archived: Type.Optional(Type.Union([Type.Literal('true'), Type.Literal('false')])),
    }),
    output: Page(Product),
    refusals: { 'bad-cursor': 422 },
  },
  show: {
    method: 'GET',
    path: '/api/v1/products/{id}',
    access: { can: 'catalog.read' },
    summary: 'One product with its prices.',
    params: IdParams,
    output: Product,
    refusals: { 'unknown-product': 404 },
  },
  create: {
    method: 'POST',
    path: '/api/v1/products',
    access: { can: 'catalog.write' },
    summary: 'Add a product.',
    body: CreateProduct,
    output: Product,
    status: 201,
    refusals: { ...written, ...priced },
  },
  change: {
    method: 'PUT',
    path: '/api/v1/products/{id}',
    access: { can: 'catalog.write' },
    summary: 'Change what is given of a product.',
    params: IdParams,
    body: ChangeProduct,
    output: Product,
    refusals: { ...written, 'unknown-product': 404 },
  },
  archive: {
    method: 'DELETE',
    path: '/api/v1/products/{id}',
    access: { can: 'catalog.write' },
    summary: 'Take a product out of sale; its history stays.',
    params: IdParams,
    output: Product,
    refusals: { 'unknown-product': 404 },
  },
  setPrice: {
    method: 'PUT',
    path: '/api/v1/products/{id}/price',
    access: { can: 'catalog.write' },
    summary: 'Set the price in one currency; open tills have it in about a second.',
    params: IdParams,
    body: Input({ amount: Count, currency: CurrencyCode }),
    output: Price,
    refusals: { ...priced, 'unknown-product': 404 },
  },
});

const Availability = Type.Object({
  storeId: Id,
  productId: Id,
  sku: Sku,
  name: Name,
  available: Type.Boolean(),
});

export type Availability = Static<typeof Availability>;

export const availabilityContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/products/availability',
    access: { can: 'catalog.read' },
    summary: 'Which products a store sells, by SKU. All of them, unless somebody said otherwise.',
    query: pageQueryWith({ storeId: Id, available: Type.Optional(oneOf('true', 'false')) }),
    output: Page(Availability),
    refusals: { 'unknown-store': 404, 'bad-cursor': 422 },
  },
  set: {
    method: 'PUT',
    path: '/api/v1/products/{id}/availability',
    access: { can: 'catalog.write' },
    summary: 'Sell a product in a store, or not; its tills know in about a second.',
    params: IdParams,
    body: Input({ storeId: Id, available: Type.Boolean() }),
    output: Availability,
    refusals: { 'unknown-product': 404, 'unknown-store': 422 },
  },
});

export const Category = Type.Object({ id: Id, parentId: orNull(Id), name: Name, position: Count });

export const categoryContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/products/categories',
    access: { can: 'catalog.read' },
    summary: 'The tree of categories, flat.',
    output: Type.Object({ items: Type.Array(Category) }),
  },
  create: {
    method: 'POST',
    path: '/api/v1/products/categories',
    access: { can: 'catalog.write' },
    summary: 'Add a category.',
    body: Input({ id: Id, name: Name, parentId: Type.Optional(orNull(Id)), position: Type.Optional(Count) }),
    output: Category,
    status: 201,
    refusals: { 'unknown-category': 422, 'id-reused': 422 },
  },
});

export const TaxRateRow = Type.Object({
  id: Id,
  country: Type.String(),
  taxClass: Type.String(),
  name: Type.String(),
  rate: Count,
  inclusive: Type.Boolean(),
  version: Count,
});

export const taxRateContract = contract({
  list: {
    method: 'GET',
    path: '/api/v1/tax-rates',
    access: { can: 'catalog.read' },
    summary: 'Tax rates by country and class, in hundredths of a percent.',
    output: Type.Object({ items: Type.Array(TaxRateRow) }),
  },
  set: {
    method: 'PUT',
    path: '/api/v1/tax-rates',
    access: { can: 'catalog.write' },
    summary: 'Set the rate of a class in a country.',
    body: Input({
      country: Type.String({ pattern: '^[A-Z]{2}$' }),
      taxClass: editable.taxClass,
      name: Name,
      rate: Type.Integer({ minimum: 0, maximum: 10_000 }),
      inclusive: Type.Boolean(),
    }),
    output: TaxRateRow,
  },
});
