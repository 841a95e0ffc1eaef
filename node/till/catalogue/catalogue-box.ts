// The catalogue as it was last read, so that a till shows its items at once while it reads them anew.
import type { CatalogueCategory, CatalogueProduct } from '#schema/wire/till';
import type { Keep } from '../base/keep.ts';

export interface KeptCatalogue {
  version: 2;
  storeId: string;
  products: CatalogueProduct[];
  categories: readonly CatalogueCategory[];
}

export interface CatalogueBox {
  /** Null for another store's catalogue. */
  load(storeId: string): Promise<KeptCatalogue | null>;
  save(catalogue: KeptCatalogue): Promise<void>;
}

const KEY = 'catalogue';

export const catalogueBox = (keep: Keep): CatalogueBox => ({
  async load(storeId) {
    const kept = (await keep.get(KEY)) as KeptCatalogue | null | undefined;
    return kept?.version === 2 && kept.storeId === storeId ? kept : null;
  },
  save: (catalogue) => keep.put(KEY, catalogue),
});
