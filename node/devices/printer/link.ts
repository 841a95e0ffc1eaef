// What carries bytes to a printer and its answers back: a socket or a serial line. How one is opened is an argument, so that a whole
// store can be run without either.
import type { PrinterLink } from '#schema/wire/print';

export interface LinkEvents {
  bytes(bytes: Uint8Array): void;
  /** It is gone and will not come back; never called after `close`. */
  closed(): void;
}

export interface OpenedLink {
  isOpen(): boolean;
  /** Resolves when the system has taken all bytes, rejects when the link goes first. */
  write(bytes: Uint8Array): Promise<void>;
  close(): void;
}

/** Rejects when nobody answers there in time. */
export type OpenLink = (link: PrinterLink, events: LinkEvents) => Promise<OpenedLink>;
