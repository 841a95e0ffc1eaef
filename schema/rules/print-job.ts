// A print job, which is a drawer kick too: marked as sending on disk before its bytes leave, so that it never comes out twice by itself.
//
//   queued ──┬─ send ───→ sending ──┬─ done ──────→ printed
//     ↑      │                ↑     ├─ untouched ─→ queued     the link was gone before a byte left
//     │      │                      └─ doubt ─────→ unknown ─┐ bytes left and nobody confirmed, or the node was killed
//     │      ├─ fail ───→ failed ───────────────────────────┤ nothing left: it waited too long, or the link failed twice
//     │      └─ cancel ─→ cancelled                         │
//     └───────────────────── retry, by a person ────────────┘
import { machine } from '../values/machine.ts';

export const printJobStates = ['queued', 'sending', 'printed', 'failed', 'unknown', 'cancelled'] as const;

export type PrintJobState = (typeof printJobStates)[number];

export type PrintJobEvent = 'send' | 'done' | 'untouched' | 'doubt' | 'fail' | 'cancel' | 'retry';

export const printJobMachine = machine<PrintJobState, PrintJobEvent>('queued', {
  queued: { send: 'sending', fail: 'failed', cancel: 'cancelled' },
  sending: { done: 'printed', untouched: 'queued', doubt: 'unknown' },
  failed: { retry: 'queued' },
  unknown: { retry: 'queued' },
  printed: {},
  cancelled: {},
});
