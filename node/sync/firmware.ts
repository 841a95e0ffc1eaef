// Firmware that the centre asks a device to take and this machine lacks: fetched piece by piece, in calls that the node signs. What a lost link
// leaves unfinished goes on from there; what is not the bytes of its digest is never kept.
import { createHash } from 'node:crypto';
import { Compile } from 'typebox/compile';
import { client, ProblemError, UnreachableError } from '#schema/client';
import { readFirmware } from '#schema/rules/device-update';
import type { Clock } from '#schema/values/clock';
import { FirmwarePiece, firmwareSyncContract } from '#schema/wire/firmware';
import type { Log } from '../base/log.ts';
import type { AwaitedImages } from '../devices/awaited-images.ts';
import type { Centre } from './centre.ts';
import { type Loop, type Next, startLoop } from './loop.ts';

const RETRY_MS = 10_000;

interface FetchParts {
  centre: Centre;
  awaited: AwaitedImages;
  clock: Clock;
  log: Log;
}

/** What has come of an image so far. */
interface Begun {
  digest: string;
  pieces: Buffer[];
  received: number;
}

const shape = Compile(FirmwarePiece);

const isUnknown = (error: unknown): boolean => error instanceof ProblemError && error.problem.code === 'unknown-firmware';
const isOutside = (error: unknown): boolean => error instanceof UnreachableError || error instanceof ProblemError;

export function startFirmwareFetch({ centre, awaited, clock, log }: FetchParts): Loop {
  const { piece: ask } = client(firmwareSyncContract, { baseUrl: centre.enrolled.serverUrl, fetch: centre.fetch });
  let begun: Begun | undefined;

  /** The next piece; the version where it was the last. */
  async function fetchPiece(into: Begun): Promise<number | 'more' | 'spoiled'> {
    const { digest, received } = into;
    const answer: unknown = await ask({ params: { digest }, query: { from: String(received) } });
    if (!shape.Check(answer)) return 'spoiled';
    const bytes = Buffer.from(answer.bytes, 'base64');
    const reached = received + bytes.length;
    const firmware = readFirmware(answer.firmware);
    if (answer.from !== received || bytes.length === 0 || reached > answer.size || firmware === undefined) return 'spoiled';
    into.pieces.push(bytes);
    into.received = reached;
    return reached < answer.size ? 'more' : firmware;
  }

  /** Whether nothing is left to do for it. */
  async function fetchImage(digest: string, stopping: AbortSignal): Promise<boolean> {
    if (begun?.digest !== digest) begun = { digest, pieces: [], received: 0 };
    const mine = begun;
    for (;;) {
      const reached = await fetchPiece(mine);
      const isWanted = !stopping.aborted && awaited.wanted().includes(digest);
      if (reached === 'more' && isWanted) continue;
      begun = undefined;
      if (!isWanted) return true;
      const bytes = Buffer.concat(mine.pieces);
      const isTrue = typeof reached === 'number' && createHash('sha256').update(bytes).digest('hex') === digest;
      if (isTrue) awaited.keep({ firmware: reached, bytes });
      else log.warn({ digest }, 'the centre gave a firmware image that is not the bytes of its digest');
      return isTrue;
    }
  }

  async function serve(digest: string, stopping: AbortSignal): Promise<boolean> {
    try {
      return await fetchImage(digest, stopping);
    } catch (error) {
      if (!isUnknown(error)) throw error;
      log.warn({ digest }, 'the centre has no firmware image that it asked a device to take');
      await awaited.refuse(digest);
      return true;
    }
  }

  const loop = startLoop(clock, async (stopping): Promise<Next> => {
    let isDone = true;
    for (const digest of awaited.wanted()) {
      try {
        if (!(await serve(digest, stopping))) isDone = false;
      } catch (error) {
        // What is not the network is the disk. Either may be over when it is tried again.
        if (isOutside(error)) log.debug({ error, digest }, 'a firmware image could not be fetched');
        else log.error({ error, digest }, 'a firmware image could not be kept');
        if (error instanceof UnreachableError) return RETRY_MS;
        isDone = false;
      }
    }
    return isDone ? 'rest' : RETRY_MS;
  });
  awaited.onWanted(loop.nudge);
  return loop;
}
