// A serial line of this machine, or USB that plays one. Its cable may be pulled at any moment: that is a close like any other.
import type { LinkEvents, OpenedLink } from '../link.ts';

export interface SerialPlace {
  path: string;
  baudRate: number;
}

export interface SerialLine extends OpenedLink {
  /** Resolves when what was written has left the machine. */
  drain(): Promise<void>;
}

export type OpenSerialLine = (place: SerialPlace, events: LinkEvents) => Promise<SerialLine>;

export const openSerialLine: OpenSerialLine = async ({ path, baudRate }, events) => {
  // A store without serial devices does not load what drives them.
  const { SerialPort } = await import('serialport');
  // A line that is hung up resets a board that listens to it.
  const port = new SerialPort({ path, baudRate, autoOpen: false, hupcl: false });
  let ended = false;
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  // What went wrong shows as the close that follows.
  port.on('error', () => undefined);
  port.on('data', (bytes: Uint8Array) => events.bytes(bytes));
  port.once('close', () => ended || events.closed());

  const untilDone = (act: (done: (error?: Error | null) => void) => void) =>
    new Promise<void>((resolve, reject) => {
      const lost = () => reject(new Error('the cable was pulled'));
      port.once('close', lost);
      act((error) => {
        port.removeListener('close', lost);
        if (error) reject(error);
        else resolve();
      });
    });

  return {
    isOpen: () => port.isOpen,
    write: (bytes) => untilDone((done) => port.write(Buffer.from(bytes), done)),
    drain: () => untilDone((done) => port.drain(done)),
    close() {
      ended = true;
      if (port.isOpen) port.close(() => undefined);
    },
  };
};
