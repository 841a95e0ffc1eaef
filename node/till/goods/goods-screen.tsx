// Goods in and out: deliveries, transfers and waste. A scan adds one; what is written down outlives a reload.
import { useEffect, useMemo, useSyncExternalStore } from 'react';
import { wasteReasons } from '#schema/rules/stock';
import { Choice } from '../base/choice.tsx';
import { ConfirmButton } from '../base/confirm-button.tsx';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { useSide } from '../menu/use-side.ts';
import { ProductFinder } from '../stock/product-finder.tsx';
import { type Goods, openGoods } from './goods-actions.ts';
import { type GoodsEntry, type GoodsKind, isUntouched, itemsIn, whyNotSend } from './goods-entry.ts';
import { GoodsLines } from './goods-lines.tsx';

function Head({ goods, entry }: { goods: Goods; entry: GoodsEntry }) {
  const say = useSay();
  const { kind } = entry;
  const change = (part: Partial<GoodsEntry>) => goods.change((current) => ({ ...current, ...part }));
  return (
    <div className="fields">
      {kind !== 'waste' && (
        <label>
          <span className="meta">{say(kind === 'receive' ? 'goods_supplier' : 'goods_store')}</span>
          <input
            className="field"
            value={entry.party}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => change({ party: event.target.value })}
          />
        </label>
      )}
      {kind !== 'waste' && (
        <label>
          <span className="meta">{say('goods_document')}</span>
          <input
            className="field"
            data-fills=""
            value={entry.document}
            maxLength={120}
            autoComplete="off"
            onChange={(event) => change({ document: event.target.value })}
          />
        </label>
      )}
      <label>
        <span className="meta">{say('goods_note')}</span>
        <input
          className="field"
          value={entry.note}
          maxLength={400}
          autoComplete="off"
          onChange={(event) => change({ note: event.target.value })}
        />
      </label>
    </div>
  );
}

function Reasons({ goods, entry }: { goods: Goods; entry: GoodsEntry }) {
  const say = useSay();
  return (
    <Choice<(typeof wasteReasons)[number] | 'none'>
      title={say('waste_why')}
      options={Object.fromEntries(wasteReasons.map((reason) => [reason, say(`waste_${reason}`)])) as never}
      chosen={entry.reason ?? 'none'}
      onChoose={(reason) => goods.change((current) => (reason === 'none' ? current : { ...current, reason }))}
    />
  );
}

function Drafts({ goods }: { goods: Goods }) {
  const say = useSay();
  const { drafts, entries } = useSyncExternalStore(goods.state.subscribe, goods.state.get);
  const others = drafts.filter(({ id }) => id !== entries.receive.id);
  if (others.length === 0 || !isUntouched(entries.receive)) return null;
  return (
    <ul className="rows" aria-label={say('goods_drafts')}>
      {others.map((draft) => {
        const name = [draft.content.supplier ?? say('goods_nobody'), draft.content.document].filter(Boolean).join(' · ');
        return (
          <li className="row" key={draft.id}>
            <span className="row-what">
              <strong>{name}</strong>
              <span className="meta">{say('goods_draft_lines', { n: draft.content.lines.length })}</span>
            </span>
            <button type="button" className="action" aria-label={`${say('go_on')}: ${name}`} onClick={() => goods.resume(draft)}>
              {say('go_on')}
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function Foot({ goods, entry, busy }: { goods: Goods; entry: GoodsEntry; busy: boolean }) {
  const say = useSay();
  const { currency } = useStore();
  const products = useTill((state) => state.catalogue.products);
  const isLost = useTill((state) => state.link === 'lost');
  const why = isLost ? 'why_node_lost' : whyNotSend(entry, { currency });
  const n = itemsIn(entry, (id) => products.get(id)?.quantityScale ?? 0);
  return (
    <div className="foot">
      {!isUntouched(entry) && (
        <ConfirmButton label={say('goods_discard')} sure={say('goods_discard_sure')} onConfirm={goods.discard} />
      )}
      {entry.kind === 'receive' && (
        <button
          type="button"
          className="action"
          aria-disabled={isLost || isUntouched(entry) || undefined}
          onClick={() => !isLost && !isUntouched(entry) && void goods.saveDraft()}
        >
          {say('goods_save_draft')}
        </button>
      )}
      <button
        type="button"
        className="action primary"
        aria-disabled={busy || why !== null || undefined}
        aria-describedby="goods-why"
        onClick={() => why === null && void goods.send()}
      >
        {say(`goods_do_${entry.kind}`, { n })}
      </button>
      <span id="goods-why" className="meta foot-why">
        {why !== null && say(why)}
      </span>
    </div>
  );
}

export function GoodsScreen() {
  const till = useActions();
  const say = useSay();
  const goods = useMemo(() => openGoods(till), [till]);
  const { kind, entries, lineId, documentUsed, busy, isRead } = useSyncExternalStore(goods.state.subscribe, goods.state.get);
  const isLost = useTill((state) => state.link === 'lost');
  useEffect(() => {
    void goods.start({ isLost });
  }, [goods, isLost]);
  useSide({ scan: goods.scanned });
  const entry = entries[kind];
  if (!isRead) return null;
  return (
    <div className="stack">
      <div className="tabs">
        <Choice<GoodsKind>
          title={say('goods_kind')}
          options={{
            receive: say('goods_receive'),
            'transfer-in': say('goods_transfer_in'),
            'transfer-out': say('goods_transfer_out'),
            waste: say('goods_waste'),
          }}
          chosen={kind}
          onChoose={goods.choose}
        />
      </div>
      {kind === 'receive' && <Drafts goods={goods} />}
      {kind === 'waste' && <Reasons goods={goods} entry={entry} />}
      <Head goods={goods} entry={entry} />
      <ProductFinder label={say('goods_scan')} onFind={goods.add} />
      <GoodsLines goods={goods} entry={entry} lineId={lineId} />
      {documentUsed && (
        <div className="said-box" data-tone="warn">
          <Icon name="warn" />
          <span>{say('goods_document_used')}</span>
          <button
            type="button"
            className="action"
            onClick={() => {
              goods.change((current) => ({ ...current, sameDocument: true }));
              void goods.send();
            }}
          >
            {say('goods_same_document')}
          </button>
        </div>
      )}
      <Foot goods={goods} entry={entry} busy={busy} />
    </div>
  );
}
