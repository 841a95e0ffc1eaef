// The open screen beside the sale: a place of fixed size until its code is here, and words when it does not come or breaks.
import { Component, useEffect, useState } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import type { SideScreen } from '../till-state.ts';
import type { WordKey } from '../words/words.ts';
import type { SideViews, SideView as View } from './side-screens.ts';

function Trouble({ word, children }: { word: WordKey; children?: React.ReactNode }) {
  const { side } = useActions();
  const say = useSay();
  return (
    <div className="side-trouble">
      <p role="alert" className="said-box" data-tone="warn">
        <Icon name="warn" /> {say(word)}
      </p>
      <div className="sheet-actions">
        <button type="button" className="action" onClick={() => side.open('sell')}>
          {say('back_sell')}
        </button>
        {children}
      </div>
    </div>
  );
}

/** A screen that breaks takes nothing with it: the sale beside it goes on. */
class Fence extends Component<{ children: React.ReactNode }, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError() {
    return { broken: true };
  }
  override render() {
    return this.state.broken ? <Trouble word="screen_broken" /> : this.props.children;
  }
}

function Waiting() {
  const say = useSay();
  return (
    <div className="side-waiting" role="status">
      <span className="unseen">{say('screen_loading')}</span>
      {[0, 1, 2, 3].map((line) => (
        <span key={line} className="placeholder" />
      ))}
    </div>
  );
}

function Missing() {
  const say = useSay();
  const isUp = useTill((state) => state.link === 'up');
  if (!isUp) return <Trouble word="screen_waits" />;
  return (
    <Trouble word="screen_missing">
      <button type="button" className="action primary" onClick={() => window.location.reload()}>
        {say('reload')}
      </button>
    </Trouble>
  );
}

export function SideView({ screen, views }: { screen: SideScreen; views: SideViews }) {
  const link = useTill((state) => state.link);
  const [loaded, setLoaded] = useState<{ view: View | undefined; failed: boolean }>({ view: views.get(screen), failed: false });
  useEffect(() => {
    if (loaded.view || link === 'lost') return;
    let isGone = false;
    views.load(screen).then(
      (view) => !isGone && setLoaded({ view, failed: false }),
      () => !isGone && setLoaded({ view: undefined, failed: true }),
    );
    return () => {
      isGone = true;
    };
  }, [screen, views, link, loaded.view]);
  const View = loaded.view;
  return (
    <section className="side">
      {View ? (
        <Fence>
          <View />
        </Fence>
      ) : loaded.failed || link === 'lost' ? (
        <Missing />
      ) : (
        <Waiting />
      )}
    </section>
  );
}
