import { accept } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseInstant,
  parseInteger,
  parseList,
  parseMoney,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type {
  AssignQuotasInput,
  BlockPlacesInput,
  CreateQuotaInput,
  SetPriceTiersInput,
  UpdateQuotaInput,
} from '../generated/schema.ts';
import type { BlockRequest } from './block-places.ts';
import type { Quota } from './quotas.ts';
import type { WantedTier } from './set-price-tiers.ts';

const largestQuota = 1_000_000;
const maxTiers = 20;
const name = (field: string, value: string) => parseText(field, value, { max: 100 });
const size = (field: string, value: number) => parseInteger(field, value, { min: 0, max: largestQuota });

export const readNewQuota = (input: CreateQuotaInput): Parsed<Omit<Quota, 'id'>> =>
  parseAll({
    eventId: parseId('Event', 'eventId', input.eventId),
    name: name('name', input.name),
    size: size('size', input.size),
  });

export const readQuotaChange = (
  input: UpdateQuotaInput,
): Parsed<{ readonly quotaId: string; readonly name: string | null; readonly size: number | null }> =>
  parseAll({
    quotaId: parseId('Quota', 'id', input.id),
    name: parseOptional(input.name, (value) => name('name', value)),
    size: parseOptional(input.size, (value) => size('size', value)),
  });

export const readAssignment = (
  input: AssignQuotasInput,
): Parsed<{ readonly ticketTypeId: string; readonly quotaIds: readonly string[] }> =>
  parseAll({
    ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
    quotaIds: parseList('quotaIds', input.quotaIds, { min: 1, max: 10 }, (at, id) =>
      parseId('Quota', at, id),
    ),
  });

export const readTiers = (
  input: SetPriceTiersInput,
): Parsed<{ readonly ticketTypeId: string; readonly tiers: readonly WantedTier[] }> =>
  parseAll({
    ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
    tiers: parseList('tiers', input.tiers, { max: maxTiers }, (at, tier) =>
      parseAll({
        id: parseOptional(tier.id, (id) => parseId('PriceTier', `${at}.id`, id)),
        name: name(`${at}.name`, tier.name),
        price: parseMoney(`${at}.price`, tier.price),
        startsAt: parseOptional(tier.startsAt, (value) => parseInstant(`${at}.startsAt`, value)),
        endsAt: parseOptional(tier.endsAt, (value) => parseInstant(`${at}.endsAt`, value)),
        amount: parseOptional(tier.amount, (amount) =>
          parseInteger(`${at}.amount`, amount, { min: 1, max: largestQuota }),
        ),
      }),
    ),
  });

export function readBlockRequest(input: BlockPlacesInput): Parsed<BlockRequest> {
  const parsed = parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    occurrenceId: parseId('Occurrence', 'occurrenceId', input.occurrenceId),
    reason: parseText('reason', input.reason, { max: 500 }),
    items: parseList('items', input.items, { min: 1, max: 20 }, (field, item) =>
      parseAll({
        ticketTypeId: parseId('TicketType', `${field}.ticketTypeId`, item.ticketTypeId),
        quantity: parseOptional(item.quantity, (quantity) =>
          parseInteger(`${field}.quantity`, quantity, { min: 1, max: largestQuota }),
        ),
        seatIds: parseList(`${field}.seatIds`, item.seatIds ?? [], { max: 5_000 }, (at, seatId) =>
          parseId('Seat', at, seatId),
        ),
      }),
    ),
  });
  return parsed.ok ? accept(parsed.value) : parsed;
}
