// Before a stocktake is finished: the differences, the largest first, and what moved while it was counted.
import type { StockCount } from '#schema/wire/count';
import { useAmountText, useSay } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { signedText, unitsText } from '../stock/quantity.ts';
import type { Counting } from './counting.ts';
import type { CountLine } from './waiting-scans.ts';

const sizeOf = ({ difference = 0, quantityScale }: CountLine) => Math.abs(difference) / 10 ** quantityScale;

function Row({ line }: { line: CountLine }) {
  const say = useSay();
  const amountText = useAmountText();
  const { name, counted, expected = 0, difference = 0, quantityScale: scale, movedMeanwhile = 0, cost } = line;
  return (
    <li className="row" data-difference={difference === 0 ? undefined : ''}>
      <span className="row-what">
        <strong>{name}</strong>
        <span className="meta">
          {say('count_found', { n: unitsText(counted, scale), expected: unitsText(expected, scale) })}
          {cost !== undefined && cost !== null && difference !== 0 && ` · ${amountText(Math.abs(cost))}`}
        </span>
        {movedMeanwhile !== 0 && (
          <span className="row-note" data-tone="warn">
            <Icon name="warn" size={16} /> {say('count_moved', { n: signedText(movedMeanwhile, scale) })}
          </span>
        )}
      </span>
      <strong className="row-figure">{difference === 0 ? say('count_right') : signedText(difference, scale)}</strong>
    </li>
  );
}

export function ReviewTable({ counting, count, busy }: { counting: Counting; count: StockCount; busy: boolean }) {
  const say = useSay();
  const lines = [...count.lines].sort((left, right) => sizeOf(right) - sizeOf(left));
  const wrong = lines.filter(({ difference }) => difference !== 0).length;
  return (
    <>
      <div className="row count-head">
        <span className="row-what">
          <strong>{count.name}</strong>
          <span className="meta">{say('count_left', { n: Math.max(0, count.products - count.counted) })}</span>
        </span>
        <output className="chip">{say('count_differences', { n: wrong })}</output>
      </div>
      <ul className="rows">
        {lines.map((line) => (
          <Row key={line.productId} line={line} />
        ))}
      </ul>
      <div className="foot">
        <button type="button" className="action" aria-disabled={busy || undefined} onClick={() => void counting.step('recount')}>
          {say('count_recount')}
        </button>
        <button type="button" className="action primary" aria-disabled={busy || undefined} onClick={() => void counting.finish()}>
          {say('count_finish')}
        </button>
      </div>
    </>
  );
}
