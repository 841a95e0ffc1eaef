// What was bought elsewhere and is poured here: the centre names the vouchers, this node mints all of them or none. One that takes the place
// of another is minted only when nothing comes out for that any more.

import { available } from '#schema/rules/stock';
import { mayStillPour } from '#schema/rules/voucher';
import { ok, type Result, refuse } from '#schema/values/result';
import type { DirectiveBodies } from '#schema/wire/stock';
import { rowOf, type Sqlite } from '../base/sqlite.ts';
import type { Commit } from '../journal/commit.ts';
import type { StockQueries } from '../stock/queries.ts';
import type { Minter, MintRefusal } from './mint.ts';
import type { VoucherQueries } from './queries.ts';

type Units = DirectiveBodies['voucher.mint']['units'];
type PickupRefusal = MintRefusal | 'unknown-product' | 'out-of-stock' | 'unknown-voucher' | 'voucher-poured' | 'voucher-in-use';

export type MintUnits = (commit: Commit, directiveId: string, units: Units) => Result<null, PickupRefusal>;

interface PickupParts {
  sqlite: Sqlite;
  minter: Minter;
  stock: StockQueries;
  vouchers: VoucherQueries;
}

export function openPickups({ sqlite, minter, stock, vouchers }: PickupParts): MintUnits {
  const readProduct = rowOf<{ name: string; policy: string }>(
    sqlite,
    'SELECT name, stock_policy AS policy FROM products WHERE id = ?',
  );

  /** Each voucher that is minted reserves its unit, so the last of several in one directive may find none left. */
  function checkStock(productId: string): Result<null, 'unknown-product' | 'out-of-stock'> {
    const product = readProduct(productId);
    if (!product) return refuse('unknown-product', 'This store does not know that product yet.', { field: 'productId' });
    if (product.policy !== 'forbid' || available(stock.level(productId)) > 0) return ok(null);
    return refuse('out-of-stock', `There is not enough ${product.name} left.`, { next: 'Receive goods first, and ask again.' });
  }

  function checkReplaced(voucherId: string): Result<null, 'unknown-voucher' | 'voucher-poured' | 'voucher-in-use'> {
    const row = vouchers.row(voucherId);
    if (!row) return refuse('unknown-voucher', 'This store has not issued the voucher that it replaces.');
    if (row.state === 'dispensed') return refuse('voucher-poured', 'What the voucher was for has come out.');
    if (row.state === 'uncertain' || mayStillPour(row.state, row.cleared))
      return refuse('voucher-in-use', 'Something may still come out for the voucher that it replaces.', {
        next: 'Wait until its time is over and its dispenser has been heard, or settle it at the store.',
      });
    return ok(null);
  }

  return (commit, directiveId, units) => {
    for (const { voucherId, productId, replaces } of units) {
      const replaced = replaces === null ? ok(null) : checkReplaced(replaces);
      if (!replaced.ok) return replaced;
      const held = checkStock(productId);
      if (!held.ok) return held;
      const minted = minter.mint(commit, {
        voucherId,
        productId,
        directiveId,
        saleId: null,
        lineId: null,
        unit: null,
        replaces,
        staff: null,
      });
      if (!minted.ok) return minted;
    }
    return ok(null);
  };
}
