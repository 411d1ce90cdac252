import type { Database, Transaction } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { findSeatStatuses } from '../inventory/availability-rows.ts';
import { findKeptSeats } from './kept-seats.ts';
import { findSeatingPolicies } from './seating-policy-rows.ts';
import { usualPolicy } from './seating-policy.ts';

/** What there is to know of the seats of occurrences, each in one statement for all that a request asks for. */
export function createSeatingLoaders(database: Database, viewer: Viewer) {
  type Find<V> = (tx: Transaction, ids: readonly string[]) => Promise<readonly V[]>;
  const ofOccurrence = <V extends { readonly occurrenceId: string }>(
    find: Find<V>,
  ): Loader<string, readonly V[]> =>
    createLoader(async (ids) => {
      const rows = await database.read(viewer, (tx) => find(tx, ids));
      const found = Map.groupBy(rows, ({ occurrenceId }) => occurrenceId);
      return ids.map((id) => found.get(id) ?? []);
    });
  return {
    seatStatuses: ofOccurrence(findSeatStatuses),
    keptSeats: ofOccurrence(findKeptSeats),
    seatingPolicy: createLoader(async (ids: readonly string[]) => {
      const found = await database.read(viewer, (tx) => findSeatingPolicies(tx, viewer.organisationId, ids));
      return ids.map((id) => found.get(id) ?? usualPolicy);
    }),
  };
}
