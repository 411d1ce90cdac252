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
  type Unavailable,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { moneyData } from '../money-data.ts';
import { withOwnersWord } from '../occurrences/fresh.ts';
import type { SeatMapFacts } from '../occurrences/owners.ts';
import { findOccurrencesOfEvent, keepOccurrences } from '../occurrences/replicas.ts';
import { judgeCurrency, type CurrencyNotAllowed } from '../pricing/sales-policy.ts';
import { findSalesPolicy } from '../pricing/sales-policy-rows.ts';
import { keepSeatMap } from '../seating/keep-seat-map.ts';
import type { Services } from '../services.ts';
import type { NewTicketType, TicketType, TicketTypeNameTaken } from './ticket-type.ts';

type Refusals = TicketTypeNameTaken | CurrencyNotAllowed | InvalidInput | NotFound | Unavailable;

const unknownSection = invalid('sectionName', 'is not a section or area of the seat map');
const unknownEvent = notFound('The event');

/** Adds a ticket type with a quota of its own to an event. */
export async function createTicketType(
  services: Services,
  viewer: Viewer,
  wanted: NewTicketType,
): Promise<Outcome<TicketType, Refusals>> {
  let eventExists = false;
  return withOwnersWord<TicketType, Refusals>(
    () =>
      services.database.decide<TicketType, Refusals>(viewer, (tx) =>
        create(services, tx, wanted, eventExists),
      ),
    (refusal) =>
      refusal.kind === 'NotFound' ||
      (refusal.kind === 'InvalidInput' && refusal.message === unknownSection.refusal.message),
    async () => {
      eventExists = await refreshEvent(services, viewer, wanted.eventId, wanted.sectionName !== null);
      return eventExists ? accept(true) : unknownEvent;
    },
  );
}

/** Brings an event's occurrences, and where needed their spaces' maps, up to date; false where there is no such event. */
async function refreshEvent(
  { owners, database }: Services,
  viewer: Viewer,
  eventId: string,
  withSeatMaps: boolean,
): Promise<boolean> {
  const occurrences = await owners.eventOccurrences(viewer, eventId);
  if (!occurrences) return false;
  const spaceIds = withSeatMaps ? new Set(occurrences.flatMap(({ spaceId }) => spaceId ?? [])) : [];
  const maps: (SeatMapFacts | null)[] = [];
  for (const spaceId of spaceIds) maps.push(await owners.seatMap(viewer, spaceId));
  await database.transaction(viewer, async (tx) => {
    for (const map of maps) if (map) await keepSeatMap(tx, map);
    await keepOccurrences(tx, occurrences);
  });
  return true;
}

async function create(
  services: Services,
  tx: Transaction,
  wanted: NewTicketType,
  eventExists: boolean,
): Promise<Outcome<TicketType, Exclude<Refusals, Unavailable>>> {
  const allowed = judgeCurrency(await findSalesPolicy(tx), wanted.price.currency);
  if (!allowed.ok) return allowed;
  const occurrences = await findOccurrencesOfEvent(tx, wanted.eventId);
  if (occurrences.length === 0 && !eventExists) return unknownEvent;
  const spaceIds = [...new Set(occurrences.flatMap(({ spaceId }) => spaceId ?? []))];
  const seated = wanted.sectionName === null ? false : await isSeated(tx, spaceIds, wanted.sectionName);
  if (seated === null) return unknownSection;
  const { quotaSize, ...described } = wanted;
  const ticketType: TicketType = { ...described, id: newUuid(), seated };
  if (!(await insert(tx, ticketType, quotaSize))) {
    return refuse({
      kind: 'TicketTypeNameTaken',
      message: `The event has a ticket type ${wanted.name} already, or a deleted one that can be restored.`,
    });
  }
  await appendEvents(tx, {
    streamId: streamId('ticket-type', ticketType.id),
    expectedVersion: 'none',
    events: [
      {
        type: 'tickets.ticket-type-created.v1',
        data: {
          ticketTypeId: ticketType.id,
          eventId: ticketType.eventId,
          name: ticketType.name,
          price: moneyData(ticketType.price),
          quotaSize,
          maxPerOrder: ticketType.maxPerOrder,
          sectionName: ticketType.sectionName,
        },
      },
    ],
  });
  tx.afterCommit(services.wake);
  return accept(ticketType);
}

/** Whether the section has seats to choose; null where one of the spaces has no such section or area. */
async function isSeated(tx: Transaction, spaceIds: readonly string[], name: string): Promise<boolean | null> {
  const rows = await tx.rows<{ space_id: string; seated: boolean }>(
    `select s.space_id, s.seated from space_section s
     join space_map m on m.space_id = s.space_id and m.version = s.version
     where s.space_id = any($1) and s.name = $2`,
    [spaceIds, name],
  );
  if (spaceIds.length === 0 || rows.length !== spaceIds.length) return null;
  return rows.some((row) => row.seated);
}

/** False where the event has a ticket type of this name. */
async function insert(tx: Transaction, type: TicketType, quotaSize: number): Promise<boolean> {
  const inserted = await tx.execute(
    `insert into ticket_type (organisation_id, id, event_id, name, price_minor, currency, max_per_order, section_name,
                              seated)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict on constraint ticket_type_name do nothing`,
    [
      tx.organisationId,
      type.id,
      type.eventId,
      type.name,
      `${type.price.amountMinor}`,
      type.price.currency,
      type.maxPerOrder,
      type.sectionName,
      type.seated,
    ],
  );
  if (inserted === 0) return false;
  // A quota apart from the type: later it may be shared, or the type draw on several.
  await tx.execute(
    `with made as (
       insert into quota (organisation_id, id, event_id, name, size) values ($1, $2, $3, $4, $5) returning id)
     insert into ticket_type_quota (organisation_id, ticket_type_id, quota_id) select $1, $6, id from made`,
    [tx.organisationId, newUuid(), type.eventId, type.name, quotaSize, type.id],
  );
  return true;
}
