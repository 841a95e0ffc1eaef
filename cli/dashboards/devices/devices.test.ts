// The screen of the devices, as text: the worst first, what is only doubted never called down, and every width of a terminal.
import { describe, expect, it } from 'vitest';
import type { DeviceGlance } from '#schema/wire/device-status';
import { widthOf } from '../../ui/width.ts';
import { charsetOf } from '../board/charset.ts';
import { readKeys } from '../board/keys.ts';
import { type LayoutInput, layout, onScreen } from '../board/layout.ts';
import { textOf } from '../board/line.ts';
import { printBoard } from '../board/plain.ts';
import { firstState, press, type UiState } from '../board/ui-state.ts';
import { deviceBoard } from './devices.ts';
import { type DeviceRow, deviceRowOf } from './row.ts';
import { deviceId, sampleDevices } from './test-devices.ts';

const now = Date.UTC(2026, 10, 20, 12, 4, 9);

type Input = LayoutInput<DeviceGlance, DeviceRow>;

const input = (more: Partial<Input> = {}, state: Partial<UiState> = {}): Input => ({
  board: deviceBoard,
  picture: { snapshot: { items: sampleDevices(now), at: now - 2_000, offsetMs: 0 }, lost: null },
  terminal: { columns: 80, rows: 24 },
  charset: charsetOf(true),
  now,
  scope: 'all',
  state: { ...firstState, selected: deviceId(4), ...state },
  ...more,
});

const linesOf = (more?: Partial<Input>, state?: Partial<UiState>) => layout(input(more, state)).map(textOf);
const rowsIn = (lines: string[]) => lines.flatMap((line) => /^..\S (\w{2,4}) +(\S+)/.exec(line)?.slice(1, 3).join(' ') ?? []);

describe('the devices on a screen', () => {
  it.each([
    [80, 24],
    [160, 45],
    [60, 15],
    [59, 20],
    [40, 10],
  ])('[OPS-03] fill %i×%i but for the last row, and no line is longer (check 1)', (columns, rows) => {
    const lines = linesOf({ terminal: { columns, rows } });
    expect(lines).toHaveLength(rows - 1);
    expect(lines.map(widthOf)).toEqual(lines.map(() => columns));
  });

  it('[OPS-03] stand worst first, each with its word, its store and what there is to say', () => {
    const lines = linesOf();
    expect(rowsIn(lines)).toEqual([
      'DOWN printer-1',
      'LATE fridge-2',
      'LATE water-2',
      'UNKN Kylskåp',
      'BUSY water-4',
      'OK water-1',
      'AWAY gate',
      'OFF screen',
      'OFF washer-4',
    ]);
    const text = lines.join('\n');
    expect(text).toMatch(/✗ DOWN printer-1 +printer +Warung Sari +11m +- paper-out/);
    expect(text).toMatch(/! LATE water-2 +dispenser +Air Isi Ulang 12 +3m +97\.1% lost/);
    expect(text).toMatch(/~ BUSY water-4 +dispenser +Air Isi Ulang 12 +1s +98\.8% pouring 0412/);
    expect(text).toMatch(/> ✓ OK {3}water-1 +dispenser +Warung Sari +4s +99\.9% -/);
    expect(text).toMatch(/! LATE fridge-2 +fridge +Warung Sari +2s +- too-warm/);
    expect(text).toMatch(/- OFF {2}washer-4 +vm +Tvättstugan +2d +- paused by Eva/);
    expect(text).toContain(' 9 devices: 1 down  2 late  1 unkn  1 busy  1 OK  1 away  2 off');
    expect(text).toContain('✗ printer-1 at Warung Sari: paper-out');
    expect(lines[0]).toMatch(/^ \[3 DEVICES\] +RO 2s/);
  });

  it('[OPS-03] open beside the list on a wide terminal, with firmware and settings', () => {
    const lines = linesOf({ terminal: { columns: 160, rows: 45 } });
    expect(lines[2]).toContain('| water-1  ✓ OK');
    const text = lines.join('\n');
    expect(text).toMatch(/Settings +version 3/);
    expect(text).toMatch(/Today +60 ok {3}1 failed {3}0 uncertain/);
    expect(text).toMatch(/Good +99\.9% of 10000 in 7 days/);
    expect(text).toMatch(/Last good +2026-11-20/);
    expect(lines[2]).toContain('GOOD VERSION');
  });

  it('[OPS-03] are written in ASCII where the terminal has no more (check 9)', () => {
    const text = linesOf({ charset: charsetOf(false), terminal: { columns: 160, rows: 45 } }).join('\n');
    expect(text).toMatch(/^[\x20-\x7e\n]*$/);
    expect(text).toContain('Kylskap 1');
  });

  it.each([true, false])('[OPS-03] obey no name that somebody typed (Unicode: %s)', (unicode) => {
    const items = sampleDevices(now).map((device) => ({
      ...device,
      name: `${device.name}\u001b[2J`,
      storeName: 'Warung\u009bSari',
    }));
    const picture = { snapshot: { items, at: now - 2_000, offsetMs: 0 }, lost: null };
    const terminal = { columns: 160, rows: 45 };
    expect(linesOf({ picture, terminal, charset: charsetOf(unicode) }).join('')).not.toMatch(/\p{Cc}/u);
  });

  it('[OPS-03] are all of them unknown while our own link is lost, and none is down (check 10)', () => {
    const lost = { since: now - 12_000, tries: 4, nextAt: now + 8_000, why: null };
    const lines = linesOf({ picture: { snapshot: { items: sampleDevices(now), at: now - 12_000, offsetMs: 0 }, lost } });
    expect(new Set(rowsIn(lines).map((row) => row.split(' ')[0]))).toEqual(new Set(['UNKN', 'OFF']));
    expect(lines[21]).toMatch(/^ Reconnecting, try 4, next in 8 s/);
  });

  it('[OPS-03] are found by what they are, and gone to by name or number', () => {
    expect(rowsIn(linesOf({}, { filter: 'type=fridge alerts~warm' }))).toEqual(['LATE fridge-2']);
    expect(rowsIn(linesOf({}, { filter: 'kylskap' }))).toEqual(['UNKN Kylskåp']);
    expect(rowsIn(linesOf({}, { filter: 'good<98' }))).toEqual(['LATE water-2']);
    let state: UiState = { ...firstState, selected: deviceId(0) };
    for (const key of readKeys(':device 42\r').keys) state = press(state, key, onScreen(input({}, state))).state;
    expect(state.selected).toBe(deviceId(1));
  });

  it('[OPS-03] have a help that fits a usual terminal', () => {
    const help = linesOf({}, { mode: 'help' }).join('\n');
    expect(help).toContain('OFF not set up');
    expect(help).not.toContain('~\n');
  });

  it('[OPS-03] end with what is down, one line each, for a pipe (check 15)', async () => {
    let text = '';
    const options = {
      board: deviceBoard,
      ask: async () => ({ now: new Date(now).toISOString(), items: sampleDevices(now) }),
      clock: { now: () => now, after: () => () => {} },
      charset: charsetOf(true),
      json: false,
      print: (piece: string) => {
        text += piece;
      },
    };
    expect(await printBoard(options)).toEqual({ down: true });
    expect(text.split('\n')[0]).toBe(
      'device printer-1, type printer, store Warung Sari, state down, note paper-out, seen 11 min',
    );
    expect(text).toContain('state busy, note pouring 0412, good 98.8%, seen 1 s\n');
    expect(text.trim().split('\n')).toHaveLength(9);
  });
});

