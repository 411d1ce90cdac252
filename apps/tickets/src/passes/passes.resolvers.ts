import { accept, refuse, type Outcome } from '@marquee/kernel';
import { toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { isLive, type Ticket } from '../tickets/ticket.ts';
import { mayHoldTicket } from '../visible.ts';
import { findPrinted } from './printed-ticket.ts';
import {
  appleNotConfigured,
  googleNotConfigured,
  googleSaveLink,
  judgeWallet,
  type WalletNotConfigured,
  type WalletNotPossible,
} from './wallets.ts';

async function mayPrint(context: Context, ticket: Ticket): Promise<boolean> {
  return isLive(ticket.status) && (await mayHoldTicket(context, ticket));
}

const notTheirs = refuse<WalletNotPossible>({
  kind: 'WalletNotPossible',
  message: 'The ticket is no longer valid.',
});

async function passOf(
  context: Context,
  ticket: Ticket,
  wallet: 'APPLE' | 'GOOGLE',
): Promise<Outcome<string, WalletNotConfigured | WalletNotPossible>> {
  const { services, viewer } = context;
  const { apple, google, links } = services.passes;
  if (wallet === 'APPLE' && !apple) return appleNotConfigured;
  if (wallet === 'GOOGLE' && !google) return googleNotConfigured;
  if (!(await mayPrint(context, ticket))) return notTheirs;
  const { organisationId } = viewer;
  const [printed] = await findPrinted(services, organisationId, { ticketId: ticket.id });
  if (!printed) return notTheirs;
  const judged = judgeWallet(printed);
  if (!judged.ok) return judged;
  if (wallet === 'GOOGLE') return accept(await googleSaveLink(google!, services.credentials, printed));
  return accept(links.linkTo({ kind: 'pass', organisationId, id: ticket.id }, new Date()).url);
}

export const passesResolvers: Resolvers = {
  Ticket: {
    pdf: async (ticket, _, context) => {
      const { services, viewer } = context;
      if (!(await mayPrint(context, ticket))) return null;
      const { organisationId } = viewer;
      return services.passes.links.linkTo({ kind: 'ticket', organisationId, id: ticket.id }, new Date());
    },
    walletPass: async (ticket, { wallet }, context) => {
      const outcome = await passOf(context, ticket, wallet);
      return toResult(outcome, (url) => ({ __typename: 'WalletPass', url }));
    },
  },
  Order: {
    ticketsPdf: async ({ id, asOf }, _, { loaders, services, viewer }) => {
      if (asOf !== null) return null;
      const tickets = await loaders.ticketsOfOrder.load(id);
      if (!tickets.some(({ status }) => isLive(status))) return null;
      const { organisationId } = viewer;
      return services.passes.links.linkTo({ kind: 'order', organisationId, id }, new Date());
    },
  },
};
