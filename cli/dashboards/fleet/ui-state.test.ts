// Keys and what they do: alone, in bursts, in halves; and a selection that stays where it is while rows move.
import { describe, expect, it } from 'vitest';
import { readKeys, restAsKeys } from '../board/keys.ts';
import { firstState, type OnScreen, placeSelection, press, type UiState, withSelection } from '../board/ui-state.ts';
import { visibleRows } from '../board/visible.ts';
import { fleetBoard } from './fleet.ts';
import { sampleId, sampleStores } from './test-fleet.ts';

const now = Date.UTC(2026, 10, 20, 12);
const picture = { snapshot: { items: sampleStores(now), at: now, offsetMs: 0 }, lost: null };

const rowsIn = (state: UiState) => visibleRows(fleetBoard, fleetBoard.rows(picture, now), state);
const screenOf = (state: UiState, body = 15): OnScreen => ({ board: fleetBoard, rows: rowsIn(state), body });
const begun = withSelection(firstState, screenOf(firstState));

function type(input: string, from = begun, body = 15) {
  let state = from;
  let effect: string | undefined;
  const { keys, rest } = readKeys(input);
  for (const key of [...keys, ...restAsKeys(rest)]) {
    const pressed = press(state, key, screenOf(state, body));
    state = pressed.state;
    effect = pressed.effect ?? effect;
  }
  return { state, effect, rows: screenOf(state, body).rows, index: placeSelection(state, screenOf(state, body)).index };
}

describe('keys', () => {
  it('in one burst are several (check 4)', () => {
    expect(type('jjj').index).toBe(3);
    expect(type('jjjk').index).toBe(2);
  });

  it('and a line end in one burst filter and end the typing (check 5)', () => {
    const { state, rows } = type('/sari\r');
    expect(rows.map(({ name }) => name)).toEqual(['Warung Sari']);
    expect(state).toMatchObject({ mode: 'list', filter: 'sari' });
  });

  it('that are typed into a filter are letters there (check 6)', () => {
    expect(type('/q')).toMatchObject({ effect: undefined, state: { mode: 'filter', typed: 'q' } });
  });

  it('that are no keys change nothing (check 7)', () => {
    expect(type('\u001b[I\u001b[24;80R\u001b[?1;2c').state).toEqual(begun);
  });

  it('that come in two halves are one key', () => {
    const first = readKeys('\u001b');
    expect(first).toEqual({ keys: [], rest: '\u001b' });
    expect(readKeys(`${first.rest}[B`).keys).toEqual([{ name: 'down' }]);
  });

  it('quit by q and Ctrl+C, never by Escape', () => {
    expect(type('q').effect).toBe('quit');
    expect(type('/abc\u0003').effect).toBe('quit');
    expect(type('\u001b').effect).toBeUndefined();
  });

  it('for actions only say that this is read-only (check 13)', () => {
    expect(type('a')).toMatchObject({ effect: undefined, state: { message: expect.stringContaining('Read-only') } });
  });

  it.each([':q\r', ':quit\r'])('%j quits', (input) => {
    expect(type(input).effect).toBe('quit');
  });

  it('go to a store by name', () => {
    expect(type(':store senja\r').state.selected).toBe(sampleId(4));
    expect(type(':store nowhere\r').state.message).toContain('nowhere');
    expect(type(':devices\r').state.message).toContain(':devices');
  });

  it('complete a field of the filter', () => {
    expect(type('/sta\tok\r').rows).toHaveLength(3);
    expect(type('/!qu\t').state.typed).toBe('!queue=');
  });

  it('clear the filter by Escape', () => {
    expect(type('/sari\r\u001b').state.filter).toBe('');
  });
});

describe('the selection', () => {
  it('stays on its store and its line when the rows are sorted anew (check 12)', () => {
    const body = 3;
    const before = type('jjj', begun, body);
    const line = before.index - placeSelection(before.state, screenOf(before.state, body)).top;
    const after = type('s', before.state, body);
    const place = placeSelection(after.state, screenOf(after.state, body));
    expect(after.state.selected).toBe(before.state.selected);
    expect(after.rows[place.index]?.id).toBe(before.state.selected);
    expect(place.index - place.top).toBe(line);
  });

  it.each(['G', 'jjjjjjjjjj', '\u001b[6~\u001b[6~\u001b[6~'])('%j ends at the last row, in sight', (input) => {
    const { state, index } = type(input, begun, 3);
    const { top } = placeSelection(state, screenOf(state, 3));
    expect(index).toBe(6);
    expect(index - top).toBeLessThan(3);
  });

  it('goes to a neighbour when the filter hides its store', () => {
    expect(type('G/down\r').index).toBe(0);
  });
});
