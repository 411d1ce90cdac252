import { toConnection } from '@marquee/postgres';
import { accept, encodeId, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  orBadInput,
  parseAll,
  parseId,
  parseInstant,
  parseInteger,
  parseKeysetPage,
  parseList,
  parseMoney,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Resolvers, VoucherInput } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { saveVoucher } from './save-voucher.ts';
import { normaliseCode, type NewVoucher } from './voucher.ts';
import { findVoucherPage } from './voucher-rows.ts';

const most = 1_000_000;

export function readVoucher(
  input: VoucherInput,
): Outcome<NewVoucher & { readonly id: string | null }, InvalidInput> {
  const count = (field: string, value: number | null | undefined, min: number) =>
    parseOptional(value, (given) => parseInteger(field, given, { min, max: most }));
  const types = (field: string, ids: readonly string[]) =>
    parseList(field, ids, { max: 100 }, (at, id) => parseId('TicketType', at, id));
  const parsed = parseAll({
    id: parseOptional(input.id, (id) => parseId('Voucher', 'id', id)),
    code: parseText('code', input.code, { max: 50 }),
    name: parseText('name', input.name ?? input.code, { max: 100 }),
    percentBp: parseOptional(input.percentBasisPoints, (bp) =>
      parseInteger('percentBasisPoints', bp, { min: 0, max: 10_000 }),
    ),
    amount: parseOptional(input.amount, (amount) => parseMoney('amount', amount)),
    budget: parseOptional(input.budget, (budget) => parseMoney('budget', budget)),
    eventId: parseOptional(input.eventId, (id) => parseId('Event', 'eventId', id)),
    ticketTypeIds: parseOptional(input.ticketTypeIds, (ids) => types('ticketTypeIds', ids)),
    unlocks: types('unlocks', input.unlocks ?? []),
    maxUses: count('maxUses', input.maxUses, 0),
    maxUsesPerGuest: count('maxUsesPerGuest', input.maxUsesPerGuest, 1),
    validFrom: parseOptional(input.validFrom, (at) => parseInstant('validFrom', at)),
    validUntil: parseOptional(input.validUntil, (at) => parseInstant('validUntil', at)),
  });
  if (!parsed.ok) return parsed;
  const { amount, budget, code, ...rest } = parsed.value;
  if (amount && amount.amountMinor < 0n) return invalid('amount.amountMinor', 'must be at least 0');
  if (budget && budget.amountMinor < 0n) return invalid('budget.amountMinor', 'must be at least 0');
  if (amount && budget && amount.currency !== budget.currency)
    return invalid('budget.currency', `must be ${amount.currency}, as the amount's`);
  return accept({
    ...rest,
    code: normaliseCode(code),
    amountMinor: amount?.amountMinor ?? null,
    budgetMinor: budget?.amountMinor ?? null,
    currency: amount?.currency ?? budget?.currency ?? null,
    active: input.active ?? true,
  });
}

export const vouchersResolvers: Resolvers = {
  Query: {
    vouchers: async (_, args, { services, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const vouchers = await services.database.read(viewer, (tx) => findVoucherPage(tx, page));
      return toConnection(vouchers, page, ({ createdAt, id }) => [createdAt.toISOString(), id]);
    },
  },
  Mutation: {
    saveVoucher: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readVoucher(input), (wanted) => saveVoucher(services, viewer, wanted));
      return toResult(outcome, (voucher) => ({ __typename: 'VoucherSaved', voucher }));
    },
  },
  Voucher: {
    id: ({ id }) => encodeId('Voucher', id),
    percentBasisPoints: ({ percentBp }) => percentBp,
    amount: ({ amountMinor, currency }) =>
      amountMinor === null || currency === null ? null : { amountMinor, currency },
    budget: ({ budgetMinor, currency }) =>
      budgetMinor === null || currency === null ? null : { amountMinor: budgetMinor, currency },
    event: ({ eventId }) => (eventId === null ? null : { id: eventId }),
    ticketTypes: async ({ ticketTypeIds }, _, context) =>
      ticketTypeIds && Promise.all(ticketTypeIds.map((id) => ticketTypeOf(context, id, null))),
    unlocks: ({ unlocks }, _, context) => Promise.all(unlocks.map((id) => ticketTypeOf(context, id, null))),
  },
};
