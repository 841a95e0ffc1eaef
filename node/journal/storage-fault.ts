// The disk, the memory or the file itself failed: what a waiter is told, and what that means for the node.

/** Errors after which SQLite has rolled the whole transaction back, or may have: the savepoints are gone with it. */
const endsTransaction = /^SQLITE_(FULL|IOERR|NOMEM|CORRUPT|NOTADB|CANTOPEN|READONLY|BUSY|LOCKED|PROTOCOL)/;

const codeOf = (error: unknown): string => String((error as { code?: unknown } | undefined)?.code);

export const isStorageError = (error: unknown): boolean => endsTransaction.test(codeOf(error));

export type StorageCause = 'disk-full' | 'damaged' | 'storage-failed';

export function storageCause(error: unknown): StorageCause {
  const code = codeOf(error);
  if (/^(SQLITE_FULL|ENOSPC)/.test(code)) return 'disk-full';
  return /^SQLITE_(CORRUPT|NOTADB)/.test(code) ? 'damaged' : 'storage-failed';
}

const words: Record<StorageCause, { detail: string; next: string }> = {
  'disk-full': {
    detail: 'The disk of the store box is full. Nothing was recorded; what was saved before is safe.',
    next: 'Free space on the disk of the store box, then try again.',
  },
  damaged: {
    detail: 'The database of the store box is damaged. Nothing was recorded.',
    next: 'Stop selling here. Restore a backup or recover the store box from the centre.',
  },
  'storage-failed': {
    detail: 'The store could not write to its disk. Nothing was recorded.',
    next: 'Try again; if it comes back, check the disk of the store box.',
  },
};

/** Nothing of this work was kept. The person should know, and may try again. */
export class StorageFault extends Error {
  override name = 'StorageFault';
  readonly statusCode = 503;
  readonly code: string;
  readonly next: string;
  constructor(what: StorageCause | 'stopping', options?: ErrorOptions) {
    super(what === 'stopping' ? 'The node is stopping.' : words[what].detail, options);
    this.code = what;
    this.next = what === 'stopping' ? 'Try again when it is back.' : words[what].next;
  }
}
