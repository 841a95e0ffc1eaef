// A played dispenser at a serial line of this machine, found again when it goes: the far end of a pty, or a real cable.
import { openSerialLine, type SerialLine } from '#node/devices/serial/port';
import { type SerialCableParts, serialCable } from './by-serial.ts';
import type { Cable } from './cable.ts';

const RETRY_MS = 300;

export function serialCableAt({ path, ...parts }: Omit<SerialCableParts, 'wire'> & { path: string }): Cable {
  const { clock, baudRate } = parts;
  let line: SerialLine | undefined;
  let stopped = false;
  let cancelRetry = () => {};
  const cable = serialCable({
    ...parts,
    // What cannot be written is lost, as on any line.
    wire: { write: (bytes) => void line?.write(bytes).catch(() => undefined) },
  });

  function lost(): void {
    line = undefined;
    if (!stopped) cancelRetry = clock.after(RETRY_MS, open);
  }

  function open(): void {
    openSerialLine({ path, baudRate }, { bytes: cable.hear, closed: lost }).then((opened) => {
      if (stopped) opened.close();
      else line = opened;
    }, lost);
  }

  open();
  return {
    ...cable,
    async stop() {
      stopped = true;
      cancelRetry();
      line?.close();
      await cable.stop();
    },
  };
}
