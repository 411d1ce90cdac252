/**
 * Where a device keeps what must survive a dead battery. `set` resolves once the value is safe: the door opens only then.
 * Keys are short and plain, such as `reading/17`.
 */
export type DoorStorage = {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
};

/** For tests, and for trying things out: gone with the process. */
export function memoryStorage(): DoorStorage {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key) ?? null,
    set: async (key, value) => void kept.set(key, value),
    delete: async (key) => void kept.delete(key),
  };
}

/** The same with what JSON can say. */
export function jsonIn(storage: DoorStorage) {
  return {
    take: async <T>(key: string): Promise<T | null> => {
      const text = await storage.get(key);
      return text === null ? null : (JSON.parse(text) as T);
    },
    put: (key: string, value: object) => storage.set(key, JSON.stringify(value)),
  };
}
