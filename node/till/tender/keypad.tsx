// Big digits for fingers. The third key of the last row is the currency's own: `000`, a comma, or none.
import { useSay } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';

const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'];

/** A tap leaves the focus where it was, so that Enter still means the main button. */
export const keepFocus = (event: React.MouseEvent) => event.preventDefault();

export function Keypad({ third, onKey }: { third: string | null; onKey: (key: string) => void }) {
  const say = useSay();
  const keys = third === null ? digits : [...digits, third];
  return (
    <div className="keypad" data-keys={keys.length + 1}>
      {keys.map((key) => (
        <button key={key} type="button" className="key" onMouseDown={keepFocus} onClick={() => onKey(key)}>
          {key}
        </button>
      ))}
      <button
        type="button"
        className="key"
        aria-label={say('key_delete')}
        onMouseDown={keepFocus}
        onClick={() => onKey('Backspace')}
      >
        <Icon name="erase" size={24} />
      </button>
    </div>
  );
}
