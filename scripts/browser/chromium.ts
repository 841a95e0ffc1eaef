// Chromium for tests and benches, and a scanner at its keyboard.
import { existsSync } from 'node:fs';
import { type Browser, type CDPSession, chromium } from 'playwright-core';

/** Slow for a scanner, ten times as quick as a person. */
const SCANNER_GAP_MS = 7;

const executablePath = process.env.LAPAK_CHROMIUM ?? '/usr/bin/chromium';

export const hasChromium = existsSync(executablePath);

export const launchBrowser = (args: readonly string[] = []): Promise<Browser> =>
  chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', ...args] });

/**
 * Sends all keys before the first is answered, each with the time at which a scanner would have sent it: so a busy machine changes
 * nothing about who seems to be typing.
 */
export async function typeAtOnce(
  keyboard: CDPSession,
  keys: readonly string[],
  { now, gapMs = SCANNER_GAP_MS }: { now: number; gapMs?: number | undefined },
): Promise<void> {
  await Promise.all(
    keys.flatMap((key, index) => {
      const timestamp = (now + index * gapMs) / 1_000;
      const text = key === 'Enter' ? '\r' : key;
      const windowsVirtualKeyCode = key === 'Enter' ? 13 : key.toUpperCase().charCodeAt(0);
      const stroke = { key, windowsVirtualKeyCode, timestamp };
      return [
        keyboard.send('Input.dispatchKeyEvent', { type: 'keyDown', text, ...stroke }),
        keyboard.send('Input.dispatchKeyEvent', { type: 'keyUp', ...stroke }),
      ];
    }),
  );
}
