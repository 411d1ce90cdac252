import { appendEvents, streamId } from '@marquee/event-log';
import { accept, assert, newUuid, refuse, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { holdPlaced } from '../holds/hold-events.ts';
import { newHold, planHold, type Hold, type HoldPlan } from '../holds/hold.ts';
import { insertHold } from '../holds/hold-rows.ts';
import { findSellable, shareTypes, type SellableNow } from '../holds/sellable.ts';
import { claimSeats, ensureBuckets, moveBuckets, reclaimExpired } from '../inventory/capacity.ts';
import { judgeOnSale } from '../occurrences/occurrence.ts';
import { planOf } from '../resale/buy-listing.ts';
import type { ResaleListing } from '../resale/listing.ts';
import { findForSale, lockListings, reserveListings } from '../resale/listing-rows.ts';
import { chooseSeats, scatteredSeats } from '../seating/best-seats.ts';
import { readSeatPlan } from '../seating/seat-plan-rows.ts';
import { findSeatingPolicy } from '../seating/seating-policy-rows.ts';
import type { Services } from '../services.ts';
import { findQueue } from './queue-rows.ts';
import { nextOffer, type WaitlistEntry } from './waitlist-entry.ts';
import { readEntryRow, type EntryRow } from './waitlist-rows.ts';

type Scope = { readonly organisationId: string };
type Line = { readonly occurrenceId: string; readonly ticketTypeId: string };

/** Looked at in one go; a line that is longer is looked at again. */
const lineLimit = 200;
/** Offers made in one go, so that one occurrence does not keep the others waiting. */
const offerLimit = 100;

/** Offers what is there down the line of one ticket type, one party a transaction; answers how many were offered. */
export async function offerPlaces(services: Services, scope: Scope, line: Line): Promise<number> {
  for (let offered = 0; offered < offerLimit; offered++) {
    const made = await services.database.decide(scope, (tx) => offerNext(services, tx, line));
    if (!made.ok) return offered;
  }
  return offerLimit;
}

type NothingToOffer = { readonly kind: 'NothingToOffer'; readonly message: string };
const nothing = refuse<NothingToOffer>({ kind: 'NothingToOffer', message: 'Nothing can be offered now.' });

/**
 * The first entries of the line are locked, so that two processes never offer twice; then everything is looked at anew.
 * What is offered is a hold, taken as anyone's would be: whoever was quicker keeps the places, and this ends with
 * nothing changed.
 */
async function offerNext(
  services: Services,
  tx: Transaction,
  { occurrenceId, ticketTypeId }: Line,
): Promise<Outcome<WaitlistEntry, NothingToOffer>> {
  await shareTypes(tx, [ticketTypeId]);
  const rows = await tx.rows<EntryRow>(
    `select * from waitlist_entry where occurrence_id = $1 and ticket_type_id = $2 and status = 'WAITING'
     order by place limit ${lineLimit} for update`,
    [occurrenceId, ticketTypeId],
  );
  if (rows.length === 0) return nothing;
  const sellable = await findSellable(tx, occurrenceId, [ticketTypeId]);
  if (!sellable || !judgeOnSale(sellable.occurrence, sellable.now).ok) return nothing;
  const { free } = await findQueue(tx, occurrenceId, ticketTypeId);
  const forSale = await findForSale(tx, occurrenceId, ticketTypeId, 100);
  // At one price: the party's total must not depend on who of several sellers it meets.
  const listings = forSale.filter(({ price }) => price.amountMinor === forSale[0]!.price.amountMinor);
  const next = nextOffer(rows.map(readEntryRow), { free, listed: listings.length });
  if (!next) return nothing;
  const { entry, from } = next;
  const hold =
    from === 'free'
      ? await holdFree(services, tx, entry, sellable)
      : await holdListed(services, tx, entry, listings.slice(0, entry.quantity), sellable.now);
  if (!hold) return nothing;
  await writeOffer(tx, entry, hold);
  tx.afterCommit(services.wake);
  return accept({ ...entry, status: 'OFFERED' });
}

function offerHold(services: Services, entry: WaitlistEntry, plan: HoldPlan, now: Date, endsAt?: Date): Hold {
  const { occurrenceId, joinedBy: placedBy } = entry;
  const hold = newHold({ occurrenceId, plan, placedBy }, now, { holdMinutes: services.terms.offerMinutes });
  return endsAt && endsAt < hold.expiresAt ? { ...hold, expiresAt: endsAt } : hold;
}

/** Free places, and where seats are chosen the first free ones of the section. Null where someone was quicker. */
async function holdFree(
  services: Services,
  tx: Transaction,
  entry: WaitlistEntry,
  sellable: SellableNow,
): Promise<Hold | null> {
  const { occurrenceId, ticketTypeId, quantity } = entry;
  const type = sellable.types.get(ticketTypeId);
  if (!type) return null;
  const seatIds = type.seated ? await findBestSeats(tx, sellable, type.sectionName ?? '', quantity) : [];
  const item = { ticketTypeId, quantity, seatIds };
  const planned = planHold([item], new Map([[ticketTypeId, { ...type, maxPerOrder: 100 }]]));
  if (!planned.ok) return null;
  const plan = planned.value;
  const hold = offerHold(services, entry, plan, sellable.now, sellable.occurrence.endsAt);
  const { changes } = await reclaimExpired(tx, occurrenceId, { wait: true });
  const taken = await claimSeats(tx, { occurrenceId, ownerId: hold.id, seatIds, expiresAt: hold.expiresAt });
  if (taken.length > 0) return null;
  await insertHold(tx, { ...hold, plan });
  await appendEvents(tx, {
    streamId: streamId('hold', hold.id),
    expectedVersion: 'none',
    events: [holdPlaced(hold)],
  });
  await ensureBuckets(tx, occurrenceId, sellable.quotasWithoutBucket);
  const wanted = plan.quotas.map((quota) => ({ quotaId: quota.quotaId, held: quota.quantity, sold: 0 }));
  return (await moveBuckets(tx, occurrenceId, [...changes, ...wanted])) ? null : hold;
}

/** Together where that can be, and else the best that are left. */
async function findBestSeats(
  tx: Transaction,
  { occurrence, now }: SellableNow,
  sectionName: string,
  count: number,
): Promise<string[]> {
  assert(tx.organisationId, 'an offer is made within an organisation');
  const policy = await findSeatingPolicy(tx, tx.organisationId, occurrence.id);
  const plan = await readSeatPlan(tx, occurrence, [sectionName], { policy, now, unplacedToo: true });
  if (!plan) return [];
  const avoidSingles = policy.singleSeats !== 'ALLOWED';
  const wish = { count, accessible: 0, acrossRows: true, avoidSingles, sections: null };
  return (chooseSeats(plan, wish) ?? scatteredSeats(plan, wish)).map(({ id }) => id);
}

async function holdListed(
  services: Services,
  tx: Transaction,
  entry: WaitlistEntry,
  found: readonly ResaleListing[],
  now: Date,
): Promise<Hold | null> {
  const ids = found.map(({ id }) => id);
  const listings = await lockListings(tx, ids);
  // Nobody buys their own ticket back, and what someone is just buying is theirs.
  const good = listings.every(({ status, reserved }) => status === 'LISTED' && !reserved);
  if (!good || listings.length < ids.length) return null;
  const plan = planOf(listings);
  const hold = offerHold(services, entry, plan, now);
  await insertHold(tx, { ...hold, plan });
  await reserveListings(tx, ids, hold.id);
  await appendEvents(tx, {
    streamId: streamId('hold', hold.id),
    expectedVersion: 'none',
    events: [holdPlaced(hold)],
  });
  return hold;
}

async function writeOffer(tx: Transaction, entry: WaitlistEntry, hold: Hold): Promise<void> {
  const offerId = newUuid();
  await tx.execute(
    `with offered as (update waitlist_entry set status = 'OFFERED' where id = $2)
     insert into waitlist_offer (organisation_id, id, entry_id, hold_id, status, expires_at)
     values ($1, $3, $2, $4, 'OFFERED', $5)`,
    [tx.organisationId, entry.id, offerId, hold.id, hold.expiresAt],
  );
  await appendEvents(tx, {
    streamId: streamId('waitlist-entry', entry.id),
    events: [
      {
        type: 'tickets.waitlist-offered.v1',
        data: {
          offerId,
          entryId: entry.id,
          occurrenceId: entry.occurrenceId,
          ticketTypeId: entry.ticketTypeId,
          guestId: entry.guestId,
          quantity: entry.quantity,
          holdId: hold.id,
          expiresAt: hold.expiresAt.toISOString(),
        },
      },
    ],
  });
}
