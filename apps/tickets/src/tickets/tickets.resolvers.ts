import { decodeId, encodeId } from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import { orBadInput, parseId, parseKeysetPage, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { seatsOf, ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { guestName, orderView } from '../orders/orders.resolvers.ts';
import { visibleTicket } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { setCredentialPolicy } from './credential-policy.ts';
import { drawQrCode } from './qr-code.ts';
import { closesAt } from './rotation.ts';
import { showCredential, showRotation } from './show-credential.ts';
import { findTicketsOfGuest } from './ticket-rows.ts';

export const ticketsResolvers: Resolvers = {
  Query: {
    ticket: (_, { id }, context) => visibleTicket(context, orBadInput(parseId('Ticket', 'id', id))),
    ticketKeys: (_, __, { services }) =>
      services.credentials.publicKeys().map(({ nbf, exp, ...key }) => ({
        ...key,
        signsFrom: nbf === undefined ? null : new Date(nbf * 1_000),
        verifiesUntil: exp === undefined ? null : new Date(exp * 1_000),
      })),
  },
  Mutation: {
    setCredentialPolicy: async (_, { input }, { services, viewer }) => {
      const parsed = parseId('Event', 'eventId', input.eventId);
      const outcome = await whenParsed(parsed, (eventId) =>
        setCredentialPolicy(services, viewer, { eventId, policy: input.policy }),
      );
      return toResult(outcome, (event) => ({ __typename: 'CredentialPolicySet', event }));
    },
  },
  Event: {
    credentialPolicy: async ({ id }, _, { loaders }) => (await loaders.credentialPolicy.load(id)) ?? 'ANY',
  },
  Ticket: {
    __resolveReference: ({ id }, context) => {
      const uuid = decodeId('Ticket', id);
      return uuid === null ? null : visibleTicket(context, uuid);
    },
    id: ({ id }) => encodeId('Ticket', id),
    credential: async (ticket, _, context) => (await showCredential(context, ticket))?.text ?? null,
    qrCode: async (ticket, { format }, context) => {
      const shown = await showCredential(context, ticket);
      return shown && drawQrCode(shown.text, format ?? 'SVG', shown.validUntil);
    },
    credentialRotation: async (ticket, _, context) => {
      const rotation = await showRotation(context, ticket);
      if (!rotation) return null;
      const { signed, seed, ...shown } = rotation;
      const [signedText, seedText] = [signed.toString('base64url'), seed.toString('base64url')];
      return { ...shown, closesAt: closesAt(rotation), signed: signedText, seed: seedText };
    },
    seat: async ({ seatId }, _, context) => (seatId === null ? null : (await seatsOf(context, [seatId]))[0]!),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    guest: ({ guestId }, _, context) => guestName(context, guestId),
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    order: ({ orderId }, _, context) => orderView(context, orderId),
    admittedAt: ({ id }, _, { loaders }) => loaders.admittedAt.load(id),
  },
  Viewer: {
    __resolveReference: ({ id, guest }) => ({ id, guest: guest ?? null }),
    tickets: async ({ guest }, args, { services, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      // Signed by the gateway: `guest` is what guests says of this very viewer.
      const guestId = guest ? decodeId('Guest', guest.id) : null;
      if (guestId === null) return toConnection([], page, () => []);
      const tickets = await services.database.read(viewer, (tx) => findTicketsOfGuest(tx, guestId, page));
      return toConnection(tickets, page, (ticket) => [ticket.issuedAt.toISOString(), ticket.id]);
    },
  },
};
