import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { accept, decodeId, encodeId, newUuid, noCurrency, refuse } from '@marquee/kernel';
import { scopesOf, type Role, type RunningSubgraph } from '@marquee/subgraph';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { askGraph, servedForTest } from '@marquee/testkit/graph';
import { migrations } from './migrations/index.ts';
import { keepOccurrence } from './occurrences/keep-occurrence.ts';
import { FakePlugins, type Asked } from './plugins/fake-plugins.test-support.ts';
import { applyChange } from './sales/apply-change.ts';
import { readChange } from './sales/on-ticket-events.ts';
import { storyOf } from './sales/ticket-events.test-support.ts';
import { serveAnalytics } from './subgraph.ts';

const plugins = new FakePlugins();
let db: TestDatabase;
let subgraph: RunningSubgraph;
let organisationId: string;

beforeAll(async () => {
  db = await testDatabase({ name: 'analytics', migrations });
  subgraph = await serveAnalytics({
    ...servedForTest(),
    database: db.database,
    hooks: plugins.hooks,
  });
});
afterAll(async () => {
  await subgraph?.drain();
  await db?.drop();
});
beforeEach(() => {
  plugins.reset();
  organisationId = newUuid();
});

function ask(query: string, variables: object = {}, as: { role?: Role; organisationId?: string } = {}) {
  const role = as.role ?? 'ORGANISER';
  const viewer = { subject: 'tester', organisationId, role, scopes: scopesOf(role), ...as };
  return askGraph(subgraph.url)(viewer, query, variables);
}

/** An occurrence to which the whole story has happened; answers its wire id and when its last event was. */
async function tellStory(eventId = newUuid()) {
  const occurrenceId = newUuid();
  const story = storyOf(organisationId, occurrenceId);
  await db.database.transaction({ organisationId }, async (tx) => {
    await keepOccurrence(tx, { occurrenceId, eventId, status: 'SCHEDULED', revision: 1 });
    for (const event of story) {
      const change = readChange(event);
      if (change) await applyChange(tx, 'live', change);
    }
  });
  return {
    id: encodeId('Occurrence', occurrenceId),
    from: story[0]!.occurredAt,
    to: story.at(-1)!.occurredAt,
  };
}

const entities = `query Entities($representations: [_Any!]!) {
  _entities(representations: $representations) {
    ... on Occurrence {
      stats {
        ticketsSold ticketsHeld checkedIn revenue { amountMinor currency }
        revenueByCurrency { amountMinor currency } updatedAt
      }
    }
    ... on Event { stats { occurrenceCount ticketsSold revenue { amountMinor currency } } }
  }
}`;
const occurrencesOf = (ids: readonly string[]) => ({
  representations: ids.map((id) => ({ __typename: 'Occurrence', id })),
});
const revenue = [
  { amountMinor: 7500, currency: 'EUR' },
  { amountMinor: 9000, currency: 'CHF' },
];
const zeros = {
  ticketsSold: 0,
  ticketsHeld: 0,
  checkedIn: 0,
  revenue: { amountMinor: 0, currency: noCurrency },
  revenueByCurrency: [],
  updatedAt: null,
};

