// Updates that the centre asks for name an image by its digest. Where this machine lacks it the command waits in its queue while the image is
// fetched (node/sync/firmware.ts); its time to live goes on meanwhile.
import { pours } from '#schema/rules/device';
import type { CommandArgs } from '#schema/wire/device-command';
import type { CommandQueue } from './commands/queue.ts';
import type { CommandRow } from './commands/rows.ts';
import type { StoreDevices } from './devices.ts';
import type { Firmware, Image } from './firmware.ts';

export interface AwaitedImages {
  /** The digests that updates wait for. */
  wanted(): string[];
  /** Hears that there is one to fetch. */
  onWanted(listener: () => void): void;
  /** It came, whole and true to its digest. */
  keep(image: Pick<Image, 'firmware'> & { bytes: Uint8Array }): void;
  /** The centre has no such image: the updates that wait for it fail with that word. */
  refuse(digest: string): Promise<void>;
}

interface AwaitedParts {
  devices: StoreDevices;
  firmware: Firmware;
  queue: Pick<CommandQueue, 'rows' | 'answer' | 'nudge'>;
  now: () => number;
}

/** For the registry: whether a command has to wait, and that one was given. */
interface Gate {
  isReady(row: CommandRow): boolean;
  given(row: CommandRow): void;
}

export function openAwaitedImages({ devices, firmware, queue, now }: AwaitedParts): AwaitedImages & Gate {
  const listeners: (() => void)[] = [];

  /** A person who asks at the store brings the image along, and a device without our core fetches its own. */
  function lackedBy({ deviceId, command, args, directiveId }: CommandRow): string | undefined {
    const device = devices.byId(deviceId);
    if (command !== 'update' || directiveId === null || !device || !pours(device.kind)) return undefined;
    const digest = String((JSON.parse(args) as CommandArgs).digest);
    return firmware.image(digest) ? undefined : digest;
  }

  const waiting = (): { row: CommandRow; digest: string }[] =>
    devices
      .all()
      .flatMap(({ id }) => queue.rows.queued(id))
      .filter(({ expiresAt }) => expiresAt > now())
      .flatMap((row) => {
        const digest = lackedBy(row);
        return digest === undefined ? [] : [{ row, digest }];
      });

  return {
    isReady: (row) => lackedBy(row) === undefined,
    given(row) {
      if (lackedBy(row) !== undefined) for (const listener of listeners) listener();
    },
    wanted: () => [...new Set(waiting().map(({ digest }) => digest))],
    onWanted: (listener) => void listeners.push(listener),
    keep({ firmware: version, bytes }) {
      const before = waiting();
      const { digest } = firmware.add(version, bytes, now());
      for (const { row } of before.filter((one) => one.digest === digest)) queue.nudge(row.deviceId);
    },
    async refuse(digest) {
      for (const { row } of waiting().filter((one) => one.digest === digest))
        await queue.answer(row.id, row.deviceId, { outcome: 'failed', detail: 'no-image' });
    },
  };
}
