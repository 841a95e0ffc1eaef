// A till of a bench: one connection kept open, one sale at a time, and no more work than a till must do. A client that takes as long as
// the node would measure itself.
import { connect } from 'node:net';

export interface Shop {
  port: number;
  token: string;
}

export interface TillSocket {
  /** The milliseconds from sending until the whole answer was here. */
  sell(wish: string): Promise<number>;
  close(): void;
}

export async function openTill({ port, token }: Shop): Promise<TillSocket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  await new Promise<void>((resolve, reject) => socket.once('connect', resolve).once('error', reject));
  const head = ['POST /api/v1/sales HTTP/1.1', `host: 127.0.0.1:${port}`, 'content-type: application/json'];
  const start = `${[...head, `authorization: Bearer ${token}`, 'content-length: '].join('\r\n')}`;
  let told: (answer: string) => void = () => undefined;
  let failed: (error: Error) => void = () => undefined;
  let heard = '';
  socket.on('data', (chunk) => {
    heard += chunk.toString('latin1');
    if (!isWhole(heard)) return;
    const answer = heard;
    heard = '';
    told(answer);
  });
  socket.on('close', () => failed(new Error('the node closed a connection')));
  return {
    async sell(wish) {
      const sentAt = performance.now();
      socket.write(`${start}${Buffer.byteLength(wish)}\r\n\r\n${wish}`);
      const answer = await new Promise<string>((resolve, reject) => {
        told = resolve;
        failed = reject;
      });
      const tookMs = performance.now() - sentAt;
      if (!answer.startsWith('HTTP/1.1 201 ')) throw new Error(`a sale was answered ${answer.slice(0, 500)}`);
      return tookMs;
    },
    close() {
      socket.removeAllListeners('close').destroy();
    },
  };
}

/** Whether the body is as long as its head says; as latin1, a character is a byte. */
function isWhole(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, end))?.[1];
  return end >= 0 && length !== undefined && answer.length >= end + 4 + Number(length);
}
