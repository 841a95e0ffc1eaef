// Structured logs of a node. Secrets are never passed in; what might hold one is cut out all the same.
import pino from 'pino';

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

/** Standard output is for answers. */
export function openLog(level: string, destination: pino.DestinationStream = pino.destination(2)): Log {
  const redact = ['token', 'code', 'pin', '*.pin', 'badge', '*.badge', '*.token', '*.authorization', 'headers.authorization'];
  // An error as it is has no fields that JSON shows.
  return pino({ name: 'lapak-node', level, redact, serializers: { error: pino.stdSerializers.err } }, destination);
}
