// The virtual grid as arithmetic.
import { describe, expect, test } from 'vitest';
import { gridWindow, neighbour, ROW_HEIGHT } from './grid-window.ts';

describe('the tile grid', () => {
  test('at 1024 × 768 four columns of five rows are in sight', () => {
    const view = gridWindow({ width: 616, height: 528, scrollTop: 0, count: 100 });
    expect(view).toMatchObject({ columns: 4, rows: 25, from: 0, contentHeight: 25 * ROW_HEIGHT - 12 });
    expect(view.to).toBeGreaterThanOrEqual(24);
  });

  test('a phone has two columns', () => {
    expect(gridWindow({ width: 358, height: 598, scrollTop: 0, count: 9 })).toMatchObject({ columns: 2, rows: 5, to: 9 });
  });

  test.each([
    [616, 528],
    [358, 632],
    [900, 800],
    [1452, 900],
    [2500, 1300],
    [3400, 2000],
  ])('20,000 products on %i × %i never make more than 80 tiles, and cover what is in sight', (width, height) => {
    for (let scrollTop = 0; scrollTop < 600_000; scrollTop += 777) {
      const { columns, rows, from, to } = gridWindow({ width, height, scrollTop, count: 20_000 });
      expect(to - from).toBeLessThanOrEqual(80);
      const top = Math.min(scrollTop, rows * ROW_HEIGHT - height);
      expect(from).toBeLessThanOrEqual(Math.floor(top / ROW_HEIGHT) * columns);
      expect(to).toBeGreaterThanOrEqual(Math.min(20_000, Math.ceil((top + height) / ROW_HEIGHT) * columns));
    }
  });

  test('nothing to show makes no tile', () => {
    expect(gridWindow({ width: 616, height: 528, scrollTop: 300, count: 0 })).toMatchObject({ from: 0, to: 0, contentHeight: 0 });
  });

  test('arrows move within the grid', () => {
    expect(neighbour(0, 'ArrowLeft', 4, 10)).toBeUndefined();
    expect(neighbour(5, 'ArrowUp', 4, 10)).toBe(1);
    expect(neighbour(8, 'ArrowDown', 4, 10)).toBeUndefined();
    expect(neighbour(3, 'End', 4, 10)).toBe(9);
  });
});
