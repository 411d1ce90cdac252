import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { formatMoney, isCurrency, money, type Money, type Outcome } from '@marquee/kernel';
import { openDatabase, type Database } from '@marquee/postgres';
import { importAppModule } from '../client/app-module.ts';
import { readBillingConfig, type BillingConfig } from './config.ts';

const usage = `npm run billing -- pay NUMBER --amount-minor 5831 --currency EUR --reference TEXT
npm run billing -- credit NUMBER --reason TEXT --reference TEXT [--amount-minor 1190 --currency EUR]

Writes down what became of an organisation's invoice for the API, beside the running hub, which publishes the events.

  pay      money has come; what was overdue restricts the plan no longer
  credit   takes back so much of it, tax included, by a credit note; without an amount all that is left

  DATABASE_URL            of the hub, as it has it
  MARQUEE_BILLING_FILE    its billing terms: credit notes are numbered by their series

  --reference   such as the bank's own; the same again changes nothing
`;

type Invoice = object;
type Settled = Promise<
  Outcome<Invoice, { readonly kind: string; readonly message: string; readonly field?: string }>
>;
type Settling = { readonly invoice: string; readonly reference: string };
type HubModules = {
  recordPayment(database: Database, payment: Settling & { readonly amount: Money }, now: Date): Settled;
  issueCreditNote(
    database: Database,
    series: string,
    correction: Settling & { readonly reason: string; readonly gross: Money | null },
    now: Date,
  ): Settled;
  defaultTerms: { readonly series: string };
  parseTerms(value: unknown): { readonly series: string } | string;
  invoiceNumber(invoice: Invoice): string;
  statusOf(invoice: Invoice): string;
  dueOf(invoice: Invoice): Money;
};

async function hubModules(): Promise<HubModules> {
  const paths = ['settle-invoice.ts', 'terms.ts', 'parse-terms.ts', 'platform-invoice.ts'];
  const modules = await Promise.all(paths.map((path) => importAppModule<object>(`hub/src/billing/${path}`)));
  return Object.assign({}, ...modules) as HubModules;
}

function termsOf(
  { billingFile }: BillingConfig,
  { defaultTerms, parseTerms }: HubModules,
): { series: string } {
  if (!billingFile) return defaultTerms;
  const terms = parseTerms(JSON.parse(readFileSync(billingFile, 'utf8')));
  if (typeof terms === 'string') throw new Error(`MARQUEE_BILLING_FILE ${terms}`);
  return terms;
}

function amountOf(minor: unknown, currency: unknown): Money | null {
  if (minor === undefined && currency === undefined) return null;
  if (typeof minor !== 'string' || !/^\d{1,15}$/.test(minor))
    throw new Error('--amount-minor must be a whole number of minor units');
  if (typeof currency !== 'string' || !isCurrency(currency))
    throw new Error('--currency must be one of ISO 4217, such as EUR');
  return money(minor, currency);
}

const options = {
  'amount-minor': { type: 'string' },
  currency: { type: 'string' },
  reference: { type: 'string' },
  reason: { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

type Work = (database: Database, hub: HubModules) => Settled;

/** What is asked for on the command line; throws what is wrong with it. */
function workOf(
  what: 'pay' | 'credit',
  invoice: string,
  values: Readonly<Partial<Record<string, string | boolean>>>,
  config: BillingConfig,
): Work {
  const text = (name: string, max: number): string => {
    const value = values[name];
    if (typeof value === 'string' && value.length > 0 && value.length <= max) return value;
    throw new Error(`--${name} must be given, of at most ${max} characters`);
  };
  const amount = amountOf(values['amount-minor'], values['currency']);
  const settling = { invoice, reference: text('reference', 200) };
  const now = new Date();
  if (what === 'pay') {
    if (!amount) throw new Error('--amount-minor and --currency must be given');
    return (database, hub) => hub.recordPayment(database, { ...settling, amount }, now);
  }
  const correction = { ...settling, reason: text('reason', 500), gross: amount };
  return (database, hub) => hub.issueCreditNote(database, termsOf(config, hub).series, correction, now);
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ allowPositionals: true, options });
  const [what, invoice] = positionals;
  if (values.help || positionals.length !== 2 || !invoice || (what !== 'pay' && what !== 'credit')) {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const config = readBillingConfig();
  const work = workOf(what, invoice, values, config);
  const hub = await hubModules();
  const connection = { url: config.databaseUrl, applicationName: 'billing', entities: [], poolSize: 2 };
  const database = await openDatabase(connection);
  try {
    const settled = await work(database, hub);
    if (!settled.ok) {
      const { field, message } = settled.refusal;
      throw new Error(field ? `${field} ${message}` : message);
    }
    const { value } = settled;
    const due = formatMoney(hub.dueOf(value));
    process.stdout.write(`${hub.invoiceNumber(value)}: ${hub.statusOf(value)}, ${due} due\n`);
  } finally {
    await database.close();
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
