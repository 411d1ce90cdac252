import { decodeId, encodeId } from '@marquee/kernel';
import { parseId, toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { whenParsed } from '../when-parsed.ts';
import { blockPlaces, unblockPlaces } from './block-places.ts';
import { seatsOf, ticketTypeOf } from './inventory.resolvers.ts';
import { isOpen } from './price-tier.ts';
import type { SeenTier as Tier } from './price-tier-rows.ts';
import { assignQuotas, createQuota, updateQuota } from './quotas.ts';
import { setPriceTiers } from './set-price-tiers.ts';
import { readAssignment, readBlockRequest, readNewQuota, readQuotaChange, readTiers } from './stock.input.ts';
import type { TicketTypeView } from './ticket-type.ts';

const tiersOf = async ({ loaders }: Context, { id, occurrenceId }: TicketTypeView): Promise<Tier[]> => {
  const tiers = await loaders.priceTiers.load({ ticketTypeId: id, occurrenceId });
  return tiers.map((tier) => ({ ...tier, seen: occurrenceId !== null }));
};

/** Those that can be had now, in their order. What expired counts as left. */
const openTiers = async (context: Context, type: TicketTypeView): Promise<Tier[]> => {
  const now = new Date();
  return (await tiersOf(context, type)).filter(
    (tier) => isOpen(tier, now) && (tier.amount === null || tier.available + tier.expired > 0),
  );
};

/** Open now or later, and not sold out. */
const nextTier = async (context: Context, type: TicketTypeView): Promise<Tier | null> => {
  const [current] = await openTiers(context, type);
  const now = new Date();
  const others = (await tiersOf(context, type)).filter(
    (tier) =>
      tier.id !== current?.id &&
      (tier.endsAt === null || tier.endsAt > now) &&
      (tier.amount === null || tier.available + tier.expired > 0),
  );
  return others[0] ?? null;
};

const viewOfType = <T extends { readonly id: string }>(type: T) => ({ ...type, occurrenceId: null });

export const stockResolvers: Resolvers = {
  Mutation: {
    createQuota: async (_, { input }, { services, viewer }) =>
      toResult(
        await whenParsed(readNewQuota(input), (wanted) => createQuota(services, viewer, wanted)),
        (quota) => ({
          __typename: 'QuotaCreated',
          quota: { ...quota, ticketTypeIds: [] },
        }),
      ),
    updateQuota: async (_, { input }, { services, viewer, loaders }) => {
      const outcome = await whenParsed(readQuotaChange(input), (wanted) =>
        updateQuota(services, viewer, wanted),
      );
      if (!outcome.ok) return toResult(outcome, () => ({ __typename: 'QuotaUpdated' }) as never);
      const known = await loaders.quotasOfEvent.load(outcome.value.eventId);
      const ticketTypeIds = known.find(({ id }) => id === outcome.value.id)?.ticketTypeIds ?? [];
      return { __typename: 'QuotaUpdated', quota: { ...outcome.value, ticketTypeIds } };
    },
    assignQuotas: async (_, { input }, { services, viewer }) =>
      toResult(
        await whenParsed(readAssignment(input), (wanted) => assignQuotas(services, viewer, wanted)),
        (type) => ({ __typename: 'QuotasAssigned', ticketType: viewOfType(type) }),
      ),
    setPriceTiers: async (_, { input }, { services, viewer }) =>
      toResult(
        await whenParsed(readTiers(input), (wanted) => setPriceTiers(services, viewer, wanted)),
        (type) => ({
          __typename: 'PriceTiersSet',
          ticketType: viewOfType(type),
        }),
      ),
    blockPlaces: async (_, { input }, { services, viewer }) =>
      toResult(
        await whenParsed(readBlockRequest(input), (wanted) => blockPlaces(services, viewer, wanted)),
        (block) => ({
          __typename: 'PlacesBlocked',
          block,
        }),
      ),
    unblockPlaces: async (_, { id }, { services, viewer }) =>
      toResult(
        await whenParsed(parseId('PlaceBlock', 'id', id), (blockId) =>
          unblockPlaces(services, viewer, blockId),
        ),
        (block) => ({ __typename: 'PlacesUnblocked', block }),
      ),
  },
  TicketType: {
    currentPrice: async (type, _, context) => (await openTiers(context, type))[0]?.price ?? type.price,
    currentTier: async (type, _, context) => (await openTiers(context, type))[0] ?? null,
    nextTier: (type, _, context) => nextTier(context, type),
    priceTiers: (type, _, context) => tiersOf(context, type),
  },
  PriceTier: {
    id: ({ id }) => encodeId('PriceTier', id),
    available: ({ amount, available, expired, seen }) =>
      amount === null || !seen ? null : Math.max(0, available + expired),
  },
  Quota: {
    __resolveReference: async ({ id }, { loaders }) => {
      const uuid = decodeId('Quota', id);
      return uuid === null ? null : loaders.quota.load(uuid);
    },
    id: ({ id }) => encodeId('Quota', id),
    ticketTypes: async ({ ticketTypeIds }, _, { loaders }) => {
      const types = await Promise.all(ticketTypeIds.map((id) => loaders.ticketType.load(id)));
      return types.flatMap((type) => (type ? [viewOfType(type)] : []));
    },
  },
  Event: {
    quotas: async ({ id }, _, { loaders }) => [...(await loaders.quotasOfEvent.load(id))],
  },
  Occurrence: {
    blocks: async ({ id }, _, { loaders }) => [...(await loaders.blocksOfOccurrence.load(id))],
  },
  PlaceBlock: {
    __resolveReference: async ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('PlaceBlock', id);
      return uuid === null || !viewer.scopes.includes('tickets:manage') ? null : loaders.block.load(uuid);
    },
    id: ({ id }) => encodeId('PlaceBlock', id),
    lines: ({ lines, occurrenceId }) => lines.map((line) => ({ ...line, occurrenceId })),
  },
  PlaceBlockLine: {
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
    seats: ({ seatIds }, _, context) => seatsOf(context, seatIds),
  },
};
