import { decodeId, encodeId } from '@marquee/kernel';
import { parseAll, parseEmail, parseId, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { mayHoldTicket, visibleTicket, visibleTransfer } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { acceptTransfer, endTransfer } from './end-transfer.ts';
import { offerTransfer } from './offer-transfer.ts';
import { findOffersTo } from './transfer-rows.ts';

export const transfersResolvers: Resolvers = {
  Mutation: {
    offerTransfer: async (_, { input }, { services, viewer }) => {
      const parsed = parseAll({
        ticketId: parseId('Ticket', 'ticketId', input.ticketId),
        toEmail: parseEmail('toEmail', input.toEmail),
      });
      const outcome = await whenParsed(parsed, (request) => offerTransfer(services, viewer, request));
      return toResult(outcome, (transfer) => ({ __typename: 'TransferOffered', transfer }));
    },
    acceptTransfer: async (_, { id }, { services, viewer }) => {
      const parsed = parseId('Transfer', 'id', id);
      const outcome = await whenParsed(parsed, (request) => acceptTransfer(services, viewer, request));
      return toResult(outcome, (ticket) => ({ __typename: 'TransferAccepted', ticket }));
    },
    declineTransfer: async (_, { id }, { services, viewer }) => {
      const parsed = parseId('Transfer', 'id', id);
      const outcome = await whenParsed(parsed, (request) =>
        endTransfer(services, viewer, request, 'DECLINED'),
      );
      return toResult(outcome, (transfer) => ({ __typename: 'TransferDeclined', transfer }));
    },
    recallTransfer: async (_, { id }, { services, viewer }) => {
      const parsed = parseId('Transfer', 'id', id);
      const outcome = await whenParsed(parsed, (request) =>
        endTransfer(services, viewer, request, 'RECALLED'),
      );
      return toResult(outcome, (transfer) => ({ __typename: 'TransferRecalled', transfer }));
    },
  },
  Transfer: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('Transfer', id);
      return uuid === null ? null : visibleTransfer(context, uuid);
    },
    id: ({ id }) => encodeId('Transfer', id),
    ticket: ({ ticketId }, _, context) => visibleTicket(context, ticketId),
  },
  Ticket: {
    transfers: async (ticket, _, context) =>
      (await mayHoldTicket(context, ticket))
        ? [...(await context.loaders.transfersOfTicket.load(ticket.id))]
        : null,
  },
  Viewer: {
    transferOffers: async (_, __, { services, viewer }) => {
      const { email } = viewer;
      return email ? services.database.read(viewer, (tx) => findOffersTo(tx, email)) : [];
    },
  },
};
