import { decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { findScansOfList } from '../scans/scan-rows.ts';
import { whenParsed } from '../when-parsed.ts';
import { isDefaultList } from './check-in-list.ts';
import { readListChanges, readNewList } from './check-in.input.ts';
import { addTallies, nothingCounted, type CheckInCount, type Tally } from './list-rows.ts';
import { createCheckInList, updateCheckInList } from './save-list.ts';

export type CountsView = { readonly occurrenceId: string; readonly counts: readonly CheckInCount[] };
export type TypeCounts = Tally & { readonly ticketTypeId: string | null; readonly occurrenceId: string };

const total = ({ counts }: CountsView): Tally => counts.reduce<Tally>(addTallies, nothingCounted);

/** Sums by a key, in the order in which the keys come. */
const sumsBy = <K>({ counts }: CountsView, keyOf: (count: CheckInCount) => K) =>
  [...Map.groupBy(counts, keyOf)].map(
    ([key, own]) => [key, own.reduce<Tally>(addTallies, nothingCounted)] as const,
  );

const mayStandAtDoor = ({ viewer }: Context) => viewer.scopes.includes('tickets:scan');

export const checkInResolvers: Resolvers = {
  Query: {
    checkInList: (_, { id }, { loaders }) =>
      loaders.checkInList.load(orBadInput(parseId('CheckInList', 'id', id))),
  },
  Mutation: {
    createCheckInList: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readNewList(input), (request) =>
        createCheckInList(services, viewer, request),
      );
      return toResult(outcome, (checkInList) => ({ __typename: 'CheckInListCreated', checkInList }));
    },
    updateCheckInList: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readListChanges(input), (request) =>
        updateCheckInList(services, viewer, request),
      );
      return toResult(outcome, (checkInList) => ({ __typename: 'CheckInListUpdated', checkInList }));
    },
  },
  Occurrence: {
    checkInLists: async ({ id }, _, context) =>
      mayStandAtDoor(context) ? [...(await context.loaders.checkInListsOf.load(id))] : [],
  },
  CheckInList: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('CheckInList', id);
      return uuid === null || !mayStandAtDoor(context) ? null : context.loaders.checkInList.load(uuid);
    },
    id: ({ id }) => encodeId('CheckInList', id),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    isDefault: isDefaultList,
    ticketTypes: async ({ ticketTypeIds, occurrenceId }, _, context) =>
      ticketTypeIds && Promise.all(ticketTypeIds.map((id) => ticketTypeOf(context, id, occurrenceId))),
    counts: async ({ id, occurrenceId }, _, { loaders }) => ({
      occurrenceId,
      counts: await loaders.checkInCounts.load(id),
    }),
    scans: async ({ id }, { result, ...args }, { services, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const scans = await services.database.read(viewer, (tx) =>
        findScansOfList(tx, id, result ?? null, page),
      );
      return toConnection(scans, page, (scan) => [scan.at.toISOString(), scan.id]);
    },
  },
  CheckInCounts: {
    admitted: (view) => total(view).admitted,
    inside: (view) => total(view).inside,
    entries: (view) => total(view).entries,
    exits: (view) => total(view).exits,
    rejected: (view) => total(view).rejected,
    conflicts: (view) => total(view).conflicts,
    byTicketType: (view) =>
      sumsBy(view, ({ ticketTypeId }) => ticketTypeId).map(([ticketTypeId, tally]) => ({
        ...tally,
        ticketTypeId,
        occurrenceId: view.occurrenceId,
      })),
    byGate: (view) => sumsBy(view, ({ gate }) => gate).map(([gate, tally]) => ({ gate, ...tally })),
  },
  CheckInTypeCounts: {
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeId === null ? null : ticketTypeOf(context, ticketTypeId, occurrenceId),
  },
  Subscription: {
    // Live delivery is the gateway's, from the relay's messages; asked here, the stream is simply over.
    checkInCountsChanged: { subscribe: () => ended() },
  },
};

async function* ended(): AsyncGenerator<never> {}
