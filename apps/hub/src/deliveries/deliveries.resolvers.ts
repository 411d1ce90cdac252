import { isEventType, type EventType } from '@marquee/contracts';
import {
  accept,
  andThen,
  decodeId,
  encodeId,
  invalid,
  isUuid,
  type InvalidInput,
  type Outcome,
} from '@marquee/kernel';
import { toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseInstant,
  parseKeysetPage,
  parseOptional,
  toResult,
} from '@marquee/subgraph';
import { reload } from '../context.ts';
import { readKey } from '../endpoints/endpoints.input.ts';
import type { ReplayDeliveriesInput, Resolvers, SendTestEventInput } from '../generated/schema.ts';
import { deliveriesPage } from './delivery-rows.ts';
import { replayDeliveries, sendTestEvent } from './replay.ts';

function readReplay(input: ReplayDeliveriesInput) {
  if (!input.endpointId && !input.eventId && !input.deliveryId)
    return invalid('endpointId', 'must be given, or eventId, or deliveryId');
  return parseAll({
    idempotencyKey: readKey(input),
    endpointId: parseOptional(input.endpointId, (id) => parseId('WebhookEndpoint', 'endpointId', id)),
    eventId: parseOptional(input.eventId, readEventId),
    deliveryId: parseOptional(input.deliveryId, (id) => parseId('Delivery', 'deliveryId', id)),
    from: parseOptional(input.from, (from) => parseInstant('from', from)),
    to: parseOptional(input.to, (to) => parseInstant('to', to)),
    onlyExhausted: accept(input.onlyExhausted ?? false),
  });
}

function readEventId(id: string): Outcome<string, InvalidInput> {
  return isUuid(id) ? accept(id) : invalid('eventId', 'is not the id of a message');
}

function readTest({ endpointId, eventType }: SendTestEventInput) {
  return parseAll({
    endpointId: parseId('WebhookEndpoint', 'endpointId', endpointId),
    eventType: readEventType(eventType),
  });
}

function readEventType(type: string): Outcome<EventType, InvalidInput> {
  return isEventType(type) ? accept(type) : invalid('eventType', 'is no event; see the query eventTypes');
}

export const deliveriesResolvers: Resolvers = {
  Mutation: {
    replayDeliveries: async (_, { input }, context) => {
      const outcome = await andThen(readReplay(input), ({ idempotencyKey, ...request }) =>
        replayDeliveries({ ...context, idempotencyKey }, request),
      );
      return toResult(outcome, (replayed) => ({ __typename: 'ReplayStarted', ...replayed }));
    },
    sendTestEvent: async (_, { input }, context) => {
      const outcome = await andThen(readTest(input), (request) =>
        sendTestEvent({ ...context, idempotencyKey: null }, request),
      );
      return toResult(outcome, ({ deliveryId }) => ({
        __typename: 'TestEventSent',
        delivery: reload(context.loaders.delivery, deliveryId),
      }));
    },
  },
  WebhookEndpoint: {
    deliveries: async ({ id }, { status, ...args }, { database, viewer }) => {
      const page = orBadInput(parseKeysetPage(args, ['instant', 'uuid']));
      const found = await database.read(viewer, (tx) => deliveriesPage(tx, id, status ?? null, page));
      return toConnection(found, page, (each) => [each.createdAt.toISOString(), each.id]);
    },
  },
  Delivery: {
    __resolveReference: ({ id }, { loaders, viewer }) => {
      const uuid = decodeId('Delivery', id);
      if (uuid === null || !viewer.scopes.includes('hub:manage')) return null;
      return loaders.delivery.load(uuid);
    },
    id: ({ id }) => encodeId('Delivery', id),
    attempts: async ({ id }, _, { loaders }) => [...(await loaders.attempts.load(id))],
    message: async ({ id }, _, { loaders }) => (await loaders.message.load(id))?.message ?? null,
    endpoint: ({ endpointId }, _, { loaders }) => loaders.endpoint.load(endpointId),
  },
};
