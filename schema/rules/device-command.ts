// A command to a device: it waits on disk until the device is there or nobody wants it any more, and is sent once.
//
//   queued ──┬─ send ────→ sent ──┬─ succeed ─→ done
//            │                    ├─ fail ────→ failed
//            │                    └─ doubt ───→ unknown ── succeed, fail ─→    nobody answered in time; a late answer still counts
//            ├─ fail ────→ failed        it cannot be done at all
//            └─ expire ──→ expired       the device was not there in time: surely not done
import { machine } from '../values/machine.ts';

export const commandStates = ['queued', 'sent', 'done', 'failed', 'expired', 'unknown'] as const;

export type CommandState = (typeof commandStates)[number];

export type CommandEvent = 'send' | 'succeed' | 'fail' | 'expire' | 'doubt';

export const commandMachine = machine<CommandState, CommandEvent>('queued', {
  queued: { send: 'sent', fail: 'failed', expire: 'expired' },
  sent: { succeed: 'done', fail: 'failed', doubt: 'unknown' },
  unknown: { succeed: 'done', fail: 'failed' },
  done: {},
  failed: {},
  expired: {},
});

/** How a command may end. */
export const commandOutcomes = ['done', 'failed', 'expired', 'unknown'] as const satisfies readonly CommandState[];

export type CommandOutcome = (typeof commandOutcomes)[number];
