import type { Transaction } from '@marquee/postgres';
import type { CheckInList } from '../check-in/check-in-list.ts';
import { neverCame, type Direction, type Presence } from '../check-in/entry-rule.ts';
import { readListRow, type CheckInListRow } from '../check-in/list-rows.ts';
import type { CredentialPolicy, TicketStatus } from '../tickets/ticket.ts';
import type { KnownTicket } from './scan.ts';

/** What a reading is judged by. Its ticket, and what became of it on this list, are locked until the transaction ends. */
export type Door = {
  readonly list: CheckInList;
  readonly ticket: KnownTicket | null;
  readonly presence: Presence;
  readonly now: Date;
};

/**
 * One round trip. The ticket first, so that a transfer or a cancellation under way is waited for and none slips in before
 * the reading ends; then its admission, which the upsert answers as the last one left it: a plain read in this statement
 * would see it as it was before the wait.
 */
const openDoorSql = `
  with place as (
    select l.*, p.policy from check_in_list l join occurrence o on o.id = l.occurrence_id
    left join credential_policy p on p.event_id = o.event_id where l.id = $1 for key share of l),
  shown as (
    select id, occurrence_id, ticket_type_id, status, credential_epoch from ticket where id = $2 for no key update),
  came as (
    insert into admission as a (organisation_id, list_id, ticket_id)
    select $3, place.id, shown.id from place join shown using (occurrence_id)
    on conflict (organisation_id, list_id, ticket_id) do update set ticket_id = excluded.ticket_id
    returning *)
  select to_jsonb(place) as list, to_jsonb(shown) as ticket, to_jsonb(came) as admission, clock_timestamp() as now
  from place left join shown on true left join came on true`;

type Shown = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly ticket_type_id: string;
  readonly status: TicketStatus;
  readonly credential_epoch: number;
};

export type AdmissionRow = {
  readonly ticket_id: string;
  readonly entries: number;
  readonly ins: number;
  readonly outs: number;
  readonly inside: boolean;
  readonly first_in_at: Date | string | null;
  readonly last_at: Date | string | null;
  readonly last_in_id: string | null;
  readonly last_out_id: string | null;
};

export function readPresence(row: AdmissionRow): Presence {
  const ms = (instant: Date | string | null) => (instant === null ? null : new Date(instant).getTime());
  return {
    entries: row.entries,
    ins: row.ins,
    outs: row.outs,
    inside: row.inside,
    firstInMs: ms(row.first_in_at),
    lastMs: ms(row.last_at),
    lastInId: row.last_in_id,
    lastOutId: row.last_out_id,
  };
}

/** Null where there is no such list. */
export async function openDoor(
  tx: Transaction,
  listId: string,
  ticketId: string | null,
): Promise<Door | null> {
  const [row] = await tx.rows<{
    list: CheckInListRow & { readonly policy: CredentialPolicy | null };
    ticket: Shown | null;
    admission: AdmissionRow | null;
    now: Date;
  }>(openDoorSql, [listId, ticketId, tx.organisationId], { name: 'open-door' });
  if (!row) return null;
  const { list, ticket, admission, now } = row;
  return {
    list: readListRow(list),
    ticket: ticket && {
      id: ticket.id,
      occurrenceId: ticket.occurrence_id,
      ticketTypeId: ticket.ticket_type_id,
      status: ticket.status,
      credentialEpoch: ticket.credential_epoch,
      policy: list.policy ?? 'ANY',
    },
    presence: admission ? readPresence(admission) : neverCame,
    now,
  };
}

export type CountedScan = {
  readonly id: string;
  readonly ticketId: string;
  readonly direction: Direction;
  readonly gate: string;
  readonly atMs: number;
  readonly result: 'ACCEPTED' | 'CONFLICT';
  readonly reason: string | null;
  readonly winnerId: string | null;
};

/** Every reading of these tickets on this list at which the door opened and that was not undone, by the clock. */
export async function findPassages(
  tx: Transaction,
  listId: string,
  ticketIds: readonly string[],
): Promise<CountedScan[]> {
  const rows = await tx.rows<Omit<CountedScan, 'atMs'> & { readonly at: Date }>(
    `select id, ticket_id as "ticketId", direction, gate, at, result, reason, winner_id as "winnerId"
     from scan_standing
     where list_id = $1 and ticket_id = any($2)
       and (result = 'ACCEPTED' or result = 'CONFLICT' and reason in ('ALREADY_ADMITTED', 'ALREADY_INSIDE', 'NOT_INSIDE'))
     order by at, id`,
    [listId, ticketIds],
  );
  return rows.map(({ at, ...row }) => ({ ...row, atMs: at.getTime() }));
}
