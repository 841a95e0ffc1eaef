// A real browser on a real node for tests: builds the page, opens it in Chromium, and types and scans as people and scanners do.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
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
  /** As a scanner types: key after key at once, then Enter. */
  scan(code: string): Promise<void>;
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
async function awaitKept(page: Page): Promise<void> {
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

/** One more tab of a browser. */
export async function openTab(context: BrowserContext, url: string): Promise<TillPage> {
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const keyboard = await context.newCDPSession(page);
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  const reload = page.reload.bind(page);
  page.reload = async (options) => {
    await awaitKept(page);
    return reload(options);
  };
  await page.goto(url);
  await page.waitForSelector('.tile[data-product], .sign-in');
  const text = async (selector: string) => plain(await page.textContent(selector));
  return {
    page,
    errors,
    text,
    tile: (sku) => page.locator(`.tile[data-product="${sku}"]`),
    scan: (code) => typeAtOnce(keyboard, [...code, 'Enter'], Date.now()),
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
