// The terminal while a dashboard has it: the alternate screen, every key as it comes, and all of it given back at the end, also after a crash.
import type { Clock } from '#schema/values/clock';
import { type Key, readKeys, restAsKeys } from './keys.ts';

const ENTER = '\u001b[?1049h\u001b[H';
const LEAVE = '\u001b[?25h\u001b[?1049l';
/** A sequence that came in two parts is complete after this; a lone Escape is one. */
const ESCAPE_MS = 50;

export interface Screen {
  /** What Ink writes to: it sees a terminal so high that it never clears the screen, and we lay out by the real height. */
  stdout: NodeJS.WriteStream;
  leave(): void;
}

export interface ScreenOptions {
  clock: Clock;
  onKey(key: Key): void;
  onResize(): void;
}

const UNENDING_ROWS = 10_000;

export function openScreen({ clock, onKey, onResize }: ScreenOptions): Screen {
  const { stdout, stdin } = process;
  const unlisten = listenToKeys({ clock, onKey });
  stdout.on('resize', onResize);
  stdout.write(ENTER);
  let left = false;
  const leave = () => {
    if (left) return;
    left = true;
    unlisten();
    stdout.off('resize', onResize);
    stdin.setRawMode(false);
    stdin.pause();
    stdout.write(LEAVE);
  };
  // Whatever ends the process, the terminal is the person's again.
  process.once('exit', leave);
  return { stdout: withRows(stdout), leave };
}

function withRows(stdout: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'rows') return UNENDING_ROWS;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

function listenToKeys({ clock, onKey }: Pick<ScreenOptions, 'clock' | 'onKey'>): () => void {
  const { stdin } = process;
  let rest = '';
  let cancel = () => {};
  const receive = (chunk: string) => {
    cancel();
    const read = readKeys(rest + chunk);
    rest = read.rest;
    for (const key of read.keys) onKey(key);
    if (rest) cancel = clock.after(ESCAPE_MS, flush);
  };
  const flush = () => {
    const keys = restAsKeys(rest);
    rest = '';
    for (const key of keys) onKey(key);
  };
  stdin.setRawMode(true);
  stdin.setEncoding('utf8');
  stdin.on('data', receive);
  stdin.resume();
  return () => {
    cancel();
    stdin.off('data', receive);
  };
}
