import { afterAll, beforeAll } from '@jest/globals';
import { money, newUuid } from '@marquee/kernel';
import { fakeClock } from '@marquee/testkit';
import { dayOf, periodOf } from '../plans/plan.ts';
import { createWorld, viewerOf, type World } from '../world.test-support.ts';
import { dunDebtors } from './dun.ts';
import { issueDueInvoices } from './issue-invoices.ts';
import { issueCreditNote, recordPayment } from './settle-invoice.ts';
import type { BillingTerms } from './terms.ts';

export const seller = { name: 'Marquee GmbH', address: 'Wien', countryCode: 'AT', vatId: 'ATU13585627' };
export const terms: BillingTerms = {
  seller,
  series: 'MQ',
  dueDays: 14,
  restrictAfterDays: 10,
  taxes: new Map([['AT', { name: 'USt', rateBp: 2_000 }]]),
};
/** Stands still in the last moment of a month, on a leap day: what takes the month from the wall clock instead fails. */
export const clock = fakeClock('2028-02-29T23:59:59.900Z');
export const period = periodOf(clock.now());
export const dayMs = 86_400_000;
/** So many days after the invoices of this month are issued. */
export const after = (days: number) => new Date(period.end.getTime() + 7_200_000 + days * dayMs);

const fields = `number pdfUrl status net { amountMinor } tax { treatment rateBasisPoints amount { amountMinor } }
  gross { amountMinor } due { amountMinor } seller { name } customer { name countryCode vatId }
  lines { kind days quantity plan { code } amount { amountMinor } }
  payments { reference amount { amountMinor } } creditNotes { number pdfUrl net { amountMinor } tax { amountMinor } reason }`;

async function readInvoice(world: World, organisationId: string) {
  const query = `{ platformInvoices { edges { node { ${fields} } } } }`;
  const { data } = await world.ask(viewerOf(organisationId), query);
  return data.platformInvoices.edges[0].node;
}

/** An organisation with a plan for 49 euros, unless another is named. */
async function subscribe(world: World, changes: readonly object[], plan: string): Promise<string> {
  const organisationId = newUuid();
  await world.database.transaction({ organisationId }, (tx) =>
    tx.execute(
      `insert into plan_subscription (organisation_id, plan, changes, invoiced_until) values ($1, $2, $3::jsonb, $4)`,
      [organisationId, plan, JSON.stringify(changes), dayOf(period.start)],
    ),
  );
  return organisationId;
}

/** A world for all tests of a file, and what an operator's hub does in it. */
export function billingStage() {
  let world: World;
  beforeAll(async () => {
    world = await createWorld({ clock });
  });
  afterAll(() => world?.drop(), 60_000);
  const onCommit = () => undefined;
  const invoice = (now = after(0)) =>
    issueDueInvoices({ database: world.database, priceLists: world.priceLists, terms, onCommit }, now);
  const rows = <R = object>(organisationId: string, sql: string) =>
    world.database.read({ organisationId }, (tx) => tx.rows<R>(sql));
  const invoiceOf = (organisationId: string) => readInvoice(world, organisationId);
  const givenSubscriber = (changes: readonly object[] = [], plan = 'growth') =>
    subscribe(world, changes, plan);
  return {
    world: () => world,
    invoice,
    invoiceOf,
    givenSubscriber,
    rows,
    dun: (now: Date, database = world.database) => dunDebtors({ database, terms, onCommit }, now),
    pay: (
      number: string,
      amountMinor: number,
      { reference = 'bank 1', currency = 'EUR', database = world.database } = {},
    ) => {
      const amount = money(amountMinor, currency);
      return recordPayment(database, { invoice: number, amount, reference }, clock.now());
    },
    credit: (number: string, reference: string, grossMinor: number | null = null) => {
      const gross = grossMinor === null ? null : money(grossMinor, 'EUR');
      const correction = { invoice: number, reference, reason: 'as agreed', gross };
      return issueCreditNote(world.database, terms.series, correction, after(1));
    },
    /** What a link of the graph leads to, at the hub itself; with other parameters where they are given. */
    download: (link: string, search = new URL(link).search) =>
      fetch(new URL(new URL(link).pathname + search, world.url)),
    eventsOf: async (organisationId: string) => {
      const sql = 'select type from event_log order by global_position';
      return (await rows<{ type: string }>(organisationId, sql)).map(({ type }) => type);
    },
    givenInvoice: async () => {
      const organisationId = await givenSubscriber();
      await invoice();
      return { organisationId, number: (await invoiceOf(organisationId)).number as string };
    },
  };
}
