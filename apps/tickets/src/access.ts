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

/** Whether a hold or an order is the viewer's: placed by it, or for the guest with its e-mail address. */
export function mayActOn(
  viewer: Viewer,
  thing: { readonly placedBy: string; readonly guestEmail?: string | null },
): boolean {
  return (
    mayActForOthers(viewer) || thing.placedBy === viewer.subject || sameEmail(thing.guestEmail, viewer.email)
  );
}

/**
 * Whether a ticket is the viewer's. Who placed the order acts on its tickets while they are its guest's; a ticket
 * that was handed on belongs to its new guest alone.
 */
export function mayActOnTicket(
  viewer: Viewer,
  ticket: {
    readonly guestId: string;
    readonly guestEmail: string | null;
    readonly orderGuestId: string;
    readonly placedBy: string;
  },
): boolean {
  if (mayActForOthers(viewer) || sameEmail(ticket.guestEmail, viewer.email)) return true;
  return ticket.placedBy === viewer.subject && ticket.guestId === ticket.orderGuestId;
}
