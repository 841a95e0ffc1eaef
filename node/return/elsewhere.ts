// What the centre knows of receipts: those of other stores, and what is kept for a return that is being taken anywhere. Without the
// centre a store takes back what it sold itself, as ever.
import { client, ProblemError, UnreachableError } from '#schema/client';
import { ok, type Result, refuse } from '#schema/values/result';
import { type ForeignReceipt, returnSyncContract, type TakeReturn } from '#schema/wire/return';

/** A person waits for it. */
const TIMEOUT_MS = 4_000;

type Reserving = Pick<TakeReturn, 'id' | 'lines'> & { storeId: string; saleId: string };

export interface Elsewhere {
  find(receipt: string): Promise<Result<ForeignReceipt[], 'centre-unreachable'>>;
  /** Of two stores that take the same goods back at once, one gets them. */
  reserve(wanted: Reserving): Promise<Result<null, 'centre-unreachable' | 'returned-already'>>;
  /** It was not taken after all. Where nobody hears of it, it lapses by itself. */
  release(returnId: string): Promise<void>;
}

/** Undefined where this machine has no centre. */
export type CentreAddress = { baseUrl: string; fetch: typeof fetch } | undefined;

const unreachable = () =>
  refuse('centre-unreachable', 'The centre cannot be asked about receipts of other stores.', {
    next: 'Return it where it was bought, or try again when there is internet.',
  });

export function openElsewhere(centre: CentreAddress): Elsewhere {
  const calls = centre && client(returnSyncContract, { ...centre, timeoutMs: TIMEOUT_MS });

  /** What the centre refuses is its answer; that it cannot be reached, or is itself in trouble, is none. */
  async function ask<T>(
    call: (routes: NonNullable<typeof calls>) => Promise<T>,
  ): Promise<T | ProblemError['problem'] | undefined> {
    if (!calls) return undefined;
    try {
      return await call(calls);
    } catch (error) {
      if (error instanceof ProblemError && error.problem.status < 500 && error.problem.status !== 401) return error.problem;
      if (error instanceof ProblemError || error instanceof UnreachableError) return undefined;
      throw error;
    }
  }

  return {
    async find(receipt) {
      const found = await ask((routes) => routes.find({ params: { receipt } }));
      return found && 'items' in found ? ok(found.items) : unreachable();
    },
    async reserve({ id, storeId, saleId, lines }) {
      const wanted = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
      const kept = await ask((routes) => routes.reserve({ params: { id }, body: { storeId, saleId, lines: wanted } }));
      if (kept && 'known' in kept) return ok(null);
      if (kept?.code !== 'returned-already') return unreachable();
      const { detail, facts } = kept;
      return refuse('returned-already', detail, { next: 'Look at the receipt again.', ...(facts && { facts }) });
    },
    async release(id) {
      await ask((routes) => routes.release({ params: { id } }));
    },
  };
}
