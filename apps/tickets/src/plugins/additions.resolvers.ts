import type { Resolvers } from '../generated/schema.ts';
import { mayHoldTicket } from '../visible.ts';

export const additionsResolvers: Resolvers = {
  Ticket: {
    additions: async (ticket, _, context) =>
      (await mayHoldTicket(context, ticket)) ? [...(await context.loaders.additions.load(ticket.id))] : [],
    waitsForPlugins: ({ id }, _, { loaders }) => loaders.heldBack.load(id),
  },
  Order: {
    reportColumns: async ({ id }, _, { loaders }) => [...(await loaders.reportColumns.load(id))],
  },
  TicketAddition: {
    fields: ({ fields }) => [...fields],
  },
};
