// The open sale as a value: adding, counting, removing, undoing.
import { describe, expect, test } from 'vitest';
import { MAX_QUANTITY } from '#schema/rules/pricing';
import { addToCart, type Cart, emptyCart, moveSelection, removeLine, setQuantity, undo, unsold } from './cart.ts';

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
});
