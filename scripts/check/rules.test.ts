// The rules on files, functions, words, facts and routes, each shown failing on a small made-up tree.
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: the trees are source text
import { describe, expect, it } from 'vitest';
import {
  barrelViolations,
  coreIncludeViolations,
  defaultViolations,
  lengthViolations,
  nameViolations,
  openingViolations,
} from './files.ts';
import { functionViolations } from './functions.ts';
import { accessViolations, factViolations } from './schema.ts';
import { type Rule, treeOf } from './tree.ts';
import { clockViolations, leftoverViolations, sqlClockViolations } from './words.ts';

const found = (rule: Rule, path: string, text: string) => rule(treeOf({ [path]: text })).map(({ says }) => says);
const lines = (count: number, line = 'a();') => `${line}\n`.repeat(count);
const later = ['TO', 'DO'].join('');

interface Case {
  rule: Rule;
  path?: string;
  text: string;
}

const broken: Record<string, Case> = {
  'a folder with an empty name': { rule: nameViolations, path: 'node/utils/money.ts', text: '' },
  'a file with an empty name': { rule: nameViolations, path: 'node/sale/sale-helpers.ts', text: '' },
  'a file called data': { rule: nameViolations, path: 'node/sale/data.ts', text: '' },
  'a file of 400 lines': { rule: lengthViolations, text: lines(400) },
  'a file that does not say what it is': { rule: openingViolations, text: 'const a = 1;' },
  'a program that does not say what it is': { rule: openingViolations, text: '#!/usr/bin/env node\nrun();' },
  'a barrel': { rule: barrelViolations, text: "// All.\nexport * from './a.ts';\nexport { b, type C } from './b.ts';\n" },
  'a barrel by a detour': { rule: barrelViolations, text: "import { a } from './a.ts';\nexport { a };\n" },
  'a default export': { rule: defaultViolations, text: 'export default function run() {}' },
  'a system header in the core': { rule: coreIncludeViolations, path: 'firmware/core/a.c', text: '#include <stdio.h>\n' },
  'a header of a port in the core': { rule: coreIncludeViolations, path: 'firmware/core/a.c', text: '#include "../ports/a.h"\n' },
  'a long function': { rule: functionViolations, text: `function a(b: string) {\n${lines(70)}}` },
  'a long function with a return type': {
    rule: functionViolations,
    text: `function a(): Promise<{ b: string }> | { c: D } {\n${lines(70)}}`,
  },
  'a long arrow function': { rule: functionViolations, text: `const a = async (b): Promise<C> => {\n${lines(70)}};` },
  'a long arrow function that is one expression': { rule: functionViolations, text: `const a = () => (\n${lines(70, 'b,')});` },
  'a long function around a short one': {
    rule: functionViolations,
    text: `function a() {\n${lines(40)}  function b() {\n${lines(5)}  }\n${lines(40)}}`,
  },
  'a long method': { rule: functionViolations, text: `class A {\n  override async b<C>({ d }: D) {\n${lines(70)}}\n}` },
  'a long callback outside of tests': { rule: functionViolations, text: `run('a', () => {\n${lines(70)}});` },
  'a long function in a test': {
    rule: functionViolations,
    path: 'node/a.test.ts',
    text: `const a = () => {\n${lines(70)}};`,
  },
  'the clock': { rule: clockViolations, text: 'const at = Date.now();' },
  'the clock by a detour': { rule: clockViolations, text: 'const clock = { now: Date.now };' },
  'a date of now': { rule: clockViolations, text: 'const at = new Date().toISOString();' },
  'a random number': { rule: clockViolations, text: 'const a = Math.random();' },
  'random bytes': { rule: clockViolations, text: 'const a = randomBytes(16);' },
  'a timer': { rule: clockViolations, text: 'setTimeout(a, 10);' },
  'a timer that is handed on': { rule: clockViolations, text: 'const wait = { after: globalThis.setInterval };' },
  'a timer in a command': { rule: clockViolations, path: 'cli/commands/sale/list.ts', text: 'setImmediate(a);' },
  'now() in SQL': { rule: sqlClockViolations, text: 'const a = sql`update orders set at = now() where id = ${id}`;' },
  'current_timestamp in SQL': { rule: sqlClockViolations, text: "const a = 'insert into a values (CURRENT_TIMESTAMP)';" },
  'now in SQLite': { rule: sqlClockViolations, text: 'const a = "select datetime(\'now\')";' },
  'a default in SQL that reads the clock': {
    rule: sqlClockViolations,
    path: 'schema/tables/central/migrations/0001.sql',
    text: 'alter table a add b timestamptz default now();',
  },
  'a column that reads the clock': { rule: sqlClockViolations, text: 'const a = { at: timestamp().defaultNow() };' },
  'what is left for later': { rule: leftoverViolations, text: `// ${later}: more` },
};

