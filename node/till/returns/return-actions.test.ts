// A receipt that is scanned while another is being found, and an item that is: the last receipt is the one, and no scan is lost in silence.
import { expect, test } from 'vitest';
import { ProblemError } from '#schema/client';
import { createStateStore } from '../base/state-store.ts';
import { catalogueOf } from '../catalogue/catalogue.ts';
import { noticeOf, type TillParts } from '../till-parts.ts';
import { firstState, type TillState } from '../till-state.ts';
import { returnActions } from './return-actions.ts';
import type { ReturnEntry } from './return-entry.ts';

const settle = () => new Promise((resolve) => setImmediate(resolve));

const product = { id: 'kopi', sku: 'KOPI', name: 'Kopi', quantityScale: 0, barcodes: ['08991234567892'], pluCode: null };
const line = { lineId: 'line', productId: 'kopi', name: 'Kopi', quantity: 3, quantityScale: 0, returned: 0, vouchersUsed: 0 };
const saleOf = (receipt: string) => ({ receipt, lines: [line], tenders: [], currency: 'IDR' });

/** A node that answers when the test says so. */
function returning() {
  const state = createStateStore<TillState>({ ...firstState('en', true), catalogue: catalogueOf([product] as never, []) });
  const asked = new Map<string, { answer: (found: unknown) => void; refuse: (code: string) => void }>();
  const ask = (what: string) => (call: { params: { receipt: string } }) =>
    new Promise((answer, fail) => {
      const refuse = (code: string) => fail(new ProblemError({ status: 404, code, detail: '' } as never));
      asked.set(`${what} ${call.params.receipt}`, { answer, refuse });
    });
  const calls = { return: { find: ask('find'), elsewhere: ask('elsewhere') } };
  let made = 0;
  const makeId = () => {
    made += 1;
    return `id-${made}`;
  };
  let beeps = 0;
  const beep = () => {
    beeps += 1;
  };
  const actions = returnActions({ state, calls, makeId, beep } as unknown as TillParts, { askApproval() {} });
  const hear = async (what: string, found: unknown) => {
    asked.get(what)?.answer(found);
    await settle();
  };
  const refuse = async (what: string, code: string) => {
    asked.get(what)?.refuse(code);
    await settle();
  };
  const found = () => state.get().returning?.sale?.receipt ?? null;
  return { ...actions, state, asked, hear, refuse, found, entry: () => state.get().returning, beeps: () => beeps };
}

test('[ORD-14] of two receipts that are scanned one after the other the last is found, whichever answer is first', async () => {
  for (const order of [
    ['T1A-000001', 'T1A-000002'],
    ['T1A-000002', 'T1A-000001'],
  ]) {
    const { scanned, hear, found, entry } = returning();
    scanned('T1A-000001');
    scanned('T1A-000002');
    for (const receipt of order) await hear(`find ${receipt}`, saleOf(receipt));
    expect(found()).toBe('T1A-000002');
    expect(entry()?.step).toBe('choose');
  }
});

test('[ORD-14] that an earlier receipt is unknown says nothing over the last one; the same code twice is asked about once', async () => {
  const { scanned, hear, refuse, asked, found, entry } = returning();
  scanned('T1A-000001');
  scanned('T1A-000002');
  const first = asked.get('find T1A-000002');
  scanned('T1A-000002');
  expect(asked.get('find T1A-000002')).toBe(first);
  await hear('find T1A-000002', saleOf('T1A-000002'));
  await refuse('find T1A-000001', 'unknown-receipt');
  expect([found(), entry()?.problem]).toEqual(['T1A-000002', null]);
});

test('[ORD-14] a receipt that is scanned while the centre is asked for another is found', async () => {
  const { scanned, askElsewhere, hear, refuse, found } = returning();
  scanned('T9A-000001');
  await refuse('find T9A-000001', 'unknown-receipt');
  void askElsewhere();
  scanned('T1A-000002');
  await hear('find T1A-000002', saleOf('T1A-000002'));
  await hear('elsewhere T9A-000001', { items: [] });
  expect(found()).toBe('T1A-000002');
});

test('[ORD-14] items that are scanned while their receipt is found come back once it is', async () => {
  const { scanned, hear, entry } = returning();
  scanned('T1A-000001');
  for (const code of ['8991234567892', '8991234567892']) scanned(code);
  expect(entry()?.receipt).toBe('T1A-000001');
  await hear('find T1A-000001', saleOf('T1A-000001'));
  expect(entry()).toMatchObject({ step: 'choose', quantities: { line: 2 } });
});

test('[ORD-14] what is scanned while a return is saved is not taken, and that is heard and seen; words about the money stay', async () => {
  const { scanned, hear, state, entry, beeps } = returning();
  scanned('T1A-000001');
  await hear('find T1A-000001', saleOf('T1A-000001'));
  const at = (part: Partial<ReturnEntry>) =>
    state.update((now) => ({ ...now, returning: now.returning && { ...now.returning, ...part } }));
  at({ step: 'sending' });
  scanned('T1A-000002');
  const told = { key: 'return_busy', parts: { code: 'T1A-000002' } };
  expect(entry()).toMatchObject({ step: 'sending', receipt: 'T1A-000001', problem: told });
  expect([beeps(), state.get().announced.assertive]).toEqual([1, 'Scan T1A-000002 again when this return is saved.']);
  const checking = noticeOf('warn', 'return_checking');
  at({ step: 'checking', problem: checking });
  scanned('T1A-000002');
  expect([beeps(), entry()?.problem]).toEqual([2, checking]);
});
