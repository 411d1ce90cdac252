import { Type } from 'typebox';
import { count, event, text, uuid } from './schemas.ts';

const endpoint = { endpointId: uuid };
const because = text(200);

/**
 * What happens to webhooks: an integrator subscribes to these as to any other event. Neither addresses nor secrets are
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
};
