// The open sale as a value: adding, counting, removing, undoing.
import { describe, expect, test } from 'vitest';
import { MAX_QUANTITY } from '#schema/rules/pricing';
import {
  addToCart,
  type Cart,
  emptyCart,
  moveSelection,
  removeLine,
  setCustomer,
  setNote,
  setQuantity,
  setTip,
  undo,
  unsold,
} from './cart.ts';

const cartOf = (...names: string[]): Cart =>
  names.reduce((cart, name) => addToCart(cart, { lineId: `line-${name}`, productId: name, quantity: 1 }), emptyCart);

const shown = (cart: Cart) => cart.lines.map((line) => `${line.quantity} ${line.productId}`);

describe('the open sale', () => {
  test('the same product counts on its line and keeps its place', () => {
    const cart = addToCart(cartOf('kopi', 'teh'), { lineId: 'another', productId: 'kopi', quantity: 2 });
    expect(shown(cart)).toEqual(['3 kopi', '1 teh']);
    expect(cart.selected).toBe('line-kopi');
  });

  test('undo brings a removed line back to its old position and selects it', () => {
    const cart = removeLine(cartOf('kopi', 'teh', 'roti'), 'line-teh');
    expect(shown(cart)).toEqual(['1 kopi', '1 roti']);
    const back = undo(cart);
    expect(shown(back)).toEqual(['1 kopi', '1 teh', '1 roti']);
    expect(back.selected).toBe('line-teh');
  });

  test('undo walks back to the beginning and then does nothing', () => {
    let cart = setQuantity(cartOf('kopi', 'teh'), 'line-kopi', 5);
    for (const expected of [['1 kopi', '1 teh'], ['1 kopi'], [], []]) {
      cart = undo(cart);
      expect(shown(cart)).toEqual(expected);
    }
  });

  test('a quantity of nothing removes the line; none passes the limit', () => {
    expect(shown(setQuantity(cartOf('kopi', 'teh'), 'line-kopi', 0))).toEqual(['1 teh']);
    expect(setQuantity(cartOf('kopi'), 'line-kopi', MAX_QUANTITY + 9).lines[0]?.quantity).toBe(MAX_QUANTITY);
    expect(shown(addToCart(emptyCart, { lineId: 'a', productId: 'kopi', quantity: -1 }))).toEqual([]);
  });

  test('a change that changes nothing leaves nothing to undo', () => {
    const cart = cartOf('kopi');
    expect(setQuantity(cart, 'line-kopi', 1)).toBe(cart);
    expect(removeLine(cart, 'unknown')).toBe(cart);
  });

  test('the selection moves along the lines and stays within them', () => {
    let cart = cartOf('kopi', 'teh');
    cart = moveSelection(cart, 1);
    expect(cart.selected).toBe('line-teh');
    cart = moveSelection(moveSelection(cart, -1), -1);
    expect(cart.selected).toBe('line-kopi');
    expect(moveSelection(emptyCart, 1)).toBe(emptyCart);
  });

  test('what was added after a sale whose answer was lost stays in the cart', () => {
    const sold = [{ lineId: 'line-kopi', quantity: 1 }];
    const later = addToCart(cartOf('kopi', 'teh'), { lineId: 'x', productId: 'kopi', quantity: 2 });
    expect(shown(unsold(later, sold))).toEqual(['2 kopi', '1 teh']);
    expect(unsold(cartOf('kopi'), sold)).toEqual(emptyCart);
  });

  test('[ORD-13] who buys, notes and a tip are of the sale: undone step by step, and gone with its last line', () => {
    const noted = setNote(setNote(cartOf('kopi'), null, ' To go '), 'line-kopi', 'No sugar');
    const cart = setTip(setCustomer(noted, { id: 'rina', name: 'Ibu Rina' }), 500);
    expect(cart).toMatchObject({ note: 'To go', tip: 500, customer: { id: 'rina' }, lines: [{ note: 'No sugar' }] });
    expect(undo(undo(undo(cart))).lines[0]).not.toHaveProperty('note');
    expect(removeLine(cart, 'line-kopi')).toMatchObject({ lines: [], note: null, customer: null, tip: 0 });
    expect(setNote(cart, 'line-kopi', '  ').lines[0]).not.toHaveProperty('note');
    expect(setNote(cart, null, 'To go')).toBe(cart);
    expect(setTip(emptyCart, 500)).toBe(emptyCart);
  });

  test('each label of the shop’s own scale is a line, and its quantity stands', () => {
    const label = { productId: 'apel', quantity: 500, label: '2100123005004' };
    const cart = addToCart(addToCart(emptyCart, { ...label, lineId: 'one' }), { ...label, lineId: 'two' });
    expect(shown(cart)).toEqual(['500 apel', '500 apel']);
    expect(setQuantity(cart, 'one', 900)).toBe(cart);
    expect(shown(setQuantity(cart, 'one', 0))).toEqual(['500 apel']);
  });
});
