// Which replica table each shape fills, and what a change of it means to whoever keeps something of it in memory.
import { type ShapeName, shapes } from '#schema/wire/shape';

export interface ReplicaTable {
  shape: ShapeName;
  table: string;
  key: string;
  columns: readonly string[];
  /** The column that names the product that a row is about; the catalogue forgets it when the row changes. */
  product?: string;
  /** Kept in the search index as well. */
  searchable?: boolean;
}

const table = (shape: ShapeName, key: string, more: Partial<ReplicaTable> = {}): ReplicaTable => ({
  shape,
  table: shapes[shape].table,
  key,
  columns: shapes[shape].columns,
  ...more,
});

export const replicaTables: readonly ReplicaTable[] = [
  table('store', 'id'),
  table('staff', 'id'),
  table('tax-rates', 'id'),
  table('categories', 'id'),
  table('products', 'id', { product: 'id', searchable: true }),
  table('availability', 'product_id', { product: 'product_id' }),
  table('barcodes', 'code', { product: 'product_id' }),
  table('prices', 'id', { product: 'product_id' }),
  table('customers', 'id'),
  table('devices', 'id'),
  table('directives', 'id'),
];
