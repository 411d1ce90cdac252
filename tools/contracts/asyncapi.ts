import { exampleOf, type CatalogueSchemas, type EventType, type JsonSchema } from '@marquee/contracts';

const uuid = { type: 'string', format: 'uuid' };

/** What is around the data of every event: CloudEvents 1.0, structured. */
const envelope = {
  type: 'object',
  required: [
    ...['specversion', 'id', 'source', 'type', 'subject', 'time', 'datacontenttype'],
    ...['organisationid', 'correlationid', 'data'],
  ],
  properties: {
    specversion: { const: '1.0' },
    id: { ...uuid, description: 'Of the event; the same for all who are told of it.' },
    source: { type: 'string', description: '`/marquee/` and the service that publishes it.' },
    type: { type: 'string' },
    subject: { type: 'string', description: 'The thing that the event is about, such as `order-0197…`.' },
    time: { type: 'string', format: 'date-time' },
    datacontenttype: { const: 'application/json' },
    organisationid: uuid,
    correlationid: { type: 'string' },
    traceparent: { type: 'string', description: 'W3C trace context of what caused the event.' },
    test: { const: true, description: 'Only in samples that were asked for.' },
  },
};

const headers = {
  type: 'object',
  required: ['webhook-id', 'webhook-timestamp', 'webhook-signature'],
  properties: {
    'webhook-id': { type: 'string', description: 'The same at every attempt, and when it is replayed.' },
    'webhook-timestamp': {
      type: 'string',
      pattern: '^[0-9]+$',
      description: 'Seconds since 1970, of this attempt.',
    },
    'webhook-signature': {
      type: 'string',
      description: 'Standard Webhooks: `v1,…` by each secret, and `v1a,…`.',
    },
  },
};

/** The webhooks as an AsyncAPI 3 document: a channel for all, a message for each kind of event. */
export function asyncApiDocument({ $defs }: CatalogueSchemas): object {
  const types = Object.keys($defs) as EventType[];
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Marquee events',
      version: '1.0.0',
      description:
        'Every event that a webhook can be sent for. A version never changes in a way that breaks a reader.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/cloudevents+json',
    channels: {
      webhook: {
        address: null,
        description: 'The address that you gave for an endpoint.',
        messages: Object.fromEntries(types.map((type) => [type, { $ref: `#/components/messages/${type}` }])),
      },
    },
    operations: {
      receiveEvent: { action: 'receive', channel: { $ref: '#/channels/webhook' } },
    },
    components: {
      messages: Object.fromEntries(types.map((type) => [type, message(type, $defs[type]!)])),
      schemas: { envelope, headers, ...$defs },
    },
  };
}

function message(type: EventType, schema: JsonSchema): object {
  return {
    name: type,
    summary: schema['description'],
    headers: { $ref: '#/components/schemas/headers' },
    payload: {
      allOf: [
        { $ref: '#/components/schemas/envelope' },
        { properties: { type: { const: type }, data: { $ref: `#/components/schemas/${type}` } } },
      ],
    },
    examples: [{ name: type, payload: sample(type, schema) }],
  };
}

function sample(type: EventType, schema: JsonSchema): object {
  return {
    specversion: '1.0',
    id: '01980000-0000-7000-8000-00000000000e',
    source: `/marquee/${type.split('.')[0]}`,
    type,
    subject: 'order-01980000-0000-7000-8000-000000000001',
    time: '2027-03-20T19:00:00.000Z',
    datacontenttype: 'application/json',
    organisationid: '01980000-0000-7000-8000-000000000002',
    correlationid: '01980000-0000-7000-8000-000000000003',
    data: exampleOf(type, schema),
  };
}
