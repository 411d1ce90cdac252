import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import type { MigrationClass } from '@marquee/postgres';
import { testDatabase, testServers, type TestDatabase } from '@marquee/testkit';
import { importAppModule } from '../client/app-module.ts';
import { checkInvariants, type Finding } from './check.ts';
import { domainInvariants } from './domain.ts';
import { formatFindings } from './report.ts';

const organisation = '00000000-0000-4000-8000-00000000000a';
const foreign = '00000000-0000-4000-8000-00000000000b';
const id = (place: number) => `00000000-0000-4000-8000-0000000001${String(place).padStart(2, '0')}`;

const services = ['venues', 'events', 'guests', 'tickets'] as const;
type Service = (typeof services)[number];
const databases = {} as Record<Service, TestDatabase>;
const admins = {} as Record<Service, pg.Client>;

/** Little of everything, with the events that it came from. */
const sound: Readonly<Record<Service, readonly string[]>> = {
  venues: [
    `insert into venue (id, organisation_id, name, time_zone, address_line1, city, country_code)
       values ('${id(1)}', '${organisation}', 'House', 'UTC', '1', 'Vienna', 'AT')`,
    `insert into space (id, organisation_id, venue_id, name, capacity)
       values ('${id(2)}', '${organisation}', '${id(1)}', 'Hall', 10)`,
    logged('space', id(2), 'venues.space-created.v1', {}),
    `insert into space_booking (id, organisation_id, occurrence_id, space_id, during, status, revision)
       values ('${id(3)}', '${organisation}', '${id(4)}', '${id(2)}', '[2027-03-20,2027-03-21)', 'BOOKED', 1)`,
    logged('booking', id(3), 'venues.space-booked.v1', { occurrenceId: id(4) }),
  ],
  events: [
    `insert into event (id, organisation_id, title, time_zone, starts_at_local, duration_minutes)
       values ('${id(5)}', '${organisation}', 'Night', 'UTC', '2027-03-20T19:00:00', 60)`,
    logged('event', id(5), 'events.event-created.v1', { status: 'DRAFT' }),
    `insert into occurrence (id, organisation_id, event_id, recurrence_id, starts_at_local, time_zone, starts_at, ends_at,
         space_booking_status)
       values ('${id(4)}', '${organisation}', '${id(5)}', '2027-03-20T19:00:00', '2027-03-20T19:00:00', 'UTC',
         '2027-03-20T19:00Z', '2027-03-20T20:00Z', 'NONE')`,
    logged('occurrence', id(4), 'events.occurrence-scheduled.v1', { status: 'SCHEDULED', revision: 1 }),
  ],
  guests: [
    `insert into guest (organisation_id, id, email, name) values ('${organisation}', '${id(6)}', 'a@b.c', 'Ada')`,
    logged('guest', id(6), 'guests.guest-registered.v1', {}),
    `insert into consent_record (organisation_id, id, guest_id, purpose, granted, recorded_by)
       values ('${organisation}', '${id(7)}', '${id(6)}', 'news', true, 'test')`,
    logged('guest', id(6), 'guests.consent-recorded.v1', {}),
  ],
  tickets: [
    `insert into guest (organisation_id, id, email, name) values ('${organisation}', '${id(6)}', 'a@b.c', 'Ada')`,
  ],
};

function logged(category: string, of: string, type: string, data: object): string {
  const stream = `'${organisation}', '${category}-${of}'`;
  return `with stream as (
      insert into event_stream (organisation_id, stream_id, version, last_tx) values (${stream}, 1, pg_current_xact_id())
      on conflict (organisation_id, stream_id) do update set version = event_stream.version + 1 returning version)
    insert into event_log (event_id, organisation_id, stream_id, version, type, data, correlation_id, actor)
    select gen_random_uuid(), ${stream}, version, '${type}', '${JSON.stringify(data)}', 'test', 'test' from stream`;
}

beforeAll(async () => {
  const { postgresUrl } = await testServers();
  for (const service of services) {
    const { migrations } = await importAppModule<{ migrations: MigrationClass[] }>(
      `${service}/src/migrations/index.ts`,
    );
    databases[service] = await testDatabase({ name: service, migrations });
    const url = new URL(postgresUrl);
    url.pathname = databases[service].name;
    admins[service] = new pg.Client({ connectionString: url.toString() });
    await admins[service].connect();
    for (const sql of sound[service]) await admins[service].query(sql);
  }
});
afterAll(async () => {
  for (const service of services) {
    await admins[service]?.end();
    await databases[service]?.drop();
  }
});

