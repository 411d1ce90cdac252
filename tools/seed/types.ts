import type { SeedOrganisation } from './organisations.ts';

/**
 * The demo world in the domain's own terms, with ids as bare UUIDs and times as milliseconds since the epoch. How the
 * services store it is known only to the writers.
 */
export type World = {
  readonly seed: string;
  /** 00:00 UTC of the start day: what is "now" for the world's orders, holds and scans. */
  readonly startMs: number;
  readonly organisations: readonly SeedOrganisation[];
  readonly venues: readonly SeedVenue[];
  readonly spaces: readonly SeedSpace[];
  readonly events: readonly SeedEvent[];
  readonly occurrences: readonly SeedOccurrence[];
  readonly guests: readonly SeedGuest[];
  readonly ticketTypes: readonly SeedTicketType[];
  readonly holds: readonly SeedHold[];
  readonly orders: readonly SeedOrder[];
  readonly scans: readonly SeedScan[];
};

export type SeedVenue = {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly timeZone: string;
  readonly line1: string;
  readonly city: string;
  readonly countryCode: string;
  readonly currency: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly createdMs: number;
};

export type SeedSeat = {
  readonly id: string;
  readonly row: string;
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly accessible: boolean;
};

export type SeedSection = { readonly id: string; readonly name: string; readonly seats: readonly SeedSeat[] };

/** Either seated (sections) or standing (one general-admission area). */
export type SeedSpace = {
  readonly id: string;
  readonly organisationId: string;
  readonly venue: SeedVenue;
  readonly name: string;
  readonly capacity: number;
  readonly createdMs: number;
  readonly seatMapId: string;
  readonly publishedMs: number;
  readonly sections: readonly SeedSection[];
  readonly areas: readonly { readonly id: string; readonly name: string; readonly capacity: number }[];
};

export type SeedEventStatus = 'DRAFT' | 'PUBLISHED' | 'CANCELLED';

export type SeedEvent = {
  readonly id: string;
  readonly organisationId: string;
  readonly title: string;
  readonly description: string;
  readonly space: SeedSpace;
  readonly timeZone: string;
  /** Wall time of the first occurrence, `2027-03-20T19:00`. */
  readonly startsAtLocal: string;
  readonly durationMinutes: number;
  readonly recurrence: string | null;
  readonly kind: 'play' | 'concert' | 'comedy' | 'family' | 'conference';
  readonly status: SeedEventStatus;
  readonly createdMs: number;
  /** null where it was never published. */
  readonly publishedMs: number | null;
  readonly cancelledMs: number | null;
};

export type SeedOccurrence = {
  readonly id: string;
  readonly organisationId: string;
  readonly event: SeedEvent;
  readonly bookingId: string;
  readonly startsAtLocal: string;
  readonly startsMs: number;
  readonly endsMs: number;
  readonly status: 'SCHEDULED' | 'CANCELLED';
  /** When it alone, or its event, was cancelled. */
  readonly cancelledMs: number | null;
};

export type SeedGuest = {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly email: string;
  readonly registeredMs: number;
  /** BCP 47. */
  readonly locale: string;
  /** To marketing by e-mail, where it was given. */
  readonly consent: { readonly id: string; readonly atMs: number } | null;
};

export type SeedTicketType = {
  readonly id: string;
  readonly organisationId: string;
  readonly quotaId: string;
  readonly event: SeedEvent;
  readonly name: string;
  readonly amountMinor: number;
  readonly currency: string;
  /** Places of this type in each occurrence of the event. */
  readonly quotaSize: number;
  readonly maxPerOrder: number;
  /** The seated section it sells, or null for general admission. */
  readonly section: SeedSection | null;
  readonly createdMs: number;
};

export type SeedLine = {
  readonly id: string;
  readonly ticketType: SeedTicketType;
  readonly quantity: number;
  readonly seats: readonly SeedSeat[];
};

export type SeedHoldStatus = 'ACTIVE' | 'CONVERTED' | 'RELEASED' | 'EXPIRED';

export type SeedHold = {
  readonly id: string;
  readonly organisationId: string;
  readonly occurrence: SeedOccurrence;
  readonly status: SeedHoldStatus;
  readonly lines: readonly SeedLine[];
  readonly quantity: number;
  readonly totalMinor: number;
  readonly currency: string;
  readonly placedMs: number;
  readonly expiresMs: number;
  /** When it was released, expired or converted. */
  readonly endedMs: number | null;
};

export type SeedOrderStatus =
  'PENDING_PAYMENT' | 'PAID' | 'PARTIALLY_REFUNDED' | 'REFUNDED' | 'EXPIRED' | 'CANCELLED';

export type SeedOrder = {
  readonly id: string;
  readonly organisationId: string;
  /** What people read to each other: `7F3KQ-9MXPA`. */
  readonly number: string;
  readonly hold: SeedHold;
  readonly guest: SeedGuest;
  readonly status: SeedOrderStatus;
  readonly placedMs: number;
  readonly expiresMs: number;
  /** When it was paid; null where it never was. */
  readonly paidMs: number | null;
  /** When it expired or was cancelled unpaid. */
  readonly closedMs: number | null;
  readonly payments: readonly SeedPayment[];
  readonly refunds: readonly SeedRefund[];
  readonly tickets: readonly SeedTicket[];
};

export type SeedPayment = {
  readonly id: string;
  readonly amountMinor: number;
  readonly status: 'CONFIRMED' | 'FAILED';
  readonly startedMs: number;
  readonly endedMs: number;
};

export type SeedRefund = {
  readonly id: string;
  readonly amountMinor: number;
  readonly reason: string;
  readonly ticketIds: readonly string[];
  readonly atMs: number;
};

export type SeedTicket = {
  readonly id: string;
  readonly ticketType: SeedTicketType;
  readonly line: SeedLine;
  readonly seat: SeedSeat | null;
  readonly status: 'VALID' | 'CANCELLED';
  readonly issuedMs: number;
  readonly cancelledMs: number | null;
};

export type SeedScan = {
  readonly id: string;
  readonly organisationId: string;
  readonly order: SeedOrder;
  readonly ticket: SeedTicket;
  readonly result: 'ACCEPTED' | 'REJECTED';
  readonly reason: 'ALREADY_ADMITTED' | null;
  readonly scannedMs: number;
};
