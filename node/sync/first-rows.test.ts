// What the client is given of a first copy, what is set aside of it, and that together they are all of it.
import { expect, it } from 'vitest';
import { openFirstRows } from './first-rows.ts';

const schema = JSON.stringify({ id: { type: 'int4' }, name: { type: 'text' }, open: { type: 'bool' } });
const parser = { int4: Number, bool: (text: string) => (text === 'true' ? 1 : 0) };

const rowMessage = (id: number, more: object = {}) => ({
  key: `"public"."goods"/"${id}"`,
  value: { id: String(id), name: null, open: 'true' },
  headers: { operation: 'insert', ...more },
});
const end = { headers: { control: 'snapshot-end' } };

function answering(body: unknown, { offset, status = 200 }: { offset: string; status?: number }) {
  const headers = { 'electric-handle': 'h1', 'electric-offset': offset, 'electric-schema': schema };
  const rows = openFirstRows(async () => new Response(JSON.stringify(body), { status, headers }), parser);
  return { rows, ask: async () => (await rows.fetch('http://centre/')).json() };
}

it('[SYN-04] sets the rows of a snapshot aside, as the table keeps them, and leaves the client the last and what is said', async () => {
  const { rows, ask } = answering([rowMessage(1), rowMessage(2), rowMessage(3), end], { offset: '0_4' });
  expect(await ask()).toEqual([rowMessage(3), end]);
  expect(rows.take('h1', '0_3')).toEqual([]);
  expect(rows.take('h2', '0_4')).toEqual([]);
  expect(rows.take('h1', '0_4')).toEqual([
    { id: 1, name: null, open: 1 },
    { id: 2, name: null, open: 1 },
  ]);
  expect(rows.take('h1', '0_4')).toEqual([]);
});

it.each([
  { name: 'one row', body: [rowMessage(1), end], offset: '0_0', status: 200 },
  { name: 'no row', body: [end], offset: '0_0', status: 200 },
  {
    name: 'changes after a snapshot',
    body: [rowMessage(1, { lsn: '5' }), rowMessage(2, { lsn: '5' })],
    offset: '0_inf',
    status: 200,
  },
  { name: 'the log', body: [rowMessage(1, { lsn: '5' }), rowMessage(2, { lsn: '6' })], offset: '6_0', status: 200 },
  { name: 'a refusal', body: [rowMessage(1), rowMessage(2)], offset: '0_0', status: 409 },
])('[SYN-04] leaves the client all of an answer with $name', async ({ body, offset, status }) => {
  const { rows, ask } = answering(body, { offset, status });
  expect(await ask()).toEqual(body);
  expect(rows.take('h1', offset)).toEqual([]);
});

it('[SYN-04] forgets what was asked for ahead and never read', async () => {
  const { rows, ask } = answering([rowMessage(1), rowMessage(2)], { offset: '0_1' });
  await ask();
  rows.forget();
  expect(rows.take('h1', '0_1')).toEqual([]);
});
