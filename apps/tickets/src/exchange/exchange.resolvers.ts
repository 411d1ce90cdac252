import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseList,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import { accept, assert } from '@marquee/kernel';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { exchangeTicket } from './exchange-ticket.ts';

export const exchangeResolvers: Resolvers = {
  Order: {
    exchangedTicket: async ({ id }, _, { loaders }) => {
      const exchange = await loaders.exchangeOfOrder.load(id);
      return exchange && loaders.ticket.load(exchange.ticketId);
    },
  },
  Mutation: {
    exchangeTicket: async (_, { input }, { services, viewer, loaders }) => {
      const parsed = parseAll({
        idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        ticketId: parseId('Ticket', 'ticketId', input.ticketId),
        occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
        ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
        seatId: parseOptional(input.seatId, (seatId) => parseId('Seat', 'seatId', seatId)),
        answers: parseList('answers', input.answers ?? [], { max: 100 }, (field, answer) =>
          parseAll({
            questionId: parseId('Question', `${field}.questionId`, answer.questionId),
            value: parseText(`${field}.value`, answer.value, { min: 0, max: 4_000, multiline: true }),
          }),
        ),
        paysDifference: accept(input.payDifference ?? false),
      });
      const outcome = await whenParsed(parsed, (request) =>
        exchangeTicket(services, viewer, { ...request, admissionPass: input.admissionPass ?? null }),
      );
      if (!outcome.ok) return toResult(outcome, () => ({ __typename: 'TicketExchanged' }) as never);
      const { ticketId, backMinor: amountMinor, currency, toPay } = outcome.value;
      if (toPay) {
        const order = await loaders.order.load(toPay.orderId);
        assert(order, 'what was just ordered is there');
        const difference = { amountMinor: toPay.differenceMinor, currency };
        return { __typename: 'ExchangeToBePaid', order: { ...order, asOf: null }, difference };
      }
      const ticket = await loaders.ticket.load(ticketId);
      assert(ticket, 'an exchanged ticket is there');
      return { __typename: 'TicketExchanged', ticket, refunded: { amountMinor, currency } };
    },
  },
};
