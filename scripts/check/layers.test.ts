// The layers, the order of the modules and the cycles, each shown failing on a small made-up tree.
import { describe, expect, it } from 'vitest';
import { cycleViolations } from './cycles.ts';
import { layerViolations, moduleOrder, moduleViolations, testImportViolations } from './layers.ts';
import { type Rule, treeOf } from './tree.ts';

const saysOf = (rule: Rule, texts: Record<string, string>) => rule(treeOf(texts)).map(({ path, says }) => `${path}: ${says}`);

describe('layers', () => {
  it.each([
    ['schema/values/money.ts', "import { a } from '../rules/tax.ts';"],
    ['schema/values/money.ts', "import { readFileSync } from 'node:fs';"],
    ['schema/rules/tax.ts', "import type { A } from '../facts/sale-closed.ts';"],
    ['schema/facts/sale-closed.ts', "import { a } from '../wire/sale.ts';"],
    ['schema/wire/sale.ts', "import { a } from '../tables/store/sale.ts';"],
    ['schema/wire/sale.ts', "import { a } from '#node/sale/queries';"],
    ['schema/tables/store/sale.ts', "import { a } from '../central/order.ts';"],
    ['schema/client.ts', "import { a } from './rules/tax.ts';"],
    ['schema/mount.ts', "import fastify from 'fastify';"],
    ['schema/mount.ts', "import { fastify, type FastifyInstance } from 'fastify';"],
    ['schema/other.ts', "import { a } from './values/money.ts';"],
    ['node/sale/queries.ts', "import { a } from '#schema/tables/central/order';"],
    ['node/sale/queries.ts', "import type { A } from '#sync-server/main';"],
    ['node/sale/queries.ts', "import type { A } from '../../sync-server/main.ts';"],
    ['node/sale/queries.ts', "import { a } from '#scripts/sandbox/main';"],
    ['node/sale/queries.ts', "import { a } from '../till/page.tsx';"],
    ['node/till/page.tsx', "import { a } from '../sale/queries.ts';"],
    ['sync-server/main.ts', "import { a } from '#schema/tables/store/sale';"],
    ['sync-server/main.ts', "import { a } from '#node/main';"],
    ['cli/commands/up.ts', "import { main } from '#node/main';"],
    ['cli/commands/up.ts', "import type { Node } from '#node/main';"],
    ['cli/ui/table.ts', "const { main } = await import('#node/main');"],
    ['cli/commands/up.ts', "const { a } = await import('#node/sale/queries');"],
    ['firmware/ports/wasm/build.mjs', "import { a } from '../../../schema/wire/device.ts';"],
  ])('%s may not say %s', (path, text) => {
    const stands = { 'node/main.ts': '', 'node/sale/queries.ts': '', 'sync-server/main.ts': '' };
    expect(saysOf(layerViolations, { ...stands, [path]: text })).toEqual([expect.stringContaining('may not import')]);
  });

  it.each([
    ['schema/mount.ts', "import type { FastifyInstance } from 'fastify';"],
    ['schema/facts/sale-closed.ts', "import { Compile } from 'typebox/compile';"],
    ['node/sale/queries.ts', "import { a } from '#schema/tables/store/sale';"],
    ['cli/commands/up.ts', "const { main } = await import('#node/main');"],
    ['cli/commands/up.ts', "const { seed } = await import('#scripts/seed/seed');"],
    ['scripts/bench/main.ts', "import { a } from '#node/sale/queries';"],
    ['node/sync/sync.test.ts', "import { a } from '#sync-server/main';"],
  ])('%s may say %s', (path, text) => {
    expect(saysOf(layerViolations, { 'node/main.ts': '', 'sync-server/main.ts': '', [path]: text })).toEqual([]);
  });
});

describe('modules of the centre', () => {
  const stock = 'sync-server/modules/stock/commands.ts';
  it.each([
    ["import { a } from '../orders/commands.ts';", 'orders comes after stock'],
    ["import type { A } from '../orders/queries.ts';", 'orders comes after stock'],
    ["import { a } from '../ledger/routes.ts';", 'only commands and queries'],
    ["import { a } from '../../providers/xendit/client.ts';", 'only types of providers'],
    ["import { a } from '../../ingest/apply.ts';", 'may not import'],
  ])('refuses %s', (text, says) => {
    expect(saysOf(moduleViolations, { [stock]: text })).toEqual([expect.stringContaining(says)]);
  });

  it.each([
    "import { a } from '../ledger/commands.ts';",
    "import { a } from '../ledger/commands/post.ts';",
    "import { a } from '../ledger/queries.ts';",
    "import { a } from './queries.ts';",
    "import { a } from '../../base/transaction.ts';",
    "import type { A } from '../../providers/payment.ts';",
  ])('allows %s', (text) => {
    expect(saysOf(moduleViolations, { [stock]: text })).toEqual([]);
  });

  it('refuses a module without a place in the order', () => {
    expect(saysOf(moduleViolations, { 'sync-server/modules/loyalty/queries.ts': '' })).toEqual([
      expect.stringContaining('loyalty has no place'),
    ]);
    expect(new Set(moduleOrder).size).toBe(moduleOrder.length);
  });
});

describe('what is for tests', () => {
  const base = { 'node/base/sale-suite.ts': '', 'node/base/test-node.ts': '' };
  it.each([
    "import { a } from '../base/sale-suite.ts';",
    "import { a } from '#node/base/test-node';",
    "import { it } from 'vitest';",
  ])('refuses %s elsewhere', (text) => {
    expect(saysOf(testImportViolations, { ...base, 'node/sale/routes.ts': text })).toHaveLength(1);
    expect(saysOf(testImportViolations, { ...base, 'node/sale/sale.test.ts': text })).toEqual([]);
  });
});

describe('cycles', () => {
  it('finds one of several files, through a type and through a lazy import', () => {
    const texts = {
      'node/a.ts': "import type { B } from './b.ts';",
      'node/b.ts': "const c = await import('./c.ts');",
      'node/c.ts': "export { a } from '#node/a';",
    };
    expect(saysOf(cycleViolations, texts)).toEqual(['node/a.ts: imports itself: node/a.ts → node/b.ts → node/c.ts → node/a.ts']);
  });

  it('finds a file that imports itself', () => {
    expect(saysOf(cycleViolations, { 'node/a.ts': "import './a.ts';" })).toHaveLength(1);
  });

  it('allows two ways to the same file', () => {
    const texts = {
      'node/a.ts': "import './b.ts';\nimport './c.ts';",
      'node/b.ts': "import './d.ts';",
      'node/c.ts': "import './d.ts';",
      'node/d.ts': '',
    };
    expect(saysOf(cycleViolations, texts)).toEqual([]);
  });
});
