import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { findLists } from '../check-in/list-rows.ts';
import type { DoorList, ListedTicket } from '../door/index.ts';
import type { CredentialPolicy } from '../tickets/ticket.ts';

/** Tickets of an occurrence on one list at most. */
const mostTickets = 200_000;

/**
 * The list as of now, or what changed in it since a version. A version is the oldest transaction that was open when the
 * list was made: whatever it or a later one wrote is told again, so nothing is missed that was committed out of order.
 * Null where there is no such list.
 */
export async function makeDoorList(
  tx: Transaction,
  listId: string,
  since: bigint | null,
): Promise<DoorList | null> {
  const [list] = await findLists(tx, [listId]);
  if (!list) return null;
  const [now] = await tx.rows<{ version: string; at: Date; policy: CredentialPolicy; types: string[] }>(
    `select pg_snapshot_xmin(pg_current_snapshot())::text as version, clock_timestamp() as at,
       coalesce((select policy from credential_policy p where p.event_id = o.event_id), 'ANY') as policy,
       array(select id from ticket_type t where t.event_id = o.event_id order by id) as types
     from occurrence o where o.id = $1`,
    [list.occurrenceId],
  );
  assert(now, 'a list has an occurrence');
  const version = BigInt(now.version);
  // A version of the future is of another database: this one was restored.
  const from = since !== null && since <= version ? since : null;
  const tickets = await findListed(tx, list.id, list.occurrenceId, from);
  const letIn = list.ticketTypeIds && new Set(list.ticketTypeIds);
  return {
    listId,
    occurrenceId: list.occurrenceId,
    version,
    since: from,
    madeAtMs: now.at.getTime(),
    policy: now.policy,
    entriesPerTicket: list.entriesPerTicket,
    exits: list.exits,
    reEntry: list.reEntry,
    validFromMs: list.validFrom?.getTime() ?? null,
    validUntilMs: list.validUntil?.getTime() ?? null,
    types: now.types.map((id) => ({ id, letIn: !letIn || letIn.has(id) })),
    tickets,
  };
}

async function findListed(
  tx: Transaction,
  listId: string,
  occurrenceId: string,
  since: bigint | null,
): Promise<ListedTicket[]> {
  const rows = await tx.rows<ListedTicket>(
    `select t.id as "ticketId", t.credential_epoch as epoch,
       case when t.status in ('VALID', 'TRANSFER_PENDING') then t.ticket_type_id end as "ticketTypeId",
       coalesce(a.entries, 0) as entries, coalesce(a.ins, 0) as ins, coalesce(a.inside, false) as inside
     from ticket t left join admission a on a.ticket_id = t.id and a.list_id = $2
     where t.occurrence_id = $1 and ($3::xid8 is null or t.changed >= $3 or a.changed >= $3)
     order by t.id limit ${mostTickets + 1}`,
    [occurrenceId, listId, since === null ? null : since.toString()],
  );
  assert(rows.length <= mostTickets, 'an occurrence has more tickets than a device can hold');
  return rows;
}
