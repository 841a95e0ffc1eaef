// One order machine for every channel. Refund states derive from the payments' own machine, so a part refund never loses a dispatch.
//
//   created ──→ awaiting_payment ──→ paid ──→ confirmed ──→ dispatched ──→ completed
//      │            │     ↑           │           │              │
//      │            ↓     │ retry     │           │              │
//      │        payment_failed        │           │              │
//      └──────────┴──────┴────────────┴───────────┴──→ cancelled (a dispatched order is returned, not cancelled)
//
// A sale at a till is paid, confirmed and handed over in one fact: it enters as completed, or as confirmed while a voucher is open.
import { machine } from '../values/machine.ts';

export type OrderState =
  | 'created'
  | 'awaiting_payment'
  | 'payment_failed'
  | 'paid'
  | 'confirmed'
  | 'dispatched'
  | 'completed'
  | 'cancelled';

export type OrderEvent = 'ask-payment' | 'pay' | 'fail-payment' | 'confirm' | 'dispatch' | 'complete' | 'cancel';

export const orderMachine = machine<OrderState, OrderEvent>('created', {
  created: { 'ask-payment': 'awaiting_payment', cancel: 'cancelled' },
  awaiting_payment: { pay: 'paid', 'fail-payment': 'payment_failed', cancel: 'cancelled' },
  payment_failed: { 'ask-payment': 'awaiting_payment', cancel: 'cancelled' },
  paid: { confirm: 'confirmed', cancel: 'cancelled' },
  confirmed: { dispatch: 'dispatched', complete: 'completed', cancel: 'cancelled' },
  dispatched: { complete: 'completed' },
  completed: {},
  cancelled: {},
});
