// What a call is where the network fails: before an answer, in the middle of one, or after it.
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import Type from 'typebox';
import { expect, it, onTestFinished } from 'vitest';
import { client, ProblemError, UnreachableError } from './client.ts';
import { contract } from './wire/contract.ts';

const routes = contract({
  show: {
    method: 'GET',
    path: '/thing',
    access: 'public',
    summary: 'A thing.',
    output: Type.Object({ name: Type.String() }),
  },
});

/** A server that writes this on each connection, and hangs up. */
async function serve(text: string) {
  const server = createServer();
  server.on('connection', (socket: Socket) => socket.once('data', () => socket.end(text)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return client(routes, { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fetch });
}

const head = (status: string, length: number) =>
  `HTTP/1.1 ${status}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`;

it.each([
  ['hangs up without an answer', ''],
  ['hangs up in the middle of one', `${head('200 OK', 100)}{"name":"half`],
  ['answers what is no JSON', `${head('200 OK', 5)}hello`],
])('[SYN-01] a server that %s was not reached', async (_, text) => {
  const { show } = await serve(text);
  await expect(show()).rejects.toBeInstanceOf(UnreachableError);
});

it('[SYN-01] a server that says no was reached, whatever it says', async () => {
  const { show } = await serve(`${head('502 Bad Gateway', 5)}hello`);
  await expect(show()).rejects.toBeInstanceOf(ProblemError);
});
