// How a printer's link is opened is an argument, so that a whole store can be run without a printer.
import type { PrinterLink } from '#schema/wire/print';
import type { LinkEvents, OpenedLink } from '../link.ts';

/** Rejects when nobody answers there in time. */
export type OpenLink = (link: PrinterLink, events: LinkEvents) => Promise<OpenedLink>;
