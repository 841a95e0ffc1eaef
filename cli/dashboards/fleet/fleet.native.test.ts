// The fleet dashboard in a real terminal (tmux): its frame, its bytes, its keys, a server that goes away and comes back.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { binary, cleanEnv, testFolder } from '../../test-cli.ts';
import { widthOf } from '../../ui/width.ts';
import { type FleetServer, startFleetServer } from './test-fleet.ts';

const hasTmux = spawnSync('tmux', ['-V']).status === 0;
if (!hasTmux) console.warn('skipped: the dashboard in a terminal needs tmux, which is not here');

const socket = `lapak-test-${process.pid}`;
const tmux = (...args: string[]) => execFileSync('tmux', ['-L', socket, '-f', '/dev/null', ...args], { encoding: 'utf8' });

let server: FleetServer;

beforeAll(async () => {
  server = await startFleetServer({ now: () => Date.now(), rising: true });
});

afterAll(() => server.stop());

interface Opened {
  screen(): string[];
  keys(...keys: string[]): void;
  /** Everything it wrote, escape bytes and all. */
  bytes(): string;
  resize(columns: number, rows: number): void;
  shows(text: string | RegExp): Promise<void>;
  /** The bytes are kept by a program of their own, which may come after the screen. */
  wrote(bytes: string | RegExp): Promise<void>;
  isAlive(): boolean;
  close(): void;
}

let sessions = 0;

function open(columns: number, rows: number, env: Record<string, string> = {}, dash = 'dash'): Opened {
  const folder = testFolder();
  const name = `s${++sessions}`;
  const log = join(folder, 'bytes');
  const settings = Object.entries(cleanEnv(folder, { TERM: 'screen-256color', ...env })).map(
    ([key, value]) => `${key}='${value}'`,
  );
  // It writes nothing before what it writes is kept.
  const command = `tmux -L ${socket} wait-for ${name}; exec env -i ${settings.join(' ')} '${process.execPath}' '${binary}' ${dash} --server ${server.url}`;
  tmux('new-session', '-d', '-s', name, '-x', String(columns), '-y', String(rows), command);
  tmux('pipe-pane', '-t', name, `cat > '${log}'`);
  tmux('wait-for', '-S', name);
  const written = () => (existsSync(log) ? readFileSync(log, 'utf8') : '');
  const screen = () => tmux('capture-pane', '-p', '-t', name).replace(/\n$/, '').split('\n');
  return {
    screen,
    keys: (...keys) => void tmux('send-keys', '-t', name, ...keys),
    bytes: written,
    resize: (width, height) => void tmux('resize-window', '-t', name, '-x', String(width), '-y', String(height)),
    shows: (text) => expect.poll(() => screen().join('\n'), { interval: 100 }).toMatch(text),
    wrote: (bytes) => expect.poll(written).toMatch(bytes),
    isAlive: () => spawnSync('tmux', ['-L', socket, 'has-session', '-t', name]).status === 0,
    close: () => void spawnSync('tmux', ['-L', socket, 'kill-session', '-t', name]),
  };
}

async function withDash(
  size: [number, number],
  env: Record<string, string>,
  story: (dash: Opened) => Promise<void>,
): Promise<void> {
  const dash = open(...size, env);
  try {
    await dash.shows(/Warung Sari/);
    // The last line of a frame is the last that is drawn.
    await dash.shows(/q quit/);
    await story(dash);
  } finally {
    dash.close();
  }
}

