// The menu: language, shortcuts, the keyboard map. Drawer, shift, count, receive and reports join here.
import { Sheet } from '../base/sheet.tsx';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { type Language, languageNames } from '../words/words.ts';

function Choice<T extends string>(choice: {
  title: string;
  hint?: string;
  options: Record<T, string>;
  chosen: T;
  onChoose: (option: T) => void;
}) {
  return (
    <fieldset className="choice">
      <legend>
        {choice.title} {choice.hint && <span className="meta">{choice.hint}</span>}
      </legend>
      {(Object.keys(choice.options) as T[]).map((option) => (
        <button
          key={option}
          type="button"
          className="action"
          aria-pressed={option === choice.chosen}
          onClick={() => choice.onChoose(option)}
        >
          {choice.options[option]}
        </button>
      ))}
    </fieldset>
  );
}

export function MenuSheet() {
  const till = useActions();
  const say = useSay();
  const language = useTill((state) => state.language);
  const oneKeyShortcuts = useTill((state) => state.oneKeyShortcuts);
  return (
    <Sheet title={say('menu')}>
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