describe('a device whose node told', () => {
  const [sample] = sampleDevices(now);
  const seen = (more: Partial<DeviceGlance>, nodeMs = 1_000) => {
    if (!sample) throw new Error('there is a sample');
    const device: DeviceGlance = {
      ...sample,
      reason: null,
      state: 'online',
      nodeSeenAt: new Date(now - nodeMs).toISOString(),
      ...more,
    };
    return deviceRowOf(device, { now, lostMs: null }).state;
  };
  const ago = (ms: number) => new Date(now - ms).toISOString();

  it.each<[string, Partial<DeviceGlance>, number | undefined, string]>([
    ['that it answers', {}, undefined, 'OK'],
    ['that it is faulty', { state: 'fault' }, undefined, 'DOWN'],
    ['that it is away since a moment', { state: 'offline', lastSeenAt: ago(60_000) }, undefined, 'LATE'],
    ['that it is away for ten minutes', { state: 'offline', lastSeenAt: ago(600_000) }, undefined, 'DOWN'],
    ['nothing of it', { state: 'unknown' }, undefined, 'UNKN'],
    ['that it has no key', { state: 'offline', reason: 'no-key' }, undefined, 'OFF'],
    ['that it pours', { pouring: { receipt: null } }, undefined, 'BUSY'],
    [
      'that it pours, and half a minute ago that it was away',
      { state: 'offline', pouring: { receipt: null } },
      undefined,
      'BUSY',
    ],
    ['that it pours, ten seconds ago', { pouring: { receipt: null } }, 10_000, 'OK'],
    ['that it pours, a minute before it fell silent itself', { pouring: { receipt: null } }, 60_000, 'UNKN'],
    ['that it is faulty in the middle of a pour', { state: 'fault', pouring: { receipt: null } }, undefined, 'DOWN'],
    ['that it is paused, and away', { state: 'offline', paused: { since: ago(0), by: null } }, undefined, 'OFF'],
    ['that it is faulty, a minute before it fell silent itself', { state: 'fault' }, 60_000, 'UNKN'],
  ])('[IOT-02] %s: %s', (_, more, nodeMs, state) => {
    expect(seen(more, nodeMs)).toBe(state);
  });
});
