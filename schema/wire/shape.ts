// The named shapes that the centre sends down: the server fixes table, columns and filter; a node only names the shape.
// A shared shape has no store in its filter, so a cache may carry it; a store shape belongs to one store's node.

export interface ShapeDefinition {
  table: string;
  scope: 'shared' | 'store';
  /** Only for store shapes: a filter whose $1 is the store id that the gate took from the node's token. */
  filter?: string;
  columns: readonly string[];
}

const define = <Name extends string>(shapes: Record<Name, ShapeDefinition>) => shapes;

export const shapes = define({
  categories: { table: 'categories', scope: 'shared', columns: ['id', 'parent_id', 'name', 'position', 'archived'] },
  products: {
    table: 'products',
    scope: 'shared',
    columns: [
      'id',
      'sku',
      'name',
      'category_id',
      'unit',
      'quantity_scale',
      'tax_class',
      'dispensable',
      'stock_policy',
      'age_limit',
      'issue_method',
      'low_stock_at',
      'plu_code',
      'position',
      'archived',
    ],
  },
  availability: {
    table: 'product_availability',
    scope: 'store',
    filter: 'store_id = $1',
    columns: ['store_id', 'product_id', 'available'],
  },
  barcodes: { table: 'barcodes', scope: 'shared', columns: ['code', 'product_id'] },
  prices: { table: 'prices', scope: 'shared', columns: ['id', 'product_id', 'currency', 'amount', 'version'] },
  'tax-rates': {
    table: 'tax_rates',
    scope: 'shared',
    columns: ['id', 'country', 'tax_class', 'name', 'rate', 'inclusive', 'version'],
  },
  store: {
    table: 'stores',
    scope: 'store',
    filter: 'id = $1',
    columns: ['id', 'code', 'name', 'country', 'currency', 'time_zone', 'address', 'environment', 'settings'],
  },
  staff: {
    table: 'staff',
    scope: 'store',
    filter: 'store_id = $1',
    columns: ['id', 'store_id', 'name', 'role', 'pin_hash', 'badge_hash', 'active'],
  },
  customers: {
    table: 'customers',
    scope: 'store',
    filter: 'store_id = $1',
    columns: ['id', 'store_id', 'person_id', 'name', 'phone', 'email', 'born_on'],
  },
  devices: {
    table: 'devices',
    scope: 'store',
    filter: 'store_id = $1',
    columns: ['id', 'store_id', 'kind', 'number', 'name', 'slots', 'link', 'config', 'config_version', 'key_number', 'archived'],
  },
  directives: {
    table: 'directives',
    scope: 'store',
    filter: 'store_id = $1',
    columns: ['id', 'store_id', 'kind', 'body', 'issued_at'],
  },
});

export type ShapeName = keyof typeof shapes;
