// A printer on a serial line, or on USB where it plays one: what it was sent counts once it has left the machine.
import type { PrinterLink } from '#schema/wire/print';
import type { LinkEvents, OpenedLink } from '../link.ts';
import { openSerialLine } from '../serial/port.ts';

export async function openSerialLink(place: Extract<PrinterLink, { kind: 'serial' }>, events: LinkEvents): Promise<OpenedLink> {
  const line = await openSerialLine(place, events);
  return { ...line, write: (bytes) => line.write(bytes).then(line.drain) };
}
