// What reads that are asked for together share, and what they do not.
import { expect, test } from 'vitest';
import { gather } from './gather.ts';

test('reads of one turn are one query; a later one reads anew', async () => {
  const asked: string[][] = [];
  let version = 1;
  const read = gather(async (ids) => {
    asked.push([...ids]);
    return new Map(ids.filter((id) => id !== 'nobody').map((id) => [id, `${id} ${version}`]));
  });
  expect(await Promise.all([read('a'), read('b'), read('a'), read('nobody')])).toEqual(['a 1', 'b 1', 'a 1', undefined]);
  version = 2;
  expect(await read('a')).toBe('a 2');
  expect(asked).toEqual([['a', 'b', 'nobody'], ['a']]);
});

test('a query that fails fails those who shared it, and nobody after them', async () => {
  let isDown = true;
  const read = gather(async (ids) => {
    if (isDown) throw new Error('down');
    return new Map(ids.map((id) => [id, id]));
  });
  const together = await Promise.allSettled([read('a'), read('b')]);
  expect(together.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  isDown = false;
  expect(await read('a')).toBe('a');
});
