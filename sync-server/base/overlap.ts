// Several statements of one transaction, in order: each is written down while the database works on the one before it.
import type { SQL } from 'drizzle-orm';
import type { Tx } from './database.ts';

/** Writing down a thousand rows takes about as long as inserting them, so this nearly halves what a batch of facts takes. */
export async function runOverlapped(tx: Tx, statements: readonly (() => SQL | undefined)[]): Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  for (const write of statements) {
    const statement = write();
    await running;
    if (!statement) continue;
    running = tx.execute(statement).then(() => undefined);
    // A failure is met at the next await; until then it must not count as one that nobody handles.
    running.catch(() => undefined);
    // Lets the driver send it before the next one is written down.
    await new Promise((resolve) => setImmediate(resolve));
  }
  await running;
}
