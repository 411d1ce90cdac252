import {
  accept,
  andThen,
  decodeId,
  encodeId,
  invalid,
  money,
  type InvalidInput,
  type Outcome,
} from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseCountryCode,
  parseKeysetPage,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import { readKey } from '../endpoints/endpoints.input.ts';
import type { Resolvers, SetBillingDetailsInput } from '../generated/schema.ts';
import { daysIn, periodFrom } from '../plans/plan.ts';
import { planOf } from '../plans/plans.ts';
import { findBillingDetails, setBillingDetails } from './billing-details.ts';
import {
  dueOf,
  grossOf,
  invoiceNumber,
  platformInvoicesPage,
  statusOf,
  type PlatformInvoice,
} from './platform-invoice.ts';
import { untaxed } from './tax.ts';
import type { Party } from './terms.ts';
import { isVatId } from './vat-id.ts';

function readDetails(input: SetBillingDetailsInput): Outcome<Party, InvalidInput> {
  const parsed = parseAll({
    name: parseText('name', input.name, { max: 200 }),
    address: parseText('address', input.address, { max: 500, multiline: true }),
    countryCode: parseCountryCode('countryCode', input.countryCode),
    vatId: parseOptional(input.vatId, (text) =>
      parseText('vatId', text.replaceAll(/[\s.-]/g, ''), { max: 20 }),
    ),
  });
  if (!parsed.ok) return parsed;
  const { countryCode, vatId } = parsed.value;
  if (vatId !== null && !isVatId(countryCode, vatId))
    return invalid(
      'vatId',
      `is no VAT number of ${countryCode}: it begins with the country's prefix, and its check digits fit`,
    );
  return accept(parsed.value);
}

/** The prices of the period that it is of. */
async function plansOf({ clock, priceLists }: Context, { periodStart }: PlatformInvoice) {
  return (await priceLists.read(clock.now()))(periodFrom(periodStart));
}

export const billingResolvers: Resolvers = {
  Query: {
    platformInvoices: async (_, args, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['integer']));
      const invoices = await database.read(viewer, (tx) => platformInvoicesPage(tx, page));
      return toConnection(invoices, page, ({ ordinal }) => [ordinal]);
    },
    billingDetails: (_, __, { database, viewer }) => database.read(viewer, findBillingDetails),
  },
  Mutation: {
    setBillingDetails: async (_, { input }, context) => {
      const parsed = parseAll({ idempotencyKey: readKey(input), details: readDetails(input) });
      const outcome = await andThen(parsed, async ({ idempotencyKey, details }) => {
        const set = await setBillingDetails({ ...context, idempotencyKey }, details);
        return set.ok ? accept(details) : set;
      });
      return toResult(outcome, (billingDetails) => ({ __typename: 'BillingDetailsSet', billingDetails }));
    },
  },
  PlatformInvoice: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('PlatformInvoice', id);
      if (uuid === null || !viewer.scopes.includes('hub:manage')) return null;
      return loaders.platformInvoice.load(uuid);
    },
    id: ({ id }) => encodeId('PlatformInvoice', id),
    number: invoiceNumber,
    plan: async (invoice, _, context) => planOf(await plansOf(context, invoice), invoice.plan),
    lines: async (invoice, _, context) => {
      const plans = await plansOf(context, invoice);
      const days = daysIn({ start: invoice.periodStart, end: invoice.periodEnd });
      return invoice.lines.map(({ amountMinor, plan, ...line }) => ({
        days,
        ...line,
        plan: planOf(plans, plan ?? invoice.plan),
        amount: money(amountMinor, invoice.currency),
      }));
    },
    total: ({ netMinor, currency }) => money(netMinor, currency),
    net: ({ netMinor, currency }) => money(netMinor, currency),
    tax: ({ document, taxMinor, currency }) => {
      const { rateBp, ...tax } = document?.tax ?? untaxed;
      return { ...tax, rateBasisPoints: rateBp, amount: money(taxMinor, currency) };
    },
    gross: grossOf,
    due: dueOf,
    status: statusOf,
    pdfUrl: ({ id }, _, { documentLinks, viewer }) =>
      documentLinks.invoices.linkTo({ organisationId: viewer.organisationId, id }, new Date()),
    seller: ({ document }) => document?.seller ?? null,
    customer: ({ document }) => document?.customer ?? null,
    payments: async ({ id }, _, { loaders }) =>
      (await loaders.platformPayments.load(id)).map(({ amountMinor, currency, ...payment }) => ({
        ...payment,
        amount: money(amountMinor, currency),
      })),
    creditNotes: async ({ id }, _, { loaders }) => [...(await loaders.platformCreditNotes.load(id))],
  },
  PlatformCreditNote: {
    net: ({ netMinor, currency }) => money(netMinor, currency),
    tax: ({ taxMinor, currency }) => money(taxMinor, currency),
    gross: grossOf,
    pdfUrl: ({ id }, _, { documentLinks, viewer }) =>
      documentLinks.creditNotes.linkTo({ organisationId: viewer.organisationId, id }, new Date()),
  },
};
