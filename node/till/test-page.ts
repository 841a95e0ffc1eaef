// A real browser on a real node for tests: builds the page, opens it in Chromium, and types and scans as people and scanners do.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { hasChromium, launchBrowser, typeAtOnce } from '#scripts/browser/chromium';
import { packageRoot } from '../base/package-root.ts';

export { hasChromium, launchBrowser };

export const desk = { width: 1024, height: 768 };
export const phone = { width: 390, height: 844 };

const pageFolder = join(packageRoot(), 'dist/node/till');

function newestChange(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Math.max(...files.map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs));
}

function isBuilt(): boolean {
  const built = join(pageFolder, 'index.html');
  if (!existsSync(built)) return false;
  const sources = ['node/till', 'schema'].map((folder) => newestChange(join(packageRoot(), folder)));
  return statSync(built).mtimeMs > Math.max(...sources);
}

/** The node serves what is built, so it is built from what is tested; of two suites that begin at once, one builds. */
export async function buildPage(): Promise<void> {
  if (isBuilt()) return;
  const lock = join(tmpdir(), `lapak-till-build-${process.ppid}`);
  try {
    mkdirSync(lock);
  } catch {
    for (let waited = 0; existsSync(lock) && waited < 300; waited++) await setTimeout(200);
    return;
  }
  try {
    // Vite takes the mode of React from the environment, and a test's environment is not the one that is shipped.
    await promisify(execFile)(
      process.execPath,
      ['node_modules/vite/bin/vite.js', 'build', '--config', 'node/till/vite.config.ts', '--logLevel', 'warn'],
      { cwd: packageRoot(), env: { ...process.env, NODE_ENV: 'production' } },
    );
  } finally {
    rmSync(lock, { recursive: true });
  }
}

export interface TillPage {
  page: Page;
  /** Errors that the page met; every test ends with none. */
  errors: string[];
  tile(sku: string): ReturnType<Page['locator']>;
  /** As a scanner types: key after key at once, then Enter. A slow one may leave so much between two keys. */
  scan(code: string, gapMs?: number): Promise<void>;
  /** No timer of the page ends while this is done: what is quick by its nature stays so on a machine that stands still in the middle. */
  quickly(work: () => Promise<void>): Promise<void>;
  /** The lines of the sale: quantity and name. */
  lines(): Promise<string[]>;
  due(): Promise<string>;
  text(selector: string): Promise<string>;
}

const plain = (text: string | null): string => (text ?? '').replaceAll('\u00a0', ' ').trim();

/** Opens the till of a node, paired and with its catalogue. */
export async function openTill(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<TillPage> {
  return openTab(await browser.newContext({ viewport: desk, locale: 'en-GB', ...options }), url);
}

/** As a person does it, at the speed of a hand: a scanner is quicker. */
export async function signIn({ page }: TillPage, name: string, pin: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click();
  await page.keyboard.type(pin, { delay: 90 });
  await page.keyboard.press('Enter');
}

/**
 * Nobody reloads in the millisecond of a key: what was typed has been kept by then. Whatever writes to the table waits for those before it,
 * and one write may have waited to begin until another had ended.
 */
export async function awaitKept(page: Page): Promise<void> {
  for (let turn = 0; turn < 3; turn++)
    await page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open('lapak-till', 1);
          opening.onerror = () => resolve();
          opening.onsuccess = () => {
            const writing = opening.result.transaction('kept', 'readwrite');
            writing.oncomplete = () => {
              opening.result.close();
              window.setTimeout(resolve);
            };
            writing.objectStore('kept').count();
          };
        }),
    );
}

/**
 * The code of a screen beside the sale is here: it is fetched while nobody waits, so that the screen opens without the node. What was
 * fetched may be on its way into the page yet, and is waited for by asking for the same once more.
 */
