import type { Viewer } from '@marquee/subgraph';

/**
 * Box office and organisers act on everything of their organisation; one that is confined to events, where the request
 * names things of those alone (`eventsOf`): the viewer is then not confined any more.
 */
export function mayActForOthers(viewer: Viewer): boolean {
  return viewer.scopes.includes('tickets:sell') && viewer.eventIds === undefined;
}

/** E-mail addresses name the same person whatever their case. */
export function sameEmail(a: string | null | undefined, b: string | null | undefined): boolean {
  return !!a && !!b && a.toLowerCase() === b.toLowerCase();
}

/** Whether a hold or an entry is the viewer's: placed by it, or for the guest with its e-mail address. */
export function mayActOn(
  viewer: Viewer,
  thing: { readonly placedBy: string; readonly guestEmail?: string | null },
): boolean {
  return (
    mayActForOthers(viewer) || thing.placedBy === viewer.subject || sameEmail(thing.guestEmail, viewer.email)
  );
}

/** As `mayActOn`, for an order; it is also who came by its link. */
export function mayActOnOrder(
  viewer: Viewer,
  { order, guestEmail }: { readonly order: Owned; readonly guestEmail: string | null },
): boolean {
  return viewer.orderId === order.id || mayActOn(viewer, { placedBy: order.placedBy, guestEmail });
}

type Owned = { readonly id: string; readonly placedBy: string };

/**
 * Whether a ticket is the viewer's. Who placed the order, or came by its link, acts on its tickets while they are its
 * guest's; a ticket that was handed on belongs to its new guest alone.
 */
export function mayActOnTicket(
  viewer: Viewer,
  held: {
    readonly ticket: { readonly guestId: string; readonly orderId: string };
    readonly guestEmail: string | null;
    readonly orderGuestId: string;
    readonly placedBy: string;
  },
): boolean {
  if (mayActForOthers(viewer) || sameEmail(held.guestEmail, viewer.email)) return true;
  const bought = held.placedBy === viewer.subject || viewer.orderId === held.ticket.orderId;
  return bought && held.ticket.guestId === held.orderGuestId;
}
