// Vouchers that were closed while their dispenser could not be asked, or only by the clock: whenever it is there, it is told to count them as
// used, one after the other, until it has said so of each. What it answers is a fact.
import { ok } from '#schema/values/result';
import { epochOf } from '#schema/wire/voucher-code';
import type { Log } from '../base/log.ts';
import type { Journal } from '../journal/commit.ts';
import { appendCleared, isAcknowledged } from './clearing.ts';
import type { VoucherQueries } from './queries.ts';
import type { VoidAnswer, Voiding } from './voiding.ts';

export interface LateVoids {
  /** Goes on until there is none left or the dispenser is gone; at most one round at a time. */
  run(): void;
}

interface LateVoidParts {
  dispenserId: string;
  voiding: Voiding;
  journal: Journal;
  vouchers: VoucherQueries;
  log: Log;
}

export function openLateVoids({ dispenserId, voiding, journal, vouchers, log }: LateVoidParts): LateVoids {
  let isRunning = false;

  const keep = (voucherId: string, answer: VoidAnswer) =>
    journal.write((commit) => {
      const row = vouchers.row(voucherId);
      if (row && row.cleared !== 'acknowledged' && isAcknowledged(answer, row, commit.generation))
        appendCleared(commit, row, { by: 'acknowledged', approvedBy: null }, null);
      return ok(null);
    });

  async function round(): Promise<void> {
    const epoch = epochOf(journal.head().generation);
    for (let row = vouchers.nextToClear(dispenserId, epoch, 0); row; row = vouchers.nextToClear(dispenserId, epoch, row.serial)) {
      const answer = await voiding.void(row.serial);
      if (answer === 'no-answer') return;
      // What it poured or is pouring, its outcome tells.
      await keep(row.id, answer);
    }
  }

  return {
    run() {
      if (isRunning) return;
      isRunning = true;
      round()
        .catch((error: unknown) => log.error({ error }, 'what a dispenser said to a void could not be kept; it is asked again'))
        .finally(() => {
          isRunning = false;
        });
    },
  };
}
