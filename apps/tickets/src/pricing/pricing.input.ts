import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseCountryCode,
  parseId,
  parseInstant,
  parseInteger,
  parseList,
  parseMoney,
  parseOptional,
  parseText,
  type Parsed,
} from '@marquee/subgraph';
import type {
  BusinessInput,
  FeeRuleInput,
  QuoteInput,
  SaleTermsInput,
  TaxProfileInput,
  TaxRateInput,
} from '../generated/schema.ts';
import type { Business } from './price-cart.ts';
import type { QuoteRequest } from './quote-cart.ts';
import type { StoredFeeRule, StoredTaxRate, TaxProfile } from './rule-rows.ts';
import { openTerms, type SaleTerms } from './sale-terms.ts';

const wholeBp = { min: 0, max: 10_000 };
const vatIdPattern = /^[A-Z]{2}[0-9A-Z+*]{2,13}$/;
/** The one country whose VAT ids begin with other letters than its code. */
const vatPrefix = (countryCode: string) => (countryCode === 'GR' ? 'EL' : countryCode);

function parseVatId(field: string, value: string, countryCode: string): Parsed<string> {
  const vatId = value.replaceAll(/[\s.-]/g, '').toUpperCase();
  return vatIdPattern.test(vatId) && vatId.startsWith(vatPrefix(countryCode))
    ? accept(vatId)
    : invalid(field, `must be a VAT id of ${countryCode}, such as ${vatPrefix(countryCode)}123456789`);
}

export function readBusiness(field: string, input: BusinessInput): Parsed<Business> {
  const country = parseCountryCode(`${field}.countryCode`, input.countryCode);
  if (!country.ok) return country;
  return parseAll({
    name: parseText(`${field}.name`, input.name, { max: 200 }),
    countryCode: country,
    vatId: parseVatId(`${field}.vatId`, input.vatId, country.value),
  });
}

export function readQuote(input: QuoteInput): Parsed<QuoteRequest> {
  return parseAll({
    holdIds: parseList('holdIds', input.holdIds, { min: 1, max: 20 }, (field, id) =>
      parseId('Hold', field, id),
    ),
    voucherCode: parseOptional(input.voucherCode, (code) => parseText('voucherCode', code, { max: 100 })),
    business: parseOptional(input.business, (business) => readBusiness('business', business)),
  });
}

const readScope = (input: Pick<TaxRateInput, 'eventId' | 'ticketTypeId'>) => ({
  eventId: parseOptional(input.eventId, (id) => parseId('Event', 'eventId', id)),
  ticketTypeId: parseOptional(input.ticketTypeId, (id) => parseId('TicketType', 'ticketTypeId', id)),
});

export function readTaxRate(
  input: TaxRateInput,
): Parsed<Omit<StoredTaxRate, 'id'> & { readonly id: string | null }> {
  return parseAll({
    id: parseOptional(input.id, (id) => parseId('TaxRate', 'id', id)),
    name: parseText('name', input.name, { max: 100 }),
    rateBp: parseInteger('rateBasisPoints', input.rateBasisPoints, wholeBp),
    inclusive: accept(input.inclusive),
    ...readScope(input),
    active: accept(input.active ?? true),
  });
}

export function readFeeRule(
  input: FeeRuleInput,
): Outcome<Omit<StoredFeeRule, 'id'> & { readonly id: string | null }, InvalidInput> {
  const parsed = parseAll({
    id: parseOptional(input.id, (id) => parseId('FeeRule', 'id', id)),
    name: parseText('name', input.name, { max: 100 }),
    per: accept(input.per),
    percentBp: parseOptional(input.percentBasisPoints, (bp) =>
      parseInteger('percentBasisPoints', bp, wholeBp),
    ),
    amount: parseOptional(input.amount, (amount) => parseMoney('amount', amount)),
    ...readScope(input),
    taxRateId: parseOptional(input.taxRateId, (id) => parseId('TaxRate', 'taxRateId', id)),
    active: accept(input.active ?? true),
    refundable: accept(input.refundable ?? true),
  });
  if (!parsed.ok) return parsed;
  const { amount, ...rest } = parsed.value;
  if (amount === null && rest.percentBp === null)
    return invalid('amount', 'or percentBasisPoints must be given');
  if (amount && amount.amountMinor < 0n) return invalid('amount.amountMinor', 'must be at least 0');
  return accept({ ...rest, amountMinor: amount?.amountMinor ?? null, currency: amount?.currency ?? null });
}

export function readTaxProfile(input: TaxProfileInput): Parsed<TaxProfile> {
  const country = parseCountryCode('countryCode', input.countryCode);
  if (!country.ok) return country;
  return parseAll({
    countryCode: country,
    vatId: parseOptional(input.vatId, (vatId) => parseVatId('vatId', vatId, country.value)),
    reverseChargeCountries: parseList(
      'reverseChargeCountries',
      input.reverseChargeCountries ?? [],
      { max: 250 },
      (field, code) => parseCountryCode(field, code),
    ),
  });
}

export function readSaleTerms(
  input: SaleTermsInput,
): Outcome<{ readonly ticketTypeId: string; readonly terms: SaleTerms }, InvalidInput> {
  const parsed = parseAll({
    ticketTypeId: parseId('TicketType', 'ticketTypeId', input.ticketTypeId),
    salesFrom: parseOptional(input.salesFrom, (at) => parseInstant('salesFrom', at)),
    salesUntil: parseOptional(input.salesUntil, (at) => parseInstant('salesUntil', at)),
    minPerOrder: parseInteger('minPerOrder', input.minPerOrder ?? 1, { min: 1, max: 100 }),
    maxPerGuest: parseOptional(input.maxPerGuest, (max) =>
      parseInteger('maxPerGuest', max, { min: 1, max: 10_000 }),
    ),
    decisionHours: parseInteger('decisionHours', input.decisionHours ?? openTerms.decisionHours, {
      min: 1,
      max: 720,
    }),
  });
  if (!parsed.ok) return parsed;
  const { ticketTypeId, ...terms } = parsed.value;
  if (terms.salesFrom && terms.salesUntil && terms.salesUntil <= terms.salesFrom)
    return invalid('salesUntil', 'must be after salesFrom');
  const { hidden, needsApproval, donation } = input;
  return accept({
    ticketTypeId,
    terms: {
      ...terms,
      hidden: hidden ?? false,
      needsApproval: needsApproval ?? false,
      donation: donation ?? false,
    },
  });
}
