// A quantity with one less and one more beside it. What is typed counts when the field is left, Enter is pressed or something is scanned;
// what is none is taken back.
import { useEffect, useRef, useState } from 'react';
import { useSay } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { parseUnits, unitsText } from './quantity.ts';

export interface QuantityFieldProps {
  name: string;
  /** Null where nobody has said how many. */
  quantity: number | null;
  scale: number;
  onChange: (quantity: number) => void;
}

export function QuantityField({ name, quantity, scale, onChange }: QuantityFieldProps) {
  const say = useSay();
  const [typed, setTyped] = useState<string | null>(null);
  const one = 10 ** scale;
  const shown = quantity === null ? '' : unitsText(quantity, scale);
  const settle = () => {
    const units = typed === null ? null : parseUnits(typed, scale);
    setTyped(null);
    if (units !== null && units !== quantity) onChange(units);
  };
  const latest = useRef(settle);
  useEffect(() => {
    latest.current = settle;
  });
  // Whoever leaves the screen with a number typed has counted it.
  useEffect(() => () => latest.current(), []);
  return (
    <span className="quantity-field">
      <button
        type="button"
        className="quiet"
        aria-label={say('less', { name })}
        aria-disabled={(quantity ?? 0) < one || undefined}
        onClick={() => (quantity ?? 0) >= one && onChange((quantity ?? 0) - one)}
      >
        <Icon name="less" size={16} />
      </button>
      <input
        className="field"
        data-settles=""
        inputMode={scale === 0 ? 'numeric' : 'decimal'}
        aria-label={say('how_many', { name })}
        autoComplete="off"
        value={typed ?? shown}
        onFocus={(event) => event.target.select()}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={settle}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          settle();
        }}
      />
      <button type="button" className="quiet" aria-label={say('more', { name })} onClick={() => onChange((quantity ?? 0) + one)}>
        <Icon name="more" size={16} />
      </button>
    </span>
  );
}
