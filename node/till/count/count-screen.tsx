// Stock count: scan adds one, differences are looked at before they count, a manager finishes. What was counted stands at the node, so a
// reload, a pause or another till goes on where it was.
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { wallTime } from '#schema/values/time';
import { Choice } from '../base/choice.tsx';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { topCategories } from '../catalogue/catalogue.ts';
import { Icon } from '../look/icon.tsx';
import { useSide } from '../menu/use-side.ts';
import { clockText } from '../node-link/state-line.ts';
import { CountTable } from './count-table.tsx';
import { type Counting, openCounting } from './counting.ts';
import { ReviewTable } from './review-table.tsx';

function Begin({ counting, busy }: { counting: Counting; busy: boolean }) {
  const say = useSay();
  const { parts } = useActions();
  const { timeZone } = useStore();
  const catalogue = useTill((state) => state.catalogue);
  const [categoryId, setCategoryId] = useState<string | null>(null);
  const [isBlind, setBlind] = useState(true);
  const categories = topCategories(catalogue);
  const what = categories.find(({ id }) => id === categoryId)?.name ?? say('count_everything');
  const begin = () => {
    const name = `${what} ${wallTime(parts.clock.now(), timeZone).slice(0, 10)}`;
    void counting.begin({ name, categoryId, blind: isBlind });
  };
  return (
    <section className="panel" aria-label={say('count_new')}>
      <h2>{say('count_new')}</h2>
      <Choice<string>
        title={say('count_what')}
        options={{ '': say('count_everything'), ...Object.fromEntries(categories.map(({ id, name }) => [id, name])) }}
        chosen={categoryId ?? ''}
        onChoose={(id) => setCategoryId(id === '' ? null : id)}
      />
      <Choice<'blind' | 'open'>
        title={say('count_how')}
        options={{ blind: say('count_blind'), open: say('count_open') }}
        chosen={isBlind ? 'blind' : 'open'}
        onChoose={(how) => setBlind(how === 'blind')}
      />
      <button type="button" className="action primary" aria-disabled={busy || undefined} onClick={begin}>
        {say('count_begin')}
      </button>
    </section>
  );
}

export function CountScreen() {
  const till = useActions();
  const say = useSay();
  const { timeZone } = useStore();
  const counting = useMemo(() => openCounting(till), [till]);
  const { counts, open, waiting, lastId, busy } = useSyncExternalStore(counting.state.subscribe, counting.state.get);
  const isLost = useTill((state) => state.link === 'lost');
  useEffect(() => {
    if (!isLost) void counting.start();
  }, [counting, isLost]);
  useSide({ scan: counting.scanned });
  return (
    <div className="stack">
      {isLost && (
        <p className="said-box" data-tone="warn">
          <Icon name="warn" /> {say('count_waits', { n: waiting.length })}
        </p>
      )}
      {!open && (
        <>
          {counts?.map((count) => (
            <div className="row" key={count.id}>
              <span className="row-what">
                <strong>{count.name}</strong>
                <span className="meta">
                  {say('count_progress', { n: count.counted, all: count.products })} ·{' '}
                  {clockText(Date.parse(count.startedAt), timeZone)}
                </span>
              </span>
              <button
                type="button"
                className="action"
                aria-label={`${say('go_on')}: ${count.name}`}
                onClick={() => void counting.choose(count.id)}
              >
                {say('go_on')}
              </button>
            </div>
          ))}
          <Begin counting={counting} busy={busy || isLost} />
        </>
      )}
      {open?.state === 'counting' && (
        <CountTable counting={counting} count={open} waiting={waiting} lastId={lastId} busy={busy} />
      )}
      {open?.state === 'reviewing' && <ReviewTable counting={counting} count={open} busy={busy} />}
    </div>
  );
}
