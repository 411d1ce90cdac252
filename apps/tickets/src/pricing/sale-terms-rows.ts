import type { Transaction } from '@marquee/postgres';
import { openTerms, type SaleTerms, type Wanted } from './sale-terms.ts';

/** Columns of `sale_terms`, all null where a type has none. */
export type TermsRow = {
  readonly sales_from: Date | null;
  readonly sales_until: Date | null;
  readonly min_per_order: number | null;
  readonly max_per_guest: number | null;
  readonly hidden: boolean | null;
  readonly needs_approval: boolean | null;
  readonly decision_hours: number | null;
  readonly donation: boolean | null;
};

export const termsColumns = `s.sales_from, s.sales_until, s.min_per_order, s.max_per_guest, s.hidden, s.needs_approval,
  s.decision_hours, s.donation`;

export function readTerms(row: TermsRow): SaleTerms {
  if (row.min_per_order === null) return openTerms;
  return {
    salesFrom: row.sales_from,
    salesUntil: row.sales_until,
    minPerOrder: row.min_per_order,
    maxPerGuest: row.max_per_guest,
    hidden: row.hidden ?? false,
    needsApproval: row.needs_approval ?? false,
    decisionHours: row.decision_hours ?? openTerms.decisionHours,
    donation: row.donation ?? false,
  };
}

export type TypeWithTerms = Omit<Wanted, 'quantity'>;

export async function findTypesWithTerms(tx: Transaction, ids: readonly string[]): Promise<TypeWithTerms[]> {
  const rows = await tx.rows<TermsRow & { id: string; name: string; max_per_order: number }>(
    `select t.id, t.name, t.max_per_order, ${termsColumns} from ticket_type t
     left join sale_terms s on s.ticket_type_id = t.id where t.id = any($1)`,
    [ids],
    { name: 'find-types-with-terms' },
  );
  return rows.map((row) => ({
    id: row.id,
    name: row.name,
    maxPerOrder: row.max_per_order,
    terms: readTerms(row),
  }));
}

/** For many ticket types at once. */
export async function findTerms(
  tx: Transaction,
  ids: readonly string[],
): Promise<ReadonlyMap<string, SaleTerms>> {
  return new Map((await findTypesWithTerms(tx, ids)).map(({ id, terms }) => [id, terms]));
}

/**
 * Makes the orders of one guest for a type take turns, whether or not it has any yet; what the guest has is counted
 * afterwards, under the lock. Asked for in the order of the types' ids.
 */
export async function lockGuestLimit(tx: Transaction, guestId: string, ticketTypeId: string): Promise<void> {
  await tx.execute(
    `insert into guest_limit (organisation_id, guest_id, ticket_type_id) values ($1, $2, $3)
     on conflict (organisation_id, guest_id, ticket_type_id) do update set guest_id = excluded.guest_id`,
    [tx.organisationId, guestId, ticketTypeId],
  );
}

/** What the guest has of a type at an occurrence, by orders that wait or were paid; cancelled tickets do not count. */
export async function countOfGuest(
  tx: Transaction,
  of: {
    readonly guestId: string;
    readonly ticketTypeId: string;
    readonly occurrenceId: string;
    readonly butOrderId: string | null;
  },
): Promise<number> {
  const [row] = await tx.rows<{ count: number }>(
    `select coalesce(sum(case when o.paid_at is null then l.quantity else (
         select count(*) from ticket t where t.order_line_id = l.id and t.status not in ('CANCELLED', 'REVOKED')) end),
       0)::integer as count
     from ticket_order o join order_line l on l.order_id = o.id
     where o.guest_id = $1 and l.ticket_type_id = $2 and l.occurrence_id = $3 and o.id is distinct from $4
       and (o.paid_at is not null
         or o.status in ('DRAFT', 'PENDING_APPROVAL', 'PENDING_PAYMENT') and o.expires_at > now())`,
    [of.guestId, of.ticketTypeId, of.occurrenceId, of.butOrderId],
  );
  return row?.count ?? 0;
}
