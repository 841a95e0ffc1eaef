// The store that this node is the node of, as the centre last described it. Read once, and again when its shape changes.
import { completeSettings, type StoreSettings } from '#schema/rules/settings';
import type { Currency } from '#schema/values/currency';
import { isCurrency } from '#schema/values/currency';
import { rowOf, type Sqlite } from '../base/sqlite.ts';

export interface Store {
  id: string;
  code: string;
  name: string;
  country: string;
  currency: Currency;
  timeZone: string;
  address: string | null;
  environment: string;
  settings: StoreSettings;
}

export interface StoreReplica {
  /** Undefined until the store's shape has arrived. */
  current(): Store | undefined;
  forget(): void;
}

type StoreRow = Omit<Store, 'currency' | 'settings'> & { currency: string; settings: string };

export function storeReplica(sqlite: Sqlite): StoreReplica {
  const read = rowOf<StoreRow>(
    sqlite,
    'SELECT id, code, name, country, currency, time_zone AS timeZone, address, environment, settings FROM stores LIMIT 1',
  );
  let known: Store | undefined;
  return {
    current() {
      known ??= parse(read());
      return known;
    },
    forget() {
      known = undefined;
    },
  };
}

function parse(row: StoreRow | undefined): Store | undefined {
  if (!row || !isCurrency(row.currency)) return undefined;
  const { currency } = row;
  return { ...row, currency, settings: completeSettings(currency, JSON.parse(row.settings) as Partial<StoreSettings>) };
}
