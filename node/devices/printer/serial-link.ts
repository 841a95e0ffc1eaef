// A printer on a serial line, or on USB where it plays one. Its cable may be pulled at any moment: that is a close like any other.
import type { PrinterLink } from '#schema/wire/print';
import type { LinkEvents, OpenedLink } from './link.ts';

export async function openSerialLink(
  { path, baudRate }: Extract<PrinterLink, { kind: 'serial' }>,
  events: LinkEvents,
): Promise<OpenedLink> {
  // A store without a serial printer does not load what drives one.
  const { SerialPort } = await import('serialport');
  const port = new SerialPort({ path, baudRate, autoOpen: false });
  let ended = false;
  await new Promise<void>((resolve, reject) => port.open((error) => (error ? reject(error) : resolve())));
  // What went wrong shows as the close that follows.
  port.on('error', () => undefined);
  port.on('data', (bytes: Uint8Array) => events.bytes(bytes));
  port.once('close', () => ended || events.closed());
  return {
    isOpen: () => port.isOpen,
    write: (bytes) =>
      new Promise((taken, failed) => {
        const lost = () => failed(new Error('the printer’s cable was pulled'));
        port.once('close', lost);
        const settle = (error: Error | null | undefined) => {
          port.removeListener('close', lost);
          if (error) failed(error);
          else taken();
        };
        port.write(Buffer.from(bytes), (error) => (error ? settle(error) : port.drain(settle)));
      }),
    close() {
      ended = true;
      if (port.isOpen) port.close(() => undefined);
    },
  };
}
