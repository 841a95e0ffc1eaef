// One intent, one sale: every state against every event.
import { describe, expect, test } from 'vitest';
import type { CloseSale } from '#schema/wire/sale';
import { isPending, noPayment, type Payment, paymentMachine, sendPayment, stepPayment, wakePayment } from './payment.ts';

const body: CloseSale = { id: 'sale-1', lines: [], tenders: [], total: 0, currency: 'IDR' };

describe('a payment', () => {
  test('every state is reached and every event of the table is legal somewhere', () => {
    const reached = new Set([paymentMachine.initial]);
    for (const state of reached)
      for (const event of paymentMachine.next(state)) {
        const to = paymentMachine.step(state, event);
        if (to.ok) reached.add(to.value);
      }
    expect([...reached].sort()).toEqual([...paymentMachine.states].sort());
  });

  test('an illegal event changes nothing, in every state', () => {
    for (const state of paymentMachine.states)
      for (const event of paymentMachine.events) {
        const payment: Payment = { ...noPayment, state };
        const next = stepPayment(payment, event);
        if (!paymentMachine.can(state, event)) expect(next).toBe(payment);
        else expect(next.state).not.toBe(state);
      }
  });

  test('a second press while the first is under way sends nothing', () => {
    const sent = sendPayment(noPayment, body);
    expect(sent).toEqual({ state: 'sending', saleId: 'sale-1', body });
    expect(sendPayment(sent, { ...body, id: 'sale-2' })).toBe(sent);
  });

  test('the id stays through a lost answer, an absent sale and a refusal', () => {
    let payment = sendPayment(noPayment, body);
    for (const event of ['lost', 'absent', 'send', 'refused', 'send', 'saved'] as const) {
      payment = stepPayment(payment, event);
      expect(payment.saleId).toBe('sale-1');
    }
    expect(payment.state).toBe('saved');
  });

  test('after a reload a sent payment is asked about, others stay', () => {
    expect(wakePayment(sendPayment(noPayment, body)).state).toBe('checking');
    for (const state of ['idle', 'checking', 'absent', 'saved'] as const)
      expect(wakePayment({ ...noPayment, state }).state).toBe(state);
  });

  test('only an answer that is out locks the sale', () => {
    expect(paymentMachine.states.filter((state) => isPending({ ...noPayment, state }))).toEqual(['sending', 'checking']);
  });
});
