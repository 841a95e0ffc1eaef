// The screen of the fleet, as text: its frame, its columns, its states, what narrow terminals and ASCII make of it.
import { describe, expect, it } from 'vitest';
import type { FleetStore } from '#schema/wire/fleet';
import { widthOf } from '../../ui/width.ts';
import { charsetOf } from '../board/charset.ts';
import { type LayoutInput, layout, screenText } from '../board/layout.ts';
import { textOf } from '../board/line.ts';
import { firstState, type UiState } from '../board/ui-state.ts';
import { fleetBoard } from './fleet.ts';
import type { Row } from './row.ts';
import { sampleId, sampleStores } from './test-fleet.ts';

const now = Date.UTC(2026, 10, 20, 12, 4, 9);

type Input = LayoutInput<FleetStore, Row>;

function input(more: Partial<Input> = {}, state: Partial<UiState> = {}): Input {
  return {
    board: fleetBoard,
    picture: { snapshot: { items: sampleStores(now), at: now - 2_000, offsetMs: 0 }, lost: null },
    terminal: { columns: 80, rows: 24 },
    charset: charsetOf(true),
    now,
    scope: 'all',
    state: { ...firstState, selected: sampleId(3), ...state },
    ...more,
  };
}

const linesOf = (more?: Partial<Input>, state?: Partial<UiState>) => layout(input(more, state)).map(textOf);
const stateWords = (lines: string[]) => lines.flatMap((line) => /^..\S (\w{2,4}) /.exec(line)?.[1] ?? []);

describe('the frame', () => {
  it.each([
    [80, 24],
    [160, 45],
    [60, 15],
    [59, 20],
    [240, 60],
    [40, 10],
  ])('[OPS-03] fills %i×%i but for the last row, and no line is longer (check 1)', (columns, rows) => {
    const lines = linesOf({ terminal: { columns, rows } });
    expect(lines).toHaveLength(rows - 1);
    expect(lines.map(widthOf)).toEqual(lines.map(() => columns));
  });

  it('is one line with the way out where there is no room', () => {
    expect(linesOf({ terminal: { columns: 38, rows: 9 } })).toEqual([
      expect.stringMatching(/^7 stores {2}1 down {2}1 late {2}q quit/),
    ]);
  });

  it('says RO, how old it is, and only tabs that exist', () => {
    const [first = ''] = linesOf();
    expect(first).toMatch(/^ \[1 FLEET\] +RO 2s \d\d:\d\d:\d\d $/);
  });
});

describe('the rows', () => {
  it('stand worst first, the word beside each symbol', () => {
    expect(stateWords(linesOf())).toEqual(['DOWN', 'LATE', 'UNKN', 'OK', 'OK', 'OK', 'OFF']);
  });

  it('show figures in full, and ? for a store that does not answer', () => {
    const text = linesOf().join('\n');
    expect(text).toMatch(/> ✓ OK {3}Warung Sari +2\.292\.000 +14 +2d +3\/4 +4s/);
    expect(text).toMatch(/ {2}- OFF {2}Warung Dusun +\? +\? +\? +\? +-/);
    expect(text).toContain('1 204,50');
  });

  it('never add currencies, and count who is in no total', () => {
    expect(linesOf()[19]).toContain('Total today   IDR 7.225.500 (4 stores)   SEK 4 684,50 (2 stores)   no answer 1');
  });

  it('put pinned ones first, marked', () => {
    const lines = linesOf({}, { pinned: [sampleId(4)] });
    expect(lines[4]).toMatch(/^\* ✓ OK {3}Kopi Senja/);
    expect(lines[1]).toContain('pinned 1');
  });

  it('are found without case and accents', () => {
    const lines = linesOf({}, { filter: 'tvatt' });
    expect(stateWords(lines)).toEqual(['OK']);
    expect(lines[1]).toContain('filter tvatt   sort state   1 of 7');
  });

  it('open beside the list on a wide terminal', () => {
    const lines = linesOf({ terminal: { columns: 160, rows: 45 } });
    expect(lines[2]).toContain('| Warung Sari  ✓ OK');
    expect(lines[0]).toContain(' Lapak  [1 FLEET]');
  });
});

describe('narrow terminals', () => {
  it.each([
    [100, ['TOWN', '24 H', 'QUEUE']],
    [80, ['24 H', 'OLDEST', 'DEV OK', 'QUEUE', 'AGE']],
    [70, ['OLDEST', 'DEV OK', 'QUEUE', 'AGE']],
    [62, ['DEV OK', 'QUEUE', 'AGE']],
  ])('at %i columns keep %j', (columns, titles) => {
    const header = linesOf({ terminal: { columns, rows: 24 } })[2] ?? '';
    for (const title of ['STATE', 'STORE', 'SALES TODAY', ...titles]) expect(header).toContain(title);
  });

  it('give each store two lines below 60, and cut no amount', () => {
    const lines = linesOf({ terminal: { columns: 50, rows: 30 } });
    expect(lines.join('\n')).toMatch(/> ✓ OK {3}Warung Sari +\n +Rp 2\.292\.000 {2}queue 14/);
    expect(lines.join('\n')).toContain('IDR 7.225.500   SEK 4 684,50   no answer 1');
  });
});

describe('ASCII', () => {
  it('writes only bytes under 128, names transliterated (check 9)', () => {
    const text = linesOf({ charset: charsetOf(false), terminal: { columns: 160, rows: 45 } }).join('\n');
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).toContain('Tvattstugan');
    expect(text).toContain('x DOWN');
  });
});

describe('a lost link (check 10)', () => {
  const lost = { since: now - 12_000, tries: 4, nextAt: now + 8_000, why: null };
  const snapshot = { items: sampleStores(now), at: now - 12_000, offsetMs: 0 };

  it('says so with the next try, and calls no store LATE or DOWN', () => {
    const lines = linesOf({ picture: { snapshot, lost } });
    expect(lines[21]).toMatch(/^ Reconnecting, try 4, next in 8 s\. Showing \d\d:\d\d:\d\d\./);
    expect(new Set(stateWords(lines))).toEqual(new Set(['UNKN', 'OFF']));
  });

  it('is said also when nothing has come yet', () => {
    expect(linesOf({ picture: { snapshot: null, lost } })[21]).toContain('Nothing to show yet.');
  });
});

describe('typing', () => {
  it('shows the filter as it is typed and where it is wrong', () => {
    const lines = linesOf({}, { mode: 'filter', typed: 'queue>', filter: 'queue>' });
    expect(lines[21]).toContain('/queue>_   character 7: a value is missing');
    expect(stateWords(lines)).toHaveLength(7);
  });

  it('shows help in the place of the rows', () => {
    expect(screenText(layout(input({}, { mode: 'help' })))).toContain('arrows, hjkl');
  });
});
