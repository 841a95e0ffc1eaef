// Settings of this till: what a person chooses here stays in this browser; where it prints stands at the node.
import { useState } from 'react';
import { Choice } from '../base/choice.tsx';
import { type TillSettings, textSizes } from '../base/settings.ts';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { useSide } from '../menu/use-side.ts';
import { TillsPart } from '../pairing/tills-part.tsx';
import { type Language, languageNames } from '../words/words.ts';
import { BoxPart } from './box-part.tsx';
import { PrinterPart } from './printer-part.tsx';
import { ScannerPart } from './scanner-part.tsx';

/** While the scanner is learned its scans are samples and nothing else. */
function ScansAreSamples() {
  useSide({ scan() {} });
  return null;
}

const LOCKS = [1, 2, 5, 10, 30];

function AutoLock() {
  const till = useActions();
  const say = useSay();
  const store = useTill((state) => state.session?.store.settings.autoLockMinutes ?? null);
  const own = useTill((state) => state.settings.autoLockMinutes);
  const minutes = LOCKS.filter((each) => store === null || each < store);
  const options = { store: store === null ? say('never') : say('minutes', { n: store }) };
  return (
    <Choice<string>
      title={say('auto_lock')}
      hint={say('auto_lock_hint')}
      options={{ ...Object.fromEntries(minutes.map((each) => [`m${each}`, say('minutes', { n: each })])), ...options }}
      chosen={own !== null && minutes.includes(own) ? `m${own}` : 'store'}
      onChoose={(chosen) => till.changeSettings({ autoLockMinutes: chosen === 'store' ? null : Number(chosen.slice(1)) })}
    />
  );
}

export function SettingsScreen() {
  const till = useActions();
  const say = useSay();
  const language = useTill((state) => state.language);
  const oneKeyShortcuts = useTill((state) => state.oneKeyShortcuts);
  const settings = useTill((state) => state.settings);
  const isStaffed = useTill((state) => state.session?.staffed === true);
  const [learning, setLearning] = useState(false);
  const onOff = { on: say('on'), off: say('off') };
  return (
    <div className="stack">
      {learning && <ScansAreSamples />}
      <Choice<Language> title={say('language')} options={languageNames} chosen={language} onChoose={till.setLanguage} />
      <Choice<TillSettings['theme']>
        title={say('theme')}
        options={{ auto: say('theme_auto'), light: say('theme_light'), dark: say('theme_dark') }}
        chosen={settings.theme}
        onChoose={(theme) => till.changeSettings({ theme })}
      />
      <Choice<string>
        title={say('text_size')}
        options={Object.fromEntries(textSizes.map((size) => [`s${size}`, `${size} %`]))}
        chosen={`s${settings.textSize}`}
        onChoose={(chosen) => {
          const textSize = textSizes.find((size) => `s${size}` === chosen);
          if (textSize) till.changeSettings({ textSize });
        }}
      />
      <ScannerPart learning={learning} setLearning={setLearning} />
      <PrinterPart />
      {isStaffed && <AutoLock />}
      <Choice<'on' | 'off'>
        title={say('sound')}
        options={onOff}
        chosen={settings.sound ? 'on' : 'off'}
        onChoose={(option) => till.changeSettings({ sound: option === 'on' })}
      />
      <Choice<'on' | 'off'>
        title={say('shortcuts')}
        hint={say('shortcuts_hint')}
        options={onOff}
        chosen={oneKeyShortcuts ? 'on' : 'off'}
        onChoose={(option) => till.setOneKeyShortcuts(option === 'on')}
      />
      <TillsPart />
      <section className="panel" aria-label={say('box')}>
        <h2>{say('box')}</h2>
        <BoxPart />
      </section>
    </div>
  );
}
