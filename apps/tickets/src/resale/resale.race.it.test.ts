import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import {
  accepted,
  givenOccurrence,
  givenPaidOrder,
  givenTicketType,
  order,
  pay,
  system,
  ticketIdsOf,
  violations,
} from '../harness.test-support.ts';
import {
  acceptedOf,
  brokenNumbers,
  describeRace,
  guest,
  times,
  type Race,
} from '../races/race.test-support.ts';
import { refundOrder } from '../refunds/refund-order.ts';
import { scanTicket } from '../scans/scan-ticket.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { buyListing } from './buy-listing.ts';
import { listTicket } from './list-ticket.ts';

async function givenListed({ unmet }: Race, quotaSize = 1) {
  const occurrence = await givenOccurrence(unmet);
  const type = await givenTicketType(unmet, occurrence, { quotaSize });
  const paid = await givenPaidOrder(unmet, unmet.viewer, occurrence, type, { quantity: quotaSize });
  const ticketIds = await ticketIdsOf(unmet, paid);
  const listings = [];
  for (const id of ticketIds) listings.push(await accepted(listTicket(unmet.services, unmet.viewer, id)));
  const join = async (quantity = 1) => {
    const viewer = guest(unmet);
    const entry = { email: viewer.email!, name: 'W' };
    const request = { occurrenceId: occurrence.id, ticketTypeId: type.id, quantity, guest: entry };
    return accepted(joinWaitlist(unmet.services, viewer, request));
  };
  return { occurrence, type, paid, ticketIds, listings, join };
}

const offersOf = ({ unmet }: Race, ticketTypeId: string) =>
  system(unmet, (tx) =>
    tx.rows(`select id from waitlist_entry where ticket_type_id = $1 and status = 'OFFERED'`, [ticketTypeId]),
  );

describeRace(
  'one listed ticket, bought by 10 at once',
  {
    meet: { before: 'update resale_listing set reserved_by', parties: 10 },
    statements: [
      [
        'from resale_listing where id = any($1) order by id for update',
        'from resale_listing where id = any($1)',
      ],
    ],
  },
  async (race) => {
    const { world, unmet, guarded } = race;
    const { listings } = await givenListed(race);
    const results = await times(10, () =>
      buyListing((guarded ? unmet : world).services, guest(unmet), {
        idempotencyKey: newUuid(),
        listingId: listings[0]!.id,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else expect(acceptedOf(results)).toBeGreaterThan(1);
  },
);

describeRace(
  'a listed ticket, bought while it is offered to the waitlist',
  {
    meet: { before: 'update resale_listing set reserved_by', parties: 2 },
    statements: [
      [
        'from resale_listing where id = any($1) order by id for update',
        'from resale_listing where id = any($1)',
      ],
    ],
  },
  async (race) => {
    const { world, unmet, guarded } = race;
    const { occurrence, type, listings, join } = await givenListed(race);
    await join();
    const line = { occurrenceId: occurrence.id, ticketTypeId: type.id };
    const { services } = guarded ? unmet : world;
    const [bought, offered] = await Promise.all([
      // As one who looked before anyone waited: the line is not in its way, the lock alone is.
      buyListing({ ...services, database: beforeAnyoneWaited(services.database) }, guest(unmet), {
        idempotencyKey: newUuid(),
        listingId: listings[0]!.id,
      }),
      offerPlaces(services, { organisationId: unmet.viewer.organisationId }, line),
    ]);
    const got = Number(bought.ok) + offered;
    if (guarded) expect(got).toBe(1);
    else expect(got).toBe(2);
  },
);

function beforeAnyoneWaited(database: Race['world']['database']): Race['world']['database'] {
  return {
    ...database,
    decide: (scope, work, options) =>
      database.decide(
        scope,
        (tx) =>
          work({
            ...tx,
            rows: (sql, parameters, query) =>
              tx.rows(sql.replaceAll(`e.status = 'WAITING'`, 'false'), parameters, query),
          }),
        options,
      ),
  };
}

describeRace(
  'free places, offered by 8 processes at once',
  {
    meet: { before: 'q.least_wanted, q.offered', parties: 8 },
    statements: [
      ['order by place limit 200 for update', 'order by place limit 200'],
      ['($3::integer + $4::integer <= 0 or held + sold + $3 + $4 <= size)', 'true'],
    ],
    schema: [
      'drop index waitlist_offer_one_pending',
      'alter table quota_bucket drop constraint quota_bucket_not_oversold',
    ],
  },
  async (race) => {
    const { world, unmet, guarded } = race;
    const occurrence = await givenOccurrence(unmet);
    const type = await givenTicketType(unmet, occurrence, { quotaSize: 1 });
    const paid = await givenPaidOrder(unmet, unmet.viewer, occurrence, type);
    const viewer = guest(unmet);
    await accepted(
      joinWaitlist(unmet.services, viewer, {
        occurrenceId: occurrence.id,
        ticketTypeId: type.id,
        quantity: 1,
        guest: { email: viewer.email!, name: 'W' },
      }),
    );
    const request = { idempotencyKey: newUuid(), orderId: paid.id, amount: null, reason: null };
    await accepted(refundOrder(unmet.services, unmet.viewer, request));
    const line = { occurrenceId: occurrence.id, ticketTypeId: type.id };
    const scope = { organisationId: unmet.viewer.organisationId };
    const parties = guarded ? unmet : world;
    const results = await times(8, () => offerPlaces(parties.services, scope, line));
    const offers = await system(unmet, (tx) => tx.rows('select id from waitlist_offer'));
    expect(results.every(({ status }) => status === 'fulfilled')).toBe(true);
    if (guarded) {
      expect(offers).toHaveLength(1);
      expect(await offersOf(race, type.id)).toHaveLength(1);
    } else {
      expect(offers.length).toBeGreaterThan(1);
      expect(await brokenNumbers(unmet)).toContain(9);
    }
  },
);

describeRace(
  'a listed ticket, scanned while its buyer pays',
  {
    meet: { before: ['insert into scan', `set status = 'SOLD'`], parties: 2 },
    statements: [
      ['where id = $2 for no key update', 'where id = $2'],
      [
        'select id from ticket where id = any($1) order by id for update',
        'select id from ticket where id = any($1)',
      ],
    ],
  },
  async (race) => {
    const { world, unmet, guarded } = race;
    let both = 0;
    const { services } = guarded ? unmet : world;
    for (let round = 0; round < (guarded ? 8 : 1); round++) {
      const { occurrence, ticketIds, listings } = await givenListed(race);
      const buyer = guest(unmet);
      const held = await accepted(
        buyListing(unmet.services, buyer, { idempotencyKey: newUuid(), listingId: listings[0]!.id }),
      );
      const placed = await order(unmet, buyer, held, { email: buyer.email!, name: 'B' });
      const credential = unmet.services.credentials.sign({
        ticketId: ticketIds[0]!,
        occurrenceId: occurrence.id,
        epoch: 1,
      });
      const [paid, scanned] = await Promise.all([
        pay(guarded ? unmet : world, buyer, placed),
        scanTicket(services, unmet.viewer, {
          occurrenceId: occurrence.id,
          credential,
          nonce: newUuid(),
          scannedAt: new Date(),
          deviceId: 'gate',
        }),
      ]);
      // The seller got in, and got the money back.
      if (paid.ok && scanned.ok) both += 1;
    }
    if (guarded) {
      expect(both).toBe(0);
      expect(await violations(unmet)).toEqual([]);
    } else expect(both).toBeGreaterThan(0);
  },
);
