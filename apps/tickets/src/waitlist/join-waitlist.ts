import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  assert,
  newUuid,
  notFound,
  type InvalidInput,
  type NotFound,
  type Outcome,
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { availableOfType } from '../inventory/availability.ts';
import { findOnSale } from '../inventory/availability-rows.ts';
import { findSellable } from '../holds/sellable.ts';
import { refreshOccurrence, withOwnersWord } from '../occurrences/fresh.ts';
import { judgeOnSale, type NotOnSale } from '../occurrences/occurrence.ts';
import { ensureGuest } from '../orders/ensure-guest.ts';
import type { Services } from '../services.ts';
import { settleEntry } from './answer-offer.ts';
import { judgeJoin, type TicketsAvailable, type WaitlistEntry } from './waitlist-entry.ts';
import { readEntryRow, type EntryRow } from './waitlist-rows.ts';

export type JoinRequest = {
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly guest: { readonly email: string; readonly name: string };
};

type Refusals = TicketsAvailable | NotOnSale | InvalidInput | NotFound | Unavailable;

const occurrenceNotFound = notFound('The occurrence');

/** Waits for places of one ticket type. Joining again changes nothing and answers the place that is kept already. */
export async function joinWaitlist(
  services: Services,
  viewer: Viewer,
  request: JoinRequest,
): Promise<Outcome<WaitlistEntry, Refusals>> {
  const { occurrenceId } = request;
  const judged = await withOwnersWord<true, Refusals>(
    () => services.database.read(viewer, (tx) => judge(tx, request)),
    (refusal) =>
      refusal.kind === 'NotOnSale' ||
      (refusal.kind === 'NotFound' && refusal.message === occurrenceNotFound.refusal.message),
    () => refreshOccurrence(services, viewer, occurrenceId),
  );
  if (!judged.ok) return judged;
  const guest = await ensureGuest(services, viewer, request.guest);
  if (!guest.ok) return guest;
  return services.database.transaction(viewer, async (tx) => {
    tx.afterCommit(services.wake);
    return accept(await enter(tx, viewer, request, guest.value));
  });
}

async function judge(
  tx: Transaction,
  { occurrenceId, ticketTypeId, quantity }: JoinRequest,
): Promise<Outcome<true, TicketsAvailable | NotOnSale | InvalidInput | NotFound>> {
  const sellable = await findSellable(tx, occurrenceId, [ticketTypeId]);
  if (!sellable) return occurrenceNotFound;
  const onSale = judgeOnSale(sellable.occurrence, sellable.now);
  if (!onSale.ok) return onSale;
  const type = sellable.types.get(ticketTypeId);
  if (!type) return notFound('The ticket type');
  const found = await findOnSale(tx, [occurrenceId]);
  const quotas = found.get(occurrenceId)?.types.find((one) => one.type.id === ticketTypeId)?.quotas ?? [];
  return judgeJoin(quantity, type.maxPerOrder, availableOfType(quotas));
}

async function enter(
  tx: Transaction,
  viewer: Viewer,
  { occurrenceId, ticketTypeId, quantity }: JoinRequest,
  guestId: string,
): Promise<WaitlistEntry> {
  // An offer that is over by the clock does not stand in the way of joining anew; usually it was tidied up already.
  const stale = await tx.rows<{ id: string }>(
    `select id from waitlist_entry e
     where occurrence_id = $1 and ticket_type_id = $2 and guest_id = $3 and status = 'OFFERED'`,
    [occurrenceId, ticketTypeId, guestId],
  );
  for (const entry of stale) await settleEntry(tx, entry.id);
  const id = newUuid();
  const inserted = await tx.rows<EntryRow>(
    `insert into waitlist_entry (organisation_id, id, occurrence_id, ticket_type_id, guest_id, joined_by, quantity,
                                 status)
     values ($1, $2, $3, $4, $5, $6, $7, 'WAITING')
     on conflict (organisation_id, occurrence_id, ticket_type_id, guest_id) where status in ('WAITING', 'OFFERED')
     do nothing returning *`,
    [tx.organisationId, id, occurrenceId, ticketTypeId, guestId, viewer.subject, quantity],
  );
  if (inserted[0]) {
    await appendEvents(tx, {
      streamId: streamId('waitlist-entry', id),
      expectedVersion: 'none',
      events: [
        {
          type: 'tickets.waitlist-joined.v1',
          data: { entryId: id, occurrenceId, ticketTypeId, guestId, quantity },
        },
      ],
    });
    return readEntryRow(inserted[0]);
  }
  const [waiting] = await tx.rows<EntryRow>(
    `select * from waitlist_entry where occurrence_id = $1 and ticket_type_id = $2 and guest_id = $3
     and status in ('WAITING', 'OFFERED')`,
    [occurrenceId, ticketTypeId, guestId],
  );
  assert(waiting, 'the entry that stood in the way is there');
  return readEntryRow(waiting);
}
