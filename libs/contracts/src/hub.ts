import { Type } from 'typebox';
import { count, event, instant, money, text, uuid } from './schemas.ts';

const endpoint = { endpointId: uuid };
const because = text(200);
const platformInvoice = { invoiceId: uuid, number: text(50) };
const plugin = { pluginId: uuid, name: text(64) };
/** At which places of the domain it has its say from now on, instead of those before. */
const installed = {
  ...plugin,
  version: text(50),
  hooks: Type.Array(
    Type.Object({ point: text(50), failsClosed: Type.Boolean(), timeBudgetMs: Type.Integer({ minimum: 1 }) }),
    { maxItems: 20 },
  ),
};

/**
 * What happens to webhooks and plugins: an integrator subscribes to these as to any other event. Neither addresses nor secrets are
 * told: some have a token in the address.
 */
export const hubEvents = {
  'hub.endpoint-created.v1': event('Events are sent to an address from now on.', {
    ...endpoint,
    eventTypes: Type.Array(text(100), { maxItems: 100 }),
  }),
  'hub.endpoint-updated.v1': event('What is sent to an address, or where it is, changed.', {
    ...endpoint,
    eventTypes: Type.Array(text(100), { maxItems: 100 }),
  }),
  'hub.endpoint-paused.v1': event('Events for an address are kept until it is resumed.', endpoint),
  'hub.endpoint-resumed.v1': event('Events are sent to an address again, those kept first.', endpoint),
  'hub.endpoint-disabled.v1': event(
    'An address is sent nothing any more since it does not take it. Events for it are kept until it is resumed.',
    { ...endpoint, because },
  ),
  'hub.endpoint-secret-rotated.v1': event('Deliveries to an address are signed with a new secret, too.', {
    ...endpoint,
  }),
  'hub.endpoint-deleted.v1': event('Nothing is sent to an address any more, nor kept for it.', endpoint),
  'hub.delivery-exhausted.v1': event('An event could not be delivered at any attempt. It can be replayed.', {
    ...endpoint,
    deliveryId: uuid,
    eventType: text(100),
    attempts: count,
    because,
  }),
  'hub.deliveries-replayed.v1': event('Events that were dealt with are delivered to an address once more.', {
    ...endpoint,
    deliveries: count,
  }),
  'hub.plugin-installed.v1': event('A plugin works for an organisation.', installed),
  'hub.plugin-upgraded.v1': event('Another version of a plugin works.', installed),
  'hub.plugin-enabled.v1': event('A plugin that was disabled works again.', installed),
  'hub.plugin-settings-changed.v1': event('A plugin goes by other settings or secrets.', plugin),
  'hub.plugin-disabled.v1': event('A plugin is asked nothing and sent nothing any more.', plugin),
  'hub.plugin-uninstalled.v1': event('A plugin is gone, with its secrets and subscriptions.', plugin),
  'hub.plan-changed.v1': event(
    'An organisation chose what it pays for the API: a dearer plan from now on, a cheaper one from the next period.',
    { plan: text(50), from: instant },
  ),
  'hub.invoice-issued.v1': event(
    'The use of the API in a period was invoiced. Nothing of it changes any more.',
    {
      invoiceId: uuid,
      number: text(50),
      periodStart: instant,
      periodEnd: instant,
      requests: count,
      /** Net. */
      total: money,
      tax: Type.Optional(money),
      gross: Type.Optional(money),
      dueAt: Type.Optional(instant),
    },
  ),
  'hub.billing-details-changed.v1': event('An organisation said who invoices for the API are to.', {
    countryCode: text(2),
  }),
  'hub.invoice-payment-recorded.v1': event(
    'Money came for an invoice. Where nothing is due any more, it is paid.',
    { ...platformInvoice, amount: money, due: money },
  ),
  'hub.invoice-credited.v1': event('An invoice or a part of it was taken back by a credit note.', {
    ...platformInvoice,
    creditNoteNumber: text(50),
    net: money,
    tax: money,
    gross: money,
    due: money,
  }),
  'hub.invoice-overdue.v1': event('An invoice was not paid in time.', {
    ...platformInvoice,
    due: money,
    dueAt: instant,
  }),
  'hub.plan-restricted.v1': event(
    'An invoice is overdue for too long: API keys may ask for no more than the cheapest plan allows.',
    { plan: text(50), since: instant },
  ),
  'hub.plan-restored.v1': event('Nothing is overdue any more: API keys have their plan again.', {
    plan: text(50),
  }),
};