const selectedOf = (dash: Opened) => dash.screen().find((line) => line.startsWith('>')) ?? '';
// biome-ignore lint/suspicious/noControlCharactersInRegex: what clears a screen begins with the escape character.
const clears = /\u001b\[[23]J/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: so does what colours it.
const styles = /\u001b\[[\d;]*m/;
/** More answers than one, after those that it has had. */
const updates = (what: 'fleet' | 'devices') => {
  const asked = () => server.asked.filter((call) => call === `GET /api/v1/analytics/${what}`).length;
  const before = asked();
  return expect.poll(asked, { timeout: 20_000 }).toBeGreaterThan(before + 2);
};

describe.skipIf(!hasTmux)('[OPS-03] the fleet in a terminal', () => {
  it('leaves the last row empty and no line too long; clears nothing while it updates (checks 1, 2)', async () => {
    await withDash([80, 24], {}, async (dash) => {
      await updates('fleet');
      const lines = dash.screen();
      expect(lines[22]).toContain('q quit');
      expect(lines[23]?.trim() ?? '').toBe('');
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
      await dash.wrote('\u001b[?1049h');
      expect(dash.bytes()).not.toMatch(clears);
    });
  });

  it('is one frame after each resize (check 3)', async () => {
    await withDash([160, 45], {}, async (dash) => {
      for (const [columns, rows] of [
        [80, 24],
        [60, 15],
        [160, 45],
      ] as const) {
        dash.resize(columns, rows);
        await expect.poll(() => dash.screen().filter((line) => line.includes('[1 FLEET]')).length).toBe(1);
        await expect.poll(() => dash.screen()[rows - 2]).toContain('q quit');
        await expect.poll(() => dash.screen().filter((line) => line.includes(' STATE ')).length).toBe(1);
      }
      expect(dash.bytes()).not.toMatch(clears);
    });
  });

  it('takes keys in bursts, filters as it is typed, and drops what is no key (checks 4 to 7, 13)', async () => {
    await withDash([80, 24], {}, async (dash) => {
      expect(selectedOf(dash)).toContain('DOWN');
      dash.keys('jjj');
      await expect.poll(() => dash.screen().findIndex((line) => line.startsWith('>'))).toBe(7);
      const before = selectedOf(dash).slice(0, 30);
      dash.keys('-l', '\u001b[I');
      dash.keys('-l', '\u001b[24;80R');
      dash.keys('a');
      await dash.shows(/Read-only/);
      expect(selectedOf(dash).slice(0, 30)).toBe(before);
      dash.keys('-l', '/sari\r');
      await dash.shows(/filter sari .* 1 of 7/);
      dash.keys('Escape');
      await dash.shows(/7 of 7/);
      dash.keys('/', 'q');
      await dash.shows(/\/q_/);
      expect(dash.isAlive()).toBe(true);
      expect(new Set(server.asked)).toEqual(new Set(['GET /api/v1/analytics/fleet']));
      dash.keys('C-c');
      await expect.poll(() => dash.isAlive()).toBe(false);
      await dash.wrote('\u001b[?1049l');
    });
  });

  it('writes no style with NO_COLOR, and only ASCII without a UTF-8 locale (checks 8, 9)', async () => {
    await withDash([80, 24], { NO_COLOR: '1', LANG: 'C' }, async (dash) => {
      await dash.shows(/x DOWN Laundry/);
      await dash.shows(/Tvattstugan/);
      expect(dash.bytes()).not.toMatch(styles);
      expect(dash.bytes()).toMatch(/^\p{ASCII}*$/u);
    });
  });

  it('draws under CI too, in colour', async () => {
    await withDash([80, 24], { CI: 'true', FORCE_COLOR: '1' }, async (dash) => {
      await dash.wrote(styles);
    });
  });

  it('says within 6 s that the server is gone, calls nobody down, and goes on when it is back (check 10)', async () => {
    await withDash([80, 24], {}, async (dash) => {
      await server.stop();
      await dash.shows(/Reconnecting, try \d+, (next in \d+ s|trying now)\. Showing \d\d:\d\d:\d\d/);
      expect(dash.screen().join('\n')).not.toMatch(/DOWN|LATE/);
      const selectedAt = () => dash.screen().findIndex((line) => line.startsWith('>'));
      const before = selectedAt();
      dash.keys('j');
      await expect.poll(selectedAt).toBe(before + 1);
      expect(dash.isAlive()).toBe(true);
      await server.start();
      dash.keys('r');
      await expect.poll(() => dash.screen().join('\n')).not.toContain('Reconnecting');
      await dash.shows(/DOWN Laundry/);
    });
  });

  it('shows the devices in the same frame, still when nothing changes (checks 1, 2)', async () => {
    const dash = open(80, 24, {}, 'dash devices');
    try {
      await dash.shows(/x? *DOWN printer-1/);
      await dash.shows(/q quit/);
      expect(dash.screen().join('\n')).toMatch(/~ BUSY water-4 .* 98\.8% pouring 0412/);
      const lines = dash.screen();
      expect(lines[0]).toContain('[3 DEVICES]');
      expect(lines[22]).toContain('q quit');
      expect(Math.max(...lines.map(widthOf))).toBeLessThanOrEqual(80);
      await updates('devices');
      expect(dash.bytes()).not.toMatch(clears);
      dash.keys('-l', '/water\r');
      await dash.shows(/filter water .* 3 of 9/);
      dash.keys('q');
      await expect.poll(() => dash.isAlive()).toBe(false);
    } finally {
      dash.close();
    }
  });
});
