// The forms of an answer: the same rows as a table, JSON, CSV and YAML; sorted, filtered, bounded.
import { describe, expect, it } from 'vitest';
import { Failure } from '../failure.ts';
import { listAnswer, type OutputForm, recordAnswer } from './answer.ts';
import { takeList } from './list.ts';
import type { Column } from './table.ts';

interface Store {
  code: string;
  name: string;
  sales: number | null;
}

const stores: Store[] = [
  { code: 'sari', name: 'Warung "Sari", Bogor', sales: 2_292_000 },
  { code: 'norr', name: 'Café Norr', sales: null },
  { code: 'evil', name: '=1+1\u001b[31m', sales: 12 },
];

const columns: Column<Store>[] = [
  { name: 'code', value: (store) => store.code },
  { name: 'name', value: (store) => store.name },
  { name: 'sales', value: (store) => store.sales, align: 'right' },
  { name: 'letters', value: (store) => store.code.length, extra: true },
];

async function answer(form: OutputForm, wish: { columns?: string; sort?: string; filter?: string; limit?: number } = {}) {
  const listed = await takeList(stores, columns, { limit: 0, ...wish });
  return listAnswer({ form, listed, chosen: wish.columns !== undefined, empty: 'Nothing.', dim: (text) => text });
}

const failureOf = async (call: Promise<unknown>) => {
  const error = await call.then(() => undefined).catch((caught: unknown) => caught);
  return error instanceof Failure ? error.parts : error;
};

describe('a list', () => {
  it('is a table without control characters', async () => {
    expect(await answer('table')).toBe(
      [
        'CODE  NAME                    SALES',
        'sari  Warung "Sari", Bogor  2292000',
        'norr  Café Norr                   -',
        'evil  =1+1 [31m                  12',
        '',
      ].join('\n'),
    );
  });

  it('is one JSON document with everything in it', async () => {
    expect(JSON.parse(await answer('json'))).toEqual({ ok: true, result: stores });
  });

  it('is CSV that quotes and runs no formula', async () => {
    expect(await answer('csv', { columns: 'name,letters' })).toBe(
      'name,letters\r\n"Warung ""Sari"", Bogor",4\r\nCafé Norr,4\r\n\'=1+1\u001b[31m,4\r\n',
    );
  });

  it('is YAML', async () => {
    expect(await answer('yaml', { limit: 2 })).toBe(
      '- code: sari\n  name: "Warung \\"Sari\\", Bogor"\n  sales: 2292000\n- code: norr\n  name: "Café Norr"\n  sales: null\n',
    );
  });

  it('is sorted, filtered and bounded', async () => {
    expect(await answer('json', { sort: '-sales', columns: 'code' })).toContain('sari');
    expect(JSON.parse(await answer('json', { sort: 'sales', columns: 'code' })).result).toEqual([
      { code: 'norr' },
      { code: 'evil' },
      { code: 'sari' },
    ]);
    expect(await answer('table', { filter: 'sales>100' })).not.toContain('evil');
    expect(await answer('table', { filter: 'code=none' })).toBe('Nothing.\n');
    expect(await takeList(stores, columns, { limit: 2 })).toMatchObject({ rows: { length: 2 }, more: true });
    expect(await takeList(stores, columns, { limit: 3 })).toMatchObject({ rows: { length: 3 }, more: false });
  });

  it.each([
    [{ columns: 'code,colour' }, '--columns: there is no column “colour”'],
    [{ sort: '-colour' }, '--sort: there is no column “colour”'],
    [{ filter: 'sales>' }, '--filter, character 7: a value is missing'],
  ])('refuses %j by its flag, and says what there is', async (wish, why) => {
    expect(await failureOf(answer('table', wish))).toMatchObject({
      exit: 2,
      why: expect.stringContaining(why),
      next: expect.any(String),
    });
  });
});

describe('a record', () => {
  const result = { code: 'sari', node: { id: '1' }, note: null };

  it.each([
    ['json', '{\n  "ok": true,'],
    ['csv', 'code,node,note\r\nsari,"{""id"":""1""}",\r\n'],
    ['yaml', 'code: sari\nnode:\n  id: "1"\nnote: null\n'],
    ['table', 'as people read it'],
  ] as const)('as %s', (form, text) => {
    expect(recordAnswer({ form, result, text: () => 'as people read it' })).toContain(text);
  });
});
