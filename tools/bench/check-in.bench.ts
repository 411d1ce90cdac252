import { generateKeyPairSync, sign } from 'node:crypto';
import type { MigrationClass } from '@marquee/postgres';
import { migrate, systemScope, type Database } from '@marquee/postgres';
import { newUuid, type Outcome } from '@marquee/kernel';
import pg from 'pg';
import { importAppModule } from '../client/app-module.ts';
import { percentile } from '../client/statistics.ts';
import { compare, units, type Bench, type BenchOptions, type BenchRow, type Contender } from './harness.ts';
import { drive, withLogWorld, type LogWorld } from './log-world.ts';

const gates = 8;
const batch = 1_000;

export const checkInBench: Bench = {
  name: 'check-in',
  summary:
    'tickets read at gates, and a thousand readings synced; beside a row-by-row check-in on the same server',
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

type Door = {
  readonly database: Database;
  readonly organisationId: string;
  readonly occurrenceId: string;
  readonly services: object;
  /** Tickets that nobody has read yet. */
  tickets(count: number): Promise<string[]>;
};

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const door = await openDoor(world);
  const peer = await openPeer(world);
  try {
    return [...(await readings(door, peer, options)), ...(await syncs(door, peer, options))];
  } finally {
    await peer.pool.end();
  }
}

/** The service's own tables and use cases, on an occurrence of which every ticket is issued. */
async function openDoor(world: LogWorld): Promise<Door> {
  const { migrations } = await importAppModule<{ migrations: readonly MigrationClass[] }>(
    'tickets/src/migrations/index.ts',
  );
  const database = await world.open(gates);
  const owner = new URL(world.adminUrl);
  owner.pathname = '/bench';
  await migrate({ url: owner.href, migrations: [...migrations] });
  const client = new pg.Client({ connectionString: owner.href });
  await client.connect();
  await client.query('alter table ticket drop constraint ticket_organisation_id_order_id_fkey');
  await client.query(
    'grant select, insert, update, delete on all tables in schema public to bench_app, marquee_system',
  );
  await client.end();
  const { createCredentialSigner } = await importAppModule<{
    createCredentialSigner: (key: object) => object;
  }>('tickets/src/tickets/credential.ts');
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const { organisationId } = world;
  const occurrenceId = newUuid();
  await database.transaction(systemScope, async (tx) => {
    await tx.execute(
      `insert into occurrence (organisation_id, id, event_id, event_title, event_status, starts_at, ends_at, time_zone,
         status, revision)
       values ($1, $2, $2, 'Bench', 'PUBLISHED', now(), now() + interval '2 hours', 'UTC', 'SCHEDULED', 1)`,
      [organisationId, occurrenceId],
    );
    await tx.execute('insert into check_in_list (organisation_id, id, occurrence_id) values ($1, $2, $2)', [
      organisationId,
      occurrenceId,
    ]);
  });
  const typeId = newUuid();
  return {
    database,
    organisationId,
    occurrenceId,
    services: { database, credentials: createCredentialSigner(key), wake: () => undefined },
    tickets: async (count) => {
      const ids = Array.from({ length: count }, () => newUuid());
      await database.transaction(systemScope, (tx) =>
        tx.execute(
          `insert into ticket (organisation_id, id, order_id, order_line_id, occurrence_id, ticket_type_id, guest_id, status)
           select $1, id, id, id, $2, $3, id, 'VALID' from unnest($4::uuid[]) as id`,
          [organisationId, occurrenceId, typeId, ids],
        ),
      );
      return ids;
    },
  };
}

type Peer = {
  readonly pool: pg.Pool;
  read(ticketId: string): Promise<void>;
  tickets(count: number): Promise<string[]>;
};

/**
 * How it is written first: lock the ticket, look whether it was read, write the reading and a message of it for others,
 * then count what there is for the screen. Ours also checks the signature, the list's rule and the tenant, keeps who
 * repeats a reading from a second one, and what is refused too.
 */
async function openPeer(world: LogWorld): Promise<Peer> {
  const url = new URL(world.adminUrl);
  url.pathname = '/peer';
  const pool = new pg.Pool({ connectionString: url.href, max: gates });
  pool.on('error', () => undefined); // the server ends idle connections when it stops
  await pool.query(`create table ticket (id uuid primary key, status text not null);
    create table reading (id uuid primary key, ticket_id uuid references ticket, gate text, at timestamptz not null);
    create index on reading (ticket_id);
    create table outbox (id bigint generated always as identity primary key, message jsonb not null)`);
  return {
    pool,
    read: async (ticketId) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        await client.query('select * from ticket where id = $1 for update', [ticketId]);
        const { rowCount } = await client.query('select id from reading where ticket_id = $1', [ticketId]);
        if (rowCount === 0) {
          await client.query('insert into reading values ($1, $2, $3, now())', [newUuid(), ticketId, 'gate']);
          await client.query('insert into outbox (message) values ($1)', [JSON.stringify({ ticketId })]);
        }
        await client.query('select count(*) from reading');
        await client.query('commit');
      } finally {
        client.release();
      }
    },
    tickets: async (count) => {
      const ids = Array.from({ length: count }, () => newUuid());
      await pool.query(`insert into ticket select id, 'VALID' from unnest($1::uuid[]) as id`, [ids]);
      return ids;
    },
  };
}

