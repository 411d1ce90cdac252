import type { Database } from '@marquee/postgres';
import { countArrivals } from './room-rows.ts';

/** What an arrival became; null where no room is on. */
export type Arrival = { readonly round: number; readonly isEarly: boolean; readonly number: number } | null;

type Waiting = { readonly resolve: (arrival: Arrival) => void; readonly reject: (error: unknown) => void };

/** More than this wait for one statement: then something is wrong with the database, and one more is turned away. */
export const maxWaitingArrivals = 20_000;

/**
 * Counts arrivals: while one statement for a room is under way the next arrivals gather, and all of them are counted by
 * the one that follows, in the order in which they came. No row is written for any of them.
 */
export function createArrivals(database: Database) {
  const gathering = new Map<string, Waiting[]>();
  const busy = new Set<string>();

  const count = async (organisationId: string, occurrenceId: string, key: string) => {
    busy.add(key);
    try {
      for (let batch = gathering.get(key); batch; batch = gathering.get(key)) {
        gathering.delete(key);
        await countBatch(organisationId, occurrenceId, batch);
      }
    } finally {
      busy.delete(key);
    }
  };
  const countBatch = async (organisationId: string, occurrenceId: string, batch: readonly Waiting[]) => {
    try {
      const counted = await database.transaction({ organisationId }, (tx) =>
        countArrivals(tx, occurrenceId, batch.length),
      );
      batch.forEach(({ resolve }, place) => {
        if (!counted) return resolve(null);
        const { round, isEarly, arrived } = counted;
        resolve({ round, isEarly, number: isEarly ? 0 : arrived - batch.length + place });
      });
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  };

  /** Null where too many wait already. */
  return (organisationId: string, occurrenceId: string): Promise<Arrival> | null => {
    const key = `${organisationId}/${occurrenceId}`;
    const batch = gathering.get(key) ?? [];
    if (batch.length >= maxWaitingArrivals) return null;
    gathering.set(key, batch);
    return new Promise((resolve, reject) => {
      batch.push({ resolve, reject });
      if (!busy.has(key)) void count(organisationId, occurrenceId, key);
    });
  };
}
