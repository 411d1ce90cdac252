import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { findTicketTypes } from './availability-rows.ts';
import type { TicketType } from './ticket-type.ts';

/** So many places of each occurrence of an event, for the ticket types that draw on it. */
export type Quota = {
  readonly id: string;
  readonly eventId: string;
  readonly name: string;
  readonly size: number;
};

/** With the types that draw on it. */
export type QuotaView = Quota & { readonly ticketTypeIds: readonly string[] };

export type QuotaTooSmall = {
  readonly kind: 'QuotaTooSmall';
  readonly message: string;
  readonly taken: number;
};
export type TicketTypeInUse = { readonly kind: 'TicketTypeInUse'; readonly message: string };

type QuotaRow = {
  readonly id: string;
  readonly event_id: string;
  readonly name: string;
  readonly size: number;
};
const readQuota = (row: QuotaRow): Quota => ({
  id: row.id,
  eventId: row.event_id,
  name: row.name,
  size: row.size,
});

/** A quota is of use once ticket types draw on it (`assignQuotas`). */
export async function createQuota(
  { database, wake }: Services,
  viewer: Viewer,
  wanted: Omit<Quota, 'id'>,
): Promise<Outcome<Quota, NotFound>> {
  return database.decide<Quota, NotFound>(viewer, async (tx) => {
    const [event] = await tx.rows(
      `select 1 from occurrence where event_id = $1 union all select 1 from ticket_type where event_id = $1 limit 1`,
      [wanted.eventId],
    );
    if (!event) return notFound('The event');
    const quota = { ...wanted, id: newUuid() };
    await insertQuota(tx, quota);
    await appendEvents(tx, {
      streamId: streamId('quota', quota.id),
      expectedVersion: 'none',
      events: [
        {
          type: 'tickets.quota-created.v1',
          data: { quotaId: quota.id, eventId: quota.eventId, name: quota.name, size: quota.size },
        },
      ],
    });
    tx.afterCommit(wake);
    return accept(quota);
  });
}

export async function insertQuota(tx: Transaction, { id, eventId, name, size }: Quota): Promise<void> {
  await tx.execute(
    'insert into quota (organisation_id, id, event_id, name, size) values ($1, $2, $3, $4, $5)',
    [tx.organisationId, id, eventId, name, size],
  );
}

/** Of every occurrence at once: what is sold and held stays, so the size cannot go below it anywhere. */
export async function updateQuota(
  { database, wake }: Services,
  viewer: Viewer,
  wanted: { readonly quotaId: string; readonly name: string | null; readonly size: number | null },
): Promise<Outcome<Quota, NotFound | QuotaTooSmall>> {
  return database.decide<Quota, NotFound | QuotaTooSmall>(viewer, async (tx) => {
    const resized = await resizeQuota(tx, wanted);
    if (!resized.ok) return resized;
    const { id: quotaId, name, size } = resized.value;
    await appendEvents(tx, {
      streamId: streamId('quota', quotaId),
      events: [{ type: 'tickets.quota-changed.v1', data: { quotaId, name, size } }],
    });
    tx.afterCommit(wake);
    return resized;
  });
}

/**
 * The quota's row is locked alone first: who makes a bucket of it shares that row, and so either its bucket is among
 * those changed here or it gets the new size. The guard stands in the update of each bucket, as with a sale.
 */
export async function resizeQuota(
  tx: Transaction,
  {
    quotaId,
    name,
    size,
  }: { readonly quotaId: string; readonly name: string | null; readonly size: number | null },
): Promise<Outcome<Quota, NotFound | QuotaTooSmall>> {
  const [found] = await tx.rows('select id from quota where id = $1 for update', [quotaId]);
  if (!found) return notFound('The quota');
  const [row] = await tx.rows<QuotaRow>(
    `update quota set name = coalesce($2, name), size = coalesce($3, size) where id = $1
     returning id, event_id, name, size`,
    [quotaId, name, size],
  );
  const quota = readQuota(row!);
  const buckets = await tx.rows<{ occurrence_id: string }>(
    'select occurrence_id from quota_bucket where quota_id = $1 order by occurrence_id for update',
    [quotaId],
  );
  const moved = await tx.execute(
    'update quota_bucket set size = $2 where quota_id = $1 and held + sold <= $2',
    [quotaId, quota.size],
  );
  if (moved === buckets.length) return accept(quota);
  const [most] = await tx.rows<{ taken: number }>(
    'select max(held + sold) as taken from quota_bucket where quota_id = $1',
    [quotaId],
  );
  const { taken } = most!;
  const message = `${taken} are sold or held for one occurrence: the quota cannot be smaller than that.`;
  return refuse({ kind: 'QuotaTooSmall', message, taken });
}

