import { parseAll, parseId, parseIdempotencyKey, parseOptional, toResult } from '@marquee/subgraph';
import { assert } from '@marquee/kernel';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { exchangeTicket } from './exchange-ticket.ts';

export const exchangeResolvers: Resolvers = {
  Mutation: {
    exchangeTicket: async (_, { input }, { services, viewer, loaders }) => {
      const parsed = parseAll({
        idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        ticketId: parseId('Ticket', 'ticketId', input.ticketId),
        occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
        ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
        seatId: parseOptional(input.seatId, (seatId) => parseId('Seat', 'seatId', seatId)),
      });
      const outcome = await whenParsed(parsed, (request) =>
        exchangeTicket(services, viewer, { ...request, admissionPass: input.admissionPass ?? null }),
      );
      if (!outcome.ok) return toResult(outcome, () => ({ __typename: 'TicketExchanged' }) as never);
      const { ticketId, backMinor: amountMinor, currency } = outcome.value;
      const ticket = await loaders.ticket.load(ticketId);
      assert(ticket, 'an exchanged ticket is there');
      return { __typename: 'TicketExchanged', ticket, refunded: { amountMinor, currency } };
    },
  },
};
