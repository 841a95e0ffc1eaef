// A PIN as it is typed, and a till that locks itself: with a warning, never over a payment, and never for nobody.
import { describe, expect, it } from 'vitest';
import { handClock } from '#schema/values/test-clock';
import type { TillSession } from '#schema/wire/till';
import type { Preferences } from '../base/preferences.ts';
import { createStateStore } from '../base/state-store.ts';
import type { NodeCalls } from '../node-link/calls.ts';
import { addToCart, emptyCart } from '../sale/cart.ts';
import { noPayment } from '../tender/payment.ts';
import type { TillParts } from '../till-parts.ts';
import { firstState, type TillState } from '../till-state.ts';
import { chooseProof, isTyped, noProof, typeProof } from './proof.ts';
import { signInActions } from './sign-in-actions.ts';

const typed = (keys: string) => [...keys].reduce((entry, key) => typeProof(entry, key), chooseProof('ayu'));

describe('a PIN as it is typed', () => {
  it('takes six digits and nothing else, for a chosen name only', () => {
    expect(typed('12a34 5678').pin).toBe('123456');
    expect(typeProof(noProof, '1').pin).toBe('');
    expect([typed('12345'), typed('123456'), { ...typed('123456'), busy: true }].map(isTyped)).toEqual([false, true, false]);
    expect(typeProof(typed('123'), 'Backspace').pin).toBe('12');
  });
});

const ayu = { id: 'ayu', name: 'Ayu', role: 'cashier' as const };

function till(autoLockMinutes: number | null, person: typeof ayu | null = ayu) {
  const clock = handClock();
  const session = { staffed: person !== null, person, store: { settings: { autoLockMinutes } } } as TillSession;
  const cart = addToCart(emptyCart, { lineId: 'line', productId: 'kopi', quantity: 1 });
  const state = createStateStore<TillState>({ ...firstState('en', true), phase: 'ready', session, cart });
  const calls = {
    staff: { list: async () => ({ items: [ayu] }), signOut: async () => ({ ended: true }) },
  } as unknown as NodeCalls;
  const preferences = { keepStaffToken() {} } as unknown as Preferences;
  const signIn = signInActions({ state, clock, calls, preferences } as unknown as TillParts);
  const who = () => state.get().session?.person?.name ?? null;
  return { clock, state, signIn, who, cart };
}

describe('[IAM-07] a till that nobody touches', () => {
  it('says so twenty seconds before it locks, and keeps the sale', async () => {
    const { clock, state, signIn, who, cart } = till(1);
    await signIn.refresh();
    await clock.pass(39_000);
    expect(state.get().notice).toBeNull();
    await clock.pass(2_000);
    expect(state.get().notice?.key).toBe('locking_soon');
    expect(who()).toBe('Ayu');
    await clock.pass(20_000);
    expect(who()).toBeNull();
    expect(state.get().cart).toEqual(cart);
  });

  it('stays open when it is touched in time', async () => {
    const { clock, state, signIn, who } = till(1);
    await signIn.refresh();
    await clock.pass(45_000);
    signIn.touched();
    expect(state.get().notice).toBeNull();
    await clock.pass(39_000);
    expect(who()).toBe('Ayu');
  });

  it('does not lock while the answer to a payment is out', async () => {
    const { clock, state, signIn, who } = till(1);
    await signIn.refresh();
    state.update((current) => ({ ...current, payment: { ...noPayment, state: 'sending' } }));
    await clock.pass(70_000);
    expect(who()).toBe('Ayu');
    state.update((current) => ({ ...current, payment: noPayment }));
    await clock.pass(61_000);
    expect(who()).toBeNull();
  });

  it('never locks where the store says so', async () => {
    const { clock, signIn, who } = till(null);
    await signIn.refresh();
    await clock.pass(100_000_000);
    expect(who()).toBe('Ayu');
  });
});