const maxQuotas = 10;

/** What the type draws on from now on, and nothing else. Only while nothing of it is sold, held or blocked. */
export async function assignQuotas(
  { database, wake }: Services,
  viewer: Viewer,
  wanted: { readonly ticketTypeId: string; readonly quotaIds: readonly string[] },
): Promise<Outcome<TicketType, NotFound | InvalidInput | TicketTypeInUse>> {
  const { ticketTypeId } = wanted;
  const quotaIds = [...new Set(wanted.quotaIds)].toSorted();
  if (quotaIds.length < 1 || quotaIds.length > maxQuotas)
    return invalid('quotaIds', `must name 1 to ${maxQuotas} quotas`);
  return database.decide<TicketType, NotFound | InvalidInput | TicketTypeInUse>(viewer, async (tx) => {
    const type = await lockType(tx, ticketTypeId);
    if (!type) return notFound('The ticket type');
    const quotas = await tx.rows<{ id: string }>(
      `select id from quota where id = any($1) and event_id = $2
         and not exists (select from price_tier where quota_id = quota.id)`,
      [quotaIds, type.eventId],
    );
    if (quotas.length < quotaIds.length)
      return invalid('quotaIds', "must name quotas of the ticket type's event");
    if (await isTypeInUse(tx, ticketTypeId)) return inUse;
    await tx.execute('delete from ticket_type_quota where ticket_type_id = $1', [ticketTypeId]);
    await tx.execute(
      `insert into ticket_type_quota (organisation_id, ticket_type_id, quota_id) select $1, $2, unnest($3::uuid[])`,
      [tx.organisationId, ticketTypeId, quotaIds],
    );
    await appendEvents(tx, {
      streamId: streamId('ticket-type', ticketTypeId),
      events: [{ type: 'tickets.ticket-type-quotas-assigned.v1', data: { ticketTypeId, quotaIds } }],
    });
    tx.afterCommit(wake);
    return accept(type);
  });
}

const inUse = refuse<TicketTypeInUse>({
  kind: 'TicketTypeInUse',
  message: 'Tickets of this type are sold, held or blocked: its quotas cannot be exchanged any more.',
});

/** Alone: whoever takes places of the type shares its row until the commit, so nobody is in between. */
export async function lockType(tx: Transaction, ticketTypeId: string): Promise<TicketType | null> {
  await tx.rows('select id from ticket_type where id = $1 for update', [ticketTypeId]);
  const [type] = await findTicketTypes(tx, [ticketTypeId]);
  return type ?? null;
}

/** Whether anything of it is sold, ordered, held or kept back. */
export async function isTypeInUse(tx: Transaction, ticketTypeId: string): Promise<boolean> {
  const [row] = await tx.rows<{ used: boolean }>(
    `select exists (select from ticket where ticket_type_id = $1 and status in ('VALID', 'TRANSFER_PENDING'))
       or exists (select from order_line l join quota_claim c on c.owner_id = l.order_id where l.ticket_type_id = $1)
       or exists (select from hold where status = 'ACTIVE' and expires_at > now() and lines @> $2::jsonb)
       or exists (select from place_block where status = 'ACTIVE' and lines @> $2::jsonb) as used`,
    [ticketTypeId, JSON.stringify([{ ticketTypeId }])],
  );
  return row!.used;
}

export async function findQuotasOfEvents(tx: Transaction, eventIds: readonly string[]): Promise<QuotaView[]> {
  return findQuotas(tx, 'event_id', eventIds);
}

export function findQuotasById(tx: Transaction, ids: readonly string[]): Promise<QuotaView[]> {
  return findQuotas(tx, 'id', ids);
}

async function findQuotas(
  tx: Transaction,
  by: 'id' | 'event_id',
  values: readonly string[],
): Promise<QuotaView[]> {
  const rows = await tx.rows<QuotaRow & { readonly type_ids: string[] }>(
    `select q.id, q.event_id, q.name, q.size,
            coalesce(array_agg(tq.ticket_type_id order by tq.ticket_type_id) filter (where tq.ticket_type_id is not null),
                     '{}') as type_ids
     from quota q left join ticket_type_quota tq on tq.quota_id = q.id
     where q.${by} = any($1) and not exists (select from price_tier p where p.quota_id = q.id)
     group by q.id, q.event_id, q.name, q.size order by q.name, q.id`,
    [values],
  );
  return rows.map((row) => ({ ...readQuota(row), ticketTypeIds: row.type_ids }));
}
