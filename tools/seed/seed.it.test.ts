import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { temporaryDirectory, testDatabase, type TestDatabase } from '@marquee/testkit';
import { assertValidEvent } from '@marquee/contracts';
import { packPlugin, readPackage, readSettings } from '@marquee/plugin-sdk';
import { systemScope, type MigrationClass } from '@marquee/postgres';
import { importAppModule } from '../client/app-module.ts';
import { checkInvariants } from '../invariants/check.ts';
import { seedHub } from './hub.ts';
import { harbour as harbourLive } from './organisations.ts';
import { seed, type SeededService } from './seed.ts';
import { connectOwner, readMarker } from './write.ts';

const harbour = { organisationId: harbourLive.id };
const databases = {} as Record<SeededService, TestDatabase>;
const urls = () => ({
  venues: databases.venues.ownerUrl,
  events: databases.events.ownerUrl,
  guests: databases.guests.ownerUrl,
  tickets: databases.tickets.ownerUrl,
});

async function rows<R>(service: SeededService, sql: string): Promise<R[]> {
  return databases[service].database.read(systemScope, (tx) => tx.rows<R>(sql));
}

async function count(service: SeededService, from: string): Promise<number> {
  const [row] = await rows<{ count: string }>(service, `select count(*) from ${from}`);
  return Number(row!.count);
}

async function emptyDatabase(service: SeededService | 'hub'): Promise<TestDatabase> {
  const { migrations } = await importAppModule<{ migrations: MigrationClass[] }>(
    `${service}/src/migrations/index.ts`,
  );
  return testDatabase({ name: service, migrations });
}

beforeAll(async () => {
  for (const service of ['venues', 'events', 'guests', 'tickets'] as const) {
    databases[service] = await emptyDatabase(service);
  }
});

afterAll(async () => {
  for (const each of Object.values(databases)) await each.drop();
});

describe('seeding the services', () => {
  test('writes the world and says what it wrote', async () => {
    const { path } = await temporaryDirectory();
    const fieldKeys = { guests: `${path}/guests.json`, tickets: `${path}/tickets.json` };
    const result = await seed({ databases: urls(), fieldKeys, startDay: '2027-03-20' });
    expect(result.seeded).toHaveLength(4);
    expect(result.rows).toBeGreaterThan(100_000);
    expect(await count('venues', 'venue')).toBe(40);
    expect(await count('events', 'occurrence')).toBe(500);
    expect(await count('guests', 'guest')).toBe(20_000);
    expect(await count('tickets', 'ticket_order')).toBe(4_000);
    expect(await count('tickets', 'voucher')).toBe(6);
    expect(await count('tickets', 'payment_plan')).toBe(3);
    expect(await count('tickets', 'tax_rate')).toBe(3);
    expect(await count('tickets', 'fee_rule')).toBe(1);
    expect(await count('tickets', 'sale_terms where needs_approval')).toBe(3);
    expect(await count('tickets', `check_in_device where status = 'ACTIVE'`)).toBe(3);
    expect(await count('events', `event where status = 'DRAFT'`)).toBeGreaterThan(0);
    expect(await count('tickets', '(select distinct currency from ticket_type) x')).toBeGreaterThan(2);
    expect(await count('guests', 'event_subject_key')).toBe(20_000);
    expect(await count('guests', `event_log where data::text like '%@%'`)).toBe(0);
    expect(await count('tickets', `event_log where data::text like '%@%'`)).toBe(0);
  });

  test('does nothing when it is done, whatever the day', async () => {
    const again = await seed({ databases: urls(), startDay: '2028-01-01' });
    expect(again).toEqual({ seeded: [], rows: 0, startDay: '2027-03-20' });
    expect(await count('guests', 'guest')).toBe(20_000);
  });

  test('goes on with the same world where a service was left out', async () => {
    const fresh = await emptyDatabase('events');
    try {
      const result = await seed({ databases: { ...urls(), events: fresh.ownerUrl }, startDay: '2028-01-01' });
      expect(result).toMatchObject({ seeded: ['events'], startDay: '2027-03-20' });
      const ids = (tx: { rows<R>(sql: string): Promise<R[]> }) =>
        tx.rows('select id from occurrence order by id');
      const same = await databases.events.database.read(systemScope, ids);
      expect(await fresh.database.read(systemScope, ids)).toEqual(same);
    } finally {
      await fresh.drop();
    }
  });
});

test('gives a home of an earlier release the plugin once, and not where it is not wanted any more', async () => {
  const hub = await emptyDatabase('hub');
  try {
    // As the demo data was when nobody had a plugin.
    const client = await connectOwner(hub.ownerUrl);
    await readMarker(client);
    await client.query(`insert into demo_data values ('marquee', '2026-06-01')`);
    await client.end();
    const change = (sql: string) => hub.database.transaction(harbour, (tx) => tx.execute(sql));
    await change(`insert into plan_subscription (organisation_id, plan, invoiced_until)
      values ('${harbour.organisationId}', 'free', '2026-06-01')`);
    expect(await seedHub(hub.ownerUrl)).toBeGreaterThan(0);
    expect(await seedHub(hub.ownerUrl)).toBe(0);
    // Uninstalled, and forgotten with its log.
    await change('delete from plugin');
    expect(await seedHub(hub.ownerUrl)).toBe(0);
  } finally {
    await hub.drop();
  }
}, 60_000);

