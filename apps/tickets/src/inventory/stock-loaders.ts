import type { Database, Transaction } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { findTicketTypes, findTicketTypesOfEvents } from './availability-rows.ts';
import { findBlocks, findBlocksOfOccurrences } from './block-rows.ts';
import { findTicketTypesEver } from './delete-ticket-type.ts';
import { findTiers, type TierKey, type TierView } from './price-tier-rows.ts';
import { findQuotasById, findQuotasOfEvents } from './quotas.ts';

/** Ticket types, quotas, prices and what is kept back, each in one statement for all that a request asks for. */
export function createStockLoaders(database: Database, viewer: Viewer) {
  type Find<V> = (tx: Transaction, keys: readonly string[]) => Promise<readonly V[]>;
  const many = <V>(find: Find<V>, keyOf: (row: V) => string): Loader<string, readonly V[]> =>
    createLoader(async (keys) => {
      const found = Map.groupBy(await database.read(viewer, (tx) => find(tx, keys)), keyOf);
      return keys.map((key) => found.get(key) ?? []);
    });
  const one = <V extends { readonly id: string }>(find: Find<V>): Loader<string, V | null> =>
    createLoader(async (ids) => {
      const rows = await database.read(viewer, (tx) => find(tx, ids));
      const found = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => found.get(id) ?? null);
    });
  return {
    ticketType: one(findTicketTypes),
    /** Deleted ones too: for what says which type it was of. */
    ticketTypeEver: one(findTicketTypesEver),
    ticketTypesOfEvent: many(findTicketTypesOfEvents, (type) => type.eventId),
    quota: one(findQuotasById),
    quotasOfEvent: many(findQuotasOfEvents, (quota) => quota.eventId),
    block: one(findBlocks),
    blocksOfOccurrence: many(findBlocksOfOccurrences, (block) => block.occurrenceId),
    priceTiers: createLoader<TierKey, readonly TierView[]>(
      async (keys) => {
        const tiers = await database.read(viewer, (tx) => findTiers(tx, keys));
        const found = Map.groupBy(tiers, cacheKey);
        return keys.map((key) => found.get(cacheKey(key)) ?? []);
      },
      { cacheKey },
    ),
  };
}

const cacheKey = ({ ticketTypeId, occurrenceId }: TierKey): string => `${ticketTypeId} ${occurrenceId}`;
