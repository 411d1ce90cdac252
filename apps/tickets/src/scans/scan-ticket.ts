import { createHash } from 'node:crypto';
import { closeWithEvents, streamId } from '@marquee/event-log';
import {
  accept,
  newUuid,
  notFound,
  refuse,
  type IdempotencyConflict,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { judgePassage, type Direction } from '../check-in/entry-rule.ts';
import { askAtDoor } from '../plugins/door-hook.ts';
import type { CredentialReading } from '../tickets/ticket.ts';
import type { Services } from '../services.ts';
import { openDoor, type Door } from './door-rows.ts';
import { judgeReading, scanRejected, type Scan, type ScanRejected } from './scan.ts';
import { scannedEvent } from './scan-events.ts';
import { findScanByNonce, type StoredScan } from './scan-rows.ts';
import { presenceTally, tallyOf, writeScans, type NewScan } from './write-scans.ts';

export type ScanRequest = {
  readonly occurrenceId: string;
  /** The occurrence's default list where it is absent. */
  readonly listId?: string | null;
  readonly direction?: Direction;
  readonly credential: string;
  readonly nonce: string;
  readonly scannedAt: Date;
  readonly deviceId: string;
  /** The device's name where it is absent. */
  readonly gate?: string | null;
};

type Answer = Outcome<Scan, ScanRejected | NotFound | IdempotencyConflict>;

/**
 * Reads a ticket at the door. Every reading is kept, refused ones too. Gates contend for the ticket's row on the list, and
 * for nothing else: three round trips, the transaction's included: the ticket, what is written of it, and the commit with its
 * event. The same nonce again answers the same.
 */
export async function scanTicket(services: Services, viewer: Viewer, request: ScanRequest): Promise<Answer> {
  const claims = services.credentials.verify(request.credential);
  const kept = claims && (await askAtDoor(services, viewer, { ...request, ticketId: claims.ticketId }));
  const work = async (tx: Transaction): Promise<Answer> => {
    const door = await openDoor(tx, request.listId ?? request.occurrenceId, claims?.ticketId ?? null);
    if (door?.list.occurrenceId !== request.occurrenceId) {
      return notFound(request.listId ? 'The list' : 'The occurrence');
    }
    return read(services, tx, viewer, { ...request, kept: kept ?? null }, claims, door);
  };
  // Not `decide`: a refused reading is written down all the same.
  return services.database.transaction(viewer, work, { pipelined: true });
}

async function read(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  request: ScanRequest & { readonly kept: string | null },
  claims: CredentialReading | null,
  door: Door,
): Promise<Answer> {
  const { list, ticket, presence } = door;
  const direction = request.direction ?? 'IN';
  // Under the lock, and so after every passage that is known: judged now, it is never judged anew for want of order.
  const at = new Date(Math.max(door.now.getTime(), (presence.lastMs ?? 0) + 1));
  const id = newUuid();
  const fault = judgeReading(list, { direction, at }, claims, ticket);
  const passed = fault ? null : judgePassage(list, presence, { id, atMs: at.getTime(), direction });
  // At an open line the door stays shut: what would be a conflict is refused.
  const reason = fault ?? passed?.verdict.reason ?? (request.kept === null ? null : 'REFUSED_BY_PLUGIN');
  const opens = reason === null && passed && ticket ? { passed, ticket } : null;
  const requestHash = hashOf(request);
  const scan: NewScan = {
    id,
    ticketId: ticket?.id ?? null,
    ticketTypeId: ticket?.ticketTypeId ?? null,
    nonce: request.nonce,
    requestHash,
    result: opens ? 'ACCEPTED' : 'REJECTED',
    reason,
    winnerId: null,
    direction,
    gate: (request.gate ?? request.deviceId).slice(0, 100),
    epoch: claims?.epoch ?? null,
    offline: false,
    at,
    scannedAt: request.scannedAt,
    deviceId: request.deviceId,
  };
  const { gate, ticketTypeId } = scan;
  const moved = [{ gate, ticketTypeId, ...tallyOf(scan.result, direction) }];
  if (opens) moved.push({ gate, ticketTypeId, ...presenceTally(presence, opens.passed.presence) });
  const written = await writeScans(tx, {
    listId: list.id,
    occurrenceId: list.occurrenceId,
    scannedBy: viewer.subject,
    scans: [scan],
    verdicts: [],
    presences: new Map(opens ? [[opens.ticket.id, opens.passed.presence]] : []),
    moved,
  });
  if (!written) return repeat(await findScanByNonce(tx, request.nonce), requestHash);
  const cameIn = opens && presence.ins === 0 && direction === 'IN' && !written.get(id);
  closeWithEvents(tx, {
    // A reading that names no ticket of ours has a stream of its own.
    streamId: scan.ticketId ? streamId('ticket', scan.ticketId) : streamId('scan', id),
    events: [scannedEvent(list, scan, cameIn ? 1 : 0)],
  });
  tx.afterCommit(services.wake);
  if (reason === 'REFUSED_BY_PLUGIN') return refuse({ ...scanRejected(reason), message: request.kept! });
  if (!opens) return refuse(scanRejected(reason ?? 'UNKNOWN'));
  return accept(asStored(list, scan, opens.ticket.id));
}

/** As it will be read again. */
function asStored(list: Door['list'], scan: NewScan, ticketId: string): Scan {
  const { id, result, reason, direction, gate, scannedAt, at, offline, deviceId, winnerId } = scan;
  const place = { listId: list.id, occurrenceId: list.occurrenceId };
  return {
    id,
    ...place,
    ticketId,
    result,
    reason,
    direction,
    gate,
    scannedAt,
    at,
    offline,
    deviceId,
    winnerId,
  };
}

/** What a nonce stands for. A reading on the default list, on the way in, is hashed as it always was. */
function hashOf({ occurrenceId, listId, direction, credential }: ScanRequest): string {
  const more = listId || (direction && direction !== 'IN') ? [listId ?? occurrenceId, direction ?? 'IN'] : [];
  return createHash('sha256')
    .update(JSON.stringify([occurrenceId, credential, ...more]))
    .digest('hex');
}

/** By what was answered then: a later sync may have come to see it otherwise. */
function repeat(stored: StoredScan | null, requestHash: string): Answer {
  if (stored?.requestHash !== requestHash) {
    return refuse({ kind: 'IdempotencyConflict', message: 'This nonce was used for another reading.' });
  }
  const { firstReason, ticketId, requestHash: _, ...scan } = stored;
  if (firstReason !== null || ticketId === null) return refuse(scanRejected(firstReason ?? 'UNKNOWN'));
  return accept({ ...scan, ticketId });
}
