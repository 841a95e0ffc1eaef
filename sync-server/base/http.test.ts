// The centre's server as a program that is stopped: nobody who merely holds a line keeps it from ending.
import { Agent, get, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { expect, it, onTestFinished } from 'vitest';
import { idMaker } from '#schema/values/id';
import { startTestCentre } from '../test-centre.ts';
import { randomBytes, systemClock } from './clock.ts';
import { createHttp, prepareHttp } from './http.ts';

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

it('[OPS-10] a request that is answered while the centre stops gets its answer, and its connection ends with it', async () => {
  const http = { clock: systemClock, makeId: idMaker(systemClock, randomBytes), production: false, trustProxy: false };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const app = createHttp({ ...http, log });
  await prepareHttp(app, { ...http, log });
  let answer = () => {};
  const asked = new Promise<void>((isAsked) => {
    app.get('/slow', { config: { access: 'public' } }, async () => {
      isAsked();
      await new Promise<void>((resolve) => (answer = resolve));
      return 'done';
    });
  });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const answered = new Promise<IncomingMessage>((resolve) => get(`${url}/slow`, { agent }, resolve));
  await asked;
  const stopped = app.close();
  await setImmediate();
  answer();
  const response = await answered;
  const { socket } = response;
  response.resume();
  await stopped;
  expect(response.statusCode).toBe(200);
  await expect.poll(() => socket.destroyed).toBe(true);
});
