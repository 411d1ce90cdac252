import type { Transaction } from '@marquee/postgres';
import type { Direction, PassageVerdict, Presence } from '../check-in/entry-rule.ts';
import { addTallies, nothingCounted, type Tally } from '../check-in/list-rows.ts';
import type { ScanResult, ScanReason } from './scan.ts';

/** A reading (or the undoing of one) to be written down for ever. */
export type NewScan = {
  readonly id: string;
  readonly ticketId: string | null;
  readonly ticketTypeId: string | null;
  readonly nonce: string;
  readonly requestHash: string;
  readonly result: ScanResult;
  readonly reason: ScanReason | null;
  readonly winnerId: string | null;
  readonly aboutId?: string;
  readonly note?: string | null;
  readonly direction: Direction;
  readonly gate: string;
  readonly epoch: number | null;
  readonly offline: boolean;
  readonly at: Date;
  readonly scannedAt: Date;
  readonly deviceId: string;
};

/** What an earlier reading counts as from now on. */
export type NewVerdict = {
  readonly scanId: string;
  readonly verdict:
    PassageVerdict | { readonly result: 'REVERSED'; readonly reason: null; readonly winnerId: null };
};

export type Moved = { readonly ticketTypeId: string | null; readonly gate: string } & Tally;

export type ScanWrites = {
  readonly listId: string;
  readonly occurrenceId: string;
  readonly scannedBy: string;
  readonly scans: readonly NewScan[];
  readonly verdicts: readonly NewVerdict[];
  readonly presences: ReadonlyMap<string, Presence>;
  readonly moved: readonly Moved[];
};

/**
 * Readings, what they change in earlier ones, the presence of their tickets and the counters: one statement, however many
 * they are. Where a nonce was used already nothing at all is written (`scans` counts what came through). The presences
 * are written as they are given: the caller has them locked. Counters are moved in the order of their key.
 */
const writeScansSql = `
  with written as (
    insert into scan (organisation_id, occurrence_id, list_id, scanned_by, id, ticket_id, nonce, request_hash, result,
      reason, winner_id, about_id, note, direction, gate, epoch, offline, at, scanned_at, device_id)
    select $1, $2, $3, $4, id, ticket_id, nonce, request_hash, result, reason, winner_id, about_id, note, direction, gate,
      epoch, offline, at, scanned_at, device_id
    from jsonb_to_recordset($5) as s(id uuid, ticket_id uuid, nonce text, request_hash text, result text, reason text,
      winner_id uuid, about_id uuid, note text, direction text, gate text, epoch integer, offline boolean,
      at timestamptz, scanned_at timestamptz, device_id text)
    on conflict do nothing returning id, ticket_id),
  complete as (select count(*) as scans from written having count(*) = jsonb_array_length($5)),
  judged as (
    insert into scan_verdict (organisation_id, scan_id, result, reason, winner_id)
    select $1, scan_id, result, reason, winner_id
    from complete, jsonb_to_recordset($6) as v(scan_id uuid, result text, reason text, winner_id uuid)),
  present as (
    update admission a set entries = p.entries, ins = p.ins, outs = p.outs, inside = p.inside,
      first_in_at = p.first_in_at, last_at = p.last_at, last_in_id = p.last_in_id, last_out_id = p.last_out_id
    from complete, jsonb_to_recordset($7) as p(ticket_id uuid, entries integer, ins integer, outs integer,
      inside boolean, first_in_at timestamptz, last_at timestamptz, last_in_id uuid, last_out_id uuid)
    where a.list_id = $3 and a.ticket_id = p.ticket_id),
  counted as (
    insert into check_in_counter as c (organisation_id, list_id, ticket_type_id, gate, admitted, inside, entries, exits,
      rejected, conflicts)
    select $1, $3, ticket_type_id, gate, admitted, inside, entries, exits, rejected, conflicts
    from complete, jsonb_to_recordset($8) as m(ticket_type_id uuid, gate text, admitted integer, inside integer,
      entries integer, exits integer, rejected integer, conflicts integer)
    order by ticket_type_id, gate
    on conflict on constraint check_in_counter_key do update set admitted = c.admitted + excluded.admitted,
      inside = c.inside + excluded.inside, entries = c.entries + excluded.entries, exits = c.exits + excluded.exits,
      rejected = c.rejected + excluded.rejected, conflicts = c.conflicts + excluded.conflicts)
  select w.id as "scanId", exists (
    select from admission o where o.ticket_id = w.ticket_id and o.list_id <> $3 and o.ins > 0) as elsewhere
  from written w, complete`;

