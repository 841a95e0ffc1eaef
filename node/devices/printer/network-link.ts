// A printer on the network: a TCP connection to its raw port, usually 9100. Nothing is said but ESC/POS.
import { createConnection } from 'node:net';
import type { PrinterLink } from '#schema/wire/print';
import type { LinkEvents, OpenedLink } from '../link.ts';

const CONNECT_MS = 3_000;

export function openNetworkLink(
  { host, port }: Extract<PrinterLink, { kind: 'network' }>,
  events: LinkEvents,
): Promise<OpenedLink> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host, port, noDelay: true, keepAlive: true, timeout: CONNECT_MS });
    let ended = false;
    const link: OpenedLink = {
      isOpen: () => !socket.destroyed && socket.writable,
      write: (bytes) =>
        new Promise((taken, failed) => {
          const lost = () => failed(new Error('the printer closed the connection'));
          socket.once('close', lost);
          socket.write(bytes, (error) => {
            socket.removeListener('close', lost);
            if (error) failed(error);
            else taken();
          });
        }),
      close() {
        ended = true;
        socket.destroy();
      },
    };
    // The timeout is of the connecting alone: an idle printer says nothing for hours.
    socket.once('timeout', () => socket.destroy(new Error('the printer did not answer in time')));
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.setTimeout(0);
      socket.removeListener('error', reject);
      // What went wrong shows as the close that follows.
      socket.on('error', () => undefined);
      socket.on('data', (bytes) => events.bytes(bytes));
      socket.once('close', () => ended || events.closed());
      resolve(link);
    });
  });
}
