import type { Resolvers } from './generated/schema.ts';
import { additionsResolvers } from './plugins/additions.resolvers.ts';
import { checkInResolvers } from './check-in/check-in.resolvers.ts';
import { devicesResolvers } from './devices/devices.resolvers.ts';
import { holdsResolvers } from './holds/holds.resolvers.ts';
import { inventoryResolvers } from './inventory/inventory.resolvers.ts';
import { ledgerResolvers } from './ledger/ledger.resolvers.ts';
import { occurrencesResolvers } from './occurrences/occurrences.resolvers.ts';
import { stockResolvers } from './inventory/stock.resolvers.ts';
import { instalmentsResolvers } from './instalments/instalments.resolvers.ts';
import { invoicesResolvers } from './invoices/invoices.resolvers.ts';
import { ordersResolvers } from './orders/orders.resolvers.ts';
import { passesResolvers } from './passes/passes.resolvers.ts';
import { paymentsResolvers } from './payments/payments.resolvers.ts';
import { pricingResolvers } from './pricing/pricing.resolvers.ts';
import { salesPolicyResolvers } from './pricing/sales-policy.resolvers.ts';
import { questionsResolvers } from './questions/questions.resolvers.ts';
import { refundsResolvers } from './refunds/refunds.resolvers.ts';
import { resaleResolvers } from './resale/resale.resolvers.ts';
import { scansResolvers } from './scans/scans.resolvers.ts';
import { exchangeResolvers } from './exchange/exchange.resolvers.ts';
import { seatingResolvers } from './seating/seating.resolvers.ts';
import { ticketsResolvers } from './tickets/tickets.resolvers.ts';
import { transfersResolvers } from './transfers/transfers.resolvers.ts';
import { waitingRoomResolvers } from './waiting-room/waiting-room.resolvers.ts';
import { vouchersResolvers } from './vouchers/vouchers.resolvers.ts';
import { waitlistResolvers } from './waitlist/waitlist.resolvers.ts';

const features = [
  inventoryResolvers,
  stockResolvers,
  seatingResolvers,
  holdsResolvers,
  ordersResolvers,
  paymentsResolvers,
  refundsResolvers,
  invoicesResolvers,
  ticketsResolvers,
  additionsResolvers,
  scansResolvers,
  checkInResolvers,
  devicesResolvers,
  transfersResolvers,
  resaleResolvers,
  exchangeResolvers,
  occurrencesResolvers,
  ledgerResolvers,
  passesResolvers,
  waitlistResolvers,
  waitingRoomResolvers,
  pricingResolvers,
  salesPolicyResolvers,
  instalmentsResolvers,
  vouchersResolvers,
  questionsResolvers,
];

/** The resolvers of every feature; the fields that several add to one type stand side by side. */
export const resolvers: Resolvers = Object.fromEntries(
  [...new Set(features.flatMap((feature) => Object.keys(feature) as (keyof Resolvers)[]))].map((type) => [
    type,
    Object.assign({}, ...features.map((feature) => feature[type])),
  ]),
);
