// Every form of an import is found, and what only looks like one is not.
import { describe, expect, it } from 'vitest';
import { importsOf } from './imports.ts';
import { type SourceFile, subpathsOf, treeOf } from './tree.ts';

function importsIn(text: string) {
  const tree = treeOf({
    'node/sale/commands.ts': text,
    'node/sale/queries.ts': '',
    'schema/values/money.ts': '',
    'node/till/page.tsx': '',
  });
  return importsOf(tree.files[0] as SourceFile, tree);
}

describe('finding imports', () => {
  it.each([
    ["import { a } from './queries.ts';", { path: 'node/sale/queries.ts', form: 'static', typeOnly: false }],
    ["import type { A } from './queries.ts';", { path: 'node/sale/queries.ts', form: 'static', typeOnly: true }],
    ["import { type A, type B } from './queries.ts';", { path: 'node/sale/queries.ts', form: 'static', typeOnly: true }],
    ["import { type A, b } from './queries.ts';", { path: 'node/sale/queries.ts', form: 'static', typeOnly: false }],
    [
      "import a, {\n  b,\n  c as d,\n} from '../sale/queries.ts';",
      { path: 'node/sale/queries.ts', form: 'static', typeOnly: false },
    ],
    ["import * as money from '#schema/values/money';", { path: 'schema/values/money.ts', form: 'static', typeOnly: false }],
    ["import './queries.ts';", { path: 'node/sale/queries.ts', form: 'static', typeOnly: false }],
    ["const a = await import('#node/till/page');", { path: 'node/till/page.tsx', form: 'dynamic', typeOnly: false }],
    ["type A = typeof import('./queries.ts');", { path: 'node/sale/queries.ts', form: 'dynamic', typeOnly: false }],
    ['const a = import(`./queries.ts`);', { path: 'node/sale/queries.ts', form: 'dynamic', typeOnly: false }],
    ["export * from './queries.ts';", { path: 'node/sale/queries.ts', form: 're-export', typeOnly: false }],
    ["export type { A } from './queries.ts';", { path: 'node/sale/queries.ts', form: 're-export', typeOnly: true }],
    ["export { a } from './queries.ts';", { path: 'node/sale/queries.ts', form: 're-export', typeOnly: false }],
    ["import pg from 'pg';", { path: undefined, specifier: 'pg', form: 'static' }],
    ["import { a } from './gone.ts';", { path: 'node/sale/gone.ts', form: 'static' }],
  ])('reads %s', (text, expected) => {
    expect(importsIn(text)).toEqual([expect.objectContaining(expected)]);
  });

  it.each([
    "// import './queries.ts';",
    'const a = "import \'./queries.ts\'";',
    "load.import('./queries.ts');",
    "const important = 'a';",
  ])('does not read %s', (text) => {
    expect(importsIn(text)).toEqual([]);
  });

  it('says the line and finds one after the other', () => {
    const lines = importsIn("import a from 'a';\nimport type B from 'b';\n\nimport 'c';\n").map(({ specifier, line }) => [
      specifier,
      line,
    ]);
    expect(lines).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', 4],
    ]);
  });

  it('takes the subpaths from package.json', () => {
    const packageJson = '{ "imports": { "#schema/*": { "source": "./schema/*.ts", "default": "./dist/schema/*.js" } } }';
    expect([...subpathsOf(packageJson)]).toEqual([['#schema/', 'schema/']]);
  });
});
