// While it is counted: what was counted so far, the last one first; what is not counted stays as it is.
import type { StockCount } from '#schema/wire/count';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useSay, useTill } from '../base/till-context.tsx';
import { ProductFinder } from '../stock/product-finder.tsx';
import { unitsText } from '../stock/quantity.ts';
import { QuantityField } from '../stock/quantity-field.tsx';
import type { Counting } from './counting.ts';
import { type WaitingScan, withWaiting } from './waiting-scans.ts';

interface CountTableProps {
  counting: Counting;
  count: StockCount;
  waiting: readonly WaitingScan[];
  lastId: string | null;
  busy: boolean;
}

export function CountTable({ counting, count, waiting, lastId, busy }: CountTableProps) {
  const say = useSay();
  const products = useTill((state) => state.catalogue.products);
  const lines = withWaiting(count, waiting, (id) => products.get(id));
  const countedOf = (id: string) => lines.find(({ productId }) => productId === id)?.counted ?? 0;
  const left = Math.max(0, count.products - lines.length);
  return (
    <>
      <div className="row count-head">
        <span className="row-what">
          <strong>{count.name}</strong>
          <span className="meta">{say(count.blind ? 'count_blind' : 'count_open')}</span>
        </span>
        <output className="chip">
          {say('count_progress', { n: lines.length, all: Math.max(count.products, lines.length) })}
        </output>
      </div>
      <ProductFinder
        label={say('count_scan')}
        onFind={(id) => counting.set(id, countedOf(id) + 10 ** (products.get(id)?.quantityScale ?? 0))}
      />
      <ul className="rows">
        {lines.map(({ productId, name, quantityScale, counted, expected }) => (
          <li className="row" key={productId} data-last={productId === lastId || undefined}>
            <span className="row-what">
              <strong>{name}</strong>
              {expected !== undefined && (
                <span className="meta">{say('count_expected', { n: unitsText(expected, quantityScale) })}</span>
              )}
            </span>
            <QuantityField
              name={name ?? ''}
              quantity={counted}
              scale={quantityScale}
              onChange={(quantity) => counting.set(productId, quantity)}
            />
          </li>
        ))}
      </ul>
      <p className="meta">{say('count_left', { n: left })}</p>
      <div className="foot">
        <button type="button" className="action" onClick={counting.pause}>
          {say('pause')}
        </button>
        <ConfirmButton
          label={say('count_cancel')}
          sure={say('count_cancel_sure')}
          onConfirm={() => void counting.step('cancel')}
        />
        <button
          type="button"
          className="action primary"
          aria-disabled={busy || lines.length === 0 || undefined}
          onClick={() => lines.length > 0 && void counting.step('review')}
        >
          {say('count_review')}
        </button>
      </div>
    </>
  );
}
