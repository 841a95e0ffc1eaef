// Discount: of the whole sale or of the marked line, in percent or as an amount, with a reason that goes into the books.
import { Choice } from '../base/choice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useActions, useAmountText, useSay, useStore, useTill } from '../base/till-context.tsx';
import { selectedLine } from '../sale/cart.ts';
import { decimalSign, givenText } from '../tender/given.ts';
import { Keypad } from '../tender/keypad.tsx';
import { type DiscountReason, discountReasons, enteredValue } from './discount-entry.ts';

export function DiscountSheet() {
  const { discount: actions } = useActions();
  const say = useSay();
  const amountText = useAmountText();
  const { currency } = useStore();
  const entry = useTill((state) => state.discount);
  const line = useTill((state) => selectedLine(state.cart));
  const name = useTill((state) => state.catalogue.products.get(line?.productId ?? '')?.name);
  const standing = useTill((state) => (entry.of === 'sale' ? state.cart.discount : (line?.discount ?? null)));
  const value = enteredValue(entry, currency);
  const inPercent = entry.kind === 'percent';
  const typed = inPercent ? `${entry.typed.text || '0'} %` : givenText(entry.typed, currency) || '0';
  const reasons = Object.fromEntries(discountReasons.map((reason) => [reason, say(reason)])) as Record<DiscountReason, string>;
  const third = inPercent ? null : (decimalSign(currency) ?? '000');
  return (
    <Sheet title={say('discount')}>
      <div className="discount">
        <div className="discount-choices">
          <Choice<'sale' | 'line'>
            title={say('discount_of')}
            options={{ sale: say('discount_sale'), ...(name !== undefined && { line: name }) } as Record<'sale' | 'line', string>}
            chosen={entry.of}
            onChoose={actions.giveOf}
          />
          <Choice<'percent' | 'amount'>
            title={say('discount_kind')}
            options={{ percent: say('discount_percent'), amount: say('discount_amount') }}
            chosen={entry.kind}
            onChoose={actions.giveAs}
          />
          <Choice title={say('discount_reason')} options={reasons} chosen={entry.reason} onChoose={actions.giveFor} />
        </div>
        <div className="discount-typed">
          <output className="quantity-entry">{typed}</output>
          <Keypad third={third} onKey={actions.type} />
        </div>
      </div>
      <div className="sheet-actions">
        {standing !== null && (
          <button type="button" className="action" onClick={actions.takeAway}>
            {say('discount_off')}
          </button>
        )}
        <button type="button" className="action primary" aria-disabled={value === null || undefined} onClick={actions.give}>
          {say('discount_give', { amount: value === null ? '' : inPercent ? typed : amountText(value) }).trim()} <kbd>Enter</kbd>
        </button>
      </div>
    </Sheet>
  );
}
