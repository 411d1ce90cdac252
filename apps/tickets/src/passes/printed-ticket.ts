import type { Transaction } from '@marquee/postgres';
import { serviceViewer } from '@marquee/subgraph';
import { isOwnerUnavailable, type SpaceFacts } from '../occurrences/owners.ts';
import type { Addition } from '../plugins/addition.ts';
import { findAdditions } from '../plugins/addition-rows.ts';
import type { Services } from '../services.ts';
import type { CredentialPolicy, TicketStatus } from '../tickets/ticket.ts';

/** All that is on a ticket when it leaves the house as a file. */
export type PrintedTicket = {
  readonly id: string;
  readonly occurrenceId: string;
  readonly credentialEpoch: number;
  readonly status: TicketStatus;
  readonly policy: CredentialPolicy;
  readonly event: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly timeZone: string;
  readonly ticketType: string;
  readonly guest: string;
  readonly seat: { readonly section: string; readonly row: string; readonly label: string } | null;
  readonly orderNumber: string;
  /** By plugins. */
  readonly additions: readonly Addition[];
  /** Null where venues did not answer: the ticket is good without. */
  readonly space: SpaceFacts | null;
};

/** More than an order has. */
const printedAtMost = 500;

type Row = {
  readonly id: string;
  readonly occurrence_id: string;
  readonly credential_epoch: number;
  readonly status: TicketStatus;
  readonly policy: CredentialPolicy | null;
  readonly event_title: string;
  readonly starts_at: Date;
  readonly ends_at: Date;
  readonly time_zone: string;
  readonly space_id: string | null;
  readonly type_name: string;
  readonly guest_name: string | null;
  readonly section_name: string | null;
  readonly row_label: string;
  readonly label: string;
  readonly number: string;
};

/** A ticket, or those of an order, that still open a door and that no plugin keeps back. */
export async function findPrinted(
  services: Services,
  organisationId: string,
  of: { readonly ticketId: string } | { readonly orderId: string },
): Promise<PrintedTicket[]> {
  const { rows, additions } = await services.database.read({ organisationId }, async (tx) => {
    const found = await findRows(tx, of);
    const added = await findAdditions(
      tx,
      found.map(({ id }) => id),
    );
    return { rows: found, additions: Map.groupBy(added, ({ ticketId }) => ticketId) };
  });
  const spaces = new Map<string, SpaceFacts | null>();
  for (const spaceId of new Set(rows.flatMap((row) => row.space_id ?? [])))
    spaces.set(spaceId, await findSpace(services, organisationId, spaceId));
  return rows.map((row) => ({
    id: row.id,
    occurrenceId: row.occurrence_id,
    credentialEpoch: row.credential_epoch,
    status: row.status,
    policy: row.policy ?? 'ANY',
    event: row.event_title,
    startsAt: row.starts_at,
    endsAt: row.ends_at,
    timeZone: row.time_zone,
    ticketType: row.type_name,
    guest: row.guest_name ?? '',
    seat:
      row.section_name === null ? null : { section: row.section_name, row: row.row_label, label: row.label },
    orderNumber: row.number,
    additions: additions.get(row.id) ?? [],
    space: row.space_id === null ? null : (spaces.get(row.space_id) ?? null),
  }));
}

function findRows(tx: Transaction, of: { readonly ticketId: string } | { readonly orderId: string }) {
  return tx.rows<Row>(
    `select t.id, t.occurrence_id, t.credential_epoch, t.status, p.policy, c.event_title, c.starts_at, c.ends_at,
       c.time_zone, c.space_id, y.name as type_name, g.name as guest_name, s.section_name, s.row_label, s.label, o.number
     from ticket t
     join ticket_order o on o.id = t.order_id
     join occurrence c on c.id = t.occurrence_id
     join ticket_type y on y.id = t.ticket_type_id
     left join credential_policy p on p.event_id = c.event_id
     left join guest g on g.id = t.guest_id
     left join space_seat s on s.id = t.seat_id
     where t.status in ('VALID', 'TRANSFER_PENDING') and (t.id = $1 or t.order_id = $2 and t.guest_id = o.guest_id)
       and not exists (select from ticket_to_extend e where e.ticket_id = t.id and e.holds_back)
     order by c.starts_at, s.section_name, length(s.row_label), s.row_label, length(s.label), s.label, t.id limit $3`,
    ['ticketId' in of ? of.ticketId : null, 'orderId' in of ? of.orderId : null, printedAtMost],
  );
}

async function findSpace(
  { owners }: Services,
  organisationId: string,
  spaceId: string,
): Promise<SpaceFacts | null> {
  try {
    return (await owners.space?.(serviceViewer('tickets', organisationId), spaceId)) ?? null;
  } catch (error) {
    if (!isOwnerUnavailable(error)) throw error;
    return null;
  }
}

/** `Saturday, 20 March 2027 at 19:00 CET`, as the clock at the place shows it. */
export function localTime({ startsAt, timeZone }: Pick<PrintedTicket, 'startsAt' | 'timeZone'>): string {
  return new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    timeZoneName: 'short',
    timeZone,
  }).format(startsAt);
}

export function placeOf({ space }: Pick<PrintedTicket, 'space'>): string {
  return space ? [space.venue, space.name, space.address].filter(Boolean).join(', ') : '';
}

export function seatText(seat: NonNullable<PrintedTicket['seat']>): string {
  return `${seat.section}, row ${seat.row}, seat ${seat.label}`;
}
