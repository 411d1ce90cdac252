import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { MeteredRequest } from '@marquee/contracts';
import { encodeId, newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import { eventually, fakeClock, times } from '@marquee/testkit';
import type { DyingInvoicer } from '../fixtures/invoicing.ts';
import { meddled } from '../meddled.test-support.ts';
import { createWorld, viewerOf, type World } from '../world.test-support.ts';
import { issueDueInvoices } from '../billing/issue-invoices.ts';
import { defaultTerms } from '../billing/terms.ts';
import { dayOf, periodFrom, periodOf } from '../plans/plan.ts';
import { planStandings } from './plan-standings.ts';
import { recordUsage, sweepUsage, takeBatch } from './record-usage.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ clock });
});
afterAll(() => world?.drop());

/** Stands still in the last moment of a year: what takes the month from the wall clock instead fails. */
const clock = fakeClock('2026-12-31T23:59:59.900Z');
const period = periodOf(clock.now());
const next = periodFrom(period.end);
/** When this month is over and the next is not. */
const then = new Date(period.end.getTime() + 7_200_000);

function requestsOf(organisationId: string, count: number, more: Partial<MeteredRequest> = {}) {
  const keyId = newUuid();
  const at = clock.now().toISOString();
  return Array.from({ length: count }, (): MeteredRequest => ({
    id: newUuid(),
    organisationId,
    keyId,
    operation: 'holdTickets',
    at,
    ...more,
  }));
}
const record = (requests: MeteredRequest[], database = world.database) =>
  recordUsage({ database, clock, priceLists: world.priceLists }, { requests });
const invoice = (now = then, database = world.database) =>
  issueDueInvoices(
    { database, priceLists: world.priceLists, terms: defaultTerms, onCommit: () => undefined },
    now,
  );
const rows = <R>(organisationId: string, sql: string) =>
  world.database.read({ organisationId }, (tx) => tx.rows<R>(sql));
const invoicesOf = (organisationId: string) =>
  rows<{ requests: string; period_start: string; number: number }>(
    organisationId,
    'select requests, period_start, number from platform_invoice order by number',
  );
const meteredBefore = async (organisationId: string) => {
  const sql = `select coalesce(sum(requests), 0) as sum from usage_day where day < '${dayOf(period.end)}'`;
  return (await rows<{ sum: string }>(organisationId, sql))[0]!.sum;
};

const asIs = (sql: string) => sql;
const withoutLocks = (sql: string) => sql.replace(/ for (share|update)$/m, '');

describe('the meter', () => {
  test('counts a request once, however often and in whatever company it comes', async () => {
    const organisationId = newUuid();
    const requests = requestsOf(organisationId, 40);
    const parts = [requests, requests.slice(0, 25), requests.slice(10), requests];
    await Promise.all(
      Array.from({ length: times({ test: 4, soak: 100 }) }, () => parts.map((part) => record(part))).flat(),
    );
    expect(await rows(organisationId, 'select operation, requests from usage_day')).toEqual([
      { operation: 'holdTickets', requests: '40' },
    ]);
  });

  test('drops what is no batch, and is not held up by it', async () => {
    const recording = { ...world, logger: silentLogger };
    for (const message of [null, {}, { requests: [{ id: 'x' }] }]) await takeBatch(recording, message);
    const organisationId = newUuid();
    await takeBatch(recording, { requests: requestsOf(organisationId, 1) });
    expect(await meteredBefore(organisationId)).toBe('1');
  });

  test('forgets old requests and keeps their sums', async () => {
    const organisationId = newUuid();
    await record(requestsOf(organisationId, 3));
    const age = `update usage_request set recorded_at = now() - interval '36 days'`;
    await world.database.transaction({ organisationId }, (tx) => tx.execute(age));
    expect(await sweepUsage(world.database)).toBe(3);
    expect(await meteredBefore(organisationId)).toBe('3');
  });

  test('shows who asked for what, by day, in pages, and to nobody else', async () => {
    const organisationId = newUuid();
    const [one, other] = [
      requestsOf(organisationId, 5),
      requestsOf(organisationId, 2, { operation: 'order' }),
    ];
    await record([...one, ...other]);
    const query = `query ($apiKeyId: ID, $from: DateTime, $after: String) {
      apiUsage(apiKeyId: $apiKeyId, from: $from, first: 1, after: $after) {
        totalRequests edges { node { day operation requests apiKey { id } } } pageInfo { hasNextPage endCursor } } }`;
    const ask = async (variables: object, organisation = organisationId) => {
      const answer = await world.ask(viewerOf(organisation), query, variables);
      expect(answer.errors).toBeUndefined();
      return answer.data.apiUsage;
    };
    const first = await ask({});
    const second = await ask({ after: first.pageInfo.endCursor });
    expect([first.totalRequests, first.pageInfo.hasNextPage, second.pageInfo.hasNextPage]).toEqual([
      7,
      true,
      false,
    ]);
    const nodes = [first, second].map(({ edges }) => edges[0].node);
    expect(nodes.map(({ operation, requests }) => [operation, requests]).toSorted()).toEqual([
      ['holdTickets', 5],
      ['order', 2],
    ]);
    const apiKeyId = encodeId('ApiKey', other[0]!.keyId);
    expect(await ask({ apiKeyId })).toMatchObject({
      totalRequests: 2,
      edges: [{ node: { apiKey: { id: apiKeyId } } }],
    });
    expect(await ask({ from: next.start })).toMatchObject({ totalRequests: 0, edges: [] });
    expect(await ask({}, newUuid())).toMatchObject({ totalRequests: 0, edges: [] });
  });

  test('tells gateways what is left of a plan', async () => {
    const organisationId = newUuid();
    await record(requestsOf(organisationId, 30));
    const ask = (now: Date) => planStandings(world, [organisationId, newUuid()], now);
    const standing = { organisationId, plan: 'free', requestLimit: 100_000, restricted: false };
    expect(await ask(clock.now())).toEqual({
      standings: [{ ...standing, remaining: 99_970, resetsAt: period.end.toISOString() }],
    });
    expect(await ask(then)).toEqual({
      standings: [{ ...standing, remaining: 100_000, resetsAt: next.end.toISOString() }],
    });
  });
});

