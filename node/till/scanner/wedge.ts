// Listens for a keyboard-wedge scanner on the whole page, before anything else hears a key. What a burst typed into a field is taken
// back; its ending key reaches nothing, so a scan can never press a button, submit a form or become an amount.
import type { Clock } from '#schema/values/clock';
import { setFieldValue, type TextField } from '../base/field-value.ts';
import { type Heard, hearKey, hearSilence, listening, SILENCE_MS, tempoOf } from './burst.ts';
import { type LearnedScanner, meantBy } from './learned.ts';

export interface WedgeOptions {
  clock: Clock;
  onScan: (code: string) => void;
  /** What this till learned of its scanner. */
  scanner: () => LearnedScanner | null;
  /** Called when a run of keys begins; the returned function undoes what those keys did on the page. */
  remember: () => () => void;
}

/** Of a timer. */
const LATE_MS = 25;

/** No machine is slower and still sells. */
const LAG_MAX_MS = 500;

/** Android keyboards name their keys so when they hide what was typed. */
const HIDDEN_KEYS = new Set(['Unidentified', 'Process']);

const fieldOf = (target: EventTarget | null): TextField | null =>
  target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;

function rememberField(field: TextField | null): () => void {
  if (!field) return () => {};
  const { value, selectionStart, selectionEnd } = field;
  return () => {
    if (field.value === value) return;
    setFieldValue(field, value, 'historyUndo');
    field.setSelectionRange(selectionStart, selectionEnd);
  };
}

export function listenForScans({ clock, onScan, scanner, remember }: WedgeOptions): () => void {
  let state = listening;
  let restore = () => {};
  let cancelSilence = () => {};

  const take = (heard: Heard) => {
    state = heard.next;
    if (heard.ended) restore();
    if (heard.scan !== undefined) onScan(meantBy(heard.scan, scanner()));
  };

  // After a stall of the page the keys of a scan may still be waiting behind this timer: they get one more turn to come first. A key that
  // was long on its way, or a timer that is late, tells of a busy machine, which may hold up the next key as well: silence says less then.
  const awaitSilence = (lagMs: number) => {
    const waitMs = SILENCE_MS + 5 + 2 * Math.min(Math.max(0, lagMs), LAG_MAX_MS);
    const due = performance.now() + waitMs;
    cancelSilence = clock.after(waitMs, () => {
      const lateMs = performance.now() - due;
      if (lateMs > LATE_MS) return awaitSilence(lateMs);
      cancelSilence = clock.after(1, () => take(hearSilence(state, performance.now(), tempoOf(scanner()))));
    });
  };

  const hear = (key: string, at: number, target: EventTarget | null): boolean => {
    const heard = hearKey(state, { key, at }, tempoOf(scanner()));
    if (heard.begins) {
      const restoreField = rememberField(fieldOf(target));
      const restorePage = remember();
      restore = () => {
        restoreField();
        restorePage();
      };
    }
    cancelSilence();
    take(heard);
    if (state.run) awaitSilence(performance.now() - at);
    return heard.swallow === true;
  };

  let isHidden = false;
  const onKeyDown = (event: KeyboardEvent) => {
    isHidden = HIDDEN_KEYS.has(event.key);
    if (event.isComposing || event.repeat || isHidden) return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (fieldOf(event.target)?.dataset.scanTarget !== undefined) return;
    if (!hear(event.key, event.timeStamp, event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  // Where a keyboard hides its keys, the characters still arrive in the sink.
  const onInput = (event: Event) => {
    const field = fieldOf(event.target);
    if (!(event instanceof InputEvent) || field?.dataset.scanSink === undefined) return;
    if (isHidden && !event.isComposing) for (const character of event.data ?? '') hear(character, event.timeStamp, null);
    field.value = '';
  };

  window.addEventListener('keydown', onKeyDown, true);
  window.addEventListener('input', onInput, true);
  return () => {
    cancelSilence();
    window.removeEventListener('keydown', onKeyDown, true);
    window.removeEventListener('input', onInput, true);
  };
}
