// Fetches what a dashboard shows every two seconds and keeps the last answer; while the link is lost it tries for ever, ever more slowly.
import { ProblemError } from '#schema/client';
import type { Clock } from '#schema/values/clock';
import type { Picture } from './picture.ts';

const POLL_MS = 2_000;
const BACKOFF_FIRST_MS = 1_000;
const BACKOFF_MOST_MS = 30_000;

export interface Answer<Item> {
  now: string;
  items: Item[];
}

export interface FeedOptions<Item> {
  ask(): Promise<Answer<Item>>;
  clock: Clock;
  onChange(picture: Picture<Item>): void;
}

export interface Feed {
  /** Asks at once instead of waiting for the next turn. */
  refresh(): void;
  stop(): void;
}

export const backoffMs = (tries: number): number => Math.min(BACKOFF_MOST_MS, BACKOFF_FIRST_MS * 2 ** (tries - 1));

export function startFeed<Item>({ ask, clock, onChange }: FeedOptions<Item>): Feed {
  let picture: Picture<Item> = { snapshot: null, lost: null };
  let asking = false;
  let stopped = false;
  let cancel = () => {};

  const show = (next: Picture<Item>) => {
    picture = next;
    if (!stopped) onChange(picture);
  };
  const turn = async () => {
    cancel();
    if (asking || stopped) return;
    asking = true;
    const nextMs = await ask().then(
      (answer) => {
        const at = clock.now();
        show({ snapshot: { items: answer.items, at, offsetMs: Date.parse(answer.now) - at }, lost: null });
        return POLL_MS;
      },
      (error: unknown) => {
        const tries = (picture.lost?.tries ?? 0) + 1;
        const waitMs = backoffMs(tries);
        const since = picture.lost?.since ?? clock.now();
        const why = error instanceof ProblemError ? `The server refuses (${error.problem.code}),` : null;
        show({ ...picture, lost: { since, tries, nextAt: clock.now() + waitMs, why } });
        return waitMs;
      },
    );
    asking = false;
    if (!stopped) cancel = clock.after(nextMs, turn);
  };
  void turn();
  return {
    refresh: () => void turn(),
    stop() {
      stopped = true;
      cancel();
    },
  };
}
