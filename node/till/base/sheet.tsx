// A sheet stands beside the sale, over the items, and blocks nothing: scanning goes on under it. Closing returns to where one was.
import { useEffect, useId, useRef } from 'react';
import { Icon } from '../look/icon.tsx';
import { useActions, useSay } from './till-context.tsx';

export function Sheet({ title, children }: { title: string; children: React.ReactNode }) {
  const till = useActions();
  const say = useSay();
  const heading = useRef<HTMLHeadingElement>(null);
  const titleId = useId();
  useEffect(() => {
    const opener = document.activeElement;
    heading.current?.focus();
    return () => {
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <section className="sheet" aria-labelledby={titleId}>
      <div className="sheet-head">
        <h2 id={titleId} ref={heading} tabIndex={-1}>
          {title}
        </h2>
        <button type="button" className="quiet" onClick={() => till.openSheet(null)}>
          <Icon name="close" /> {say('close')} <kbd>Esc</kbd>
        </button>
      </div>
      <div className="sheet-body">{children}</div>
    </section>
  );
}