const fine: Record<string, Case> = {
  'an honest name': { rule: nameViolations, path: 'node/sale/sample-data.ts', text: '' },
  'a file of 399 lines': { rule: lengthViolations, text: lines(399) },
  'a long table': { rule: lengthViolations, path: 'schema/tables/central/order.ts', text: lines(500) },
  'a long generated file': { rule: lengthViolations, text: `// Written by a script, never by hand.\n${lines(500)}` },
  'a file that also exports its own': { rule: barrelViolations, text: "export * from './a.ts';\nexport const b = 1;\n" },
  'a file that only imports': { rule: barrelViolations, text: "import './a.ts';\n" },
  'an export list': { rule: barrelViolations, text: 'const a = 1;\nexport { a };\n' },
  'the default export of a command': { rule: defaultViolations, path: 'cli/commands/up.ts', text: 'export default class Up {}' },
  'a freestanding header': {
    rule: coreIncludeViolations,
    path: 'firmware/core/a.c',
    text: '#include <stdint.h>\n#include "a.h"\n',
  },
  'a function of 70 lines': { rule: functionViolations, text: `function a() {\n${lines(68)}}` },
  'a function that opens a part with two methods of 40 lines': {
    rule: functionViolations,
    text: `function open() {\n  function a() {\n${lines(38)}  }\n  function b() {\n${lines(38)}  }\n  return { a, b };\n}`,
  },
  'a long condition': { rule: functionViolations, text: `if (a) {\n${lines(80)}}\nfor (const b of c) {\n${lines(80)}}` },
  'a long call': { rule: functionViolations, text: `contract({\n${lines(80, 'a: {},')}});` },
  'a long choice between two objects': { rule: functionViolations, text: `const a = b ? c(d) : {\n${lines(80, 'e: 1,')}};` },
  'a long story in a test': {
    rule: functionViolations,
    path: 'node/a.test.ts',
    text: `describe('a', () => {\n  it('b', async () => {\n${lines(80)}});\n});`,
  },
  'a long story that several tests share': {
    rule: functionViolations,
    path: 'node/base/sale-suite.ts',
    text: `export function saleSuite(open: Open): void {\n  it('b', async () => {\n${lines(80)}});\n}`,
  },
  'a given date': { rule: clockViolations, text: 'const at = new Date(millis);' },
  'a clock that came in': { rule: clockViolations, text: 'const at = clock.now(); clock.setTimeout(a);' },
  'the clock in base': { rule: clockViolations, path: 'node/base/clock.ts', text: 'setTimeout(a, Date.now());' },
  'the clock in the till': { rule: clockViolations, path: 'node/till/page.tsx', text: 'setTimeout(a, Date.now());' },
  'the clock in a test': { rule: clockViolations, path: 'node/sale/sale.test.ts', text: 'setTimeout(a, Date.now());' },
  'a sentence about now()': { rule: sqlClockViolations, text: "const says = 'call clock.now() first';" },
  'a time passed into SQL': { rule: sqlClockViolations, text: 'const a = sql`update orders set at = ${clock.now()}`;' },
};

describe('rules', () => {
  it.each(Object.entries(broken))('refuse %s', (_, { rule, path, text }) => {
    expect(found(rule, path ?? 'node/sale/commands.ts', text).length).toBeGreaterThan(0);
  });

  it.each(Object.entries(fine))('allow %s', (_, { rule, path, text }) => {
    expect(found(rule, path ?? 'node/sale/commands.ts', text)).toEqual([]);
  });
});

describe('facts', () => {
  const registry = "import { saleClosed } from './sale-closed.ts';";
  const facts = (text: string, registered = registry) =>
    factViolations(treeOf({ 'schema/facts/sale-closed.ts': text, 'schema/facts/registry.ts': registered })).map(
      ({ says }) => says,
    );
  const whole = "export const saleClosed = fact({ kind: 'sale.closed', version: 1, body: Body({ version: Count }) });";

  it.each([
    ['no version', whole.replace(' version: 1,', ''), 'no version'],
    ['a version that is not a number', whole.replace('1', 'VERSION'), 'no version'],
    ['the name of another', whole.replace("'sale.closed'", "'sale.opened'"), 'sale.opened'],
    ['nothing in it', 'export const saleClosed = 1;', '0 facts'],
    ['two in one file', `${whole}\n${whole}`, '2 facts'],
  ])('refuses one with %s', (_, text, says) => {
    expect(facts(text)).toContainEqual(expect.stringContaining(says));
  });

  it('refuses one that is not in the registry', () => {
    expect(facts(whole, '')).toEqual(['is not in registry.ts']);
  });

  it('allows one with a version', () => {
    expect(facts(whole)).toEqual([]);
  });
});

describe('routes', () => {
  const access = (routes: string) =>
    found(accessViolations, 'schema/wire/sale.ts', `export const saleContract = contract({${routes}});`);

  it.each([
    ["list: { method: 'GET', path: '/sales' }", 'list has no access rule'],
    ["list: { method: 'GET', body: Type.Object({ access: Id }) }", 'list has no access rule'],
    ["'a-b': { method: 'GET' }, list: { access: 'public' }", 'no access rule'],
    ['list: sharedRoute', 'list is not written out'],
    ['...others', 'not written out'],
  ])('refuses %s', (routes, says) => {
    expect(access(routes)).toEqual([expect.stringContaining(says)]);
  });

  it('allows routes with a rule', () => {
    expect(access("list: { method: 'GET', access: { can: 'sale.read' } },\n close: { access: 'public', body: {} },")).toEqual([]);
  });
});
