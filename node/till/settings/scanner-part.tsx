// Learn my scanner: three known codes, scanned from the screen or from paper, tell what it adds, how quickly it types, and what the
// keyboard layout of this machine makes of its signs.
import { useEffect, useState } from 'react';
import { useActions, useSay, useTill } from '../base/till-context.tsx';
import { Icon } from '../look/icon.tsx';
import { SILENCE_MS } from '../scanner/burst.ts';
import { code39 } from '../scanner/code39.ts';
import { knownCodes, learn, type Sample } from '../scanner/learned.ts';
import type { WordKey } from '../words/words.ts';

const QUIET = 10;

function Bars({ text }: { text: string }) {
  const widths = code39(text);
  let at = QUIET;
  const bars = widths.map((width, index) => {
    const bar = index % 2 === 0 ? `M${at} 0h${width}v40h-${width}z` : '';
    at += width;
    return bar;
  });
  return (
    <svg
      className="bars"
      role="img"
      aria-label={text}
      viewBox={`0 0 ${at + QUIET} 40`}
      preserveAspectRatio="none"
      shapeRendering="crispEdges"
    >
      <path d={`M0 0h${at + QUIET}v40h-${at + QUIET}z`} fill="#fff" />
      <path d={bars.join('')} fill="#000" />
    </svg>
  );
}

/** Every key until a silence or an ending key, with its tempo, whoever types. */
function useStrokes(isOn: boolean, onRun: (sample: Sample) => void): void {
  const { parts } = useActions();
  useEffect(() => {
    if (!isOn) return;
    let text = '';
    let firstAt = 0;
    let lastAt = 0;
    let cancel = () => {};
    const end = () => {
      cancel();
      if (text.length > 1) onRun({ text, gapMs: Math.round((lastAt - firstAt) / (text.length - 1)) });
      text = '';
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if ([...event.key].length !== 1 || event.ctrlKey || event.altKey) return;
      if (text === '') firstAt = event.timeStamp;
      text += event.key;
      lastAt = event.timeStamp;
      event.preventDefault();
      cancel();
      cancel = parts.clock.after(4 * SILENCE_MS, end);
    };
    window.addEventListener('keydown', onKeyDown, true);
    return () => {
      cancel();
      window.removeEventListener('keydown', onKeyDown, true);
    };
  }, [isOn, onRun, parts]);
}

export interface ScannerPartProps {
  /** While it learns, scans mean nothing else. */
  learning: boolean;
  setLearning: (learning: boolean) => void;
}

export function ScannerPart({ learning, setLearning }: ScannerPartProps) {
  const till = useActions();
  const say = useSay();
  const scanner = useTill((state) => state.settings.scanner);
  const [samples, setSamples] = useState<readonly Sample[]>([]);
  const [problem, setProblem] = useState<WordKey | null>(null);
  const begin = () => {
    setSamples([]);
    setProblem(null);
    setLearning(!learning);
  };
  const [take] = useState(() => (sample: Sample) => setSamples((before) => [...before, sample]));
  useStrokes(learning, take);
  useEffect(() => {
    if (samples.length < knownCodes.length) return;
    const learned = learn(samples);
    if (learned) till.changeSettings({ scanner: learned });
    setProblem(learned ? null : 'scanner_not_learned');
    setLearning(false);
    setSamples([]);
  }, [samples, till, setLearning]);
  const shown = knownCodes[samples.length];
  const around = scanner && [scanner.prefix, scanner.suffix].filter(Boolean).join(' … ');
  return (
    <section className="panel" aria-label={say('scanner')}>
      <h2>{say('scanner')}</h2>
      {!learning && (
        <p className="meta">
          {scanner
            ? say(around ? 'scanner_known_around' : 'scanner_known', {
                n: scanner.gapMs,
                around: around ?? '',
                swaps: Object.keys(scanner.swaps).length,
              })
            : say('scanner_usual')}
        </p>
      )}
      {problem && (
        <p className="said-box" data-tone="warn" role="status">
          <Icon name="warn" /> {say(problem)}
        </p>
      )}
      {learning && shown !== undefined && (
        <>
          <p role="status">{say('scanner_scan', { n: samples.length + 1, of: knownCodes.length })}</p>
          <Bars text={shown} />
        </>
      )}
      <div className="sheet-actions">
        <button type="button" className="action" aria-pressed={learning} onClick={begin}>
          {say(learning ? 'scanner_stop' : 'scanner_learn')}
        </button>
        {scanner && !learning && (
          <button type="button" className="action" onClick={() => till.changeSettings({ scanner: null })}>
            {say('scanner_forget')}
          </button>
        )}
      </div>
    </section>
  );
}
