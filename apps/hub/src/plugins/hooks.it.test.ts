import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { cart, pluginStage } from './plugins.test-support.ts';

const { shop, hooks, viewer, run, installed } = pluginStage();

/** What is said, and who is missed. */
async function askPrice() {
  const { outputs, missing } = await hooks().ask(viewer().organisationId, 'price-adjustment', cart());
  return { outputs, missing };
}
const nothing = { outputs: [], missing: null };

describe('a hook that fails', () => {
  const attempt = async (code: string, failure: 'open' | 'closed') => {
    const hook = { point: 'price-adjustment', runs: 'sandbox', timeBudgetMs: 50, failure };
    const name = `failing-${newUuid().slice(-8)}`.replace(/-(\d)/, '-x$1');
    shop().offer('early-bird', { name, title: name, hooks: [hook] }, code);
    const { plugin } = await installed(name);
    return { plugin, name, answer: await askPrice() };
  };

  test.each([
    ['never ends', 'export const priceAdjustment = () => { for (;;); }', 'TIMEOUT'],
    ['throws', 'export const priceAdjustment = () => { throw new Error("no") }', 'FAILED'],
    [
      'answers what does not fit',
      'export const priceAdjustment = () => ({ discounts: [{ line: -1 }] })',
      'INVALID',
    ],
  ])(
    'since it %s is gone on without where it fails open, and not where it fails closed',
    async (_, code, outcome) => {
      const open = await attempt(code, 'open');
      expect(open.answer).toEqual(nothing);
      await eventually(async () => {
        const { calls } = await run('one', open.plugin);
        expect(calls.edges).toMatchObject([{ node: { outcome, message: expect.any(String) } }]);
      });
      expect((await attempt(code, 'closed')).answer.missing).toMatch(/^failing/);
    },
  );

  test('again and again is left alone by its breaker', async () => {
    const { plugin } = await attempt(
      'export const priceAdjustment = () => { throw new Error("no") }',
      'open',
    );
    for (let call = 0; call < 11; call++) await askPrice();
    await eventually(async () => {
      const { calls } = await run('one', plugin);
      expect(calls.edges.map((edge: { node: { outcome: string } }) => edge.node.outcome)).toContain(
        'SKIPPED',
      );
    });
  });
});

test('it is told who says something, who is silent, and an answer must fit what was asked', async () => {
  const hook = { point: 'ticket-issue', runs: 'sandbox', timeBudgetMs: 50, failure: 'open' };
  const offer = (name: string, ticket: number) => {
    const code = `export const ticketIssue = () => ({ additions: [{ ticket: ${ticket}, note: 'Hello.' }] })`;
    shop().offer('early-bird', { name, title: `The ${name}`, hooks: [hook] }, code);
    return installed(name);
  };
  await offer('greeter', 0);
  await offer('babbler', 1);
  const now = new Date().toISOString();
  const [ticketId, ticketTypeId, occurrenceId, orderId] = [newUuid(), newUuid(), newUuid(), newUuid()];
  const ticket = { ticketId, ticketTypeId, ticketType: 'Floor', occurrenceId, startsAt: now, issuedAt: now };
  const input = { now, orderId, tickets: [{ ...ticket, seat: null }] };
  expect(await hooks().ask(viewer().organisationId, 'ticket-issue', input)).toEqual({
    outputs: [{ additions: [{ ticket: 0, note: 'Hello.' }] }],
    from: [{ name: 'greeter', title: 'The greeter' }],
    silent: [{ name: 'babbler', title: 'The babbler' }],
    missing: null,
  });
});

test('it is asked about the reports that it names, shown figures with a scope alone, and silent when it takes too long', async () => {
  const hook = { point: 'report-column', runs: 'sandbox', timeBudgetMs: 50, failure: 'open' };
  const offer = (name: string, over: object, code: string) => {
    shop().offer('early-bird', { name, title: name, host: '^1.1.0', ...over }, code);
    return installed(name, { approvedScopes: ['analytics:read'] });
  };
  const tell = (what: string) =>
    `export const reportColumn = ({ rows, figures }) => ({ columns: [{ key: 'told', title: 'Told', values: rows.map(${what}) }] })`;
  const days = { ...hook, reports: ['sales-by-day', 'events'] };
  await offer('blind', { hooks: [days] }, tell('() => typeof figures'));
  await offer(
    'seeing',
    { hooks: [days], scopes: ['analytics:read'] },
    tell('(_, at) => String(figures[at].ordersPaid)'),
  );
  await offer('of-orders', { hooks: [hook] }, tell('({ lines }) => String(lines.length)'));
  await offer('endless', { hooks: [days] }, 'export const reportColumn = () => { for (;;); }');
  const figures = [{ ordersPaid: 7, ticketsSold: 9, ticketsCancelled: 0, paid: [], refunded: [] }];
  const input = { report: 'sales-by-day', rows: [{ date: '2027-03-20' }], figures };
  const said = await hooks().ask(viewer().organisationId, 'report-column', input);
  const column = (value: string) => ({ columns: [{ key: 'told', title: 'Told', values: [value] }] });
  expect(said).toEqual({
    outputs: [column('undefined'), column('7')],
    from: [
      { name: 'blind', title: 'blind' },
      { name: 'seeing', title: 'seeing' },
    ],
    silent: [{ name: 'endless', title: 'endless' }],
    missing: null,
  });
});
