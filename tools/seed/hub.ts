import type pg from 'pg';
import { demoKeys } from './keys.ts';
import { instant, type NumberedEntry } from './log.ts';
import { northlight, organisations, type SeedOrganisation } from './organisations.ts';
import { demoPlugin } from './plugins.ts';
import { createRandom, type Random } from './random.ts';
import { beginAsSystem, connectOwner, readMarker, writeMore, writeService } from './write.ts';

const msPerDay = 86_400_000;
/** Of older requests the sums alone are kept. */
const rowsDays = 35;

type Metered = {
  readonly organisationId: string;
  readonly keyId: string;
  readonly operation: string;
  readonly atMs: number;
  readonly requests: number;
};

/**
 * Fills the hub with what the demo organisations' keys asked for last month and this one, and a plugin. Where it was filled
 * before nothing is written but what its demo data, of an earlier release, has not got.
 */
export async function seedHub(ownerUrl: string, today = new Date()): Promise<number> {
  const client = await connectOwner(ownerUrl);
  try {
    if (await readMarker(client)) return await addPlugin(client, today);
    const month = (offset: number) => Date.UTC(today.getUTCFullYear(), today.getUTCMonth() + offset, 1);
    const [lastMs, thisMs] = [month(-1), month(0)];
    const random = createRandom('marquee/hub');
    const metered = planUsage(lastMs, Date.parse(dayOf(today.getTime())), random);
    const invoices = organisations.map((organisation) =>
      planInvoice(organisation, { lastMs, thisMs, metered, random }),
    );
    const plugin = demoPlugin(thisMs);
    const tables = [
      {
        table: 'plan_subscription',
        rows: organisations.map((organisation) => ({
          organisation_id: organisation.id,
          plan: planOf(organisation),
          invoiced_until: dayOf(thisMs),
        })),
      },
      { table: 'usage_day', rows: metered.map(dayRow) },
      {
        table: 'usage_request',
        rows: metered
          .filter(({ atMs }) => atMs >= today.getTime() - rowsDays * msPerDay)
          .flatMap((each) => requestRows(each, random)),
      },
      { table: 'platform_invoice', rows: invoices.map(({ row }) => row) },
      { table: 'plugin', rows: [plugin.row] },
    ];
    const marker = { seed: 'marquee', startDay: dayOf(today.getTime()) };
    const log = [...invoices, plugin].map(({ event }) => event);
    const count = await writeService(client, marker, tables, log);
    await client.query('commit');
    return count;
  } finally {
    await client.end();
  }
}

/**
 * The plugin, for demo data from before there was one. Once: not where it was uninstalled since, nor where somebody has
 * installed it himself, nor where the organisation is gone.
 */
async function addPlugin(client: pg.Client, today: Date): Promise<number> {
  const { row, event } = demoPlugin(today.getTime());
  await beginAsSystem(client);
  const { rows } = await client.query(
    `select 1 from plan_subscription where organisation_id = $1
        and not exists (select from plugin where organisation_id = $1 and name = $2)
        and not exists (select from event_stream where organisation_id = $1 and stream_id = $3)`,
    [row.organisation_id, row.name, event.streamId],
  );
  const count = rows.length === 0 ? 0 : await writeMore(client, [{ table: 'plugin', rows: [row] }], [event]);
  await client.query('commit');
  return count;
}

const dayOf = (ms: number) => instant(ms).slice(0, 10);
const planOf = (organisation: SeedOrganisation) => (organisation === northlight ? 'growth' : 'free');

/** Every whole day from the one to the other. */
function planUsage(fromMs: number, toMs: number, random: Random): Metered[] {
  const days = Array.from({ length: (toMs - fromMs) / msPerDay }, (_, day) => fromMs + day * msPerDay);
  return days.flatMap((atMs) =>
    demoKeys().flatMap(({ organisation, id: keyId, uses }) =>
      Object.entries(uses).map(([operation, usual]) => ({
        organisationId: organisation.id,
        keyId,
        operation,
        atMs,
        requests: random.int(Math.ceil(usual / 2), usual * 2),
      })),
    ),
  );
}

function dayRow({ organisationId, atMs, keyId, operation, requests }: Metered) {
  return { organisation_id: organisationId, day: dayOf(atMs), key_id: keyId, operation, requests };
}

function requestRows({ organisationId, atMs, keyId, operation, requests }: Metered, random: Random) {
  return Array.from({ length: requests }, () => {
    const at = atMs + random.int(0, msPerDay - 1);
    const of = { organisation_id: organisationId, key_id: keyId, operation, day: dayOf(atMs) };
    return { ...of, id: random.uuid(at), at: instant(at), recorded_at: instant(at) };
  });
}

type Month = {
  readonly lastMs: number;
  readonly thisMs: number;
  readonly metered: readonly Metered[];
  readonly random: Random;
};

/** Last month's, issued an hour into this one. */
function planInvoice(organisation: SeedOrganisation, { lastMs, thisMs, metered, random }: Month) {
  const requests = metered
    .filter(({ organisationId, atMs }) => organisationId === organisation.id && atMs < thisMs)
    .reduce((sum, each) => sum + each.requests, 0);
  const plan = planOf(organisation);
  const fee = plan === 'growth' ? '4900' : '0';
  const issuedMs = thisMs + 3_600_000;
  const id = random.uuid(issuedMs);
  const row = {
    organisation_id: organisation.id,
    id,
    number: 1,
    plan,
    requests,
    total_minor: fee,
    currency: 'EUR',
    period_start: dayOf(lastMs),
    period_end: dayOf(thisMs),
    issued_at: instant(issuedMs),
    lines: [
      { kind: 'MONTHLY_FEE', quantity: 1, amountMinor: fee },
      { kind: 'INCLUDED_REQUESTS', quantity: requests, amountMinor: '0' },
    ],
  };
  const event: NumberedEntry = {
    type: 'hub.invoice-issued.v1',
    data: {
      invoiceId: id,
      number: 'API-000001',
      requests,
      total: { amountMinor: fee, currency: 'EUR' },
      periodStart: instant(lastMs),
      periodEnd: instant(thisMs),
    },
    organisationId: organisation.id,
    streamId: `platform-invoice-${id}`,
    version: 1,
    atMs: issuedMs,
    id: random.uuid(issuedMs),
    actor: 'system',
    correlationId: organisation.id,
  };
  return { row, event };
}