describe('Occurrence.stats', () => {
  test('are what happened, and zeros where nothing did', async () => {
    const { id, to } = await tellStory();
    const unknown = encodeId('Occurrence', newUuid());
    const { data } = await ask(entities, occurrencesOf([id, unknown]));
    expect(data._entities).toEqual([
      {
        stats: {
          ticketsSold: 5,
          ticketsHeld: 6,
          checkedIn: 2,
          revenue: revenue[0],
          revenueByCurrency: revenue,
          updatedAt: to,
        },
      },
      { stats: zeros },
    ]);
  });

  test('are null for an id that is none', async () => {
    const { data } = await ask(entities, occurrencesOf(['nonsense', encodeId('Venue', newUuid())]));
    expect(data._entities).toEqual([{ stats: null }, { stats: null }]);
  });

  test('show another organisation nothing', async () => {
    const { id } = await tellStory();
    const { data } = await ask(entities, occurrencesOf([id]), { organisationId: newUuid() });
    expect(data._entities).toEqual([{ stats: zeros }]);
  });

  test.each(['GUEST', 'SCANNER'] as const)('are refused to a %s', async (role) => {
    const { data, errors } = await ask(entities, occurrencesOf([encodeId('Occurrence', newUuid())]), {
      role,
    });
    expect(data._entities).toEqual([{ stats: null }]);
    expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  test('of fifty occurrences take one statement', async () => {
    const ids = Array.from({ length: 50 }, () => encodeId('Occurrence', newUuid()));
    const statements: string[] = [];
    const stop = db.database.observe((sql) => statements.push(sql));
    await ask(entities, occurrencesOf(ids));
    stop();
    expect(statements).toHaveLength(1);
  });
});

describe('sums', () => {
  const document = `query Sums($eventId: ID!) {
    eventStats(eventId: $eventId) { occurrenceCount ticketsSold ticketsHeld checkedIn revenueByCurrency { amountMinor currency } }
    organisationStats { occurrenceCount ticketsSold ticketsHeld checkedIn revenueByCurrency { amountMinor currency } updatedAt }
  }`;

  test('of an event and of the organisation', async () => {
    const eventId = newUuid();
    await tellStory(eventId);
    await tellStory(eventId);
    const { to } = await tellStory();
    const { data } = await ask(document, { eventId: encodeId('Event', eventId) });
    expect(data.eventStats).toMatchObject({ occurrenceCount: 2, ticketsSold: 10, ticketsHeld: 12 });
    expect(data.organisationStats).toEqual({
      occurrenceCount: 3,
      ticketsSold: 15,
      ticketsHeld: 18,
      checkedIn: 6,
      revenueByCurrency: revenue.map(({ amountMinor, currency }) => ({
        amountMinor: 3 * amountMinor,
        currency,
      })),
      updatedAt: to,
    });
    const event = { __typename: 'Event', id: encodeId('Event', eventId) };
    const entity = await ask(entities, { representations: [event, { __typename: 'Event', id: 'x' }] });
    expect(entity.data._entities).toMatchObject([
      { stats: { occurrenceCount: 2, ticketsSold: 10 } },
      { stats: null },
    ]);
  });

  test('are zero for another organisation and for an event nobody knows', async () => {
    const eventId = newUuid();
    await tellStory(eventId);
    const none = { occurrenceCount: 0, ticketsSold: 0, ticketsHeld: 0, checkedIn: 0, revenueByCurrency: [] };
    const variables = { eventId: encodeId('Event', eventId) };
    const { data } = await ask(document, variables, { organisationId: newUuid() });
    expect(data).toMatchObject({ eventStats: none, organisationStats: none });
  });
});

describe('sales over time', () => {
  const days = `query Days($from: DateTime!, $to: DateTime!, $timeZone: String) {
    salesByDay(from: $from, to: $to, timeZone: $timeZone) {
      date ordersPaid ticketsSold ticketsCancelled paid { amountMinor currency } refunded { amountMinor currency }
    }
  }`;
  const minutes = `query Minutes($id: ID!, $from: DateTime!, $to: DateTime!) {
    salesByMinute(occurrenceId: $id, from: $from, to: $to) { startsAt ordersPaid ticketsSold }
  }`;

  test('by day add up all occurrences', async () => {
    const { from } = await tellStory();
    await tellStory();
    const { data } = await ask(days, { from, to: from });
    expect(data.salesByDay).toEqual([
      {
        date: from.slice(0, 10),
        ordersPaid: 6,
        ticketsSold: 12,
        ticketsCancelled: 2,
        paid: [
          { amountMinor: 18000, currency: 'CHF' },
          { amountMinor: 20000, currency: 'EUR' },
        ],
        refunded: [{ amountMinor: 5000, currency: 'EUR' }],
      },
    ]);
  });

  test('by minute show one occurrence', async () => {
    const { id, from, to } = await tellStory();
    await tellStory();
    const { data } = await ask(minutes, { id, from, to });
    const sold = data.salesByMinute.map(({ ticketsSold }: { ticketsSold: number }) => ticketsSold);
    expect(sold).toEqual([3, 1, 2, 0, 0]);
  });

  const span = { from: '2027-03-20T00:00:00Z', to: '2027-03-21T00:00:00Z' };
  test.each([
    ['timeZone', days, { ...span, timeZone: 'Mars/Olympus' }],
    ['timeZone', days, { ...span, timeZone: '+02:00' }],
    ['timeZone', days, { ...span, timeZone: 'x'.repeat(900_000) }],
    ['to', days, { from: span.to, to: span.from }],
    ['to', days, { from: span.from, to: '2029-01-01T00:00:00Z' }],
    ['to', minutes, { id: encodeId('Occurrence', newUuid()), from: span.from, to: '2027-04-01T00:00:00Z' }],
    ['occurrenceId', minutes, { id: 'nonsense', ...span }],
    ['eventId', 'query { eventStats(eventId: "nonsense") { ticketsSold } }', {}],
  ])('refuse the bad argument %s by name', async (field, query, variables) => {
    const { errors } = await ask(query, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', field } }]);
  });
});

describe('columns that plugins add to a report', () => {
  const cells = 'reportColumns { column title value warning }';
  const goal = { name: 'goals', title: 'Goals' };
  const numbered = ({ rows }: Asked) =>
    accept({
      each: [
        {
          plugin: goal,
          output: { columns: [{ key: 'place', title: 'Place', values: rows.map((_, at) => `${at}`) }] },
        },
      ],
      silent: [],
    } as never);
  const cell = (value: string) => ({ column: 'goals.place', title: 'Place', value, warning: null });
  const days = `query ($from: DateTime!, $to: DateTime!) { salesByDay(from: $from, to: $to) { date ${cells} } }`;
  type Day = { date: string; reportColumns: object[] };

  test('of days are asked for a hundred at a time, with what was sold, and stand in their rows', async () => {
    plugins.says = numbered;
    const span = { from: '2027-01-01T00:00:00Z', to: '2027-05-10T00:00:00Z' };
    const { data } = await ask(days, span);
    const rows = data.salesByDay as Day[];
    expect(plugins.asked.map((each) => [each.report, each.rows.length])).toEqual([
      ['sales-by-day', 100],
      ['sales-by-day', 30],
    ]);
    expect(plugins.asked[0]!.rows[0]).toEqual({ date: '2027-01-01' });
    expect(plugins.asked[0]!.figures).toHaveLength(100);
    expect([rows[0]!.reportColumns, rows[129]!.reportColumns]).toEqual([[cell('0')], [cell('29')]]);
  });

  test('of minutes, events and occurrences are told which they are and what was counted', async () => {
    const eventId = newUuid();
    const { id, from, to } = await tellStory(eventId);
    plugins.says = numbered;
    const { data } = await ask(
      `query ($occurrence: ID!, $event: ID!, $from: DateTime!, $to: DateTime!, $representations: [_Any!]!) {
        salesByMinute(occurrenceId: $occurrence, from: $from, to: $to) { ${cells} }
        eventStats(eventId: $event) { ${cells} }
        _entities(representations: $representations) { ... on Occurrence { stats { ${cells} } } } }`,
      {
        occurrence: id,
        event: encodeId('Event', eventId),
        from: new Date(Date.parse(from) - 60_000),
        to: new Date(Date.parse(to) + 60_000),
        ...occurrencesOf([id]),
      },
    );
    expect(data.salesByMinute[0].reportColumns).toEqual([cell('0')]);
    expect(data.eventStats.reportColumns).toEqual([cell('0')]);
    expect(data._entities[0].stats.reportColumns).toEqual([cell('0')]);
    const of = Object.fromEntries(plugins.asked.map((each) => [each.report, each]));
    const occurrenceId = decodeId('Occurrence', id);
    expect(of['sales-by-minute']!.rows[0]).toMatchObject({ occurrenceId });
    expect(of['events']).toMatchObject({
      rows: [{ eventId }],
      counts: [{ ticketsSold: expect.any(Number) }],
    });
    expect(of['occurrences']).toMatchObject({
      rows: [{ occurrenceId }],
      counts: [
        {
          revenue: [
            { amountMinor: '7500', currency: 'EUR' },
            { amountMinor: '9000', currency: 'CHF' },
          ],
        },
      ],
    });
  });

  test('are empty and say why where a plugin, or the hub, does not answer; the report goes on', async () => {
    const span = { from: '2027-01-01T00:00:00Z', to: '2027-01-02T00:00:00Z' };
    const read = async () => (await ask(days, span)).data.salesByDay as Day[];
    expect((await read()).map(({ reportColumns }) => reportColumns)).toEqual([[], []]);
    plugins.says = () => accept({ each: [], silent: [goal] });
    const empty = { column: 'goals', title: 'goals', value: null, warning: 'Goals did not answer.' };
    expect((await read()).map(({ reportColumns }) => reportColumns)).toEqual([[empty], [empty]]);
    plugins.says = () => refuse({ kind: 'Unavailable', message: 'Try again.' });
    expect((await read())[1]).toMatchObject({
      date: '2027-01-02',
      reportColumns: [{ column: 'plugins', value: null, warning: 'Try again.' }],
    });
  });
});
