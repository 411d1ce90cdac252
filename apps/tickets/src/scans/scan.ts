import { judgeList, type CheckInList } from '../check-in/check-in-list.ts';
import type { Direction, PassageReason } from '../check-in/entry-rule.ts';
import { acceptsForm, isLive, type CredentialPolicy, type CredentialReading } from '../tickets/ticket.ts';
import type { TicketStatus } from '../tickets/ticket.ts';

/** What was found wrong with the credential or its ticket. */
export type CredentialFault = 'UNKNOWN' | 'REVOKED' | 'WRONG_OCCURRENCE' | 'BAD_SIGNATURE' | 'STALE';
/** What the list's own settings say against it. */
export type ListFault = 'NOT_ON_LIST' | 'OUTSIDE_WINDOW' | 'EXITS_NOT_TAKEN';
/** A plugin of the organisation keeps the door shut for what is otherwise good. */
export type PluginFault = 'REFUSED_BY_PLUGIN';
export type ScanReason = PassageReason | CredentialFault | ListFault | PluginFault;
export type ScanRejectionReason = ScanReason;

export type ScanResult = 'ACCEPTED' | 'REJECTED' | 'CONFLICT' | 'REVERSED';

/** One reading, and what it counts as now. */
export type Scan = {
  readonly id: string;
  readonly listId: string;
  readonly ticketId: string;
  readonly occurrenceId: string;
  readonly result: ScanResult;
  readonly reason: ScanReason | null;
  readonly direction: Direction;
  readonly gate: string;
  /** By the device's clock. */
  readonly scannedAt: Date;
  /** By the service's clock. */
  readonly at: Date;
  readonly offline: boolean;
  readonly deviceId: string;
  readonly winnerId: string | null;
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

export type KnownTicket = TicketAtDoor & { readonly id: string; readonly ticketTypeId: string };

/**
 * Why the door must not open, or null where it may: `claims` is null for a forged credential, `ticket` for one that
 * this organisation never issued. How often a ticket is let in is judged by the rule of the list.
 */
export function judgeScan(
  occurrenceId: string,
  claims: CredentialReading | null,
  ticket: TicketAtDoor | null,
): CredentialFault | null {
  if (!claims) return 'BAD_SIGNATURE';
  if (!ticket) return 'UNKNOWN';
  if (claims.occurrenceId !== occurrenceId || ticket.occurrenceId !== occurrenceId) return 'WRONG_OCCURRENCE';
  if (!isLive(ticket.status) || claims.epoch !== ticket.credentialEpoch) return 'REVOKED';
  // Last, so that a picture of a dead ticket is called dead. Nothing was done with the code: it may be shown anew.
  if (!claims.fresh || !acceptsForm(ticket.policy, claims.form)) return 'STALE';
  return null;
}

/** As `judgeScan`, and by the settings of the list. */
export function judgeReading(
  list: CheckInList,
  reading: { readonly direction: Direction; readonly at: Date },
  claims: CredentialReading | null,
  ticket: KnownTicket | null,
): CredentialFault | ListFault | null {
  const fault = judgeScan(list.occurrenceId, claims, ticket);
  if (fault || !ticket) return fault;
  return judgeList(list, { ...reading, ticketTypeId: ticket.ticketTypeId });
}

const messages: Readonly<Record<ScanRejectionReason, string>> = {
  ALREADY_ADMITTED: 'This ticket was admitted before.',
  UNKNOWN: 'This ticket is not known here.',
  REVOKED: 'This ticket is no longer valid.',
  WRONG_OCCURRENCE: 'This ticket is for another occurrence.',
  BAD_SIGNATURE: 'This is not a genuine ticket.',
  STALE: 'This code is not live. Show the ticket itself, as the event asks for it, and not a picture of it.',
  NOT_ON_LIST: 'Tickets of this type are not let in here.',
  OUTSIDE_WINDOW: 'This is not the time at which tickets are let in here.',
  ALREADY_INSIDE: 'This ticket is inside already: it was not read on a way out.',
  NOT_INSIDE: 'This ticket is not inside: it was not read on the way in.',
  EXITS_NOT_TAKEN: 'Tickets are not read on the way out here.',
  REFUSED_BY_PLUGIN: 'This ticket is kept out by a rule of the organiser.',
};

export function scanRejected(reason: ScanRejectionReason): ScanRejected {
  return { kind: 'ScanRejected', message: messages[reason], reason };
}
