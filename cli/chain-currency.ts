// The currency of a price that was typed without one: the chain's only currency, or a question back.
import type { Currency } from '#schema/values/currency';
import type { Centre } from './connect.ts';
import { wrongUse } from './failure.ts';
import { pages } from './pages.ts';
import { readCurrency } from './ui/money.ts';

export async function currencyOf(centre: Centre, flag: string | undefined, known: readonly string[] = []): Promise<Currency> {
  if (flag !== undefined) return readCurrency(flag, '--currency');
  const [only, second] = known.length > 0 ? known : await storeCurrencies(centre);
  if (only !== undefined && second === undefined) return readCurrency(only, '--currency');
  throw wrongUse(
    only === undefined ? 'No store says which currency this is.' : `This could be ${only} or ${second}.`,
    'Say it with --currency.',
    'currency-needed',
  );
}

async function storeCurrencies(centre: Centre): Promise<string[]> {
  const found = new Set<string>();
  for await (const store of pages((query) => centre.store.list({ query }))) found.add(store.currency);
  return [...found];
}
