// The menu: screens beside the sale, locking, the keys, the language.
import { useEffect } from 'react';
import { Choice } from '../base/choice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { type Language, languageNames } from '../words/words.ts';
import { menuEntries } from './menu-entries.ts';

export function MenuSheet() {
  const till = useActions();
  const say = useSay();
  const language = useTill((state) => state.language);
  const entries = menuEntries(useTill((state) => state));
  useEffect(() => till.menu.take((place) => menuEntries(till.state.get())[place]?.act(till)), [till]);
  return (
    <Sheet title={say('menu')}>
      <div className="sheet-actions narrow-only">
        <button type="button" className="action" onClick={till.discount.open}>
          {say('discount')}
        </button>
      </div>
      <div className="menu-entries">
        {entries.map(({ word, act }, place) => (
          <button key={word} type="button" className="action" onClick={() => act(till)}>
            {say(word)} {place < 10 && <kbd>{(place + 1) % 10}</kbd>}
          </button>
        ))}
      </div>
      <Choice<Language> title={say('language')} options={languageNames} chosen={language} onChoose={till.setLanguage} />
    </Sheet>
  );
}
