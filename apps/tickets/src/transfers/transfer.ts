import { accept, refuse, type Outcome } from '@marquee/kernel';
import type { TicketStatus } from '../tickets/ticket.ts';

export type TransferStatus = 'OFFERED' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'RECALLED';

export type Transfer = {
  readonly id: string;
  readonly ticketId: string;
  readonly fromGuestId: string;
  /** The subject of the viewer who offered it. */
  readonly offeredBy: string;
  readonly toEmail: string;
  readonly status: TransferStatus;
  readonly expiresAt: Date;
};

export type TransferNotPossible = { readonly kind: 'TransferNotPossible'; readonly message: string };

/** What decides whether a ticket can change hands. */
export type TransferableTicket = {
  readonly status: TicketStatus;
  readonly admitted: boolean;
  readonly startsAt: Date;
  /** Its holder sells it on. */
  readonly listed?: boolean;
};

function notPossible(message: string): { readonly ok: false; readonly refusal: TransferNotPossible } {
  return refuse({ kind: 'TransferNotPossible', message });
}

/** Until when an offer stands: a number of days, or the start of the occurrence where that comes first. */
export function offerExpiry(now: Date, startsAt: Date, days: number): Date {
  return new Date(Math.min(now.getTime() + days * 86_400_000, startsAt.getTime()));
}

export function judgeOffer(ticket: TransferableTicket, now: Date): Outcome<true, TransferNotPossible> {
  if (ticket.status === 'TRANSFER_PENDING') return notPossible('The ticket is on offer already.');
  if (ticket.status !== 'VALID') return notPossible('The ticket is no longer valid.');
  if (ticket.admitted) return notPossible('The ticket was admitted already.');
  if (ticket.listed) return notPossible('The ticket is for sale: take it off the market first.');
  return ticket.startsAt <= now ? notPossible('It has begun: tickets stay where they are.') : accept(true);
}

/** Accepting, declining and recalling all need an offer that still stands. */
export function judgeOpen(transfer: Transfer, now: Date): Outcome<Transfer, TransferNotPossible> {
  if (transfer.status === 'EXPIRED' || (transfer.status === 'OFFERED' && transfer.expiresAt <= now)) {
    return notPossible('The offer has expired.');
  }
  if (transfer.status === 'OFFERED') return accept(transfer);
  return notPossible(`The offer was ${transfer.status.toLowerCase()} already.`);
}

export function judgeAcceptance(
  transfer: Transfer,
  ticket: TransferableTicket,
  now: Date,
): Outcome<Transfer, TransferNotPossible> {
  const open = judgeOpen(transfer, now);
  if (!open.ok) return open;
  if (ticket.status !== 'TRANSFER_PENDING') return notPossible('The ticket is no longer valid.');
  return ticket.admitted ? notPossible('The ticket was admitted already.') : open;
}
