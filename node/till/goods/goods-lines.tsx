// The lines of goods that are written down: how many, and for the open one what came with it or which lot it leaves.
import type { Client } from '#schema/client';
import { amountText } from '#schema/values/money-text';
import { storeStockContract } from '#schema/wire/stock';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { useLoaded } from '../menu/use-loaded.ts';
import { parseUnits, unitsText } from '../stock/quantity.ts';
import { QuantityField } from '../stock/quantity-field.tsx';
import type { Goods } from './goods-actions.ts';
import { comesIn, type GoodsEntry, type GoodsLine, lineCost, removeLine, setLine } from './goods-entry.ts';

interface LineProps {
  goods: Goods;
  entry: GoodsEntry;
  line: GoodsLine;
}

function Came({ goods, entry, line }: LineProps) {
  const say = useSay();
  const { currency } = useStore();
  const scale = useTill((state) => state.catalogue.products.get(line.productId)?.quantityScale ?? 0);
  const cost = lineCost(line, scale, currency);
  const change = (part: Partial<GoodsLine>) => goods.change((current) => setLine(current, line.lineId, part));
  return (
    <div className="fields">
      {entry.kind === 'receive' && (
        <label>
          <span className="meta">{say('goods_expected')}</span>
          <input
            className="field"
            inputMode="decimal"
            defaultValue={line.expected === null ? '' : unitsText(line.expected, scale)}
            autoComplete="off"
            onBlur={(event) => change({ expected: parseUnits(event.target.value, scale) })}
          />
        </label>
      )}
      <label>
        <span className="meta">{say('goods_cost_each')}</span>
        <input
          className="field"
          inputMode="decimal"
          value={line.costEach}
          maxLength={20}
          autoComplete="off"
          onChange={(event) => change({ costEach: event.target.value })}
        />
      </label>
      <p className="field-like">
        <span className="meta">{say('goods_cost_line')}</span>
        <strong>{cost === null ? '–' : amountText({ amount: cost, currency })}</strong>
      </p>
      <label>
        <span className="meta">{say('goods_lot')}</span>
        <input
          className="field"
          data-fills=""
          value={line.lotCode}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => change({ lotCode: event.target.value })}
        />
      </label>
      <label>
        <span className="meta">{say('goods_expires')}</span>
        <input
          className="field"
          type="date"
          value={line.expiresOn}
          onChange={(event) => change({ expiresOn: event.target.value })}
        />
      </label>
    </div>
  );
}

function Leaves({ goods, line }: LineProps) {
  const say = useSay();
  const { parts } = useActions();
  const scale = useTill((state) => state.catalogue.products.get(line.productId)?.quantityScale ?? 0);
  const stock: Client<typeof storeStockContract> = parts.calls.of(storeStockContract);
  const { value } = useLoaded(() => stock.lots({ params: { productId: line.productId } }), line.productId);
  return (
    <div className="fields">
      <label>
        <span className="meta">{say('goods_which_lot')}</span>
        <select
          className="field"
          value={line.lotId ?? ''}
          onChange={(event) => goods.change((current) => setLine(current, line.lineId, { lotId: event.target.value || null }))}
        >
          <option value="">{say('goods_next_lot')}</option>
          {value?.items.map(({ id, lotCode, expiresOn, remaining }) => (
            <option key={id} value={id}>
              {[lotCode ?? id, expiresOn, say('left', { n: unitsText(remaining, scale) })].filter(Boolean).join(' · ')}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}

function Short({ line, scale }: { line: GoodsLine; scale: number }) {
  const say = useSay();
  const { expected, quantity } = line;
  if (expected === null || expected === (quantity ?? 0)) return null;
  const isShort = (quantity ?? 0) < expected;
  const n = unitsText(Math.abs(expected - (quantity ?? 0)), scale);
  return (
    <span className="row-note" data-tone="warn">
      <Icon name="warn" size={16} /> {say(isShort ? 'goods_short' : 'goods_over', { n, of: unitsText(expected, scale) })}
    </span>
  );
}

function Row({ goods, entry, line, isOpen }: LineProps & { isOpen: boolean }) {
  const say = useSay();
  const { currency } = useStore();
  const product = useTill((state) => state.catalogue.products.get(line.productId));
  const { name = '', quantityScale: scale = 0 } = product ?? {};
  const cost = lineCost(line, scale, currency);
  const said = [cost !== null && amountText({ amount: cost, currency }), line.lotCode, line.expiresOn]
    .filter(Boolean)
    .join(' · ');
  return (
    <li className="goods-line" data-open={isOpen || undefined}>
      <div className="row">
        <button type="button" className="row-what row-open" aria-expanded={isOpen} onClick={() => goods.openLine(line.lineId)}>
          <strong>{name}</strong>
          <span className="meta">{said || say('goods_details')}</span>
          <Short line={line} scale={scale} />
        </button>
        <QuantityField
          name={name}
          quantity={line.quantity}
          scale={scale}
          onChange={(quantity) => goods.change((current) => setLine(current, line.lineId, { quantity }))}
        />
        <button
          type="button"
          className="bare"
          aria-label={say('goods_remove', { name })}
          onClick={() => goods.change((current) => removeLine(current, line.lineId))}
        >
          <Icon name="close" />
        </button>
      </div>
      {isOpen && (comesIn(entry.kind) ? <Came {...{ goods, entry, line }} /> : <Leaves {...{ goods, entry, line }} />)}
    </li>
  );
}

export function GoodsLines({ goods, entry, lineId }: { goods: Goods; entry: GoodsEntry; lineId: string | null }) {
  return (
    <ul className="rows">
      {entry.lines.map((line) => (
        <Row key={line.lineId} goods={goods} entry={entry} line={line} isOpen={line.lineId === lineId} />
      ))}
    </ul>
  );
}
