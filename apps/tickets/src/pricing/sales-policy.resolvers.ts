import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseCurrency, parseInteger, parseList, toResult, type Parsed } from '@marquee/subgraph';
import type { CancellationStepInput, Resolvers, SalesPolicyInput } from '../generated/schema.ts';
import type { CancellationStep } from '../refunds/refund-policy.ts';
import { whenParsed } from '../when-parsed.ts';
import { saveSalesPolicy } from './save-rules.ts';
import type { SalesPolicy } from './sales-policy.ts';
import { findSalesPolicy } from './sales-policy-rows.ts';

function readStep(field: string, step: CancellationStepInput): Parsed<CancellationStep> {
  return parseAll({
    fromHoursBefore: parseInteger(`${field}.fromHoursBefore`, step.fromHoursBefore, { min: 0, max: 8_760 }),
    keptBp: parseInteger(`${field}.keptBasisPoints`, step.keptBasisPoints, { min: 0, max: 10_000 }),
  });
}

function readSalesPolicy(input: SalesPolicyInput): Outcome<SalesPolicy, InvalidInput> {
  const parsed = parseAll({
    currencies: parseList('currencies', input.currencies ?? [], { max: 50 }, parseCurrency),
    cancellationSteps: parseList('cancellationSteps', input.cancellationSteps ?? [], { max: 20 }, readStep),
  });
  if (!parsed.ok) return parsed;
  const { currencies, cancellationSteps } = parsed.value;
  const hours = new Set(cancellationSteps.map(({ fromHoursBefore }) => fromHoursBefore));
  if (hours.size < cancellationSteps.length)
    return invalid('cancellationSteps', 'must each begin at another time');
  return accept({ currencies: [...new Set(currencies)], cancellationSteps });
}

export const salesPolicyResolvers: Resolvers = {
  Query: {
    salesPolicy: (_, _args, { services, viewer }) => services.database.read(viewer, findSalesPolicy),
  },
  Mutation: {
    saveSalesPolicy: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readSalesPolicy(input), (policy) =>
        saveSalesPolicy(services, viewer, policy),
      );
      return toResult(outcome, (salesPolicy) => ({ __typename: 'SalesPolicySaved', salesPolicy }));
    },
  },
  SalesPolicy: {
    currencies: ({ currencies }) => [...currencies],
    cancellationSteps: ({ cancellationSteps }) => [...cancellationSteps],
  },
  CurrencyNotAllowed: { allowedCurrencies: ({ allowedCurrencies }) => [...allowedCurrencies] },
  CancellationStep: { keptBasisPoints: ({ keptBp }) => keptBp },
};
