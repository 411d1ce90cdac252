import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { eventually, times } from '@marquee/testkit';
import { textOfPdf } from '@marquee/testkit/pdf';
import type { DyingInvoicer } from '../fixtures/invoicing.ts';
import { meddled } from '../meddled.test-support.ts';
import { planStandings } from '../metering/plan-standings.ts';
import { dayOf } from '../plans/plan.ts';
import { viewerOf } from '../world.test-support.ts';
import { readDues } from './read-dues.ts';
import { after, billingStage, clock, period } from './billing.test-support.ts';

const stage = billingStage();
const { world, invoice, invoiceOf, givenSubscriber, givenInvoice, rows, eventsOf, dun } = stage;
const { pay, credit, download } = stage;

describe('a payment', () => {
  test('is written down once by its reference, and settles the invoice', async () => {
    const { organisationId, number } = await givenInvoice();
    const together = await Promise.all(Array.from({ length: 5 }, () => pay(number, 2_000)));
    expect(together.map(({ ok }) => ok)).toEqual([true, true, true, true, true]);
    expect(await invoiceOf(organisationId)).toMatchObject({ status: 'ISSUED', due: { amountMinor: 3_880 } });
    expect(await pay(number, 1)).toMatchObject({ ok: false, refusal: { field: 'reference' } });
    expect(await pay(number, 1, { reference: 'bank 2', currency: 'USD' })).toMatchObject({
      ok: false,
      refusal: { field: 'currency' },
    });
    await pay(number, 3_980, { reference: 'bank 2' });
    expect(await invoiceOf(organisationId)).toMatchObject({
      status: 'PAID',
      due: { amountMinor: -100 },
      payments: [
        { reference: 'bank 1', amount: { amountMinor: 2_000 } },
        { reference: 'bank 2', amount: { amountMinor: 3_980 } },
      ],
    });
    expect((await eventsOf(organisationId)).slice(1)).toEqual([
      ...['hub.invoice-payment-recorded.v1', 'hub.invoice-payment-recorded.v1'],
    ]);
    expect(await pay('MQ-1999-000001', 1)).toMatchObject({ ok: false, refusal: { kind: 'NotFound' } });
  });

  test('of a free plan is none: its invoice is paid when it is issued', async () => {
    const organisationId = await givenSubscriber([], 'free');
    await invoice();
    expect(await invoiceOf(organisationId)).toMatchObject({ status: 'PAID', gross: { amountMinor: 0 } });
  });
});

test('what an organisation owes is what is invoiced, less what was paid and credited; of a paid invoice nothing', async () => {
  const { organisationId, number } = await givenInvoice();
  const dues = () => world().database.read({ organisationId }, readDues);
  expect(await dues()).toEqual({ dues: [{ currency: 'EUR', invoices: 1, amountMinor: '5880' }] });
  await pay(number, 2_000);
  await credit(number, 'first', 880);
  expect(await dues()).toMatchObject({ dues: [{ amountMinor: '3000' }] });
  await pay(number, 3_000, { reference: 'bank 2' });
  expect(await dues()).toEqual({ dues: [] });
});

test('credit notes take back parts and the rest to the cent, each once, and the whole is void', async () => {
  const { organisationId, number } = await givenInvoice();
  for (let twice = 0; twice < 2; twice++)
    expect(await credit(number, 'first', 1_001)).toMatchObject({ ok: true });
  expect(await credit(number, 'second', 4_880)).toMatchObject({ ok: false, refusal: { field: 'gross' } });
  await credit(number, 'second');
  const { status, due, creditNotes, net } = await invoiceOf(organisationId);
  expect([status, due.amountMinor, net.amountMinor]).toEqual(['VOID', 0, 4900]);
  expect(creditNotes).toMatchObject([
    { net: { amountMinor: 834 }, tax: { amountMinor: 167 }, reason: 'as agreed' },
    { net: { amountMinor: 4_066 }, tax: { amountMinor: 813 } },
  ]);
  expect(creditNotes[0].number).toMatch(/^MQ-CN-20\d\d-\d{6}$/);
});

test('a credit note is a PDF for who has its link: its own number and sums, and the invoice that it corrects', async () => {
  const { organisationId, number } = await givenInvoice();
  await credit(number, 'first', 1_001);
  await credit(number, 'second');
  const { pdfUrl: invoiceUrl, creditNotes } = await invoiceOf(organisationId);
  const [first, second] = creditNotes;
  const answer = await download(first.pdfUrl);
  expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${first.number}.pdf"`);
  const text = await textOfPdf({ status: answer.status, body: answer.body! });
  for (const printed of [
    `Credit note ${first.number} Date: ${dayOf(after(1))}`,
    `Corrects invoice: ${number} of ${dayOf(after(0))}`,
    `Period: ${dayOf(period.start)} to ${dayOf(clock.now())}`,
    'VAT: ATU13585627',
    'as agreed 20 % €8.34',
    'Net €8.34 USt 20 % on €8.34 Tax €1.67 Total €10.01',
  ])
    expect(text).toContain(printed);
  for (const url of [second.pdfUrl, invoiceUrl])
    expect((await download(first.pdfUrl, new URL(url).search)).status).toBe(404);
  const asInvoice = first.pdfUrl.replace('/credit-notes/', '/');
  expect((await download(asInvoice)).status).toBe(404);
});

