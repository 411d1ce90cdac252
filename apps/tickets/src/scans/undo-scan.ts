import { createHash } from 'node:crypto';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  assert,
  newUuid,
  notFound,
  refuse,
  type NotFound,
  type Outcome,
  type Refusal,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { findPassages, openDoor } from './door-rows.ts';
import { rejudge } from './rejudge.ts';
import { judgedEvent } from './scan-events.ts';
import { findScans } from './scan-rows.ts';
import type { Scan } from './scan.ts';
import { negative, tallyOf, writeScans, type NewScan } from './write-scans.ts';

export type ScanNotReversible = Refusal & { readonly kind: 'ScanNotReversible' };

/**
 * Takes back a reading at which a door opened: who did it and why is written down, and what the ticket's other readings
 * on the list count as follows from what is left. Undone already, it answers the same.
 */
export async function undoScan(
  services: Services,
  viewer: Viewer,
  request: { readonly scanId: string; readonly reason: string },
): Promise<Outcome<Scan, NotFound | ScanNotReversible>> {
  return services.database.decide(
    viewer,
    async (tx): Promise<Outcome<Scan, NotFound | ScanNotReversible>> => {
      const [seen] = await findScans(tx, [request.scanId]);
      if (!seen) return notFound('The scan');
      // Locks the ticket and its admission, so that what is read from here on stays as it is.
      const door = await openDoor(tx, seen.listId, seen.ticketId);
      const [scan] = await findScans(tx, [request.scanId]);
      assert(door?.ticket && scan, 'a scan of a ticket has a list');
      if (scan.result === 'REVERSED') return accept(scan);
      if (scan.result === 'REJECTED')
        return refuse({
          kind: 'ScanNotReversible',
          message: 'This reading let nobody in: there is nothing to undo.',
        });
      await reverse(tx, viewer, { door, scan, reason: request.reason });
      tx.afterCommit(services.wake);
      return accept({ ...scan, result: 'REVERSED', reason: null, winnerId: null });
    },
  );
}

async function reverse(
  tx: Transaction,
  viewer: Viewer,
  {
    door,
    scan,
    reason,
  }: {
    readonly door: NonNullable<Awaited<ReturnType<typeof openDoor>>>;
    readonly scan: Scan;
    readonly reason: string;
  },
): Promise<void> {
  const { list, ticket, presence, now } = door;
  const passages = await findPassages(tx, list.id, [scan.ticketId]);
  const counted = passages.some(({ id }) => id === scan.id);
  const after = rejudge(list, passages, { undone: [scan.id] });
  const reversal: NewScan = {
    id: newUuid(),
    ticketId: scan.ticketId,
    ticketTypeId: ticket!.ticketTypeId,
    nonce: `undo:${scan.id}`,
    requestHash: createHash('sha256').update(scan.id).digest('hex'),
    result: 'REVERSED',
    reason: null,
    winnerId: null,
    aboutId: scan.id,
    note: reason,
    direction: scan.direction,
    gate: scan.gate,
    epoch: null,
    offline: false,
    at: now,
    scannedAt: now,
    deviceId: scan.deviceId,
  };
  const undone = { scanId: scan.id, verdict: { result: 'REVERSED', reason: null, winnerId: null } } as const;
  const { ticketTypeId } = ticket!;
  // A conflict over the credential itself never took part in what is judged by the clock.
  const own = counted ? [] : [{ gate: scan.gate, ...negative(tallyOf(scan.result, scan.direction)) }];
  const written = await writeScans(tx, {
    listId: list.id,
    occurrenceId: list.occurrenceId,
    scannedBy: viewer.subject,
    scans: [reversal],
    verdicts: [undone, ...after.changed],
    presences: new Map([[scan.ticketId, { ...after.presence, lastMs: presence.lastMs }]]),
    moved: [...after.moved, ...own].map((tally) => ({ ticketTypeId, ...tally })),
  });
  assert(written, 'a reading is undone once');
  const cameOut = presence.ins > 0 && after.presence.ins === 0 && !written.get(reversal.id);
  await appendEvents(tx, {
    streamId: streamId('ticket', scan.ticketId),
    events: [
      {
        type: 'tickets.scan-reversed.v1',
        data: {
          scanId: reversal.id,
          reversedScanId: scan.id,
          occurrenceId: list.occurrenceId,
          listId: list.id,
          ticketId: scan.ticketId,
          reason,
          checkedOut: cameOut ? 1 : 0,
        },
      },
      ...after.changed.map((verdict) => judgedEvent(list, scan.ticketId, verdict)),
    ],
  });
}
