// The keyboard map, from the same table by which the keys act.
import { Sheet } from '../base/sheet.tsx';
import { useSay } from '../base/till-context.tsx';
import { keyHelp } from './key-map.ts';

export function KeySheet() {
  const say = useSay();
  return (
    <Sheet title={say('keys')}>
      {/* On a small screen it scrolls, and holds nothing else that keys could reach. */}
      <dl className="key-list" tabIndex={0}>
        {keyHelp.map(({ keys, word }) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{say(word)}</dd>
          </div>
        ))}
      </dl>
    </Sheet>
  );
}
