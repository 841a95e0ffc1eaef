// Which titles carry a promise, and which only look as if they did.
import { describe, expect, it } from 'vitest';
// @ts-expect-error plain JavaScript, so that it runs without a build
import { carriedIn, coverage, promisedIn } from './features.mjs';

// Made here, so that this file carries no promise itself.
const id = (number: number) => `PAY-0${number}`;

describe('features', () => {
  it('reads the rows of the page', () => {
    expect(
      promisedIn(`| id | where | promise |\n|---|---|---|\n| ${id(1)} | C | Pay |\n| ${id(2)} | S C | See ${id(1)} |\n`),
    ).toEqual([id(1), id(2)]);
  });

  it.each([
    `it('[${id(1)}] pays', () => {});`,
    `describe("pays [${id(1)}]", () => {});`,
    `test(\`[${id(1)}] pays\`, () => {});`,
    `it.skipIf(!found)('[${id(1)}] pays', () => {});`,
    `it.each([['a', f(b)], [{ c: ')' }]])('[${id(1)}] pays %s', () => {});`,
    `it(\n  '[${id(1)}] pays',\n  async () => {},\n);`,
  ])('counts %s', (source) => {
    expect(carriedIn(source)).toEqual([id(1)]);
  });

  it('counts each of several', () => {
    expect(carriedIn(`it('[${id(1)}] [${id(2)}, ${id(3)}] pays', () => {});`)).toEqual([id(1), id(2), id(3)]);
  });

  it.each([
    `// it('[${id(1)}] pays', () => {});`,
    `/* it('[${id(1)}] pays', () => {}); */`,
    `it.skip('[${id(1)}] pays', () => {});`,
    `it.todo('[${id(1)}] pays');`,
    `log('[${id(1)}] pays');`,
    `exit('[${id(1)}] pays');`,
    `it('${id(1)} pays without its brackets', () => {});`,
  ])('does not count %s', (source) => {
    expect(carriedIn(source)).toEqual([]);
  });

  it('knows every promise of the page', () => {
    const { total, covered, missing } = coverage('.');
    expect(total).toBeGreaterThan(100);
    expect(covered + missing.length).toBe(total);
  });
});
