// Keeps the open sale and the payment under way over a reload, a crash, a closed lid. IndexedDB, which plain HTTP has; where a
// browser refuses it, its smaller storage.
import type { Payment } from '../tender/payment.ts';
import type { Cart } from './cart.ts';

export interface Draft {
  version: 1;
  cart: Cart;
  payment: Payment;
}

export interface DraftBox {
  load(): Promise<Draft | null>;
  save(draft: Draft): Promise<void>;
}

const DATABASE = 'lapak-till';
const TABLE = 'drafts';
const KEY = 'open-sale';

const isDraft = (kept: unknown): kept is Draft => typeof kept === 'object' && kept !== null && (kept as Draft).version === 1;

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function openDatabase(factory: IDBFactory): Promise<IDBDatabase> {
  const request = factory.open(DATABASE, 1);
  request.onupgradeneeded = () => request.result.createObjectStore(TABLE);
  return answerOf(request);
}

function smallBox(storage: () => Storage): DraftBox {
  return {
    async load() {
      const kept: unknown = JSON.parse(storage().getItem(`lapak.${KEY}`) ?? 'null');
      return isDraft(kept) ? kept : null;
    },
    async save(draft) {
      storage().setItem(`lapak.${KEY}`, JSON.stringify(draft));
    },
  };
}

function databaseBox(database: IDBDatabase): DraftBox {
  return {
    async load() {
      const kept: unknown = await answerOf(database.transaction(TABLE).objectStore(TABLE).get(KEY));
      return isDraft(kept) ? kept : null;
    },
    save: (draft) =>
      new Promise((resolve, reject) => {
        const transaction = database.transaction(TABLE, 'readwrite');
        transaction.objectStore(TABLE).put(draft, KEY);
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
      }),
  };
}

export function browserDrafts(factory: IDBFactory | undefined, storage: () => Storage): DraftBox {
  const small = smallBox(storage);
  const box = (factory ? openDatabase(factory).then(databaseBox) : Promise.resolve(small)).catch(() => small);
  // Selling goes on where nothing can be kept: a full disk must not stop a queue.
  return {
    load: async () => (await box).load().catch(() => null),
    save: async (draft) => (await box).save(draft).catch(() => {}),
  };
}
