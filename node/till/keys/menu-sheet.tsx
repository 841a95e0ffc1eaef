// The menu: language, shortcuts, the keyboard map. Drawer, shift, count, receive and reports join here.
import { Choice } from '../base/choice.tsx';
import { Sheet } from '../base/sheet.tsx';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { type Language, languageNames } from '../words/words.ts';

export function MenuSheet() {
  const till = useActions();
  const say = useSay();
  const language = useTill((state) => state.language);
  const oneKeyShortcuts = useTill((state) => state.oneKeyShortcuts);
  return (
    <Sheet title={say('menu')}>
      <div className="sheet-actions narrow-only">
        <button type="button" className="action" onClick={till.discount.open}>
          {say('discount')}
        </button>
      </div>
      <Choice<Language> title={say('language')} options={languageNames} chosen={language} onChoose={till.setLanguage} />
      <Choice<'on' | 'off'>
        title={say('shortcuts')}
        hint={say('shortcuts_hint')}
        options={{ on: say('on'), off: say('off') }}
        chosen={oneKeyShortcuts ? 'on' : 'off'}
        onChoose={(option) => till.setOneKeyShortcuts(option === 'on')}
      />
      <button type="button" className="action" onClick={() => till.openSheet('keys')}>
        {say('keys')} <kbd>F1</kbd>
      </button>
    </Sheet>
  );
}
