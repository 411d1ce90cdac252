import { accept, assert, decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseAll, parseId, parseInteger, parseKeysetPage, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { readGuest } from '../orders/orders.input.ts';
import { guestName } from '../orders/orders.resolvers.ts';
import { visibleEntry } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { claimOffer, leaveWaitlist } from './answer-offer.ts';
import { joinWaitlist } from './join-waitlist.ts';
import { explainWaiting, fairnessRule, type WaitlistEntry } from './waitlist-entry.ts';
import { findEntriesOfGuest } from './waitlist-rows.ts';

async function entryOf({ loaders }: Context, id: string): Promise<WaitlistEntry> {
  const entry = await loaders.entry.load(id);
  assert(entry, 'an entry that was claimed is there');
  return entry;
}

export const waitlistResolvers: Resolvers = {
  Query: {
    waitlistEntry: (_, { id }, context) =>
      visibleEntry(context, orBadInput(parseId('WaitlistEntry', 'id', id))),
  },
  Mutation: {
    claimWaitlistOffer: async (_, { entryId }, context) => {
      const { services, viewer } = context;
      const parsed = parseId('WaitlistEntry', 'entryId', entryId);
      const outcome = await whenParsed(parsed, async (id) => {
        const claimed = await claimOffer(services, viewer, id);
        return claimed.ok ? accept({ hold: claimed.value, entry: await entryOf(context, id) }) : claimed;
      });
      return toResult(outcome, (claimed) => ({ __typename: 'WaitlistOfferClaimed', ...claimed }));
    },
    leaveWaitlist: async (_, { entryId }, { services, viewer }) => {
      const parsed = parseId('WaitlistEntry', 'entryId', entryId);
      const outcome = await whenParsed(parsed, (id) => leaveWaitlist(services, viewer, id));
      return toResult(outcome, (entry) => ({ __typename: 'WaitlistLeft', entry }));
    },
    joinWaitlist: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
        ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
        quantity: parseInteger('quantity', input.quantity, { min: 1, max: 100 }),
        guest: readGuest('guest', input.guest),
      });
      const outcome = await whenParsed(parsed, (request) => joinWaitlist(services, viewer, request));
      return toResult(outcome, (entry) => ({ __typename: 'WaitlistJoined', entry }));
    },
  },
  WaitlistEntry: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('WaitlistEntry', id);
      return uuid === null ? null : visibleEntry(context, uuid);
    },
    id: ({ id }) => encodeId('WaitlistEntry', id),
    position: ({ id }, _, { loaders }) => loaders.position.load(id),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    guest: ({ guestId }, _, context) => guestName(context, guestId),
    offer: ({ id, status }, _, { loaders }) => (status === 'OFFERED' ? loaders.openOffer.load(id) : null),
    whyNotYet: async ({ id, occurrenceId, ticketTypeId, quantity }, _, { loaders }) => {
      const [ahead, queues, sale] = await Promise.all([
        loaders.ahead.load(id),
        loaders.queues.load(occurrenceId),
        loaders.onSale.load(occurrenceId),
      ]);
      const queue = queues.find((one) => one.ticketTypeId === ticketTypeId);
      if (!ahead || !queue) return null;
      const explained = explainWaiting(quantity, ahead, { ...queue, onSale: sale?.onSale ?? false });
      return { ...explained, rule: fairnessRule };
    },
  },
  Occurrence: {
    waitlists: async ({ id }, _, context) => {
      const queues = await context.loaders.queues.load(id);
      return Promise.all(
        queues.map(async ({ ticketTypeId, waiting, wanted, free, listed, offered }) => ({
          ticketType: await ticketTypeOf(context, ticketTypeId, id),
          rule: fairnessRule,
          partiesWaiting: waiting,
          placesWanted: wanted,
          placesFree: free,
          ticketsForResale: listed,
          openOffers: offered,
        })),
      );
    },
  },
  Viewer: {
    waitlistEntries: async ({ guest }, args, { services, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['integer']));
      const guestId = guest ? decodeId('Guest', guest.id) : null;
      if (guestId === null) return toConnection([], page, () => []);
      const entries = await services.database.read(viewer, (tx) => findEntriesOfGuest(tx, guestId, page));
      return toConnection(entries, page, (entry) => [entry.place]);
    },
  },
};
