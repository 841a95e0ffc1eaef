// What carries bytes to a device and its answers back: a socket or a serial line.

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
