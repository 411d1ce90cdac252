import type { Transaction } from '@marquee/postgres';
import type { Loader } from '@marquee/subgraph';
import { findCounts, findLists, findListsOfOccurrences } from '../check-in/list-rows.ts';
import { findDevices } from '../devices/device-rows.ts';
import { findScans } from './scan-rows.ts';

type Find<V> = (tx: Transaction, keys: readonly string[]) => Promise<readonly V[]>;

/** What is asked for at the door, by the two ways in which rows are loaded. */
export function createDoorLoaders(
  byId: <V extends { readonly id: string }>(find: Find<V>) => Loader<string, V | null>,
  manyBy: <V>(find: Find<V>, keyOf: (row: V) => string) => Loader<string, readonly V[]>,
) {
  return {
    scan: byId(findScans),
    device: byId(findDevices),
    checkInList: byId(findLists),
    checkInListsOf: manyBy(findListsOfOccurrences, (list) => list.occurrenceId),
    checkInCounts: manyBy(findCounts, (count) => count.listId),
  };
}
