import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import type { Transaction } from '@marquee/postgres';
import { findHolds } from './holds/hold-rows.ts';
import { findOnSale } from './inventory/availability-rows.ts';
import { createStockLoaders } from './inventory/stock-loaders.ts';
import { findSeatRefs } from './inventory/seat-rows.ts';
import { findCancellations } from './occurrences/cancellation-rows.ts';
import { findReschedules } from './occurrences/refund-rescheduled.ts';
import { findOccurrences } from './occurrences/replicas.ts';
import { findSchedules } from './instalments/schedule-rows.ts';
import { findInvoices, findInvoicesOfOrders } from './invoices/invoice-rows.ts';
import { findGuests } from './orders/guest-rows.ts';
import { findFees, findPricings } from './orders/order-pricing.ts';
import { findLines, findOrders } from './orders/order-rows.ts';
import { findPayments } from './payments/payment-rows.ts';
import { findRefunds } from './refunds/refund-rows.ts';
import { findForSale, findListings, findOpenListings } from './resale/listing-rows.ts';
import {
  findAnswersOfOrders,
  findAnswersOfTickets,
  findQuestions,
  findQuestionsOfEvents,
} from './questions/question-rows.ts';
import { createPluginLoaders } from './plugins/plugin-loaders.ts';
import { findTaxRates } from './pricing/rule-rows.ts';
import { findTerms } from './pricing/sale-terms-rows.ts';
import { createSeatingLoaders } from './seating/seating-loaders.ts';
import { findVouchers } from './vouchers/voucher-rows.ts';
import type { Services } from './services.ts';
import { createDoorLoaders } from './scans/door-loaders.ts';
import { findAdmissions } from './scans/scan-rows.ts';
import { findCredentialPolicies } from './tickets/credential-policy.ts';
import { findExchangesOfOrders } from './exchange/exchange-rows.ts';
import { findTickets, findTicketsOfOrders } from './tickets/ticket-rows.ts';
import { findQueues } from './waitlist/queue-rows.ts';
import { findTransfers, findTransfersOfTickets } from './transfers/transfer-rows.ts';
import { findAhead, findEntries, findOpenOffers, findPositions } from './waitlist/waitlist-rows.ts';

/** What a resolver may see. Everything in it is the viewer's own organisation. */
export type Context = {
  readonly services: Services;
  readonly viewer: Viewer;
  readonly loaders: Loaders;
};

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders are made when the first is needed: most mutations of a rush need none of the fifty. */
export function createContext(services: Services, viewer: Viewer): Context {
  let loaders: Loaders | undefined;
  return {
    services,
    viewer,
    get loaders() {
      return (loaders ??= createLoaders(services, viewer));
    },
  };
}

type Find<V> = (tx: Transaction, keys: readonly string[]) => Promise<V>;

