// What the centre's clock does, and what happens right after a commit: facts are applied, events relayed, what is too old removed.

import type { Log } from './base/log.ts';
import type { Metrics } from './base/metrics.ts';
import { relayOutbox, type Subscriber } from './base/outbox.ts';
import type { Reaction } from './base/reaction.ts';
import type { Runtime } from './base/runtime.ts';
import type { Sweep } from './base/sweep.ts';
import { transaction } from './base/transaction.ts';
import { applyFacts } from './ingest/apply.ts';
import type { Problem } from './ingest/exceptions.ts';
import { sweepTelemetry } from './modules/devices/telemetry.ts';
import { sweepSessions } from './modules/identity/commands.ts';
import { sweepEnrolmentCodes } from './modules/stores/sweeps.ts';

interface SweepParts {
  runtime: Runtime;
  reactions: readonly Reaction[];
  subscribers: readonly Subscriber[];
  metrics: Metrics;
  log: Log;
  /** There are events to relay now. */
  onApplied: () => void;
}

const second = 1_000;
const hour = 3_600 * second;
const oldRowsAtOnce = 1_000;

export function centreSweeps({ runtime, reactions, subscribers, metrics, log, onApplied }: SweepParts): Sweep[] {
  const { database } = runtime;
  return [
    {
      name: 'apply',
      everyMs: second,
      // Stores are applied side by side where the database has more than one session.
      lanes: database.kind === 'postgres' ? 2 : 1,
      run: async () => {
        const { facts, problems } = await applyFacts(runtime, reactions);
        if (facts === 0) return 0;
        metrics.factsApplied.inc(facts);
        for (const problem of problems) tell(problem, metrics, log);
        onApplied();
        return facts;
      },
    },
    {
      name: 'relay',
      everyMs: second,
      run: (now) =>
        relayOutbox(database, {
          subscribers,
          now,
          onFault: ({ id, kind }, fault) => log.error({ err: fault, event: id, kind }, 'an event could not be handed over'),
        }),
    },
    {
      name: 'sessions',
      everyMs: hour,
      run: (now) => transaction(database, (tx) => sweepSessions(tx, now, oldRowsAtOnce)),
    },
    {
      name: 'telemetry',
      everyMs: hour,
      run: (now) => transaction(database, (tx) => sweepTelemetry(tx, now, oldRowsAtOnce)),
    },
    {
      name: 'enrolment-codes',
      everyMs: hour,
      run: (now) => transaction(database, (tx) => sweepEnrolmentCodes(tx, now, oldRowsAtOnce)),
    },
  ];
}

function tell({ fact, module, code, state }: Problem, metrics: Metrics, log: Log): void {
  metrics.exceptionsOpened.inc({ module, code });
  const { storeId, generation, seq, kind } = fact;
  if (state === 'open') log.warn({ storeId, generation, seq, kind, module, code }, 'a fact became an exception');
}
