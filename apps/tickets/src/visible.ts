import type { Context } from './context.ts';
import { mayActForOthers, mayActOn, mayActOnOrder, mayActOnTicket, sameEmail } from './access.ts';
import type { Hold } from './holds/hold.ts';
import type { Order } from './orders/order.ts';
import type { Ticket } from './tickets/ticket.ts';
import type { Transfer } from './transfers/transfer.ts';
import type { WaitlistEntry } from './waitlist/waitlist-entry.ts';

/** Each answers the thing, or null where the viewer may not see it: what is someone else's looks like nothing at all. */

export async function visibleHold({ viewer, loaders }: Context, id: string): Promise<Hold | null> {
  const hold = await loaders.hold.load(id);
  return hold && mayActOn(viewer, hold) ? hold : null;
}

export async function visibleOrder({ viewer, loaders }: Context, id: string): Promise<Order | null> {
  const order = await loaders.order.load(id);
  if (!order) return null;
  const guestEmail = (await loaders.guest.load(order.guestId))?.email ?? null;
  return mayActOnOrder(viewer, { order, guestEmail }) ? order : null;
}

export async function visibleTicket(context: Context, id: string): Promise<Ticket | null> {
  const ticket = await context.loaders.ticket.load(id);
  return ticket && (await mayHoldTicket(context, ticket)) ? ticket : null;
}

/** Whether the ticket is the viewer's to show at a door. */
export async function mayHoldTicket({ viewer, loaders }: Context, ticket: Ticket): Promise<boolean> {
  const [order, guest] = await Promise.all([
    loaders.order.load(ticket.orderId),
    loaders.guest.load(ticket.guestId),
  ]);
  if (!order) return false;
  return mayActOnTicket(viewer, {
    ticket,
    guestEmail: guest?.email ?? null,
    orderGuestId: order.guestId,
    placedBy: order.placedBy,
  });
}

export async function visibleTransfer({ viewer, loaders }: Context, id: string): Promise<Transfer | null> {
  const transfer = await loaders.transfer.load(id);
  if (!transfer) return null;
  if (transfer.offeredBy === viewer.subject || sameEmail(transfer.toEmail, viewer.email)) return transfer;
  return mayActForOthers(viewer) ? transfer : null;
}

export async function visibleEntry({ viewer, loaders }: Context, id: string): Promise<WaitlistEntry | null> {
  const entry = await loaders.entry.load(id);
  if (!entry) return null;
  const guestEmail = (await loaders.guest.load(entry.guestId))?.email ?? null;
  return mayActOn(viewer, { placedBy: entry.joinedBy, guestEmail }) ? entry : null;
}