const check = () =>
  checkInvariants(services.map((service) => ({ service, database: databases[service].database })));
const brokenOf = (invariants: readonly Finding[]) =>
  invariants.filter(({ violations }) => violations > 0).map(({ number }) => number);

describe('the check of all invariants', () => {
  test('finds nothing where nothing is broken, and names all fifteen', async () => {
    const findings = await check();
    expect(brokenOf(findings.invariants)).toEqual([]);
    expect(findings.ok).toBe(true);
    expect(findings.invariants.map(({ number }) => number)).toEqual(
      domainInvariants.map((_, place) => place + 1),
    );
    expect(formatFindings(findings, { all: false })).toMatch(
      / 15\. erasing a guest[^]*All invariants hold\.$/,
    );
  });

  // Each is planted as the superuser, past every guard, and taken back by its second half.
  test.each<[number, Service, string, string]>([
    [
      12,
      'venues',
      `alter table space_booking drop constraint space_booking_no_overlap;
       insert into space_booking select '${id(9)}', organisation_id, '${id(9)}', space_id, during, status, revision
         from space_booking`,
      `delete from space_booking where id = '${id(9)}'`,
    ],
    [
      13,
      'venues',
      `update space_booking set status = 'RELEASED'`,
      `update space_booking set status = 'BOOKED'`,
    ],
    [13, 'events', 'update occurrence set revision = 7', 'update occurrence set revision = 1'],
    [13, 'events', `update event set status = 'PUBLISHED'`, `update event set status = 'DRAFT'`],
    [
      13,
      'guests',
      'update event_stream set version = version + 1',
      'update event_stream set version = version - 1',
    ],
    [
      13,
      'guests',
      `insert into guest (organisation_id, id, email, name) values ('${organisation}', '${id(9)}', 'x@y.z', 'Nobody')`,
      `delete from guest where id = '${id(9)}'`,
    ],
    [
      14,
      'guests',
      'alter table guest no force row level security',
      'alter table guest force row level security',
    ],
    [14, 'venues', 'create policy open on venue using (true)', 'drop policy open on venue'],
    [
      14,
      'events',
      `set session_replication_role = replica; update event set organisation_id = '${foreign}'`,
      `update event set organisation_id = '${organisation}'; set session_replication_role = origin`,
    ],
    [
      14,
      'tickets',
      `update guest set organisation_id = '${foreign}'`,
      `update guest set organisation_id = '${organisation}'`,
    ],
  ])('finds invariant %i broken in %s after: %s', async (number, service, plant, takeBack) => {
    await admins[service].query(plant);
    try {
      const { ok, invariants } = await check();
      expect(ok).toBe(false);
      expect(brokenOf(invariants)).toContain(number);
    } finally {
      await admins[service].query(takeBack);
    }
  });

  test('as a command: recognises the database, names what is broken and fails', async () => {
    const run = (...args: string[]) =>
      new Promise<{ code: number; out: string; err: string }>((resolve) => {
        execFile(
          process.execPath,
          ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts'), ...args],
          (error, out, err) => resolve({ code: Number(error?.code ?? 0), out, err }),
        );
      });
    const url = databases.venues.url;
    const [sane, unknown] = await Promise.all([
      run('--database', url, '--json'),
      run('--database', 'http://example.com'),
    ]);
    expect(sane).toMatchObject({ code: 0, err: '' });
    expect(JSON.parse(sane.out)).toMatchObject({ ok: true });
    expect(unknown.code).toBe(2);
    expect(unknown.err).toMatch(/--database must be a URL/);
    await admins.venues.query(`update space_booking set status = 'RELEASED'`);
    const broken = await run('--database', url);
    await admins.venues.query(`update space_booking set status = 'BOOKED'`);
    expect(broken.code).toBe(1);
    expect(broken.out).toMatch(/13\. every change of state[^]*booking 00000000[^]*BROKEN: 13\./);
  });
});
