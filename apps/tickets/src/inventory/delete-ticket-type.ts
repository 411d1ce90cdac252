import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { accept, notFound, refuse, type NotFound, type Outcome } from '@marquee/kernel';
import {
  createSoftDeletion,
  withDeleted,
  type Deleted,
  type SoftDeletion,
  type Transaction,
} from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Services } from '../services.ts';
import { findTicketTypes } from './availability-rows.ts';
import { isTypeInUse, type TicketTypeInUse } from './quotas.ts';
import type { TicketType } from './ticket-type.ts';

/** Somebody has tickets of it. */
export type TicketsSold = { readonly kind: 'TicketsSold'; readonly message: string; readonly sold: number };

export const ticketTypeDeletion = ({ deletedDays }: Services['terms']): SoftDeletion =>
  createSoftDeletion({ table: 'ticket_type', name: 'name' }, deletedDays);

/**
 * Takes a type off sale and out of sight. Whoever takes places of a type shares its row until the commit, so a sale comes
 * before and counts, or after and finds no type. Doing it again changes nothing.
 */
export async function deleteTicketType(
  { database, terms, wake }: Services,
  viewer: Viewer,
  ticketTypeId: string,
): Promise<Outcome<Deleted, NotFound | TicketsSold | TicketTypeInUse>> {
  const deletion = ticketTypeDeletion(terms);
  return database.decide<Deleted, NotFound | TicketsSold | TicketTypeInUse>(viewer, async (tx) => {
    const found = await deletion.lock(tx, ticketTypeId);
    if (!found) return notFound('The ticket type');
    if (found.deleted) return accept(found.deleted);
    const sold = await countSold(tx, ticketTypeId);
    if (sold > 0) return ticketsSold(sold);
    if ((await isTypeInUse(tx, ticketTypeId)) || (await isAwaited(tx, ticketTypeId))) return inUse;
    const [type] = await findTicketTypes(tx, [ticketTypeId]);
    const deleted = await deletion.hide(tx, ticketTypeId);
    const { eventId } = type!;
    const restorableUntil = deleted.restorableUntil.toISOString();
    await append(tx, ticketTypeId, {
      type: 'tickets.ticket-type-deleted.v1',
      data: { ticketTypeId, eventId, restorableUntil },
    });
    tx.afterCommit(wake);
    return accept(deleted);
  });
}

/** Puts the type back on sale, as it was. Done again it changes nothing. */
export async function restoreTicketType(
  { database, terms, wake }: Services,
  viewer: Viewer,
  ticketTypeId: string,
): Promise<Outcome<TicketType, NotFound>> {
  const deletion = ticketTypeDeletion(terms);
  return database.decide<TicketType, NotFound>(viewer, async (tx) => {
    const found = await deletion.lock(tx, ticketTypeId);
    if (!found) return notFound('The ticket type');
    if (found.deleted) await deletion.show(tx, ticketTypeId);
    const [type] = await findTicketTypes(tx, [ticketTypeId]);
    const { eventId } = type!;
    if (found.deleted) {
      await append(tx, ticketTypeId, {
        type: 'tickets.ticket-type-restored.v1',
        data: { ticketTypeId, eventId },
      });
      tx.afterCommit(wake);
    }
    return accept(type!);
  });
}

/** Types by id, deleted ones too: an order still says what was ordered. */
export async function findTicketTypesEver(tx: Transaction, ids: readonly string[]): Promise<TicketType[]> {
  const seen = await findTicketTypes(tx, ids);
  return seen.length === ids.length ? seen : withDeleted(tx, () => findTicketTypes(tx, ids));
}

/** Where a type may be named: `$1` is its id, `$2` a line of it. */
const named = [
  ...[
    'order_line',
    'ticket',
    'waitlist_entry',
    'resale_listing',
    'tax_rate',
    'fee_rule',
    'payment_plan',
    'guest_limit',
  ].map((table) => `exists (select from ${table} where ticket_type_id = $1)`),
  ...['voucher', 'question', 'check_in_list'].map(
    (table) => `exists (select from ${table} where $1 = any(ticket_type_ids))`,
  ),
  'exists (select from voucher where $1 = any(unlocks))',
  'exists (select from ticket_exchange where from_ticket_type_id = $1)',
  ...['hold', 'place_block'].map((table) => `exists (select from ${table} where lines @> $2::jsonb)`),
].join(' or ');

/** Removes a deleted type for ever; one that something still names stays out of sight, for that must say what it was. */
export async function purgeTicketType(tx: Transaction, ticketTypeId: string): Promise<void> {
  const [row] = await tx.rows<{ named: boolean }>(`select ${named} as named`, [
    ticketTypeId,
    JSON.stringify([{ ticketTypeId }]),
  ]);
  const [type] = await findTicketTypes(tx, [ticketTypeId]);
  if (row!.named || !type) return;
  for (const table of ['price_tier', 'sale_terms', 'ticket_type_quota']) {
    await tx.execute(`delete from ${table} where ticket_type_id = $1`, [ticketTypeId]);
  }
  await tx.execute('delete from ticket_type where id = $1', [ticketTypeId]);
  await append(tx, ticketTypeId, {
    type: 'tickets.ticket-type-purged.v1',
    data: { ticketTypeId, eventId: type.eventId },
  });
}

async function countSold(tx: Transaction, ticketTypeId: string): Promise<number> {
  const [row] = await tx.rows<{ sold: number }>(
    `select count(*)::integer as sold from ticket
      where ticket_type_id = $1 and status in ('VALID', 'TRANSFER_PENDING')`,
    [ticketTypeId],
  );
  return row!.sold;
}

async function isAwaited(tx: Transaction, ticketTypeId: string): Promise<boolean> {
  const waiting = await tx.rows(
    "select from waitlist_entry where ticket_type_id = $1 and status in ('WAITING', 'OFFERED') limit 1",
    [ticketTypeId],
  );
  return waiting.length > 0;
}

const inUse = refuse<TicketTypeInUse>({
  kind: 'TicketTypeInUse',
  message:
    'Tickets of this type are held, ordered, kept back or waited for: it cannot be deleted until none is.',
});

function ticketsSold(sold: number): { readonly ok: false; readonly refusal: TicketsSold } {
  const some = sold === 1 ? 'One ticket' : `${sold} tickets`;
  const message = `${some} of this type ${sold === 1 ? 'is' : 'are'} sold: refund or exchange first.`;
  return refuse({ kind: 'TicketsSold', message, sold });
}

async function append(tx: Transaction, ticketTypeId: string, event: NewEvent): Promise<void> {
  await appendEvents(tx, { streamId: streamId('ticket-type', ticketTypeId), events: [event] });
}
