// Stock: one product with its lots, what is low, what expires soon, and what was written down last.
import { useMemo, useState } from 'react';
import type { Client } from '#schema/client';
import { goodsContract } from '#schema/wire/goods';
import { type StockLot, storeStockContract } from '#schema/wire/stock';
import { Choice } from '../base/choice.tsx';
import { useActions, useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { productByCode } from '../catalogue/catalogue.ts';
import { Icon } from '../look/icon.tsx';
import { type Loaded, useLoaded } from '../menu/use-loaded.ts';
import { useSide } from '../menu/use-side.ts';
import { dayText } from '../node-link/state-line.ts';
import { ProductFinder } from './product-finder.tsx';
import { signedText, unitsText } from './quantity.ts';

type Tab = 'product' | 'low' | 'expiring' | 'documents';

/** While nothing has been read: a place of its size, or why it stays empty. */
function Reading<T>({
  loaded,
  empty,
  children,
}: {
  loaded: Loaded<readonly T[]>;
  empty: string;
  children: (items: readonly T[]) => React.ReactNode;
}) {
  const say = useSay();
  if (loaded.value === null) return <p className="empty">{loaded.failed ? say('box_no_answer') : say('screen_loading')}</p>;
  if (loaded.value.length === 0) return <p className="empty">{empty}</p>;
  return <ul className="rows">{children(loaded.value)}</ul>;
}

function Lot({ lot, withName }: { lot: StockLot; withName: boolean }) {
  const say = useSay();
  const amountText = useAmountText();
  const { timeZone } = useStore();
  const { parts } = useActions();
  const isOver = lot.expiresOn !== null && lot.expiresOn < dayText(parts.clock.now(), timeZone);
  const said = [
    withName && lot.lotCode && say('stock_lot', { code: lot.lotCode }),
    lot.supplier,
    dayText(Date.parse(lot.occurredAt), timeZone),
    lot.worth !== null && amountText(lot.worth),
  ];
  return (
    <li className="row">
      <span className="row-what">
        <strong>{withName ? lot.name : (lot.lotCode ?? dayText(Date.parse(lot.occurredAt), timeZone))}</strong>
        <span className="meta">{said.filter(Boolean).join(' · ')}</span>
        {lot.expiresOn !== null && (
          <span className="row-note" data-tone={isOver ? 'fault' : 'info'}>
            <Icon name={isOver ? 'fault' : 'info'} size={16} />{' '}
            {say(isOver ? 'stock_expired' : 'stock_expires', { day: lot.expiresOn })}
          </span>
        )}
      </span>
      <strong className="row-figure">{unitsText(lot.remaining, lot.quantityScale)}</strong>
    </li>
  );
}

function Product({ productId, stock, turn }: { productId: string; stock: Client<typeof storeStockContract>; turn: number }) {
  const say = useSay();
  const product = useTill((state) => state.catalogue.products.get(productId));
  const lots = useLoaded(async () => stock.lots({ params: { productId } }), `${productId}/${turn}`);
  if (!product) return null;
  const { name, available, quantityScale } = product;
  return (
    <>
      <div className="row count-head">
        <span className="row-what">
          <strong>{name}</strong>
          <span className="meta">
            {product.sku}
            {lots.value && ` · ${say(`issue_${lots.value.method}`)}`}
          </span>
        </span>
        <output className="chip">{say('left', { n: unitsText(available, quantityScale) })}</output>
      </div>
      <Reading loaded={{ ...lots, value: lots.value?.items ?? null }} empty={say('stock_no_lots')}>
        {(items) => items.map((lot) => <Lot key={lot.id} lot={lot} withName={false} />)}
      </Reading>
    </>
  );
}

function Low({ stock, turn }: { stock: Client<typeof storeStockContract>; turn: number }) {
  const say = useSay();
  const low = useLoaded(async () => (await stock.low()).items, String(turn));
  return (
    <Reading loaded={low} empty={say('stock_none_low')}>
      {(items) =>
        items.map(({ productId, name, available, threshold, quantityScale }) => (
          <li className="row" key={productId}>
            <span className="row-what">
              <strong>{name}</strong>
              <span className="meta">{say('stock_threshold', { n: unitsText(threshold, quantityScale) })}</span>
            </span>
            <strong className="row-figure" data-out={available <= 0 || undefined}>
              {say('left', { n: unitsText(available, quantityScale) })}
            </strong>
          </li>
        ))
      }
    </Reading>
  );
}

function Expiring({ stock }: { stock: Client<typeof storeStockContract> }) {
  const say = useSay();
  const lots = useLoaded(async () => (await stock.expiring({ query: {} })).items);
  return (
    <Reading loaded={lots} empty={say('stock_none_expiring')}>
      {(items) => items.map((lot) => <Lot key={lot.id} lot={lot} withName />)}
    </Reading>
  );
}

function Documents() {
  const say = useSay();
  const { parts } = useActions();
  const { timeZone } = useStore();
  const goods = useMemo((): Client<typeof goodsContract> => parts.calls.of(goodsContract), [parts]);
  const staff = useTill((state) => state.staff);
  const documents = useLoaded(async () => (await goods.documents({ query: { limit: '30' } })).items);
  const [openId, setOpenId] = useState<string | null>(null);
  return (
    <Reading loaded={documents} empty={say('stock_no_documents')}>
      {(items) =>
        items.map(({ id, kind, party, document, subject, occurredAt, staffId, lines }) => (
          <li className="goods-line" key={id}>
            <div className="row">
              <button
                type="button"
                className="row-what row-open"
                aria-expanded={id === openId}
                onClick={() => setOpenId(id === openId ? null : id)}
              >
                <strong>{[say(`document_${kind}`), party ?? subject, document].filter(Boolean).join(' · ')}</strong>
                <span className="meta">
                  {[dayText(Date.parse(occurredAt), timeZone), staff.find((person) => person.id === staffId)?.name]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </button>
              <span className="meta">{say('goods_draft_lines', { n: lines.length })}</span>
            </div>
            {id === openId && (
              <ul className="fields-list">
                {lines.map(({ productId, name, quantity, quantityScale }) => (
                  <li key={productId}>
                    <span>{name}</span> <strong>{signedText(quantity, quantityScale)}</strong>
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))
      }
    </Reading>
  );
}

export function StockScreen() {
  const { parts, scan } = useActions();
  const say = useSay();
  const stock = useMemo((): Client<typeof storeStockContract> => parts.calls.of(storeStockContract), [parts]);
  const [tab, setTab] = useState<Tab>('product');
  const [productId, setProductId] = useState<string | null>(null);
  /** Rises when stock changes at the node, so that what is shown is read again. */
  const [turn, setTurn] = useState(0);
  const show = (id: string) => {
    setTab('product');
    setProductId(id);
  };
  useSide({
    scan(code) {
      const product = productByCode(parts.state.get().catalogue, code);
      if (product) show(product.id);
      else scan.unknown(code);
    },
    news: (what) => what === 'stock' && setTurn((before) => before + 1),
  });
  return (
    <div className="stack">
      <div className="tabs">
        <Choice<Tab>
          title={say('stock_what')}
          options={{
            product: say('stock_product'),
            low: say('stock_low'),
            expiring: say('stock_expiring'),
            documents: say('stock_documents'),
          }}
          chosen={tab}
          onChoose={setTab}
        />
      </div>
      {tab === 'product' && <ProductFinder label={say('stock_find')} onFind={show} />}
      {tab === 'product' && productId !== null && <Product productId={productId} stock={stock} turn={turn} />}
      {tab === 'low' && <Low stock={stock} turn={turn} />}
      {tab === 'expiring' && <Expiring stock={stock} />}
      {tab === 'documents' && <Documents />}
    </div>
  );
}
