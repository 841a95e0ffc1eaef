// The centre's server as a program that is stopped: nobody who merely holds a line keeps it from ending.
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startTestCentre } from '../test-centre.ts';

it('[OPS-10] a connection over which nothing was asked does not hold a stopping centre', async () => {
  const centre = await startTestCentre();
  const { port, hostname } = new URL(centre.url);
  const line = connect(Number(port), hostname);
  const closed = new Promise<void>((resolve) => line.once('close', () => resolve()));
  line.on('error', () => {});
  await new Promise<void>((resolve) => line.once('connect', () => resolve()));
  await centre.stop();
  await closed;
  expect(line.destroyed).toBe(true);
});
