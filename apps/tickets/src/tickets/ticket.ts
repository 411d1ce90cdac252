export type TicketStatus = 'VALID' | 'TRANSFER_PENDING' | 'CANCELLED' | 'REVOKED';

export type Ticket = {
  readonly id: string;
  readonly orderId: string;
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly guestId: string;
  readonly seatId: string | null;
  readonly status: TicketStatus;
  /** Raised when the ticket changes hands or is exchanged: credentials of an earlier epoch are worthless. */
  readonly credentialEpoch: number;
  readonly issuedAt: Date;
  readonly cancelledAt: Date | null;
};

/** The ticket as it stood then, by what its own row remembers; null where it was not issued yet. */
export function ticketAsOf(ticket: Ticket, asOf: Date | null): Ticket | null {
  if (asOf === null) return ticket;
  if (ticket.issuedAt > asOf) return null;
  const cancelledLater = ticket.cancelledAt !== null && ticket.cancelledAt > asOf;
  return cancelledLater ? { ...ticket, status: 'VALID', cancelledAt: null } : ticket;
}

/** The viewer as the gateway hands it over for `tickets`: with the id of its guest, as guests says. */
export type ViewerRef = { readonly id: string; readonly guest?: { readonly id: string } | null };

/** Whether the ticket opens a door. One that is on offer still does: until someone accepts, it is its holder's. */
export function isLive(status: TicketStatus): boolean {
  return status === 'VALID' || status === 'TRANSFER_PENDING';
}

/** What a genuine credential says. */
export type CredentialReading = {
  readonly ticketId: string;
  readonly occurrenceId: string;
  readonly epoch: number;
  readonly form: 'STATIC' | 'ROTATING';
  /** False for a rotating code whose time is over, such as a picture of one. A static one has no time. */
  readonly fresh: boolean;
};

/** What an event's doors accept: tickets printed at home, only codes that rotate on a screen, or both. */
export type CredentialPolicy = 'ANY' | 'STATIC' | 'ROTATING';

/** Whether a code of this form opens a door under this policy. */
export function acceptsForm(policy: CredentialPolicy, form: 'STATIC' | 'ROTATING'): boolean {
  return policy === 'ANY' || policy === form;
}
