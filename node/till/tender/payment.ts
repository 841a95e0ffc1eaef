// One intent to be paid, from the first press of Take cash until the node says what became of it.
//
//   idle ── send ──► sending ── saved ──► saved
//    ▲                 │  │
//    └──── refused ────┘  └─ lost ──► checking ── found ──► saved
//                                        │
//   sending ◄── send ── absent ◄─ absent ┘
//
// The sale's id is made with the intent, before anything is sent, and stays until a sale is saved under it: whatever is pressed,
// lost or repeated, the node can only ever make one sale of it.
import { machine } from '#schema/values/machine';
import type { CloseSale } from '#schema/wire/sale';

export type PaymentState = 'idle' | 'sending' | 'checking' | 'absent' | 'saved';

export const paymentMachine = machine<PaymentState, 'send' | 'saved' | 'refused' | 'lost' | 'found' | 'absent'>('idle', {
  idle: { send: 'sending' },
  sending: { saved: 'saved', refused: 'idle', lost: 'checking' },
  checking: { found: 'saved', absent: 'absent' },
  absent: { send: 'sending' },
  saved: {},
});

export interface Payment {
  state: PaymentState;
  /** Null until money is first taken. */
  saleId: string | null;
  /** What was asked for; kept over a reload, so that a sale without an answer is asked about. */
  body: CloseSale | null;
}

export const noPayment: Payment = { state: 'idle', saleId: null, body: null };

type PaymentEvent = Parameters<typeof paymentMachine.can>[1];

/** The same payment when the event cannot happen now: a second press while the first is under way. */
export function stepPayment(payment: Payment, event: PaymentEvent): Payment {
  const to = paymentMachine.step(payment.state, event);
  return to.ok ? { ...payment, state: to.value } : payment;
}

export function sendPayment(payment: Payment, body: CloseSale): Payment {
  const sent = stepPayment(payment, 'send');
  return sent === payment ? payment : { ...sent, saleId: body.id, body };
}

/** While the answer is out nothing may change what was asked for. */
export const isPending = ({ state }: Payment): boolean => state === 'sending' || state === 'checking';

/** After a reload nobody waits for the answer any more: the node must be asked. */
export const wakePayment = (payment: Payment): Payment => (payment.state === 'sending' ? stepPayment(payment, 'lost') : payment);