test('gives an organisation a plugin that the hub can run, once', async () => {
  const hub = await emptyDatabase('hub');
  try {
    expect(await seedHub(hub.ownerUrl)).toBeGreaterThan(0);
    expect(await seedHub(hub.ownerUrl)).toBe(0);
    type Row = { manifest: unknown; code: string; settings: unknown; type: string; data: unknown };
    const rows = await hub.database.read(systemScope, (tx) =>
      tx.rows<Row>(
        `select p.manifest, p.code, p.settings, e.type, e.data
           from plugin p join event_log e on e.stream_id = 'plugin-' || p.id where p.status = 'ENABLED'`,
      ),
    );
    expect(rows).toHaveLength(1);
    const { manifest, code, settings, type, data } = rows[0]!;
    const { manifest: read } = readPackage(packPlugin(manifest, code));
    expect(readSettings(read.settings, settings)).toEqual({ ok: true, value: { percent: 10, days: 30 } });
    assertValidEvent({ type, data } as never);
    expect(data).toMatchObject({ name: 'early-bird', version: read.version });
  } finally {
    await hub.drop();
  }
});

describe('the seeded databases', () => {
  test('keep every invariant of the domain', async () => {
    const checked = Object.entries(databases).map(([service, { database }]) => ({ service, database }));
    const { invariants } = await checkInvariants(checked);
    expect(invariants.flatMap(({ checks }) => checks.filter(({ violations }) => violations > 0))).toEqual([]);
    const looked = invariants.filter((finding) => (finding.looked ?? 0) > 0);
    expect(looked.map(({ number }) => number)).toEqual(
      expect.arrayContaining([1, 2, 4, 5, 6, 7, 8, 12, 13, 14, 15]),
    );
  });

  test.each([
    [
      'quotas without a bucket for an occurrence of their event',
      `occurrence o join quota q on q.event_id = o.event_id
       left join quota_bucket b on b.occurrence_id = o.id and b.quota_id = q.id where b.quota_id is null`,
    ],
    [
      'orders of guests that nobody knows',
      `ticket_order o left join guest g on g.id = o.guest_id where g.id is null`,
    ],
    [
      'places kept for a cancelled occurrence',
      `quota_claim c join occurrence o on o.id = c.occurrence_id where o.status = 'CANCELLED'`,
    ],
  ])('has no %s', async (_, broken) => {
    expect(await count('tickets', broken)).toBe(0);
  });

  test('has counters that are the sums of its events', async () => {
    const [fromLog] = await rows(
      'tickets',
      `select
         sum(case
           when type = 'tickets.hold-placed.v1' then n
           when type in ('tickets.hold-released.v1', 'tickets.hold-expired.v1', 'tickets.order-expired.v1',
             'tickets.order-cancelled.v1') then -n
           when type = 'tickets.order-paid.v1' then -(data->>'heldQuantity')::int
           else 0 end) as held,
         sum(case when type = 'tickets.order-paid.v1' then n when type = 'tickets.ticket-cancelled.v1' then -1 else 0 end)
           as sold
       from (select type, data, (data->>'quantity')::int as n from event_log) e`,
    );
    const [fromBuckets] = await rows(
      'tickets',
      'select sum(held) as held, sum(sold) as sold from quota_bucket',
    );
    expect(fromLog).toEqual(fromBuckets);
  });
});

describe('the seeded databases', () => {
  test.each(['venues', 'events', 'guests', 'tickets'] as const)(
    '%s has a log without gaps in any stream',
    async (service) => {
      expect(await count(service, 'event_log')).toBeGreaterThan(300);
      const broken = `(select stream_id from event_stream s join
      (select organisation_id, stream_id, count(*) as events, max(version) as newest from event_log group by 1, 2) l
      using (organisation_id, stream_id) where events <> newest or newest <> s.version or last_tx is null) x`;
      expect(await count(service, broken)).toBe(0);
      expect(await count(service, 'event_stream')).toBe(
        await count(service, '(select distinct stream_id from event_log) x'),
      );
    },
  );

  test('agree on occurrences, guests and bookings', async () => {
    const facts = 'id, event_id, space_id, starts_at, ends_at, status, revision from occurrence order by id';
    expect(await rows('tickets', `select ${facts}`)).toEqual(await rows('events', `select ${facts}`));
    const people = 'organisation_id, id, email, name from guest order by id';
    const known = await rows('guests', `select ${people}`);
    expect(known).toEqual(expect.arrayContaining(await rows('tickets', `select ${people} limit 100`)));
    const bookings = await rows('venues', `select occurrence_id as id, status from space_booking order by 1`);
    const expected = await rows(
      'events',
      'select id, space_booking_status as status from occurrence order by 1',
    );
    expect(bookings).toEqual(expected);
  });
});
