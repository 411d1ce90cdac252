import { describe, expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { createCostPlan } from './cost.ts';
import { readCostSchema } from './cost-schema.ts';

const costs = readCostSchema(
  parse(`
  type Query {
    shows(first: Int = 20, last: Int): ShowConnection!
    show(id: ID!): Show
    things: [Thing!]!
    figures: Figures @cost(weight: 50)
    search(take: Int): [Show!]! @listSize(slicingArguments: ["take"], assumedSize: 7)
  }
  type Mutation { hold(id: ID!): HoldResult! }
  type ShowConnection { edges: [ShowEdge!]! pageInfo: PageInfo! }
  type ShowEdge { node: Show! cursor: String! }
  type PageInfo { hasNextPage: Boolean! }
  type Show { id: ID! title: String! venue: Venue prices: [Price!]! seats: [Seat!]! @listSize(assumedSize: 500) shows(first: Int!): ShowConnection! }
  type Venue { id: ID! name: String! stats: Int @cost(weight: 3) }
  type Price { id: ID! }
  type Seat { id: ID! }
  type Figures { total: Int }
  union HoldResult = Held | Taken
  interface Refusal { message: String! }
  type Held { hold: Show! other: Show! }
  type Taken implements Refusal { message: String! seats: [Seat!]! }
  union Thing = Show | Venue
`),
);

function planOf(source: string) {
  const document = parse(source);
  const operation = document.definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION)!;
  return createCostPlan(costs, document, operation);
}

describe('the estimate of an operation', () => {
  test.each([
    ['{ __typename }', {}, 1],
    ['{ show(id: 1) { id title } }', {}, 1],
    ['{ show(id: 1) { venue { name stats } } }', {}, 1 + 1 + 3],
    ['{ shows { edges { node { id } } pageInfo { hasNextPage } } }', {}, 1 + 20],
    ['{ shows(first: 5) { edges { node { venue { id } prices { id } } } } }', {}, 1 + 5 * (1 + 1 + 10)],
    ['query($n: Int) { shows(first: $n) { edges { node { id } } } }', { n: 50 }, 1 + 50],
    ['query($n: Int = 3) { shows(first: $n) { edges { node { id } } } }', {}, 1 + 3],
    ['query($n: Int) { shows(first: $n) { edges { node { id } } } }', { n: 'many' }, 1 + 20],
    ['query($n: Int) { shows(last: $n) { e: edges { node { id } } } }', { n: 60 }, 1 + 60],
    [
      '{ shows(first: 10) { edges { node { shows(first: 10) { edges { node { id } } } } } } }',
      {},
      1 + 10 * 11,
    ],
    ['{ search { id } }', {}, 7],
    ['{ search(take: 30) { id } }', {}, 30],
    ['{ show(id: 1) { seats { id } } }', {}, 1 + 500],
    ['{ figures { total } }', {}, 50],
    ['{ a: show(id: 1) { id } b: show(id: 2) { id } }', {}, 2],
    ['{ show(id: 1) { venue { id } } show(id: 1) { venue { name } } }', {}, 2],
    [
      'mutation { hold(id: 1) { ... on Held { hold { id } other { id } } ... on Taken { seats { id } } } }',
      {},
      20,
    ],
    ['mutation { hold(id: 1) { ... on Held { hold { id } } ... on Refusal { message } } }', {}, 11],
    ['{ things { ... on Show { venue { id } } ... on Venue { stats } } }', {}, 10 * (1 + 3)],
    ['{ __schema { types { name } } }', {}, 1_000],
    [
      '{ show(id: 1) { ...A } } fragment A on Show { ...A venue { id ...B } } fragment B on Venue { ...B id }',
      {},
      2,
    ],
    ['{ nothing { of { it } } show(id: 1) { ...Missing } }', {}, 1],
  ])('%s %j', (source, variables, cost) => {
    expect(planOf(source).estimate(variables).cost).toBe(cost);
  });

  test('stays a number where pages multiply, and fragments that double a hundred times are no work', () => {
    const nested = `${'shows(first: 2000000000) { edges { node { '.repeat(12)}id${' } } }'.repeat(12)}`;
    expect(planOf(`{ ${nested} }`).estimate({})).toEqual({ cost: 1_000_000_000, longestPage: 2_000_000_000 });
    const levels = Array.from(
      { length: 100 },
      (_, n) => `fragment F${n} on Show { ...F${n + 1} ...F${n + 1} }`,
    );
    const doubling = `{ show(id: 1) { ...F0 } } ${levels.join(' ')} fragment F100 on Show { venue { id } }`;
    expect(planOf(doubling).estimate({}).cost).toBe(2);
  });

  test('is of what is in the answer once that is there', () => {
    const plan = planOf(
      '{ s: shows(first: 50) { edges { node { venue { id stats } ...P } } } figures { total } } fragment P on Show { prices { id } }',
    );
    const node = { venue: { id: 1, stats: 4 }, prices: [{ id: 1 }, { id: 2 }] };
    const data = { s: { edges: [{ node }, { node: { venue: null, prices: [] } }] }, figures: null };
    expect(plan.measure(data)).toBe(1 + (1 + (1 + 3) + 2) + 1 + 50);
    expect(plan.measure(null)).toBe(51);
    expect(plan.estimate({}).cost).toBe(1 + 50 * (1 + 4 + 10) + 50);
  });
});
