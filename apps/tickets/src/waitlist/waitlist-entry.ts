import { accept, invalid, refuse, type InvalidInput, type Outcome } from '@marquee/kernel';

export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'CLAIMED' | 'OFFER_EXPIRED' | 'REVOKED' | 'CANCELLED';

export type WaitlistEntry = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly guestId: string;
  /** The subject of the viewer who joined. */
  readonly joinedBy: string;
  readonly quantity: number;
  readonly status: WaitlistStatus;
};

export type TicketsAvailable = {
  readonly kind: 'TicketsAvailable';
  readonly message: string;
  readonly available: number;
};

/** Waiting makes sense for a number that an order may have and that cannot be held right now. */
export function judgeJoin(
  quantity: number,
  maxPerOrder: number,
  available: number,
): Outcome<true, InvalidInput | TicketsAvailable> {
  if (!Number.isInteger(quantity) || quantity < 1 || quantity > maxPerOrder) {
    return invalid('quantity', `must be a whole number from 1 to ${maxPerOrder}`);
  }
  if (available < quantity) return accept(true);
  return refuse({ kind: 'TicketsAvailable', message: 'There is no need to wait: hold them now.', available });
}
