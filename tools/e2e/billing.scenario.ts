import { beforeAll, describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import { openDatabase, type Database } from '@marquee/postgres';
import { textOfPdf } from '@marquee/testkit/pdf';
import { importAppModule } from '../client/app-module.ts';
import type { TestPlatform } from './platform.ts';

/** Of the hub, as its own process and `npm run billing` use them. */
type Billing = {
  issueDueInvoices(
    invoicing: { database: Database; priceLists: object; terms: unknown; onCommit: () => void },
    now: Date,
  ): Promise<number>;
  issueCreditNote(
    database: Database,
    series: string,
    correction: { invoice: string; reference: string; reason: string; gross: null },
    now: Date,
  ): Promise<{ readonly ok: boolean }>;
  createPriceLists(database: Database, file: unknown): object;
  /** Those of the hub that runs: whoever of the two comes first issues the same. */
  defaultPlans: unknown;
  defaultTerms: { readonly series: string };
};

const modules = [
  ...['billing/issue-invoices', 'billing/settle-invoice', 'billing/terms'],
  ...['plans/price-lists', 'plans/plan'],
];

/** Does in the hub's database what the hub does within five minutes, and an operator on the command line. */
async function asOperator(
  { running }: TestPlatform,
  work: (database: Database, billing: Billing) => Promise<void>,
): Promise<void> {
  const found = await Promise.all(modules.map((path) => importAppModule<object>(`hub/src/${path}.ts`)));
  const url = running.databases['hub']!.appUrl;
  const database = await openDatabase({ url, applicationName: 'e2e', entities: [], poolSize: 2 });
  try {
    await work(database, Object.assign({}, ...found) as Billing);
  } finally {
    await database.close();
  }
}

type Issued = { readonly number: string; readonly pdfUrl: string };
type Invoice = Issued & {
  readonly id: string;
  readonly issuedAt: string;
  readonly creditNotes: readonly Issued[];
};
type Answer = {
  readonly platformInvoices: { readonly edges: readonly { readonly node: Invoice }[] };
  readonly node: Partial<Invoice> | null;
};

const invoicesQuery = `{ platformInvoices { edges { node {
  id number issuedAt pdfUrl creditNotes { number pdfUrl } } } } }`;
const nodeQuery = 'query ($id: ID!) { node(id: $id) { ... on PlatformInvoice { number pdfUrl } } }';
const beginning = `mutation ($details: SetBillingDetailsInput!) {
  setBillingDetails(input: $details) { __typename }
  changePlan(input: { planCode: "growth" }) { __typename } }`;

/** What an organisation owes the platform, and who may read it. */
export function describeBilling(platform: () => TestPlatform): void {
  describe("the platform's invoice", () => {
    const organisationId = newUuid();
    let owner: string;
    let invoice: Invoice;
    let earlier: Invoice;

    const send = (token: string, query = invoicesQuery, variables = {}) =>
      platform().client.send<Answer>(query, variables, { token });
    const invoices = async () =>
      (await send(owner)).data!.platformInvoices.edges.map(({ node }) => node) as [Invoice, Invoice];

    beforeAll(async () => {
      const { client, tokens, rows } = platform();
      owner = await tokens.token({ role: 'owner', organisationId });
      const details = { name: 'Żagle sp. z o.o.', address: 'Łódź', countryCode: 'PL' };
      expect(await client.query(beginning, { details }, { token: owner })).toEqual({
        setBillingDetails: { __typename: 'BillingDetailsSet' },
        changePlan: { __typename: 'PlanChanged' },
      });
      // As if it had chosen the plan three months ago: two of them at least are over, whatever day it is.
      const sooner = `update plan_subscription set plan = 'growth', changes = '[]',
        invoiced_until = invoiced_until - interval '3 months' where organisation_id = $1`;
      await rows('hub', sooner, [organisationId]);
      await asOperator(platform(), async (database, billing) => {
        const { defaultPlans, defaultTerms: terms } = billing;
        const priceLists = billing.createPriceLists(database, defaultPlans);
        const now = new Date();
        await billing.issueDueInvoices({ database, priceLists, terms, onCommit: () => undefined }, now);
        const [{ number }] = await invoices();
        const correction = { invoice: number, reference: 'ticket 1', reason: 'wrong plan', gross: null };
        expect(await billing.issueCreditNote(database, terms.series, correction, now)).toMatchObject({
          ok: true,
        });
      });
      [invoice, earlier] = await invoices();
    }, 60_000);

    /** What a browser gets that follows a link of the graph. */
    const download = async (link: string) => {
      const answer = await fetch(link);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      return textOfPdf({ status: answer.status, body: answer.body! });
    };

    test('is a PDF for its owner, through the gateway, as is the credit note that takes it back', async () => {
      expect(new URL(invoice.pdfUrl).origin).toBe(platform().running.urls.gateway);
      const text = await download(invoice.pdfUrl);
      for (const printed of [`Invoice ${invoice.number}`, 'Żagle sp. z o.o.', 'Total €49.00'])
        expect(text).toContain(printed);
      const [note] = invoice.creditNotes;
      const credited = await download(note!.pdfUrl);
      const corrects = `Corrects invoice: ${invoice.number} of ${invoice.issuedAt.slice(0, 10)}`;
      for (const printed of [`Credit note ${note!.number}`, corrects, 'wrong plan', 'Total €49.00'])
        expect(credited).toContain(printed);
    }, 60_000);

    test('is none for an owner of another organisation, nor for a member who may not manage the hub', async () => {
      const { tokens } = platform();
      const stranger = await tokens.token({ role: 'owner', organisationId: newUuid() });
      const member = await tokens.token({ role: 'box-office', organisationId });
      const { id } = invoice;
      expect((await send(owner, nodeQuery, { id })).data?.node?.number).toBe(invoice.number);
      for (const token of [stranger, member])
        expect((await send(token, nodeQuery, { id })).data?.node ?? null).toBeNull();
      expect((await send(stranger)).data?.platformInvoices.edges).toEqual([]);
      const refused = await send(member);
      expect(refused.errors[0]?.extensions?.code).toBe('FORBIDDEN');
    }, 60_000);

    test('is not to be had by a link that was altered', async () => {
      const altered = (change: (link: URL) => void) => {
        const link = new URL(invoice.pdfUrl);
        change(link);
        return link;
      };
      const set = (name: string, value: string) =>
        altered(({ searchParams }) => searchParams.set(name, value));
      const later = `${Number(new URL(invoice.pdfUrl).searchParams.get('e')) + 3_600}`;
      const links = {
        unsigned: altered((link) => (link.search = '')),
        'signed otherwise': set('s', 'A'.repeat(43)),
        'of longer life': set('e', later),
        "another organisation's": set('o', encodeId('Organisation', newUuid())),
        "another invoice's": altered((link) => (link.pathname = new URL(earlier.pdfUrl).pathname)),
      };
      const answers = Object.entries(links).map(async ([name, link]) => [name, (await fetch(link)).status]);
      expect(Object.fromEntries(await Promise.all(answers))).toEqual(
        Object.fromEntries(Object.keys(links).map((name) => [name, 404])),
      );
    }, 60_000);
  });
}
