// The real links of a node's printers.
import type { OpenLink } from './link.ts';
import { openNetworkLink } from './network-link.ts';
import { openSerialLink } from './serial-link.ts';

export const openLink: OpenLink = (link, events) =>
  link.kind === 'network' ? openNetworkLink(link, events) : openSerialLink(link, events);
