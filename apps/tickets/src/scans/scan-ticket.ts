import { createHash } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  assert,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import type { CredentialPolicy, TicketStatus } from '../tickets/ticket.ts';
import {
  judgeScan,
  scanRejected,
  type Scan,
  type ScanRejected,
  type ScanRejectionReason,
  type TicketAtDoor,
} from './scan.ts';

export type ScanRequest = {
  readonly occurrenceId: string;
  readonly credential: string;
  readonly nonce: string;
  readonly scannedAt: Date;
  readonly deviceId: string;
};

type Answer = Outcome<Scan, ScanRejected | NotFound | IdempotencyConflict>;

/** One reading to write down: why it was refused, or null where the door may open. */
type Reading = ScanRequest & {
  readonly ticketId: string | null;
  readonly reason: ScanRejectionReason | null;
  readonly requestHash: string;
};

/**
 * Reads a ticket at the door. Every reading is kept, refused ones too. That a ticket is admitted once is judged by a
 * unique index, so two gates at the same instant need no lock between them; the same nonce again answers the same.
 */
export async function scanTicket(services: Services, viewer: Viewer, request: ScanRequest): Promise<Answer> {
  const claims = services.credentials.verify(request.credential);
  const requestHash = createHash('sha256')
    .update(JSON.stringify([request.occurrenceId, request.credential]))
    .digest('hex');
  // Not `decide`: a refused reading is written down all the same.
  return services.database.transaction(viewer, async (tx): Promise<Answer> => {
    const before = await findByNonce(tx, request.nonce);
    if (before) return repeat(before, requestHash);
    const known = await tx.rows('select id from occurrence where id = $1', [request.occurrenceId]);
    if (known.length === 0) return notFound('The occurrence');
    const ticket = claims && (await findAtDoor(tx, claims.ticketId));
    const reason = judgeScan(request.occurrenceId, claims, ticket);
    const reading: Reading = { ...request, ticketId: ticket ? ticket.id : null, reason, requestHash };
    tx.afterCommit(services.wake);
    return write(tx, viewer, reading);
  });
}

async function write(tx: Transaction, viewer: Viewer, reading: Reading): Promise<Answer> {
  const id = await insert(tx, viewer, reading);
  if (id !== null) return answer(tx, id, reading);
  // Someone was there in the meantime: with the same nonce, or with the same ticket.
  const before = await findByNonce(tx, reading.nonce);
  if (before) return repeat(before, reading.requestHash);
  const again = { ...reading, reason: 'ALREADY_ADMITTED' as const };
  const rejectedId = await insert(tx, viewer, again);
  assert(rejectedId !== null, 'a refused reading collides with nothing but its own nonce');
  return answer(tx, rejectedId, again);
}

/** Null where the nonce was used, or the ticket was admitted before. Waits for whoever is just doing either. */
async function insert(tx: Transaction, viewer: Viewer, reading: Reading): Promise<string | null> {
  const id = newUuid();
  const inserted = await tx.execute(
    `insert into scan (organisation_id, id, occurrence_id, ticket_id, nonce, request_hash, result, reason, scanned_at,
                       device_id, scanned_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) on conflict do nothing`,
    [
      tx.organisationId,
      id,
      reading.occurrenceId,
      reading.ticketId,
      reading.nonce,
      reading.requestHash,
      reading.reason === null ? 'ACCEPTED' : 'REJECTED',
      reading.reason,
      reading.scannedAt,
      reading.deviceId,
      viewer.subject,
    ],
  );
  return inserted === 1 ? id : null;
}

async function answer(tx: Transaction, id: string, reading: Reading): Promise<Answer> {
  const { occurrenceId, ticketId, reason, scannedAt } = reading;
  await appendEvents(tx, {
    // A reading that names no ticket of ours has a stream of its own.
    streamId: ticketId ? streamId('ticket', ticketId) : streamId('scan', id),
    events: [
      {
        type: 'tickets.ticket-scanned.v1',
        data: {
          scanId: id,
          occurrenceId,
          ticketId,
          result: reason === null ? 'ACCEPTED' : 'REJECTED',
          reason,
          scannedAt: scannedAt.toISOString(),
        },
      },
    ],
  });
  return reason === null && ticketId
    ? accept({ id, ticketId, occurrenceId, scannedAt })
    : refuse(scanRejected(reason!));
}

/** Shared lock: a transfer or a cancellation under way is waited for, and none can slip in before this reading ends. */
async function findAtDoor(
  tx: Transaction,
  ticketId: string,
): Promise<(TicketAtDoor & { readonly id: string }) | null> {
  const [row] = await tx.rows<{
    id: string;
    occurrence_id: string;
    status: TicketStatus;
    credential_epoch: number;
    policy: CredentialPolicy | null;
  }>(
    `select id, occurrence_id, status, credential_epoch, (
       select policy from credential_policy p join occurrence c using (event_id) where c.id = occurrence_id) as policy
     from ticket where id = $1 for share`,
    [ticketId],
  );
  if (!row) return null;
  return {
    id: row.id,
    occurrenceId: row.occurrence_id,
    status: row.status,
    credentialEpoch: row.credential_epoch,
    policy: row.policy ?? 'ANY',
  };
}

type ScanRow = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly ticket_id: string | null;
  readonly request_hash: string;
  readonly reason: ScanRejectionReason | null;
  readonly scanned_at: Date;
};

async function findByNonce(tx: Transaction, nonce: string): Promise<ScanRow | null> {
  const [row] = await tx.rows<ScanRow>('select * from scan where nonce = $1', [nonce]);
  return row ?? null;
}

function repeat(row: ScanRow, requestHash: string): Answer {
  if (row.request_hash !== requestHash) {
    return refuse({ kind: 'IdempotencyConflict', message: 'This nonce was used for another reading.' });
  }
  if (row.reason !== null || row.ticket_id === null) return refuse(scanRejected(row.reason ?? 'UNKNOWN'));
  return accept({
    id: row.id,
    ticketId: row.ticket_id,
    occurrenceId: row.occurrence_id,
    scannedAt: row.scanned_at,
  });
}
