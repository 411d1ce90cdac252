import { mayActForOthers, sameEmail } from '../access.ts';
import type { Resolvers } from '../generated/schema.ts';
import { guestName } from '../orders/orders.resolvers.ts';
import { mayHoldTicket } from '../visible.ts';
import { findOwnership, readTicketHistory } from './find-ownership.ts';

export const ledgerResolvers: Resolvers = {
  Query: { ledgerKeys: (_, __, { services }) => [...(services.ledgerKeys ?? [])] },
  Ticket: {
    history: async (ticket, _, context) => {
      if (!(await mayHoldTicket(context, ticket))) return null;
      const { services, viewer } = context;
      const history = await services.database.read(viewer, (tx) => readTicketHistory(tx, ticket.id));
      return mayActForOthers(viewer) ? history : history.map((entry) => ({ ...entry, actor: null }));
    },
    ownership: async (ticket, _, context) => {
      if (!(await mayHoldTicket(context, ticket))) return null;
      const { services, viewer } = context;
      const { holdings, document, notYetProven } = await services.database.read(viewer, (tx) =>
        findOwnership(tx, ticket.id),
      );
      return { holders: [...holdings], proof: document && JSON.stringify(document), notYetProven };
    },
  },
  TicketHolding: {
    guest: async ({ guestId }, _, context) => {
      const { loaders, viewer } = context;
      const guest = await loaders.guest.load(guestId);
      const known = mayActForOthers(viewer) || sameEmail(guest?.email, viewer.email);
      return known ? guestName(context, guestId) : null;
    },
  },
};