function createLoaders(services: Services, viewer: Viewer) {
  const { database } = services;
  const read = <V>(find: Find<V>, keys: readonly string[]) => database.read(viewer, (tx) => find(tx, keys));
  /** One row for each id, null where there is none. */
  const by = <V>(keyOf: (row: V) => string, find: Find<readonly V[]>): Loader<string, V | null> =>
    createLoader(async (keys) => {
      const found = new Map((await read(find, keys)).map((row) => [keyOf(row), row]));
      return keys.map((key) => found.get(key) ?? null);
    });
  const byId = <V extends { readonly id: string }>(find: Find<readonly V[]>) => by(({ id }) => id, find);
  /** One statement for each key, in one transaction: for what is rarely asked for more than one. */
  const byEach = <V>(find: (tx: Transaction, key: string) => Promise<readonly V[]>) =>
    createLoader<string, readonly V[]>((keys) =>
      database.read(viewer, async (tx) => {
        const found: (readonly V[])[] = [];
        for (const key of keys) found.push(await find(tx, key));
        return found;
      }),
    );
  /** The rows that belong to each key. */
  const manyBy = <V>(find: Find<readonly V[]>, keyOf: (row: V) => string): Loader<string, readonly V[]> =>
    createLoader(async (keys) => {
      const found = Map.groupBy(await read(find, keys), keyOf);
      return keys.map((key) => found.get(key) ?? []);
    });
  const byKey = <V>(find: Find<ReadonlyMap<string, V>>): Loader<string, V | null> =>
    createLoader((keys) => read(find, keys).then((found) => keys.map((key) => found.get(key) ?? null)));
  return {
    onSale: byKey(findOnSale),
    ...createSeatingLoaders(database, viewer),
    seat: byId(findSeatRefs),
    ...createStockLoaders(database, viewer),
    ...createPluginLoaders(services, viewer),
    ...createDoorLoaders(byId, manyBy),
    guest: byId(findGuests),
    hold: byId(findHolds),
    order: byId(findOrders),
    orderPricing: byId(findPricings),
    orderFees: manyBy(findFees, (fee) => fee.orderId),
    saleTerms: byKey(findTerms),
    taxRates: byKey(findTaxRatesOnce),
    voucher: byId(findVouchers),
    question: byId(findQuestions),
    questionsOfEvent: manyBy(findAllQuestions, (question) => question.eventId),
    answersOfOrder: manyBy(findAnswersOfOrders, (answer) => answer.ofId),
    answersOfTicket: manyBy(findAnswersOfTickets, (answer) => answer.ofId),
    lines: manyBy(findLines, (line) => line.orderId),
    payments: manyBy(findPayments, (payment) => payment.orderId),
    invoice: byId(findInvoices),
    invoicesOfOrder: manyBy(findInvoicesOfOrders, (invoice) => invoice.orderId),
    schedule: by(({ orderId }) => orderId, findSchedules),
    refunds: manyBy(findRefunds, (refund) => refund.orderId),
    ticket: byId(findTickets),
    exchangeOfOrder: by(({ orderId }) => orderId, findExchangesOfOrders),
    ticketsOfOrder: manyBy(findTicketsOfOrders, (ticket) => ticket.orderId),
    occurrence: byId(findOccurrences),
    credentialPolicy: byKey(findCredentialPolicies),
    admittedAt: byKey(findAdmissions),
    transfer: byId(findTransfers),
    transfersOfTicket: manyBy(findTransfersOfTickets, (transfer) => transfer.ticketId),
    entry: byId(findEntries),
    position: byKey(findPositions),
    ahead: byKey(findAhead),
    openOffer: by((offer) => offer.entryId, findOpenOffers),
    cancellation: by((one) => one.occurrenceId, findCancellations),
    reschedule: by((one) => one.occurrenceId, findReschedules),
    listing: byId(findListings),
    listingOfTicket: by((listing) => listing.ticketId, findOpenListings),
    listingsForSale: byEach((tx, id) => findForSale(tx, id, null, 100)),
    queues: byEach((tx, id) => findQueues(tx, id)),
    orderOfHold: byKey(findOrdersOfHolds),
  };
}

async function findOrdersOfHolds(
  tx: Transaction,
  holdIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await tx.rows<{ id: string; hold_id: string }>(
    'select order_id as id, hold_id from order_part where hold_id = any($1)',
    [holdIds],
  );
  return new Map(rows.map((row) => [row.hold_id, row.id]));
}

/** All of the organisation's, by id, whatever the key. */
async function findTaxRatesOnce(tx: Transaction, keys: readonly string[]) {
  const rates = new Map((await findTaxRates(tx)).map((rate) => [rate.id, rate]));
  return new Map(keys.map((key) => [key, rates]));
}

/** Those that are not asked any more too: organisers see them. */
function findAllQuestions(tx: Transaction, eventIds: readonly string[]) {
  return findQuestionsOfEvents(tx, eventIds, { all: true });
}
