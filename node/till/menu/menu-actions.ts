// Digits pick from the menu. A digit may be the first key of a scan, so it waits as long as a scanner could still go on.
import type { Clock } from '#schema/values/clock';
import { SILENCE_MS } from '../scanner/burst.ts';

export interface MenuActions {
  /** The open menu says what picking the entry at a place, from 0, does; the returned function ends it. */
  take(pick: (place: number) => void): () => void;
  type(digit: string): void;
}

const LAST_DIGIT_PLACE = 9;

export function menuActions(clock: Clock): MenuActions {
  let pick = (_: number) => {};
  let cancel = () => {};
  let isRun = false;
  return {
    take(taken) {
      pick = taken;
      return () => {
        pick = () => {};
      };
    },
    type(digit) {
      cancel();
      const isAlone = !isRun;
      isRun = true;
      cancel = clock.after(SILENCE_MS, () => {
        isRun = false;
        if (isAlone) pick(digit === '0' ? LAST_DIGIT_PLACE : Number(digit) - 1);
      });
    },
  };
}