type Scan = (services: object, viewer: object, request: object) => Promise<Outcome<object>>;

async function readings(door: Door, peer: Peer, options: BenchOptions): Promise<BenchRow[]> {
  const { scanTicket } = await importAppModule<{ scanTicket: Scan }>('tickets/src/scans/scan-ticket.ts');
  const { credentials } = door.services as { credentials: { sign(claims: object): string } };
  const times = options.quick ? { warmUpMs: 300, measureMs: 700 } : { warmUpMs: 1_000, measureMs: 5_000 };
  const enough = Math.ceil(((times.warmUpMs + times.measureMs) / 1_000) * 4_000);
  const { organisationId, occurrenceId } = door;
  const viewer = { subject: 'user:bench', organisationId, role: 'SCANNER', scopes: [] };
  const run = async (tickets: string[], read: (ticketId: string, gate: number) => Promise<unknown>) => {
    let gate = 0;
    const { perSecond, latencies } = await drive(gates, times, () => {
      const own = gate++;
      return () => read(tickets.pop() ?? newUuid(), own);
    });
    return { 'scans/s': perSecond, p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) };
  };
  const ours: Contender<'scans/s' | 'p50' | 'p99'> = {
    name: 'marquee',
    measure: async () =>
      run(await door.tickets(enough), (ticketId, gate) =>
        scanTicket(door.services, viewer, {
          occurrenceId,
          credential: credentials.sign({ ticketId, occurrenceId, epoch: 1 }),
          nonce: newUuid(),
          scannedAt: new Date(),
          deviceId: `gate ${gate}`,
        }),
      ),
  };
  const theirs = { name: 'row by row', measure: async () => run(await peer.tickets(enough), peer.read) };
  const figures = { 'scans/s': units.operationsPerSecond, p50: units.milliseconds, p99: units.milliseconds };
  return compare(`${gates} gates with network`, figures, ours, theirs, options);
}

type Format = {
  encodeBatch(batch: object, key: object): Buffer;
};

async function syncs(door: Door, peer: Peer, options: BenchOptions): Promise<BenchRow[]> {
  const { syncScans } = await importAppModule<{
    syncScans: (services: object, request: object) => Promise<Outcome<object>>;
  }>('tickets/src/devices/sync-scans.ts');
  const { encodeBatch } = await importAppModule<Format>('tickets/src/door/index.ts');
  const device = await enrol(door);
  let number = 0;
  const ours: Contender<'time' | 'body'> = {
    name: 'marquee',
    measure: async () => {
      const atMs = Date.now() - batch * 1_500;
      const readingsOf = (await door.tickets(batch)).map((ticketId, place) => ({
        number: (number += 1),
        direction: 'IN',
        atMs: atMs + place * 1_499,
        ticketId,
        epoch: 1,
        reason: null,
      }));
      const sent = { deviceId: device.id, listId: door.occurrenceId, readings: readingsOf };
      const body = encodeBatch(sent, device.key).toString('base64url').length;
      const began = performance.now();
      const { organisationId } = door;
      const receivedAt = new Date();
      const synced = await syncScans(door.services, {
        organisationId,
        batch: sent,
        clockBehindMs: 0,
        receivedAt,
      });
      if (!synced.ok) throw new Error(synced.refusal.message);
      return { time: performance.now() - began, body };
    },
  };
  const theirs: Contender<'time' | 'body'> = {
    name: 'row by row',
    measure: async () => {
      const tickets = await peer.tickets(batch);
      const body = JSON.stringify(
        tickets.map((ticketId) => ({ id: newUuid(), ticketId, at: new Date() })),
      ).length;
      const began = performance.now();
      for (const ticketId of tickets) await peer.read(ticketId);
      return { time: performance.now() - began, body };
    },
  };
  return compare(
    `sync of ${batch} readings`,
    { time: units.milliseconds, body: units.bytes },
    ours,
    theirs,
    options,
  );
}

async function enrol(door: Door) {
  const { createDevice, enrolDevice } = await importAppModule<
    Record<'createDevice' | 'enrolDevice', (services: object, ...more: object[]) => Promise<Outcome<object>>>
  >('tickets/src/devices/manage-devices.ts');
  const viewer = { subject: 'user:bench', organisationId: door.organisationId };
  const wanted = { name: 'bench', gate: 'bench', listIds: [door.occurrenceId] };
  const made = await createDevice(door.services, viewer, wanted);
  if (!made.ok) throw new Error(made.refusal.message);
  const { code } = made.value as { readonly code: string };
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const text = `marquee enrol ${code.replace('-', '')}`;
  const proof = sign(null, Buffer.from(text), privateKey).toString('base64url');
  const { x } = publicKey.export({ format: 'jwk' });
  const enrolled = await enrolDevice(door.services, { code, publicKey: x, proof });
  if (!enrolled.ok) throw new Error(enrolled.refusal.message);
  const { device } = enrolled.value as { readonly device: { readonly id: string } };
  return { id: device.id, key: privateKey };
}
