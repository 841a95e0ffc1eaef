// Whether a port can be listened on: asked before anything slow begins, so that a taken one is said at once and by its name.
import { createServer } from 'node:net';
import { exitCodes } from '../exit-codes.ts';
import { Failure } from '../failure.ts';

export const isPortFree = (port: number, host = '127.0.0.1'): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(true)));
  });

export interface WantedPort {
  port: number;
  /** What it is for: “The centre”. */
  whose: string;
  flag: string;
  env: string;
}

export async function needFreePort({ port, whose, flag, env }: WantedPort): Promise<void> {
  if (port === 0 || (await isPortFree(port))) return;
  throw new Failure({
    exit: exitCodes.refused,
    code: 'port-taken',
    why: `${whose} needs port ${port}, which another program uses.`,
    next: `Stop that program, or choose another port: ${flag} ${port + 100} (or ${env}).`,
  });
}
