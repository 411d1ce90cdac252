import { hookMigrations } from '@marquee/hooks';
import { eventLogMigrations } from '@marquee/event-log';
import { messagingMigrations, privacyMigrations } from '@marquee/messaging';
import { platformMigrations } from '@marquee/postgres';
import { sagaMigrations } from '@marquee/sagas';
import { Admission1763700000004 } from './admission.ts';
import { Carts1763800500001 } from './carts.ts';
import { CheckIn1763900300001 } from './check-in.ts';
import { CredentialPolicies1763800700001 } from './credential-policies.ts';
import { DoorDevices1763900300002 } from './door-devices.ts';
import { ExchangeOrders1764000500001 } from './exchange-orders.ts';
import { FormerAddresses1764000300002 } from './former-addresses.ts';
import { Instalments1763900600002 } from './instalments.ts';
import { Invoices1763800600002 } from './invoices.ts';
import { Inventory1763700000002 } from './inventory.ts';
import { LeanHolds1764000300001 } from './lean-holds.ts';
import { OccurrenceChanges1763800700003 } from './occurrence-changes.ts';
import { Payments1763800600001 } from './payments.ts';
import { PaymentSagas1763900200002 } from './payment-sagas.ts';
import { Pricing1763800500002 } from './pricing.ts';
import { InventoryFeatures1763800400001 } from './inventory-features.ts';
import { Questions1763800500003 } from './questions.ts';
import { RefundPolicies1763900600001 } from './refund-policies.ts';
import { Replicas1763700000001 } from './replicas.ts';
import { Resale1763800700002 } from './resale.ts';
import { Rush1763900500003 } from './rush.ts';
import { Sales1763700000003 } from './sales.ts';
import { SeatCentres1763900400003 } from './seat-centres.ts';
import { ScansByPlugins1764000700003 } from './scans-by-plugins.ts';
import { Seating1763900400002 } from './seating.ts';
import { TransferOffers1763800700004 } from './transfer-offers.ts';
import { WaitingRoom1763800900001 } from './waiting-room.ts';
import { TicketExchanges1763900900001 } from './ticket-exchanges.ts';
import { DeletedTicketTypes1764001100004 } from './deleted-ticket-types.ts';
import { TicketAdditions1764001400001 } from './ticket-additions.ts';

/** In the order they run. */
export const migrations = [
  ...platformMigrations,
  ...eventLogMigrations,
  ...messagingMigrations,
  Replicas1763700000001,
  Inventory1763700000002,
  Sales1763700000003,
  Admission1763700000004,
  Carts1763800500001,
  Pricing1763800500002,
  CredentialPolicies1763800700001,
  ...sagaMigrations,
  WaitingRoom1763800900001,
  Payments1763800600001,
  Invoices1763800600002,
  Resale1763800700002,
  OccurrenceChanges1763800700003,
  Rush1763900500003,
  TransferOffers1763800700004,
  InventoryFeatures1763800400001,
  Questions1763800500003,
  Seating1763900400002,
  RefundPolicies1763900600001,
  PaymentSagas1763900200002,
  CheckIn1763900300001,
  SeatCentres1763900400003,
  DoorDevices1763900300002,
  Instalments1763900600002,
  TicketExchanges1763900900001,
  LeanHolds1764000300001,
  FormerAddresses1764000300002,
  ...privacyMigrations,
  ExchangeOrders1764000500001,
  ...hookMigrations,
  ScansByPlugins1764000700003,
  DeletedTicketTypes1764001100004,
  TicketAdditions1764001400001,
];
