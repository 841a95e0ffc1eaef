// What a scan means, and what of its keys is taken back.
import { expect, test } from 'vitest';
import { createStateStore } from '../base/state-store.ts';
import { catalogueOf } from '../catalogue/catalogue.ts';
import { addToCart, emptyCart } from '../sale/cart.ts';
import { firstState, type TillState } from '../till-state.ts';
import { scanActions } from './scan-actions.ts';

const kopi = {
  id: 'kopi',
  sku: 'KOPI',
  name: 'Kopi',
  categoryId: null,
  unit: 'pcs',
  quantityScale: 0,
  dispensable: false,
  stockPolicy: 'warn' as const,
  ageLimit: null,
  pluCode: null,
  position: 0,
  barcodes: ['08991234567892'],
  price: { id: 'price', version: 1, amount: 100 },
  tax: { id: 'tax', version: 1, rate: 1_100, inclusive: true },
  available: 1,
};

const cart = addToCart(emptyCart, { lineId: 'line', productId: 'kopi', quantity: 1 });

function scanning(more: Partial<TillState> = {}) {
  const state = createStateStore<TillState>({
    ...firstState('en', true),
    phase: 'ready',
    catalogue: catalogueOf([kopi], []),
    cart,
    ...more,
  });
  const heard: string[] = [];
  const actions = scanActions(
    { state, beep: () => heard.push('beep') },
    {
      add: (id) => heard.push(`add ${id}`),
      addLabel: ({ productId, quantity, labelAmount }) => heard.push(`label ${productId} ${quantity} ${labelAmount}`),
      toSide: () => false,
      askVoucher: (code) => heard.push(`voucher ${code}`),
      badge: (code) => heard.push(`badge ${code}`),
    },
  );
  return { state, heard, ...actions };
}

test('a product is added, a voucher asked about, an unknown code beeps and is named', () => {
  const { scanned, heard, state } = scanning();
  for (const code of ['8991234567892', 'kopi', 'SD1:ABC', '4006381333931']) scanned(code);
  expect(heard).toEqual(['add kopi', 'add kopi', 'voucher SD1:ABC', 'beep']);
  expect(state.get().notice).toMatchObject({ key: 'unknown_code', parts: { code: '4006381333931' } });
});

test('before the till is ready a scan means nothing', () => {
  const { scanned, heard } = scanning({ phase: 'starting' });
  scanned('kopi');
  expect(heard).toEqual([]);
});

test('what the keys of a scan did as shortcuts is taken back', () => {
  const { remember, state } = scanning({ entry: '12' });
  const restore = remember();
  state.update((now) => ({ ...now, cart: emptyCart, entry: '12899', sheet: 'keys' }));
  restore();
  expect(state.get()).toMatchObject({ cart, entry: '12', sheet: null });
});

test('a sale that was saved while a scan was being read stays sold', () => {
  const { remember, state } = scanning({ screen: 'cash', payment: { state: 'sending', saleId: 'sale', body: null } });
  const restore = remember();
  state.update((now) => ({ ...now, cart: emptyCart, screen: 'done', payment: { state: 'idle', saleId: null, body: null } }));
  restore();
  expect(state.get().cart).toBe(emptyCart);
});
