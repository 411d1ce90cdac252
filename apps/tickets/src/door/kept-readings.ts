import type { OfflineReading } from './batch-format.ts';
import { jsonIn, type DoorStorage } from './storage.ts';

/** Kept until a newer list tells of it: what was let in here is not let in again after a restart. */
export type KeptReading = OfflineReading & { readonly listId: string; readonly synced?: boolean };

/** What a device has read, numbered from 1 without a gap, each stored before its door opens. */
export type KeptReadings = {
  /** The number that the next reading gets. */
  next(): Promise<number>;
  add(reading: KeptReading): Promise<void>;
  /** By number, all that were not forgotten. */
  all(): Promise<KeptReading[]>;
  unsent(): Promise<KeptReading[]>;
  /** The service has answered for these. */
  markSynced(numbers: readonly number[]): Promise<void>;
  /** The list that was just asked for tells of them. */
  forget(readings: readonly KeptReading[]): Promise<void>;
};

export function keepReadings(storage: DoorStorage): KeptReadings {
  const { take, put } = jsonIn(storage);
  const at = (number: number) => `reading/${number}`;
  const next = async () => {
    const stored = (await take<{ next: number }>('numbers'))?.next ?? 1;
    // A reading may have been stored without its number: it is not given twice.
    return (await storage.get(at(stored))) ? stored + 1 : stored;
  };
  const all = async () => {
    const end = await next();
    const { from } = (await take<{ from: number }>('kept')) ?? { from: 1 };
    const kept: KeptReading[] = [];
    for (let number = from; number < end; number++) {
      const reading = await take<KeptReading>(at(number));
      if (reading) kept.push(reading);
    }
    return kept;
  };
  return {
    next,
    all,
    unsent: async () => (await all()).filter(({ synced }) => !synced),
    add: async (reading) => {
      await put(at(reading.number), reading);
      await put('numbers', { next: reading.number + 1 });
    },
    markSynced: async (numbers) => {
      for (const reading of await all())
        if (numbers.includes(reading.number)) await put(at(reading.number), { ...reading, synced: true });
    },
    forget: async (readings) => {
      for (const { number } of readings) await storage.delete(at(number));
      const [oldest] = await all();
      await put('kept', { from: oldest?.number ?? (await next()) });
    },
  };
}