test('an operator writes payments and corrections down on the command line, and is told what is wrong', async () => {
  const { organisationId, number } = await givenInvoice();
  const file = fileURLToPath(new URL('../../../../tools/billing/main.ts', import.meta.url));
  const env = { ...process.env, DATABASE_URL: world().db.url };
  const run = (...args: string[]) => promisify(execFile)(process.execPath, [file, ...args], { env });
  const amount = ['--amount-minor', '880', '--currency', 'EUR'];
  const paid = await run('pay', number, ...amount, '--reference', 'bank 7');
  expect(paid.stdout).toBe(`${number}: ISSUED, €50.00 due\n`);
  const credited = await run('credit', number, '--reason', 'as agreed', '--reference', 'ticket 1', ...amount);
  expect(credited.stdout).toBe(`${number}: ISSUED, €41.20 due\n`);
  await expect(run('pay', 'MQ-1999-000001', ...amount, '--reference', 'x')).rejects.toMatchObject({
    code: 1,
    stderr: 'The invoice MQ-1999-000001 was not found.\n',
  });
  expect((await invoiceOf(organisationId)).creditNotes).toMatchObject([{ net: { amountMinor: 733 } }]);
});

describe('an invoice that is not paid', () => {
  const change = `mutation { changePlan(input: { planCode: "scale" }) { __typename ... on Refusal { message } } }`;

  test('is overdue, restricts the plan some days later, and frees it when it is paid', async () => {
    const { organisationId, number } = await givenInvoice();
    await dun(after(13));
    expect((await invoiceOf(organisationId)).status).toBe('ISSUED');
    for (let twice = 0; twice < 2; twice++) await dun(after(15));
    expect((await invoiceOf(organisationId)).status).toBe('OVERDUE');
    const limit = async () => (await planStandings(world(), [organisationId], clock.now())).standings[0]!;
    expect(await limit()).toMatchObject({ plan: 'growth', restricted: false });
    for (let twice = 0; twice < 2; twice++) await dun(after(26));
    expect(await limit()).toMatchObject({ plan: 'free', requestLimit: 100_000, restricted: true });
    const owner = viewerOf(organisationId, 'OWNER');
    expect((await world().ask(owner, change)).data.changePlan.__typename).toBe('PlanRestricted');
    const asked = await world().ask(
      owner,
      '{ planSubscription { plan { code } restrictedSince remainingRequests } }',
    );
    expect(asked.data.planSubscription).toEqual({
      plan: { code: 'growth' },
      restrictedSince: after(26).toISOString(),
      remainingRequests: 100_000,
    });
    await pay(number, 5_880);
    expect(await limit()).toMatchObject({ plan: 'growth', restricted: false });
    expect((await world().ask(owner, change)).data.changePlan.__typename).toBe('PlanChanged');
    expect(await eventsOf(organisationId)).toEqual([
      ...['hub.invoice-issued.v1', 'hub.invoice-overdue.v1', 'hub.plan-restricted.v1'],
      ...['hub.invoice-payment-recorded.v1', 'hub.plan-restored.v1', 'hub.plan-changed.v1'],
    ]);
  });

  /** A payment that comes while its debtor is being restricted; what is left of the restriction. */
  async function payWhileRestricted(change: (sql: string) => string): Promise<boolean> {
    const { organisationId, number } = await givenInvoice();
    await dun(after(15));
    const [judged, go] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const dunning = dun(
      after(26),
      meddled(world().database, change, () => (judged.resolve(), go.promise)),
    );
    await judged.promise;
    let isPaid = false;
    const paying = pay(number, 5_880, { database: meddled(world().database, change) }).then(
      () => (isPaid = true),
    );
    const waits = `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock' and query like '%plan_subscription%'`;
    try {
      await eventually(async () =>
        expect(isPaid || (await rows(organisationId, waits)).length > 0).toBe(true),
      );
    } finally {
      go.resolve();
      await Promise.all([dunning, paying]);
    }
    return (await planStandings(world(), [organisationId], clock.now())).standings[0]!.restricted!;
  }

  test('restricts nobody who pays at that moment', async () => {
    await dun(after(60));
    expect(await payWhileRestricted((sql) => sql)).toBe(false);
  });

  test('would, without the lock on the subscription', async () => {
    await dun(after(60));
    const unlocked = (sql: string) => sql.replace(/(from plan_subscription) for update$/, '$1');
    expect(await payWhileRestricted(unlocked)).toBe(true);
  });

  const deaths = [
    ['dun', 'before commit'],
    ['pay', 'before commit'],
    ['dun', 'after commit'],
    ['pay', 'after commit'],
    ['dun', 'update platform_invoice'],
    ['pay', 'insert into platform_payment'],
    ['pay', 'update platform_invoice'],
  ] as const;
  test.each(deaths.slice(0, times({ test: 2, soak: deaths.length })))(
    'is dealt with once although who does it (%s) is killed at %p',
    async (what, dies) => {
      await dun(after(40));
      const { organisationId, number } = await givenInvoice();
      const does = what === 'dun' ? what : { pays: number, amountMinor: '5880' };
      const role: DyingInvoicer = { databaseUrl: world().db.url, now: after(20).toISOString(), dies, does };
      const file = fileURLToPath(new URL('../fixtures/invoicing.ts', import.meta.url));
      const child = spawn(process.execPath, [file, JSON.stringify(role)], {
        stdio: ['ignore', 'ignore', 'inherit'],
      });
      expect((await once(child, 'exit'))[1]).toBe('SIGKILL');
      const done = what === 'dun' ? 'hub.invoice-overdue.v1' : 'hub.invoice-payment-recorded.v1';
      expect((await eventsOf(organisationId)).slice(1)).toEqual(dies === 'after commit' ? [done] : []);
      if (what === 'dun') await dun(after(20));
      else await pay(number, 5_880);
      expect((await eventsOf(organisationId)).slice(1)).toEqual([done]);
      const status = what === 'dun' ? 'OVERDUE' : 'PAID';
      expect(await invoiceOf(organisationId)).toMatchObject({ status });
    },
  );
});
