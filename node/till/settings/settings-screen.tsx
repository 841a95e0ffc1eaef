// Settings of this till: what a person chose here stays in this browser.
import { Choice } from '../base/choice.tsx';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { type Language, languageNames } from '../words/words.ts';

export function SettingsScreen() {
  const till = useActions();
  const say = useSay();
  const language = useTill((state) => state.language);
  const oneKeyShortcuts = useTill((state) => state.oneKeyShortcuts);
  return (
    <>
      <Choice<Language> title={say('language')} options={languageNames} chosen={language} onChoose={till.setLanguage} />
      <Choice<'on' | 'off'>
        title={say('shortcuts')}
        hint={say('shortcuts_hint')}
        options={{ on: say('on'), off: say('off') }}
        chosen={oneKeyShortcuts ? 'on' : 'off'}
        onChoose={(option) => till.setOneKeyShortcuts(option === 'on')}
      />
    </>
  );
}
