// Age: what asks for it, the birthday to look for, and the two ways on.
import { browserClock } from '../base/browser-clock.ts';
import { Sheet } from '../base/sheet.tsx';
import { useActions, useSay, useStore, useTill } from '../base/till-context.tsx';
import { ageAsked, latestBirthday } from './age-limit.ts';

export function AgeSheet() {
  const { age } = useActions();
  const product = useTill(ageAsked);
  const offset = useTill((state) => state.clockOffsetMs);
  const { timeZone } = useStore();
  const say = useSay();
  const years = product?.ageLimit;
  if (!product || !years) return null;
  return (
    <Sheet title={say('age_title', { years })}>
      <p>{say('age_text', { name: product.name, years })}</p>
      <p className="age-born">{say('age_born', { date: latestBirthday(years, browserClock.now() + offset, timeZone) })}</p>
      <div className="sheet-actions">
        <button type="button" className="action" onClick={age.remove}>
          {say('age_refuse')}
        </button>
        <button type="button" className="action primary" onClick={age.seen}>
          {say('age_seen')}
        </button>
      </div>
    </Sheet>
  );
}
