import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { moneyData } from '../money-data.ts';
import type { Services } from '../services.ts';
import { findTiers, type TierView } from './price-tier-rows.ts';
import { insertQuota, lockType, resizeQuota, type QuotaTooSmall } from './quotas.ts';
import type { TicketType } from './ticket-type.ts';

export type WantedTier = {
  /** Of a tier that stays, with what was sold by it; null: a new one. */
  readonly id: string | null;
  readonly name: string;
  readonly price: Money;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  readonly amount: number | null;
};

type Refusals = NotFound | InvalidInput | QuotaTooSmall;

/**
 * The whole list of a type's tiers, the first one first. One that is left out ends; what was sold by it keeps its price.
 * Whoever takes tickets of the type at the same time comes before or after, never in between.
 */
export async function setPriceTiers(
  { database, wake }: Services,
  viewer: Viewer,
  wanted: { readonly ticketTypeId: string; readonly tiers: readonly WantedTier[] },
): Promise<Outcome<TicketType, Refusals>> {
  const { ticketTypeId } = wanted;
  return database.decide<TicketType, Refusals>(viewer, async (tx) => {
    const type = await lockType(tx, ticketTypeId);
    if (!type) return notFound('The ticket type');
    const known = new Map(
      (await findTiers(tx, [{ ticketTypeId, occurrenceId: null }])).map((tier) => [tier.id, tier]),
    );
    const checked = check(wanted.tiers, type, known);
    if (!checked.ok) return checked;
    const tiers = wanted.tiers.map((tier) => ({ ...tier, id: tier.id ?? newUuid() }));
    await tx.execute(
      'update price_tier set retired_at = now() where ticket_type_id = $1 and retired_at is null and id <> all ($2)',
      [ticketTypeId, tiers.map(({ id }) => id)],
    );
    // Quotas in the order of their ids, as everyone locks them.
    const inOrder = [...tiers.entries()].toSorted(([, a], [, b]) => {
      const [one, two] = [known.get(a.id)?.quotaId ?? '~', known.get(b.id)?.quotaId ?? '~'];
      return one < two ? -1 : one > two ? 1 : 0;
    });
    for (const [place, tier] of inOrder) {
      const kept = await keepTier(tx, type, { ...tier, place }, known.get(tier.id) ?? null);
      if (!kept.ok) return kept;
    }
    await appendTiers(tx, ticketTypeId, tiers);
    tx.afterCommit(wake);
    return accept(type);
  });
}

function check(
  tiers: readonly WantedTier[],
  type: TicketType,
  known: ReadonlyMap<string, TierView>,
): Outcome<true, InvalidInput> {
  for (const [index, tier] of tiers.entries()) {
    const at = `tiers.${index}`;
    if (tier.price.currency !== type.price.currency)
      return invalid(`${at}.price`, `must be in ${type.price.currency}, as the ticket type's`);
    if (tier.id !== null && !known.has(tier.id))
      return invalid(`${at}.id`, 'is not a tier of this ticket type');
    if (tier.id !== null && tiers.findIndex(({ id }) => id === tier.id) !== index)
      return invalid(`${at}.id`, 'must be there once');
    if (tier.startsAt && tier.endsAt && tier.startsAt >= tier.endsAt)
      return invalid(`${at}.endsAt`, 'must be after startsAt');
    const before = tier.id === null ? null : known.get(tier.id)!;
    if (before && (before.amount === null) !== (tier.amount === null))
      return invalid(`${at}.amount`, 'cannot come or go with a tier that is there already: add a new tier');
  }
  return accept(true);
}

async function keepTier(
  tx: Transaction,
  type: TicketType,
  tier: WantedTier & { readonly id: string; readonly place: number },
  before: TierView | null,
): Promise<Outcome<unknown, NotFound | QuotaTooSmall>> {
  const { id, amount, name, price } = tier;
  let quotaId = before?.quotaId ?? null;
  if (before && quotaId !== null && amount !== before.amount) {
    const resized = await resizeQuota(tx, { quotaId, name, size: amount });
    if (!resized.ok) return resized;
  } else if (!before && amount !== null) {
    quotaId = newUuid();
    await insertQuota(tx, { id: quotaId, eventId: type.eventId, name, size: amount });
  }
  await tx.execute(
    `insert into price_tier (organisation_id, id, ticket_type_id, place, name, price_minor, starts_at, ends_at, quota_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (organisation_id, id) do update
       set place = excluded.place, name = excluded.name, price_minor = excluded.price_minor,
           starts_at = excluded.starts_at, ends_at = excluded.ends_at`,
    [
      tx.organisationId,
      id,
      type.id,
      tier.place,
      name,
      `${price.amountMinor}`,
      tier.startsAt,
      tier.endsAt,
      quotaId,
    ],
  );
  return accept(true);
}

async function appendTiers(
  tx: Transaction,
  ticketTypeId: string,
  tiers: readonly (WantedTier & { readonly id: string })[],
): Promise<void> {
  await appendEvents(tx, {
    streamId: streamId('ticket-type', ticketTypeId),
    events: [
      {
        type: 'tickets.price-tiers-set.v1',
        data: {
          ticketTypeId,
          tiers: tiers.map((tier) => ({
            tierId: tier.id,
            name: tier.name,
            price: moneyData(tier.price),
            startsAt: tier.startsAt?.toISOString() ?? null,
            endsAt: tier.endsAt?.toISOString() ?? null,
            amount: tier.amount,
          })),
        },
      },
    ],
  });
}
