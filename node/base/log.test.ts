// What a log line keeps: what went wrong and where, and no secret.
import { expect, test } from 'vitest';
import { openLog } from './log.ts';

test('[OPS-04] an error is logged with its words and its place, a token is not', () => {
  const lines: string[] = [];
  const log = openLog('error', { write: (line) => void lines.push(line) });
  log.error({ error: new Error('the disk is gone', { cause: new Error('EIO') }), token: 'till_secret' }, 'a request failed');
  const [line = ''] = lines;
  expect(JSON.parse(line).error).toMatchObject({
    message: expect.stringContaining('the disk is gone'),
    stack: expect.stringContaining('log.test.ts'),
  });
  expect(line).toContain('EIO');
  expect(line).not.toContain('till_secret');
});
