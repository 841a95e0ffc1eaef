// Structured logs of a node. Secrets are never passed in; what might hold one is cut out all the same.
import pino from 'pino';

export type Log = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error' | 'child'>;

export function openLog(level: string): Log {
  const redact = ['token', 'code', 'pin', '*.token', '*.authorization', 'headers.authorization'];
  // Standard output is for answers.
  return pino({ name: 'lapak-node', level, redact }, pino.destination(2));
}