/** Null where a nonce was used already; else of each scan whether its ticket came in by another list. */
export async function writeScans(
  tx: Transaction,
  writes: ScanWrites,
): Promise<ReadonlyMap<string, boolean> | null> {
  const rows = await tx.rows<{ scanId: string; elsewhere: boolean }>(
    writeScansSql,
    [
      tx.organisationId,
      writes.occurrenceId,
      writes.listId,
      writes.scannedBy,
      JSON.stringify(writes.scans.map(scanRow)),
      JSON.stringify(writes.verdicts.map(verdictRow)),
      JSON.stringify([...writes.presences].map(([ticketId, presence]) => presenceRow(ticketId, presence))),
      JSON.stringify(sumMoved(writes.moved).map(movedRow)),
    ],
    { name: 'write-scans' },
  );
  if (rows.length < writes.scans.length) return null;
  return new Map(rows.map(({ scanId, elsewhere }) => [scanId, elsewhere]));
}

function scanRow(scan: NewScan) {
  return {
    id: scan.id,
    ticket_id: scan.ticketId,
    nonce: scan.nonce,
    request_hash: scan.requestHash,
    result: scan.result,
    reason: scan.reason,
    winner_id: scan.winnerId,
    about_id: scan.aboutId ?? null,
    note: scan.note ?? null,
    direction: scan.direction,
    gate: scan.gate,
    epoch: scan.epoch,
    offline: scan.offline,
    at: scan.at,
    scanned_at: scan.scannedAt,
    device_id: scan.deviceId,
  };
}

function verdictRow({ scanId, verdict }: NewVerdict) {
  return { scan_id: scanId, result: verdict.result, reason: verdict.reason, winner_id: verdict.winnerId };
}

function presenceRow(ticketId: string, presence: Presence) {
  const instant = (ms: number | null) => (ms === null ? null : new Date(ms));
  return {
    ticket_id: ticketId,
    entries: presence.entries,
    ins: presence.ins,
    outs: presence.outs,
    inside: presence.inside,
    first_in_at: instant(presence.firstInMs),
    last_at: instant(presence.lastMs),
    last_in_id: presence.lastInId,
    last_out_id: presence.lastOutId,
  };
}

function movedRow({ ticketTypeId, ...moved }: Moved) {
  return { ...moved, ticket_type_id: ticketTypeId };
}

/** One change a counter: a statement may not touch a row twice. */
function sumMoved(moved: readonly Moved[]): Moved[] {
  const sums = new Map<string, Moved>();
  for (const each of moved) {
    const key = `${each.ticketTypeId} ${each.gate}`;
    const before: Tally = sums.get(key) ?? nothingCounted;
    const { ticketTypeId, gate } = each;
    sums.set(key, { ticketTypeId, gate, ...addTallies(before, each) });
  }
  return [...sums.values()].filter((sum) =>
    Object.values(sum).some((value) => typeof value === 'number' && value !== 0),
  );
}

/** What one reading moves, by what it counts as; presence is counted where it changes. */
export function tallyOf(result: ScanResult, direction: Direction): Tally {
  const counted = result === 'ACCEPTED';
  return {
    ...nothingCounted,
    entries: counted && direction === 'IN' ? 1 : 0,
    exits: counted && direction === 'OUT' ? 1 : 0,
    rejected: result === 'REJECTED' ? 1 : 0,
    conflicts: result === 'CONFLICT' ? 1 : 0,
  };
}

export function presenceTally(before: Presence, after: Presence): Tally {
  return {
    ...nothingCounted,
    admitted: Number(after.ins > 0) - Number(before.ins > 0),
    inside: Number(after.inside) - Number(before.inside),
  };
}

export function negative(tally: Tally): Tally {
  const entries = Object.entries(tally).map(([name, value]) => [name, -value]);
  return Object.fromEntries(entries) as Tally;
}
