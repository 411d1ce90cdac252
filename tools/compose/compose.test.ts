import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { readSupergraph } from '../../apps/gateway/src/node/node-schema.ts';
import { composeApplications } from './compose.ts';

/** A folder of applications with these schemas. */
function applications(schemas: Readonly<Record<string, string>>): string {
  const directory = mkdtempSync(join(tmpdir(), 'marquee-compose-'));
  for (const [name, schema] of Object.entries(schemas)) {
    mkdirSync(join(directory, name, 'src/feature'), { recursive: true });
    writeFileSync(join(directory, name, 'src/feature/feature.graphql'), schema);
  }
  return directory;
}

const venues =
  'extend type Query { venue: Venue } type Venue implements Node @key(fields: "id") { id: ID! name: String! }';
const events = `
  extend type Query { event: Event @authenticated }
  type Event implements Node @key(fields: "id") { id: ID! venue: Venue secret: String @requiresScopes(scopes: [["events:manage"]]) }
  type Venue @key(fields: "id", resolvable: false) { id: ID! }`;

test('schemas compose into one supergraph that says who owns each Node type', () => {
  const composition = composeApplications(applications({ venues, events }));
  if (!composition.ok) throw new Error(composition.errors.join('\n'));
  expect(composition.services).toEqual(['events', 'venues']);
  const { services, nodeOwners } = readSupergraph(composition.supergraph);
  expect(services).toEqual([
    { name: 'events', url: 'http://events/graphql' },
    { name: 'venues', url: 'http://venues/graphql' },
  ]);
  expect(Object.fromEntries(nodeOwners)).toEqual({ Event: 'events', Venue: 'venues' });
  expect(composition.supergraph).not.toContain('for: SECURITY');
});

test('a deprecation that says what to use and until when composes', () => {
  const reason = 'Use Venue.title. Goes on 2027-06-30.';
  const dated = venues.replace(
    'name: String!',
    `name: String! @deprecated(reason: "${reason}") title: String!`,
  );
  expect(composeApplications(applications({ venues: dated, events })).ok).toBe(true);
});

test('the same schemas give the same bytes, and addresses may be told', () => {
  const directory = applications({ venues, events });
  const urlOf = (name: string) => `http://127.0.0.1/${name}`;
  const [first, second] = [composeApplications(directory, urlOf), composeApplications(directory, urlOf)];
  expect(first).toEqual(second);
  expect(first.ok && readSupergraph(first.supergraph).services[0]?.url).toBe('http://127.0.0.1/events');
});

test.each([
  [
    'two owners of one Node type',
    { venues, hall: venues.replace('venue:', 'hall:') },
    /Venue implements Node in hall and venues/,
  ],
  [
    'a Node type without an id prefix',
    { venues: venues.replaceAll('Venue', 'Gadget') },
    /Gadget implements Node but has no id prefix/,
  ],
  [
    'arguments in a @requires field set',
    {
      venues: venues.replace('name: String!', 'name(locale: String): String!'),
      events: `${events} extend type Venue @key(fields: "id") { name(locale: String): String @external title: String @requires(fields: "name(locale: \\"de\\")") }`,
    },
    /must have no arguments/,
  ],
  [
    'a field that must not be null on a type of another service',
    { venues, events: `${events} extend type Venue @key(fields: "id") { events: [Event!]! }` },
    /events: Venue\.events must be nullable: Venue belongs to venues/,
  ],
  [
    'a reference that must not be null to a type of another service',
    { venues, events: events.replace('venue: Venue ', 'venue: Venue! halls: [Venue!] ') },
    /Event\.venue must be nullable[^]*Event\.halls must be nullable/,
  ],
  [
    'a deprecation without a day',
    { venues: venues.replace('name: String!', 'name: String! @deprecated(reason: "Use Venue.title.")') },
    /venues: @deprecated\(reason: "Use Venue\.title\."\) must read like/,
  ],
  [
    'fields that contradict each other',
    { venues, events: `${events} extend type Venue @key(fields: "id") { name: Int! }` },
    /Venue\.name/,
  ],
])('%s do not compose', (_, schemas, reason) => {
  const composition = composeApplications(applications(schemas));
  expect(composition.ok).toBe(false);
  expect(!composition.ok && composition.errors.join('\n')).toMatch(reason);
});