export async function awaitScreen({ page }: TillPage, name: string): Promise<void> {
  const fetched = await page.waitForFunction(
    (part) => performance.getEntriesByType('resource').find((entry) => entry.name.includes(part))?.name,
    `/${name}-screen`,
  );
  await page.evaluate(`import(${JSON.stringify(await fetched.jsonValue())}).then(() => {})`);
}

/** Holds a button down until that came of it which it is held for; a second is longer on a busy machine. */
export async function holdDown({ page }: TillPage, button: Locator, until: string): Promise<void> {
  await button.hover();
  await page.mouse.down();
  await page.waitForSelector(until);
  await page.mouse.up();
}

declare global {
  interface Window {
    /** Timers that end while they are held end when they are let go. */
    holdTimers(held: boolean): void;
  }
}

/** In the page, before anything of it. */
function makeTimersHeld(): void {
  const { setTimeout: begin, clearTimeout: cancel } = window;
  const ended = new Map<number, () => void>();
  let isHeld = false;
  window.setTimeout = ((call: (...given: unknown[]) => void, ms?: number, ...given: unknown[]) => {
    const id = begin(() => (isHeld ? void ended.set(id, () => call(...given)) : call(...given)), ms) as unknown as number;
    return id;
  }) as unknown as typeof window.setTimeout;
  window.clearTimeout = (id) => {
    ended.delete(Number(id));
    cancel(id);
  };
  window.holdTimers = (held) => {
    isHeld = held;
    if (held) return;
    for (const [id, call] of ended) if (ended.delete(id)) call();
  };
}

/**
 * In the page, before anything of it: a page that opens gives the others of its browser a quarter of a second to say that they live. Here
 * they get the time that they need; that the page has heard them all is known when it answers a question that was put after them.
 */
function makeOthersHeard(others: number): void {
  const [opening] = performance.getEntriesByType('navigation');
  if (others === 0 || (opening as PerformanceNavigationTiming).type === 'reload') return;
  const channel = new BroadcastChannel('lapak-till');
  const living = new Set<string>();
  channel.onmessage = ({ data }: MessageEvent<{ kind: string; page: string }>) => {
    if (data.kind === 'here') living.add(data.page);
    if (living.size === others) channel.postMessage({ kind: 'who' });
    if (living.size <= others) return;
    channel.close();
    window.holdTimers(false);
  };
  window.holdTimers(true);
}

/** One more tab of a browser. */
export async function openTab(context: BrowserContext, url: string): Promise<TillPage> {
  const others = context.pages().length;
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const keyboard = await context.newCDPSession(page);
  await page.addInitScript(makeTimersHeld);
  await page.addInitScript(makeOthersHeard, others);
  const errors: string[] = [];
  const quickly = async (work: () => Promise<void>) => {
    await page.evaluate(() => window.holdTimers(true));
    await work();
    await page.evaluate(() => window.holdTimers(false));
  };
  page.on('pageerror', (error) => errors.push(error.message));
  const reload = page.reload.bind(page);
  page.reload = async (options) => {
    await awaitKept(page);
    return reload(options);
  };
  await page.goto(url);
  await page.waitForSelector('.tile[data-product], .sign-in');
  // Where nothing was kept nobody was asked.
  await page.evaluate(() => window.holdTimers(false));
  const text = async (selector: string) => plain(await page.textContent(selector));
  return {
    page,
    errors,
    text,
    tile: (sku) => page.locator(`.tile[data-product="${sku}"]`),
    quickly,
    scan: (code, gapMs) =>
      // A slow one ends now: a key of the future would keep an Enter from whoever presses it next.
      quickly(() => typeAtOnce(keyboard, [...code, 'Enter'], { now: Date.now() - (gapMs ?? 0) * code.length, gapMs })),
    lines: () =>
      page.locator('.sale-line').evaluateAll((lines) =>
        lines.map((line) => {
          const part = (name: string) => line.querySelector(`.sale-line-${name}`)?.textContent ?? '';
          return `${part('quantity')} ${part('name')}`;
        }),
      ),
    due: () => text('#due-box dd'),
  };
}
