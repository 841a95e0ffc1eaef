// Keeps values in this browser over a reload: one table of IndexedDB, which plain HTTP has. Without it nothing is kept and nothing fails.
export interface Keep {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
}

const DATABASE = 'lapak-till';
const TABLE = 'kept';

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

const databaseKeep = (database: IDBDatabase): Keep => ({
  get: (key) => answerOf(database.transaction(TABLE).objectStore(TABLE).get(key)),
  put: (key, value) =>
    new Promise((resolve, reject) => {
      const transaction = database.transaction(TABLE, 'readwrite');
      transaction.objectStore(TABLE).put(value, key);
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error);
    }),
});

/** For browsers that refuse the database: a private window, a full disk. */
const storageKeep = (storage: () => Storage): Keep => ({
  get: async (key) => JSON.parse(storage().getItem(`lapak.${key}`) ?? 'null') as unknown,
  put: async (key, value) => storage().setItem(`lapak.${key}`, JSON.stringify(value)),
});

export function browserKeep(factory: IDBFactory | undefined, storage: () => Storage): Keep {
  const small = storageKeep(storage);
  const keep = (factory ? openDatabase(factory).then(databaseKeep) : Promise.resolve(small)).catch(() => small);
  // Selling goes on where nothing can be kept: a full disk must not stop a queue.
  return {
    get: async (key) => (await keep).get(key).catch(() => null),
    put: async (key, value) => (await keep).put(key, value).catch(() => {}),
  };
}
