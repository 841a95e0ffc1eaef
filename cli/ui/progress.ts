// Long work, told on standard error: a bar with rate and time left on a terminal, a line every ten seconds elsewhere.
import type { Clock } from '#schema/values/clock';

export interface ProgressOptions {
  label: string;
  /** What is counted: “facts”. */
  unit: string;
  total?: number | undefined;
  clock: Clock;
  stream: { isTTY?: boolean; write(text: string): unknown };
  quiet: boolean;
}

export interface Progress {
  reach(done: number): void;
  end(): void;
}

const REDRAW_MS = 100;
const LINE_MS = 10_000;
const BAR_WIDTH = 20;

export function startProgress({ label, unit, total, clock, stream, quiet }: ProgressOptions): Progress {
  const startedAt = clock.now();
  const intervalMs = stream.isTTY ? REDRAW_MS : LINE_MS;
  let toldAt = startedAt;
  let drawn = false;
  return {
    reach(done) {
      const now = clock.now();
      if (quiet || now - toldAt < intervalMs) return;
      toldAt = now;
      const text = `${label}  ${progressText({ done, total, unit, elapsedMs: now - startedAt })}`;
      stream.write(stream.isTTY ? `\r\u001b[2K${text}` : `${text}\n`);
      drawn = true;
    },
    end() {
      if (drawn && stream.isTTY) stream.write('\r\u001b[2K');
    },
  };
}

interface Reached {
  done: number;
  total?: number | undefined;
  unit: string;
  elapsedMs: number;
}

export function progressText({ done, total, unit, elapsedMs }: Reached): string {
  const rate = elapsedMs > 0 ? done / (elapsedMs / 1_000) : 0;
  const speed = `${Math.round(rate)} ${unit}/s`;
  if (!total) return `${done} ${unit}, ${speed}`;
  const share = Math.min(1, done / total);
  const filled = Math.round(share * BAR_WIDTH);
  const left = rate > 0 ? `, ${Math.ceil(Math.max(0, total - done) / rate)} s left` : '';
  return `[${'#'.repeat(filled)}${'.'.repeat(BAR_WIDTH - filled)}] ${Math.floor(share * 100)}%  ${done} of ${total} ${unit}, ${speed}${left}`;
}
