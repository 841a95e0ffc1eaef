// Runs a dashboard: the feed, the keys and the clock change what is known and chosen; each change is laid out and drawn.
import { render } from 'ink';
import type { Clock } from '#schema/values/clock';
import type { Board, BoardRow } from './board.ts';
import type { Charset } from './charset.ts';
import { type Answer, startFeed } from './feed.ts';
import type { Key } from './keys.ts';
import { type LayoutInput, layout, onScreen } from './layout.ts';
import type { Picture } from './picture.ts';
import { openScreen } from './screen.ts';
import { firstState, press, type UiState, withSelection } from './ui-state.ts';
import { BoardView } from './view.tsx';

const TICK_MS = 1_000;
const MAX_FPS = 10;

export interface BoardOptions<Item, Row extends BoardRow> {
  board: Board<Item, Row>;
  ask(): Promise<Answer<Item>>;
  clock: Clock;
  charset: Charset;
  /** What these are of: the profile's name or `all`. */
  scope: string;
}

/** Comes back when the person has left. */
export async function runBoard<Item, Row extends BoardRow>({
  board,
  ask,
  clock,
  charset,
  scope,
}: BoardOptions<Item, Row>): Promise<void> {
  let picture: Picture<Item> = { snapshot: null, lost: null };
  let state: UiState = firstState;
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });

  const input = (): LayoutInput<Item, Row> => {
    const { columns = 80, rows = 24 } = process.stdout;
    return { board, picture, state, terminal: { columns, rows }, charset, now: clock.now(), scope };
  };
  const draw = () => ink.rerender(<BoardView lines={layout(input())} />);
  const change = (next: UiState) => {
    state = next;
    state = withSelection(state, onScreen(input()));
    draw();
  };
  const onKey = (key: Key) => {
    const pressed = press(state, key, onScreen(input()));
    if (pressed.effect === 'quit') return end();
    if (pressed.effect === 'refresh') feed.refresh();
    change(pressed.state);
  };

  const screen = openScreen({ clock, onKey, onResize: () => draw() });
  const ink = render(<BoardView lines={layout(input())} />, {
    stdout: screen.stdout,
    exitOnCtrlC: false,
    patchConsole: false,
    maxFps: MAX_FPS,
  });
  const onChange = (next: Picture<Item>) => {
    picture = next;
    change(state);
  };
  const feed = startFeed({ ask, clock, onChange });
  const stopTicking = tick(clock, draw);
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const) process.once(signal, end);
  await ended;
  stopTicking();
  feed.stop();
  ink.unmount();
  screen.leave();
}

/** Ages and the clock move on without anything having changed. */
function tick(clock: Clock, draw: () => void): () => void {
  let cancel = () => {};
  const again = () => {
    draw();
    cancel = clock.after(TICK_MS, again);
  };
  cancel = clock.after(TICK_MS, again);
  return () => cancel();
}
