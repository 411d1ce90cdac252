import { accept, decodeId, encodeId, money, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  orBadInput,
  parseAll,
  parseEmail,
  parseId,
  parseOptional,
  parseText,
  parseTimeZone,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { Resolvers, SetInvoiceIssuerInput } from '../generated/schema.ts';
import { orderView } from '../orders/orders.resolvers.ts';
import { visibleOrder } from '../visible.ts';
import { whenParsed } from '../when-parsed.ts';
import { invoiceNumber, type Invoice } from './invoice.ts';
import { findIssuer, setIssuer, type Issuer } from './issuer.ts';

/** An invoice is seen by whoever may see its order. */
async function visibleInvoice(context: Context, uuid: string | null): Promise<Invoice | null> {
  const invoice = uuid === null ? null : await context.loaders.invoice.load(uuid);
  return invoice && (await visibleOrder(context, invoice.orderId)) ? invoice : null;
}

function readIssuer(input: SetInvoiceIssuerInput): Outcome<Issuer, InvalidInput> {
  const parsed = parseAll({
    name: parseText('name', input.name, { max: 200 }),
    address: parseText('address', input.address, { max: 500, multiline: true }),
    taxId: parseOptional(input.taxId, (text) => parseText('taxId', text, { max: 50 })),
    email: parseOptional(input.email, (text) => parseEmail('email', text)),
    note: parseOptional(input.note, (text) => parseText('note', text, { max: 1_000, multiline: true })),
    timeZone: parseOptional(input.timeZone, (text) => parseTimeZone('timeZone', text)),
  });
  return parsed.ok ? accept({ ...parsed.value, timeZone: parsed.value.timeZone ?? 'UTC' }) : parsed;
}

export const invoicesResolvers: Resolvers = {
  Query: {
    invoice: (_, { id }, context) => visibleInvoice(context, orBadInput(parseId('Invoice', 'id', id))),
    invoiceIssuer: (_, __, { services, viewer }) => services.database.read(viewer, findIssuer),
  },
  Mutation: {
    setInvoiceIssuer: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed<Issuer, Issuer, InvalidInput>(readIssuer(input), async (issuer) => {
        await services.database.transaction(viewer, (tx) => setIssuer(tx, issuer));
        return accept(issuer);
      });
      return toResult(outcome, (issuer) => ({ __typename: 'InvoiceIssuerSet', issuer }));
    },
  },
  Order: {
    invoices: async ({ id, asOf }, _, { loaders }) => {
      const invoices = await loaders.invoicesOfOrder.load(id);
      return invoices.filter((invoice) => asOf === null || invoice.issuedAt <= asOf);
    },
  },
  Invoice: {
    __resolveReference: ({ id }, context) => visibleInvoice(context, decodeId('Invoice', id)),
    id: ({ id }) => encodeId('Invoice', id),
    number: (invoice) => invoiceNumber(invoice),
    order: ({ orderId }, _, context) => orderView(context, orderId),
    corrects: ({ correctsId }, _, { loaders }) =>
      correctsId === null ? null : loaders.invoice.load(correctsId),
    sellerName: ({ document }) => document.seller.name,
    customerName: ({ document }) => document.customer.company ?? document.customer.name,
    lines: ({ document: { lines, currency } }) =>
      lines.map(({ description, quantity, netMinor, taxMinor }) => ({
        description,
        quantity,
        net: money(netMinor, currency),
        tax: money(taxMinor, currency),
      })),
    taxes: ({ document: { taxes, currency } }) =>
      taxes.map(({ name, rateBp, netMinor, taxMinor }) => ({
        name,
        rateBasisPoints: rateBp,
        net: money(netMinor, currency),
        tax: money(taxMinor, currency),
      })),
    net: ({ document }) => money(document.netMinor, document.currency),
    tax: ({ document }) => money(document.taxMinor, document.currency),
    pdfUrl: ({ id }, _, { services, viewer }) =>
      services.invoiceLinks.linkTo({ organisationId: viewer.organisationId, id }, new Date()),
  },
};
