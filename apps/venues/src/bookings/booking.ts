export type BookingStatus = 'BOOKED' | 'REFUSED' | 'RELEASED';

/** A booking as its row is read. */
export type SpaceBooking = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly spaceId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly status: BookingStatus;
  /** Of the occurrence, as it was applied last. */
  readonly revision: number;
};

/** What events says of an occurrence, in as far as it takes up a space. */
export type OccurrenceFacts = {
  readonly occurrenceId: string;
  readonly spaceId: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly revision: number;
  readonly cancelled: boolean;
};

/** An occurrence as the graph refers to it; ids in their wire form. `spaceId` is there where it was required. */
export type OccurrenceReference = { readonly id: string; readonly spaceId?: string | null };

export type BookingStep =
  /** Known already, or nothing to do. */
  | { readonly kind: 'none' }
  /** The booking ends; what was refused because of it may be tried again. */
  | { readonly kind: 'release'; readonly spaceId: string }
  | { readonly kind: 'book'; readonly spaceId: string };

/**
 * What follows from the facts for the booking that is there. A revision that was applied, or an older one, changes
 * nothing: messages come again, and after a restore out of order.
 */
export function nextStep(existing: SpaceBooking | null, facts: OccurrenceFacts): BookingStep {
  if (existing && existing.revision >= facts.revision) return { kind: 'none' };
  if (facts.spaceId !== null && !facts.cancelled) return { kind: 'book', spaceId: facts.spaceId };
  const spaceId = existing?.spaceId ?? facts.spaceId;
  return spaceId === null ? { kind: 'none' } : { kind: 'release', spaceId };
}
