// A button for what is not undone: it acts when it is held for a second, by finger, mouse, Enter or Space.
import { useEffect, useRef, useState } from 'react';
import { browserClock } from './browser-clock.ts';

const HOLD_MS = 1_000;

interface HoldProps {
  /** While it is held. */
  holding: string;
  disabled: boolean;
  onHeld: () => void;
  children: React.ReactNode;
}

const isPress = (key: string) => key === 'Enter' || key === ' ';

export function HoldButton({ holding, disabled, onHeld, children }: HoldProps) {
  const [isHeld, setHeld] = useState(false);
  const cancel = useRef(() => {});
  const act = useRef(onHeld);
  useEffect(() => {
    act.current = onHeld;
  });
  const end = () => {
    cancel.current();
    setHeld(false);
  };
  const begin = () => {
    if (disabled) return;
    cancel.current();
    setHeld(true);
    cancel.current = browserClock.after(HOLD_MS, () => {
      setHeld(false);
      act.current();
    });
  };
  useEffect(() => () => cancel.current(), []);
  return (
    <button
      type="button"
      className="action primary hold"
      data-held={isHeld || undefined}
      aria-disabled={disabled || undefined}
      onPointerDown={begin}
      onPointerUp={end}
      onPointerLeave={end}
      onPointerCancel={end}
      onContextMenu={(event) => event.preventDefault()}
      onKeyDown={(event) => isPress(event.key) && !event.repeat && begin()}
      onKeyUp={(event) => isPress(event.key) && end()}
      onBlur={end}
    >
      {isHeld ? holding : children}
    </button>
  );
}
