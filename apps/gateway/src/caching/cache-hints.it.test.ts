import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createCachePolicies } from './cache-hints.ts';

const policies = createCachePolicies(`
  directive @cacheControl(maxAge: Int, scope: CacheControlScope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  enum CacheControlScope { PUBLIC PRIVATE }
  type Query {
    event: Event
    fresh: Event @cacheControl(maxAge: 2)
    account: Account
    mine: Account @cacheControl(maxAge: 60)
    plain: Int
    kept: Int @cacheControl(maxAge: 9)
    any: Any
  }
  type Event @cacheControl(maxAge: 30) { id: ID! title: String price: Money seats: [Seat] takings: Account secret: String @cacheControl(scope: PRIVATE) }
  type Seat @cacheControl(maxAge: 5) { label: String }
  type Money @cacheControl(inheritMaxAge: true) { amount: Int }
  type Account { name: String }
  type Own @cacheControl(maxAge: 10, scope: PRIVATE) { name: String }
  union Any @cacheControl(maxAge: 20) = Event | Own
  type Mutation { event: Event }
`);
const policyOf = (source: string, name?: string) => policies(parse(source), name);
const never = { maxAgeSeconds: 0, scope: 'PRIVATE' };

describe('how long an answer may be kept', () => {
  test.each([
    ['{ event { id title } }', 30],
    ['{ event { seats { label } } }', 5],
    ['{ event { price { amount } } }', 30],
    ['{ fresh { title } }', 2],
    ['{ kept }', 9],
    ['query A { event { ...T } kept } fragment T on Event { seats { label } __typename }', 5],
    ['{ any { ... on Event { title } } }', 20],
  ])('%s: the least of its fields, %d s', (source, maxAgeSeconds) => {
    expect(policyOf(source)).toEqual({ maxAgeSeconds, scope: 'PUBLIC' });
  });

  test.each([
    '{ account { name } }',
    '{ event { takings { name } } }',
    '{ plain }',
    '{ event { unknown } }',
    '{ __schema { queryType { name } } }',
    '{ __typename }',
    'mutation { event { id } }',
  ])('%s: not at all, for nobody said that it may', (source) => {
    expect(policyOf(source)).toEqual(never);
  });

  test('what is private anywhere in it is private as a whole', () => {
    expect(policyOf('{ event { title secret } }').scope).toBe('PRIVATE');
    expect(policyOf('{ any { ... on Own { name } } }').scope).toBe('PRIVATE');
    expect(policyOf('{ mine { name } }')).toEqual({ maxAgeSeconds: 60, scope: 'PUBLIC' });
  });

  test('of several operations the named one counts, and an unnamed choice is none', () => {
    const source = 'query A { event { id } } query B { event { seats { label } } }';
    expect(policyOf(source, 'B').maxAgeSeconds).toBe(5);
    expect(policyOf(source)).toEqual(never);
    expect(policyOf(source, 'C')).toEqual(never);
  });
});

test('in the graph as it is, the catalogue may be kept and what is somebody’s may not', () => {
  const file = new URL('../generated/supergraph.graphql', import.meta.url);
  const ofGraph = createCachePolicies(readFileSync(file, 'utf8'));
  const keep = (source: string) => ofGraph(parse(source)).maxAgeSeconds;
  expect(
    keep('{ occurrences { edges { node { id event { title } space { venue { address { city } } } } } } }'),
  ).toBe(30);
  expect(
    keep('{ occurrence(id: "a") { availability { available } ticketTypes { price { amountMinor } } } }'),
  ).toBe(5);
  for (const source of [
    '{ viewer { id } }',
    '{ order(id: "a") { id } }',
    '{ guests { edges { node { name } } } }',
    '{ occurrence(id: "a") { stats { sold } } }',
    '{ node(id: "a") { id } }',
  ]) {
    expect([source, keep(source)]).toEqual([source, 0]);
  }
});
