import type { Transaction } from '@marquee/postgres';
import type { CheckInList } from '../check-in/check-in-list.ts';
import { neverCame, type Presence } from '../check-in/entry-rule.ts';
import { readPresence, type AdmissionRow } from '../scans/door-rows.ts';

/** A ticket as a late reading is judged by it: what it was, and until when. */
export type SyncTicket = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly epoch: number;
  /** When it was cancelled or revoked. */
  readonly endedAt: Date | null;
  /** When each epoch ended: the first at place 0. */
  readonly handedOnAt: readonly Date[];
  readonly presence: Presence;
};

/** Locked in the order of their ids, then their admissions; as each gate does with one. */
export async function lockTickets(
  tx: Transaction,
  list: CheckInList,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SyncTicket>> {
  if (ids.length === 0) return new Map();
  await tx.rows('select id from ticket where id = any($1) order by id for no key update', [ids]);
  const admissions = await tx.rows<AdmissionRow>(
    `insert into admission (organisation_id, list_id, ticket_id)
     select organisation_id, $1, id from ticket where id = any($2) and occurrence_id = $3 order by id
     on conflict (organisation_id, list_id, ticket_id) do update set ticket_id = excluded.ticket_id returning *`,
    [list.id, ids, list.occurrenceId],
  );
  const presences = new Map(admissions.map((row) => [row.ticket_id, readPresence(row)]));
  const tickets = await tx.rows<
    Omit<SyncTicket, 'presence' | 'handedOnAt'> & { readonly handedOnAt: Date[] }
  >(
    `select t.id, t.occurrence_id as "occurrenceId", t.ticket_type_id as "ticketTypeId", t.credential_epoch as epoch,
       t.cancelled_at as "endedAt", array(
         select x.settled_at from transfer x where x.ticket_id = t.id and x.status = 'ACCEPTED' order by x.settled_at
       ) as "handedOnAt"
     from ticket t where t.id = any($1)`,
    [ids],
  );
  return new Map(
    tickets.map((ticket) => [ticket.id, { ...ticket, presence: presences.get(ticket.id) ?? neverCame }]),
  );
}
