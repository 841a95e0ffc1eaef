// Quantity by touch: type it, then say whether it is for the next item or for the marked line.
import { Sheet } from '../base/sheet.tsx';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Keypad } from '../tender/keypad.tsx';
import { selectedLine } from './cart.ts';

export function QuantitySheet() {
  const { sale } = useActions();
  const say = useSay();
  const entry = useTill((state) => state.entry);
  const line = useTill((state) => selectedLine(state.cart));
  const name = useTill((state) => state.catalogue.products.get(line?.productId ?? '')?.name);
  const nothing = entry === '' || undefined;
  return (
    <Sheet title={say('quantity')}>
      <output className="quantity-entry">{entry || '0'}</output>
      <Keypad third={null} onKey={sale.typeEntry} />
      <div className="sheet-actions">
        <button type="button" className="action" aria-disabled={nothing} onClick={sale.useEntry}>
          {say('quantity_next')} <kbd>*</kbd>
        </button>
        {name !== undefined && (
          <button type="button" className="action" aria-disabled={nothing} onClick={sale.useEntryOnLine}>
            {say('quantity_line', { name })}
          </button>
        )}
      </div>
    </Sheet>
  );
}
