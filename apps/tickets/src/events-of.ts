import type { Database } from '@marquee/postgres';
import type { EventsOf } from '@marquee/subgraph';

/** The occurrences of a kind of thing; what is sold and scanned is of an occurrence, which is of an event. */
const occurrencesOf = (rows: string) =>
  `select o.event_id as id from occurrence o join (${rows}) t on t.occurrence_id = o.id`;
const ofTickets = (table: string) =>
  occurrencesOf(
    `select k.occurrence_id from ${table} x join ticket k on k.id = x.ticket_id where x.id = any($1::uuid[])`,
  );
const ofOrders = (table: string) =>
  occurrencesOf(
    `select k.occurrence_id from ${table} x join ticket_order k on k.id = x.order_id where x.id = any($1::uuid[])`,
  );
const own = (table: string) => occurrencesOf(`select occurrence_id from ${table} where id = any($1::uuid[])`);
const ofEvent = (table: string) => `select event_id as id from ${table} where id = any($1::uuid[])`;

/** By type: the events of things with these ids. What is not here is an organisation's as a whole. */
const statements: Readonly<Record<string, string>> = {
  Event: 'select event_id as id from occurrence where event_id = any($1::uuid[])',
  Occurrence: ofEvent('occurrence'),
  TicketType: ofEvent('ticket_type'),
  Quota: ofEvent('quota'),
  Question: ofEvent('question'),
  PriceTier: `select t.event_id as id from price_tier p join ticket_type t on t.id = p.ticket_type_id
               where p.id = any($1::uuid[])`,
  Hold: own('hold'),
  Order: own('ticket_order'),
  Ticket: own('ticket'),
  PlaceBlock: own('place_block'),
  ResaleListing: own('resale_listing'),
  WaitlistEntry: own('waitlist_entry'),
  CheckInList: own('check_in_list'),
  Scan: own('scan'),
  Transfer: ofTickets('transfer'),
  Payment: ofOrders('payment'),
  Refund: ofOrders('refund'),
};

/** Which events the things of this service belong to: what members may be confined to. */
export function createEventsOf(database: Database): EventsOf {
  return async (viewer, things) => {
    const byType = Map.groupBy(things, ({ type }) => type);
    return database.read(viewer, async (tx) => {
      const events = new Set<string>();
      for (const [type, named] of byType) {
        const statement = statements[type];
        if (!statement) continue;
        const rows = await tx.rows<{ id: string }>(statement, [named.map(({ id }) => id)]);
        for (const { id } of rows) events.add(id);
      }
      return [...events];
    });
  };
}
