import { encodeId } from '@marquee/kernel';
import { toResult } from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { readFeeRule, readQuote, readSaleTerms, readTaxProfile, readTaxRate } from './pricing.input.ts';
import { quoteCart } from './quote-cart.ts';
import { findStoredFeeRules, findTaxProfile, findTaxRates } from './rule-rows.ts';
import { openTerms } from './sale-terms.ts';
import { saveFeeRule, saveTaxProfile, saveTaxRate, setSaleTerms } from './save-rules.ts';

type Scoped = { readonly eventId: string | null; readonly ticketTypeId: string | null };

/** What a rule is for, as both rates and fees say it. */
const scopeOfRule = {
  event: ({ eventId }: Scoped) => (eventId === null ? null : { id: eventId }),
  ticketType: ({ ticketTypeId }: Scoped, _: unknown, context: Context) =>
    ticketTypeId === null ? null : ticketTypeOf(context, ticketTypeId, null),
};

export const pricingResolvers: Resolvers = {
  Query: {
    quote: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readQuote(input), (request) => quoteCart(services, viewer, request));
      return toResult(outcome, (quote) => ({ __typename: 'CartQuoted', quote }));
    },
    taxRates: (_, _args, { services, viewer }) => services.database.read(viewer, findTaxRates),
    feeRules: (_, _args, { services, viewer }) => services.database.read(viewer, findStoredFeeRules),
    taxProfile: (_, _args, { services, viewer }) => services.database.read(viewer, findTaxProfile),
  },
  Mutation: {
    saveTaxRate: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readTaxRate(input), (rate) => saveTaxRate(services, viewer, rate));
      return toResult(outcome, (taxRate) => ({ __typename: 'TaxRateSaved', taxRate }));
    },
    saveFeeRule: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readFeeRule(input), (rule) => saveFeeRule(services, viewer, rule));
      return toResult(outcome, (feeRule) => ({ __typename: 'FeeRuleSaved', feeRule }));
    },
    saveTaxProfile: async (_, { input }, { services, viewer }) => {
      const parsed = readTaxProfile(input);
      const outcome = await whenParsed(parsed, (profile) => saveTaxProfile(services, viewer, profile));
      return toResult(outcome, (taxProfile) => ({ __typename: 'TaxProfileSaved', taxProfile }));
    },
    setSaleTerms: async (_, { input }, context) => {
      const { services, viewer } = context;
      const outcome = await whenParsed(readSaleTerms(input), (terms) =>
        setSaleTerms(services, viewer, terms),
      );
      const type = outcome.ok ? await ticketTypeOf(context, outcome.value, null) : null;
      return toResult(outcome, () => ({ __typename: 'SaleTermsSet', ticketType: type! }));
    },
  },
  TicketType: {
    saleTerms: async ({ id }, _, { loaders }) => (await loaders.saleTerms.load(id)) ?? openTerms,
  },
  QuoteLine: {
    occurrence: ({ occurrenceId }) => ({ id: occurrenceId }),
    ticketType: ({ ticketTypeId, occurrenceId }, _, context) =>
      ticketTypeOf(context, ticketTypeId, occurrenceId),
  },
  TaxRate: {
    ...scopeOfRule,
    id: ({ id }) => encodeId('TaxRate', id),
    rateBasisPoints: ({ rateBp }) => rateBp,
  },
  FeeRule: {
    ...scopeOfRule,
    id: ({ id }) => encodeId('FeeRule', id),
    percentBasisPoints: ({ percentBp }) => percentBp,
    amount: ({ amountMinor, currency }) =>
      amountMinor === null || currency === null ? null : { amountMinor, currency },
    taxRate: async ({ taxRateId }, _, { loaders }) =>
      taxRateId === null ? null : ((await loaders.taxRates.load('all'))?.get(taxRateId) ?? null),
  },
  GuestLimitReached: { ticketTypeId: ({ ticketTypeId }) => encodeId('TicketType', ticketTypeId) },
};