describe('a plan', () => {
  const change = `mutation ($planCode: String!) { changePlan(input: { planCode: $planCode }) {
    __typename ... on PlanChanged { subscription { plan { code } nextPlan { code } remainingRequests } } ... on InvalidInput { message field } } }`;

  test('that is dearer holds at once, a cheaper one from the next period, and another choice takes that back', async () => {
    const viewer = viewerOf(newUuid(), 'OWNER');
    const choose = async (planCode: string) => {
      const { data } = await world.ask(viewer, change, { planCode });
      const { plan, nextPlan } = data.changePlan.subscription;
      return [plan.code, nextPlan?.code ?? null];
    };
    expect(await choose('growth')).toEqual(['growth', null]);
    expect(await choose('free')).toEqual(['growth', 'free']);
    expect(await choose('growth')).toEqual(['growth', null]);
    expect(await choose('free')).toEqual(['growth', 'free']);
    await invoice();
    const { data } = await world.ask(viewer, '{ planSubscription { plan { code } nextPlan { code } } }');
    expect(data.planSubscription).toEqual({ plan: { code: 'free' }, nextPlan: null });
  });

  test('that there is not is refused by name, and only an owner chooses', async () => {
    const refused = await world.ask(viewerOf(newUuid(), 'OWNER'), change, { planCode: 'gold' });
    expect(refused.data.changePlan).toMatchObject({
      message: expect.stringContaining('free, growth, scale'),
      field: 'planCode',
    });
    const forbidden = await world.ask(viewerOf(newUuid(), 'ORGANISER'), change, { planCode: 'growth' });
    expect(forbidden.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });
});

describe('an invoice', () => {
  test('is of what was metered, and what comes late is of the next period', async () => {
    const organisationId = newUuid();
    await record(requestsOf(organisationId, 12));
    const last = new Date(period.end.getTime() - 1).toISOString();
    await record(requestsOf(organisationId, 3, { at: last }));
    expect(await invoice(new Date(period.end.getTime() + 60_000))).toBe(0);
    await invoice();
    await record(requestsOf(organisationId, 5, { at: last }));
    await invoice();
    expect(await invoicesOf(organisationId)).toEqual([
      { requests: '15', period_start: dayOf(period.start), number: 1 },
    ]);
    await invoice(new Date(next.end.getTime() + 7_200_000));
    expect((await invoicesOf(organisationId)).map(({ requests, number }) => [requests, number])).toEqual([
      ['15', 1],
      ['5', 2],
    ]);
    const { data } = await world.ask(
      viewerOf(organisationId),
      `{ platformInvoices { edges { node { number requests plan { code } lines { kind quantity amount { amountMinor } }
         total { amountMinor currency } } } } }`,
    );
    expect(data.platformInvoices.edges[1].node).toEqual({
      ...{
        number: expect.stringMatching(/^API-20\d\d-\d{6}$/),
        requests: 15,
        plan: { code: 'free' },
        total: { amountMinor: 0, currency: 'EUR' },
      },
      lines: [
        { kind: 'MONTHLY_FEE', quantity: 1, amount: { amountMinor: 0 } },
        { kind: 'INCLUDED_REQUESTS', quantity: 15, amount: { amountMinor: 0 } },
      ],
    });
    const told = `select from event_log where type = 'hub.invoice-issued.v1'`;
    expect(await rows(organisationId, told)).toHaveLength(2);
  });

  test('is of its own month alone, though the month ends between two requests', async () => {
    const [known, late] = [newUuid(), newUuid()];
    const started = clock.now();
    await record(requestsOf(known, 2));
    try {
      clock.set(period.end);
      await record([...requestsOf(known, 3), ...requestsOf(late, 1)]);
      const { data } = await world.ask(viewerOf(known), '{ planSubscription { periodStart requests } }');
      expect(data.planSubscription).toEqual({ periodStart: period.end.toISOString(), requests: 3 });
    } finally {
      clock.set(started);
    }
    await invoice();
    expect(await invoicesOf(known)).toEqual([
      { requests: '2', period_start: dayOf(period.start), number: 1 },
    ]);
    expect(await invoicesOf(late)).toEqual([]);
  });

  test('is one, however many processes make it at once', async () => {
    const organisationId = newUuid();
    await record(requestsOf(organisationId, 7));
    await Promise.all(Array.from({ length: times({ test: 5, soak: 50 }) }, () => invoice()));
    expect(await invoicesOf(organisationId)).toMatchObject([{ requests: '7' }]);
  });

  /** A batch is counted and not committed when the invoice is made; what either says in the end. */
  async function countBesideInvoice(change: (sql: string) => string) {
    const organisationId = newUuid();
    await record(requestsOf(organisationId, 1));
    const [counted, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const counting = record(
      requestsOf(organisationId, 4),
      meddled(world.database, change, () => (counted.resolve(), go.promise)),
    );
    await counted.promise;
    let isInvoiced = false;
    const invoicing = invoice(then, meddled(world.database, change)).then(() => (isInvoiced = true));
    // Either it waits for the batch, or it has come through without it.
    const waits = `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%plan_subscription%'`;
    try {
      await eventually(async () =>
        expect(isInvoiced || (await rows(organisationId, waits)).length > 0).toBe(true),
      );
    } finally {
      go.resolve();
      await Promise.all([counting, invoicing]);
    }
    const [{ requests } = { requests: null }] = await invoicesOf(organisationId);
    return { invoiced: requests, metered: await meteredBefore(organisationId) };
  }

  test('waits for what is being counted', async () => {
    expect(await countBesideInvoice(asIs)).toEqual({ invoiced: '5', metered: '5' });
  });

  test('would lack it without the lock on the subscription', async () => {
    expect(await countBesideInvoice(withoutLocks)).toEqual({ invoiced: '1', metered: '5' });
  });

  const steps = [
    'before commit',
    'after commit',
    'for update',
    'billing_series',
    'insert into platform_invoice',
    'update plan_subscription',
  ];
  test.each(steps.slice(0, times({ test: 2, soak: steps.length })))(
    'is there once although its maker is killed at %p',
    async (dies) => {
      // What earlier tests left would be its first.
      await invoice();
      const organisationId = newUuid();
      await record(requestsOf(organisationId, 9));
      const role: DyingInvoicer = {
        databaseUrl: world.db.url,
        now: then.toISOString(),
        dies,
        does: 'invoice',
      };
      const file = fileURLToPath(new URL('../fixtures/invoicing.ts', import.meta.url));
      const child = spawn(process.execPath, [file, JSON.stringify(role)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
      expect(await invoicesOf(organisationId)).toHaveLength(dies === 'after commit' ? 1 : 0);
      await invoice();
      expect(await invoicesOf(organisationId)).toMatchObject([{ requests: '9', number: 1 }]);
      expect(await meteredBefore(organisationId)).toBe('9');
    },
  );
});
