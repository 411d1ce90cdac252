import { acceptsForm, isLive, type CredentialPolicy, type CredentialReading } from '../tickets/ticket.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

export type ScanRejectionReason =
  'ALREADY_ADMITTED' | 'UNKNOWN' | 'REVOKED' | 'WRONG_OCCURRENCE' | 'BAD_SIGNATURE' | 'STALE';

export type Scan = {
  readonly id: string;
  readonly ticketId: string;
  readonly occurrenceId: string;
  readonly scannedAt: Date;
};

export type ScanRejected = {
  readonly kind: 'ScanRejected';
  readonly message: string;
  readonly reason: ScanRejectionReason;
};

/** What the credential claims, once its signature held. */
export type CredentialClaims = {
  readonly ticketId: string;
  readonly occurrenceId: string;
  readonly epoch: number;
};

/** What is known of the ticket at the door. */
export type TicketAtDoor = {
  readonly occurrenceId: string;
  readonly status: TicketStatus;
  readonly credentialEpoch: number;
  /** Which forms of credential its event accepts. */
  readonly policy: CredentialPolicy;
};

/**
 * Why the door must not open, or null where it may: `claims` is null for a forged credential, `ticket` for one that
 * this organisation never issued. That a ticket admits once is judged by the database, not here.
 */
export function judgeScan(
  occurrenceId: string,
  claims: CredentialReading | null,
  ticket: TicketAtDoor | null,
): ScanRejectionReason | null {
  if (!claims) return 'BAD_SIGNATURE';
  if (!ticket) return 'UNKNOWN';
  if (claims.occurrenceId !== occurrenceId || ticket.occurrenceId !== occurrenceId) return 'WRONG_OCCURRENCE';
  if (!isLive(ticket.status) || claims.epoch !== ticket.credentialEpoch) return 'REVOKED';
  // Last, so that a picture of a dead ticket is called dead. Nothing was done with the code: it may be shown anew.
  if (!claims.fresh || !acceptsForm(ticket.policy, claims.form)) return 'STALE';
  return null;
}

const messages: Readonly<Record<ScanRejectionReason, string>> = {
  ALREADY_ADMITTED: 'This ticket was admitted before.',
  UNKNOWN: 'This ticket is not known here.',
  REVOKED: 'This ticket is no longer valid.',
  WRONG_OCCURRENCE: 'This ticket is for another occurrence.',
  BAD_SIGNATURE: 'This is not a genuine ticket.',
  STALE: 'This code is not live. Show the ticket itself, as the event asks for it, and not a picture of it.',
};

export function scanRejected(reason: ScanRejectionReason): ScanRejected {
  return { kind: 'ScanRejected', message: messages[reason], reason };
}
