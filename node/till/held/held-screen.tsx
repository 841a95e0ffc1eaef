// Held sales: the open one can join them, with or without a name; any of them, and what another till left open, can be gone on with.
import { useEffect } from 'react';
import { useActions, useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { clockText } from '../node-link/state-line.ts';
import type { WordKey } from '../words/words.ts';
import { canHold, listed } from './held-sale.ts';
import type { ListedSale } from './held-state.ts';

function HoldOpen() {
  const { held } = useActions();
  const name = useTill((state) => state.held.name);
  const known = useTill((state) => state.draft?.name ?? '');
  const may = useTill(canHold);
  const say = useSay();
  return (
    <form
      className="hold-open"
      onSubmit={(event) => {
        event.preventDefault();
        void held.hold();
      }}
    >
      <label>
        <span className="meta">{say('held_name')}</span>
        <input
          className="field"
          value={name}
          placeholder={known || say('held_name_example')}
          maxLength={60}
          autoComplete="off"
          onChange={(event) => held.setName(event.target.value)}
        />
      </label>
      <button type="submit" className="action primary" aria-disabled={!may || undefined}>
        {say('held_hold')} <kbd>F4</kbd>
      </button>
    </form>
  );
}

interface RowProps {
  sale: ListedSale;
  word: WordKey;
}

function Row({ sale, word }: RowProps) {
  const { held } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const { timeZone } = useStore();
  const seller = useTill((state) => state.staff.find(({ id }) => id === sale.staffId)?.name);
  const isBusy = useTill((state) => state.held.busy || (state.link === 'lost' && sale.tillName !== null)) || undefined;
  const name = sale.name ?? say('held_nameless');
  const where = sale.state === 'open' ? say('held_open_at', { till: sale.tillName ?? '' }) : seller;
  return (
    <li className="held-row">
      <span className="held-name">
        <strong>{name}</strong>
        <span className="meta">
          {say('items_count', { n: sale.items })}
          {where ? ` · ${where}` : ''} · {clockText(Date.parse(sale.changedAt), timeZone)}
          {sale.tillName === null && ` · ${say('held_unsent')}`}
        </span>
      </span>
      <strong>{amountText(sale.total)}</strong>
      {sale.state === 'held' && (
        <button
          type="button"
          className="bare"
          aria-label={say('held_bin', { name })}
          aria-disabled={isBusy}
          onClick={() => isBusy || void held.bin(sale.id)}
        >
          <Icon name="close" />
        </button>
      )}
      <button
        type="button"
        className="action"
        aria-label={`${say(word)}: ${name}, ${amountText(sale.total)}`}
        aria-disabled={isBusy}
        onClick={() => isBusy || void held.resume(sale.id)}
      >
        {say(word)}
      </button>
    </li>
  );
}

function Part({ title, word, sales }: { title: string; word: WordKey; sales: readonly ListedSale[] }) {
  if (sales.length === 0) return null;
  return (
    <section className="held-part" aria-label={title}>
      <h2>{title}</h2>
      <ul>
        {sales.map((sale) => (
          <Row key={sale.id} sale={sale} word={word} />
        ))}
      </ul>
    </section>
  );
}

export function HeldScreen() {
  const { held } = useActions();
  const say = useSay();
  const sales = useTill((state) => state.held);
  const draft = useTill((state) => state.draft);
  const isLost = useTill((state) => state.link === 'lost');
  const parts = listed({ held: sales, draft });
  useEffect(() => {
    void held.refresh();
  }, [held]);
  const isEmpty = parts.held.length + parts.open.length + parts.binned.length === 0;
  return (
    <div className="held">
      <HoldOpen />
      {isLost && (
        <p className="said-box" data-tone="warn">
          <Icon name="warn" /> {say('held_waits')}
        </p>
      )}
      {isEmpty && <p className="empty">{say('held_none')}</p>}
      <Part title={say('held_count', { n: parts.held.length })} word="held_resume" sales={parts.held} />
      <Part title={say('held_elsewhere')} word="held_continue" sales={parts.open} />
      <Part title={say('held_binned_title')} word="held_restore" sales={parts.binned} />
    </div>
  );
}
