// Keeps values in this browser over a reload: one table of IndexedDB, which plain HTTP has. Without it nothing is kept and nothing fails.
export interface Keep {
  get(key: string): Promise<unknown>;
  put(key: string, value: unknown): Promise<void>;
  /** Everything whose key begins so. */
  entries(prefix: string): Promise<[key: string, value: unknown][]>;
  /** Reads and writes in one step, whatever other tabs do; undefined takes the key away. The value that stands after it. */
  alter(key: string, change: (kept: unknown) => unknown): Promise<unknown>;
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
  put: (key, value) => write(database, (table) => table.put(value, key)),
  async entries(prefix) {
    const table = database.transaction(TABLE).objectStore(TABLE);
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const [keys, values] = await Promise.all([answerOf(table.getAllKeys(range)), answerOf(table.getAll(range))]);
    return keys.map((key, index) => [String(key), values[index] as unknown]);
  },
  async alter(key, change) {
    let after: unknown;
    await write(database, (table) => {
      const reading = table.get(key);
      reading.onsuccess = () => {
        after = change(reading.result);
        if (after === undefined) table.delete(key);
        else table.put(after, key);
      };
    });
    return after;
  },
});

/** Resolves when what was written is kept. */
const write = (database: IDBDatabase, change: (table: IDBObjectStore) => void): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = database.transaction(TABLE, 'readwrite');
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    change(transaction.objectStore(TABLE));
  });

/** For browsers that refuse the database: a private window, a full disk. */
function storageKeep(storage: () => Storage): Keep {
  const name = (key: string) => `lapak.${key}`;
  const read = (key: string) => JSON.parse(storage().getItem(name(key)) ?? 'null') as unknown;
  const put = (key: string, value: unknown) => storage().setItem(name(key), JSON.stringify(value));
  return {
    get: async (key) => read(key),
    put: async (key, value) => put(key, value),
    entries: async (prefix) =>
      Object.keys(storage())
        .filter((stored) => stored.startsWith(name(prefix)))
        .map((stored) => stored.slice(name('').length))
        .map((key) => [key, read(key)]),
    async alter(key, change) {
      const after = change(read(key));
      if (after === undefined) storage().removeItem(name(key));
      else put(key, after);
      return after;
    },
  };
}

export function browserKeep(factory: IDBFactory | undefined, storage: () => Storage): Keep {
  const small = storageKeep(storage);
  const keep = (factory ? openDatabase(factory).then(databaseKeep) : Promise.resolve(small)).catch(() => small);
  // Selling goes on where nothing can be kept: a full disk must not stop a queue.
  return {
    get: async (key) => (await keep).get(key).catch(() => null),
    put: async (key, value) => (await keep).put(key, value).catch(() => {}),
    entries: async (prefix) => (await keep).entries(prefix).catch(() => []),
    alter: async (key, change) => (await keep).alter(key, change).catch(() => undefined),
  };
}
