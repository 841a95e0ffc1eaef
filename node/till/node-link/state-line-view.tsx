// The state line: always there, always true. Left which links stand and what waits to be sent, right the store's clock.
import { useEffect, useState } from 'react';
import { browserClock } from '../base/browser-clock.ts';
import { useSay, useStore, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { clockText, type Statement, stateLine } from './state-line.ts';

const TICK_MS = 5_000;

/** The time of the store, which the node knows better than this machine. */
function useStoreTime(): number {
  const offset = useTill((state) => state.clockOffsetMs);
  const [now, setNow] = useState(() => browserClock.now());
  useEffect(() => {
    let cancel = () => {};
    const tick = () => {
      setNow(browserClock.now());
      cancel = browserClock.after(TICK_MS, tick);
    };
    tick();
    return () => cancel();
  }, []);
  return now + offset;
}

function Said({ statement: { tone, key, short, parts } }: { statement: Statement }) {
  const say = useSay();
  return (
    <span className="said" data-tone={tone}>
      <Icon name={tone} size={16} />
      <span className="long">{say(key, parts)}</span>
      <span className="short">{say(short, parts)}</span>
    </span>
  );
}

export function StateLine() {
  const link = useTill((state) => state.link);
  const sync = useTill((state) => state.sync);
  const troubles = useTill((state) => state.troubles);
  const language = useTill((state) => state.language);
  const isKnown = useTill((state) => state.session !== null);
  const { timeZone } = useStore();
  const now = useStoreTime();
  const statements = stateLine({ link, sync, troubles, now, language, timeZone });
  return (
    <div className="state-line" data-tone={statements[0]?.tone} data-link={link}>
      <span className="statements">
        {statements.map((statement) => (
          <Said key={statement.key} statement={statement} />
        ))}
      </span>
      {isKnown && <time>{clockText(now, timeZone)}</time>}
    </div>
  );
}
