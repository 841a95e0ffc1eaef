// A device's connection as the broker is given it: what comes passes the gate first, and what the gate refuses ends it.
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Clock } from '#schema/values/clock';
import type { RefusalReason } from '../refusals.ts';
import { packetGate } from './packet-gate.ts';

export function gatedSocket(socket: Socket, options: { clock: Clock; refuse: (reason: RefusalReason) => void }): Duplex {
  const { clock, refuse } = options;
  const gate = packetGate(clock.now());
  const gated = new Duplex({
    read: () => void socket.resume(),
    write: (chunk, _, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.destroy();
      done(error);
    },
  });
  socket.on('data', (chunk) => {
    if (gated.destroyed) return;
    const refusal = gate.take(chunk, clock.now());
    if (refusal) {
      refuse(refusal);
      gated.destroy();
    } else if (!gated.push(chunk)) socket.pause();
  });
  socket.on('end', () => void gated.push(null));
  // Whatever went wrong, the connection is over.
  socket.on('error', () => gated.destroy());
  socket.on('close', () => gated.destroy());
  return gated;
}
