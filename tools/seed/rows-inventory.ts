import { instant } from './log.ts';
import type { TableRows } from './rows.ts';
import type { SeedHold, World } from './types.ts';

/** A quota a ticket type, with the ticket type's own id; its counters are the sums of the claims below. */
export function inventoryRows(world: World): TableRows[] {
  return [
    {
      table: 'ticket_type',
      rows: world.ticketTypes.map((type) => ({
        organisation_id: type.organisationId,
        id: type.id,
        event_id: type.event.id,
        name: type.name,
        price_minor: type.amountMinor,
        currency: type.currency,
        max_per_order: type.maxPerOrder,
        section_name: type.section?.name ?? null,
        seated: type.section !== null,
        created_at: instant(type.createdMs),
      })),
    },
    {
      table: 'quota',
      rows: world.ticketTypes.map((type) => ({
        organisation_id: type.organisationId,
        id: type.quotaId,
        event_id: type.event.id,
        name: type.name,
        size: type.quotaSize,
      })),
    },
    {
      table: 'ticket_type_quota',
      rows: world.ticketTypes.map((type) => ({
        organisation_id: type.organisationId,
        ticket_type_id: type.id,
        quota_id: type.quotaId,
      })),
    },
    { table: 'quota_bucket', rows: bucketRows(world) },
    ...claimRows(world),
  ];
}

/** What takes capacity: who owns it, of which lines, and until when (null once sold). */
type Claim = { readonly ownerId: string; readonly hold: SeedHold; readonly expiresMs: number | null };

function claims(world: World): Claim[] {
  const ofOrders = world.orders.flatMap((order): Claim[] => {
    const sold = order.status === 'PAID' || order.status === 'PARTIALLY_REFUNDED';
    if (!sold && order.status !== 'PENDING_PAYMENT') return [];
    return [{ ownerId: order.id, hold: order.hold, expiresMs: sold ? null : order.expiresMs }];
  });
  const ofHolds = world.holds
    .filter((hold) => hold.status === 'ACTIVE')
    .map((hold): Claim => ({ ownerId: hold.id, hold, expiresMs: hold.expiresMs }));
  return [...ofOrders, ...ofHolds];
}

function bucketRows(world: World) {
  const sums = new Map<string, { held: number; sold: number }>();
  for (const { hold, expiresMs } of claims(world)) {
    for (const line of hold.lines) {
      const key = `${hold.occurrence.id} ${line.ticketType.id}`;
      const sum = sums.get(key) ?? { held: 0, sold: 0 };
      sums.set(key, sum);
      sum[expiresMs === null ? 'sold' : 'held'] += line.quantity;
    }
  }
  const typesByEvent = Map.groupBy(world.ticketTypes, (type) => type.event.id);
  return world.occurrences.flatMap((occurrence) =>
    (typesByEvent.get(occurrence.event.id) ?? []).map((type) => ({
      organisation_id: occurrence.organisationId,
      occurrence_id: occurrence.id,
      quota_id: type.quotaId,
      size: type.quotaSize,
      held: 0,
      sold: 0,
      ...sums.get(`${occurrence.id} ${type.id}`),
    })),
  );
}

function claimRows(world: World): TableRows[] {
  const all = claims(world).map(({ ownerId, hold, expiresMs }) => ({
    lines: hold.lines,
    row: {
      organisation_id: hold.organisationId,
      owner_id: ownerId,
      occurrence_id: hold.occurrence.id,
      expires_at: expiresMs === null ? null : instant(expiresMs),
    },
  }));
  return [
    {
      table: 'quota_claim',
      rows: all.flatMap(({ lines, row }) =>
        lines.map((line) => ({ ...row, quota_id: line.ticketType.quotaId, quantity: line.quantity })),
      ),
    },
    {
      table: 'seat_claim',
      rows: all.flatMap(({ lines, row }) =>
        lines.flatMap((line) => line.seats.map((seat) => ({ ...row, seat_id: seat.id }))),
      ),
    },
  ];
}
