import { createHash } from 'node:crypto';
import { appendMany, streamId, type StreamAppend } from '@marquee/event-log';
import { accept, assert, notFound, refuse, type NotFound, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { judgeList, type CheckInList } from '../check-in/check-in-list.ts';
import { readListRow, type CheckInListRow } from '../check-in/list-rows.ts';
import { readingId, type DoorBatch, type OfflineReading } from '../door/index.ts';
import { findPassages } from '../scans/door-rows.ts';
import { rejudge, type Rejudged } from '../scans/rejudge.ts';
import { judgedEvent, scannedEvent } from '../scans/scan-events.ts';
import type { Scan, ScanReason, ScanResult } from '../scans/scan.ts';
import { tallyOf, writeScans, type Moved, type NewScan, type NewVerdict } from '../scans/write-scans.ts';
import type { Services } from '../services.ts';
import type { Device, DeviceRevoked } from './device.ts';
import { deviceRevoked } from './device.ts';
import { lockDevice } from './device-rows.ts';
import { lockTickets, type SyncTicket } from './sync-rows.ts';

/** What a reading of a batch came to. `winnerId` is the reading that counts instead. */
export type SyncAnswer = {
  readonly number: number;
  readonly result: ScanResult;
  readonly reason: ScanReason | null;
  readonly winnerId: string | null;
};

export type SyncRequest = {
  readonly organisationId: string;
  readonly batch: DoorBatch;
  /** How far the device's clock was behind ours when it began to send. */
  readonly clockBehindMs: number;
  readonly receivedAt: Date;
};

/**
 * Takes what a device read without network. Each reading is put where its clock, corrected, says; then everything that is
 * known of its ticket on this list is judged anew, so that it makes no difference which gate synced first. Readings that
 * came before are passed over. One transaction and a dozen statements, however many readings there are.
 */
export async function syncScans(
  services: Services,
  request: SyncRequest,
): Promise<Outcome<readonly SyncAnswer[], NotFound | DeviceRevoked>> {
  const { organisationId, batch } = request;
  return services.database.decide<readonly SyncAnswer[], NotFound | DeviceRevoked>(
    { organisationId },
    async (tx) => {
      const device = await lockDevice(tx, batch.deviceId);
      if (!device) return notFound('The device');
      if (device.status !== 'ACTIVE') return refuse(deviceRevoked);
      const list = device.listIds.includes(batch.listId) ? await shareList(tx, batch.listId) : null;
      if (!list) return notFound('The list');
      const fresh = await onlyNew(tx, batch);
      if (fresh.length > 0) await takeIn(tx, device, list, { ...request, fresh });
      await tx.execute(
        'update check_in_device set last_seen_at = clock_timestamp(), clock_behind_ms = $2 where id = $1',
        [device.id, request.clockBehindMs],
      );
      tx.afterCommit(services.wake);
      return accept(await answersOf(tx, batch));
    },
  );
}

/** Nobody changes its rule while readings are judged by it. */
async function shareList(tx: Transaction, listId: string): Promise<CheckInList | null> {
  const [row] = await tx.rows<CheckInListRow>('select * from check_in_list where id = $1 for key share', [
    listId,
  ]);
  return row ? readListRow(row) : null;
}

async function onlyNew(tx: Transaction, batch: DoorBatch): Promise<OfflineReading[]> {
  const ids = batch.readings.map(({ number }) => readingId(batch.deviceId, number));
  const rows = await tx.rows<{ id: string }>('select id from scan where id = any($1)', [ids]);
  const known = new Set(rows.map(({ id }) => id));
  const once = new Map(batch.readings.map((reading) => [readingId(batch.deviceId, reading.number), reading]));
  return [...once].filter(([id]) => !known.has(id)).map(([, reading]) => reading);
}

type Read = NewScan & { readonly passes: boolean };

async function takeIn(
  tx: Transaction,
  device: Device,
  list: CheckInList,
  request: SyncRequest & { readonly fresh: readonly OfflineReading[] },
): Promise<void> {
  const ids = request.fresh.flatMap(({ ticketId }) => ticketId ?? []);
  const tickets = await lockTickets(tx, list, [...new Set(ids)]);
  const reads = request.fresh.map((reading) => toScan(device, list, request, reading, tickets));
  const passed = Map.groupBy(
    reads.filter(({ passes }) => passes),
    ({ ticketId }) => ticketId!,
  );
  const before = Map.groupBy(await findPassages(tx, list.id, [...passed.keys()]), ({ ticketId }) => ticketId);
  const judged = new Map<string, Rejudged>();
  for (const [ticketId, added] of passed) {
    const passages = added.map(({ id, at, direction, gate }) => ({
      id,
      atMs: at.getTime(),
      direction,
      gate,
    }));
    judged.set(ticketId, rejudge(list, before.get(ticketId) ?? [], { added: passages }));
  }
  const scans = reads.map(({ passes, ...scan }): NewScan => {
    const verdict = passes ? judged.get(scan.ticketId!)?.fresh.get(scan.id) : null;
    return verdict ? { ...scan, ...verdict } : scan;
  });
  await write(tx, device, list, { scans, judged, tickets });
}

function toScan(
  device: Device,
  list: CheckInList,
  { clockBehindMs, receivedAt }: SyncRequest,
  reading: OfflineReading,
  tickets: ReadonlyMap<string, SyncTicket>,
): Read {
  // Nothing was read after it was sent, whatever the clocks say.
  const at = new Date(Math.min(reading.atMs + clockBehindMs, receivedAt.getTime()));
  const ticket = reading.ticketId === null ? undefined : tickets.get(reading.ticketId);
  const fault = reading.reason ?? faultOf(list, reading, at, ticket);
  const shut = reading.reason !== null || !ticket;
  const id = readingId(device.id, reading.number);
  return {
    id,
    ticketId: ticket?.id ?? null,
    ticketTypeId: ticket?.ticketTypeId ?? null,
    nonce: `offline:${id}`,
    requestHash: createHash('sha256').update(id).digest('hex'),
    result: shut ? 'REJECTED' : fault ? 'CONFLICT' : 'ACCEPTED',
    reason: fault,
    winnerId: null,
    direction: reading.direction,
    gate: device.gate,
    epoch: ticket ? reading.epoch : null,
    offline: true,
    at,
    scannedAt: new Date(reading.atMs),
    deviceId: device.id,
    passes: !shut && !fault,
  };
}

/**
 * What was wrong with the ticket at that instant: a device that had an old list may have let in someone who had handed
 * the ticket on by then, or had the money back. Judged by when that happened, not by when the reading was sent.
 */
function faultOf(
  list: CheckInList,
  reading: OfflineReading,
  at: Date,
  ticket: SyncTicket | undefined,
): ScanReason | null {
  if (!ticket) return 'UNKNOWN';
  if (ticket.occurrenceId !== list.occurrenceId) return 'WRONG_OCCURRENCE';
  const handedOn = ticket.handedOnAt[reading.epoch - 1];
  const neverWas = reading.epoch < 1 || reading.epoch > ticket.epoch;
  if (neverWas || (handedOn && handedOn <= at) || (ticket.endedAt && ticket.endedAt <= at)) return 'REVOKED';
  return judgeList(list, { ticketTypeId: ticket.ticketTypeId, direction: reading.direction, at });
}

async function write(
  tx: Transaction,
  device: Device,
  list: CheckInList,
  taken: {
    readonly scans: readonly NewScan[];
    readonly judged: ReadonlyMap<string, Rejudged>;
    readonly tickets: ReadonlyMap<string, SyncTicket>;
  },
): Promise<void> {
  const { scans, judged, tickets } = taken;
  const alone = scans.filter(({ ticketId, id }) => !(ticketId && judged.get(ticketId)?.fresh.has(id)));
  const moved: Moved[] = [
    ...alone.map(({ gate, ticketTypeId, result, direction }) => ({
      gate,
      ticketTypeId,
      ...tallyOf(result, direction),
    })),
    ...[...judged].flatMap(([ticketId, own]) =>
      own.moved.map((tally) => ({ ticketTypeId: tickets.get(ticketId)!.ticketTypeId, ...tally })),
    ),
  ];
  const changed = [...judged].flatMap(([ticketId, own]) =>
    own.changed.map((verdict): readonly [string, NewVerdict] => [ticketId, verdict]),
  );
  const written = await writeScans(tx, {
    listId: list.id,
    occurrenceId: list.occurrenceId,
    scannedBy: `device:${device.id}`,
    scans,
    verdicts: changed.map(([, verdict]) => verdict),
    presences: new Map([...judged].map(([ticketId, own]) => [ticketId, own.presence])),
    moved,
  });
  assert(written, 'a reading has its id and its nonce for itself');
  const cameIn = firstIns(scans, judged, tickets, written);
  const appends = new Map<string, StreamAppend['events'][number][]>();
  const tell = (stream: string, event: StreamAppend['events'][number]) =>
    appends.set(stream, [...(appends.get(stream) ?? []), event]);
  for (const scan of scans) {
    const stream = scan.ticketId ? streamId('ticket', scan.ticketId) : streamId('scan', scan.id);
    tell(stream, scannedEvent(list, scan, cameIn.has(scan.id) ? 1 : 0));
  }
  for (const [ticketId, verdict] of changed) {
    tell(streamId('ticket', ticketId), judgedEvent(list, ticketId, verdict));
  }
  await appendMany(
    tx,
    [...appends].map(([stream, events]) => ({ streamId: stream, events })),
  );
}

/** Of each ticket that had never come in: the reading by which it now has. */
function firstIns(
  scans: readonly NewScan[],
  judged: ReadonlyMap<string, Rejudged>,
  tickets: ReadonlyMap<string, SyncTicket>,
  elsewhere: ReadonlyMap<string, boolean>,
): ReadonlySet<string> {
  const first = new Map<string, string>();
  for (const { id, ticketId, result, direction } of scans) {
    if (result !== 'ACCEPTED' || direction !== 'IN' || !ticketId || first.has(ticketId)) continue;
    const before = tickets.get(ticketId)!.presence.ins > 0 || elsewhere.get(id) === true;
    if (!before && judged.has(ticketId)) first.set(ticketId, id);
  }
  return new Set(first.values());
}

/** As the readings stand now, also those that came in before. */
export async function answersOf(tx: Transaction, batch: DoorBatch): Promise<SyncAnswer[]> {
  const ids = new Map(batch.readings.map(({ number }) => [readingId(batch.deviceId, number), number]));
  const rows = await tx.rows<Pick<Scan, 'id' | 'result' | 'reason' | 'winnerId'>>(
    'select id, result, reason, winner_id as "winnerId" from scan_standing where id = any($1)',
    [[...ids.keys()]],
  );
  return rows
    .map(({ id, ...stands }) => ({ number: ids.get(id)!, ...stands }))
    .toSorted((a, b) => a.number - b.number);
}
