import { newUuid } from '@marquee/kernel';
import { orBadInput, parseOptional, parseText } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { eventTypes, matchesPattern, sampleData, type EventTypeInfo } from './event-types.ts';
import { envelopeOf } from './envelope.ts';

/** A message of this type as it could be, for this organisation. */
export function sampleEnvelope(name: EventTypeInfo['name'], organisationId: string) {
  const [id, correlationId] = [newUuid(), newUuid()];
  const occurredAt = new Date().toISOString();
  const streamId = `sample-${newUuid()}`;
  const data = sampleData(name);
  const event = { id, streamId, version: 1, organisationId, occurredAt, correlationId, actor: 'sample' };
  return { ...envelopeOf({ ...event, type: name, data }), test: true as const };
}

export const catalogueResolvers: Resolvers = {
  Query: {
    eventTypes: (_, { matching }, { viewer }) => {
      const pattern = orBadInput(
        parseOptional(matching, (text) => parseText('matching', text, { max: 100 })),
      );
      return eventTypes
        .filter(({ name }) => pattern === null || matchesPattern(pattern, name))
        .map((type) => ({
          ...type,
          schema: JSON.stringify(type.schema),
          sample: JSON.stringify(sampleEnvelope(type.name, viewer.organisationId)),
        }));
    },
  },
};
