import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '@marquee/embedded';
import { newUuid, type Outcome } from '@marquee/kernel';
import {
  migrate,
  openDatabase,
  provisionDatabase,
  systemScope,
  type Database,
  type MigrationClass,
  type Transaction,
} from '@marquee/postgres';
import { scopesOf, type Viewer } from '@marquee/subgraph';
import pg from 'pg';
import { peerTables } from './rush-peers.ts';
import { importAppModule } from '../client/app-module.ts';
import { serverCpuMs } from './server-cpu.ts';

/** What is sold in one rush: a fresh occurrence with this many places. */
export type Sale = {
  readonly occurrenceId: string;
  readonly quotaId: string;
  readonly ticketTypeId: string;
  readonly seatIds: readonly string[];
};

/** Takes one ticket (of this seat, where seats are chosen). False: it is gone. Throws where it could not be judged. */
export type Buy = (sale: Sale, seatId: string | null) => Promise<boolean>;

type HoldTickets = (
  services: object,
  viewer: Viewer,
  request: object,
) => Promise<Outcome<{ readonly id: string }>>;

/** What peers work with: bare connections to the same database, which cost less than ours. */
export type PeerWorld = { readonly pool: pg.Pool; readonly organisationId: string };

export type RushWorld = {
  /** The service's own use case, over so many connections; `coalesced` as the service runs, else each request alone. */
  readonly buy: (manner: 'coalesced' | 'alone') => Buy;
  /** A fresh occurrence with a ticket type for so many places. */
  prepare(places: number, seated: boolean): Promise<Sale>;
  /** How many are held, by the claims, by the counters, by the holds and by the events; and whether any twice. */
  count(sale: Sale): Promise<{
    readonly claims: number;
    readonly counted: number;
    readonly holds: number;
    readonly events: number;
    readonly keys: number;
  }>;
  readonly peer: PeerWorld;
  /** Has the server do now what it must from time to time, so that it falls into nobody's rush. */
  checkpoint(): Promise<void>;
  /** Processor time used so far by PostgreSQL and this process, in milliseconds; null where it cannot be told. */
  cpuMs(): number | null;
};

const connections = 16;

/** A server that forces to disk what it has committed, the tickets service's tables, and an empty database for peers. */
export async function withRushWorld<T>(
  log: (line: string) => void,
  work: (world: RushWorld) => Promise<T>,
): Promise<T> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-bench-'));
  log('starting PostgreSQL, durable (fsync on)');
  const superuserPassword = newUuid();
  const server = await startPostgres({
    dataDirectory: join(home, 'postgres'),
    logFile: join(home, 'postgres.log'),
    superuserPassword,
    settings: { min_wal_size: '1GB' },
  });
  const closing: (() => Promise<unknown>)[] = [];
  try {
    const place = { adminUrl: server.url, passwordFor: () => superuserPassword };
    const { ownerUrl, appUrl } = await provisionDatabase({ ...place, database: 'tickets' });
    const { migrations } = await importAppModule<{ migrations: readonly MigrationClass[] }>(
      'tickets/src/migrations/index.ts',
    );
    await migrate({ url: ownerUrl, migrations: [...migrations] });
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    await owner.query(peerTables);
    await owner.end();
    const database = await openDatabase({
      url: appUrl,
      applicationName: 'bench',
      entities: [],
      poolSize: connections,
      connectTimeoutMs: 60_000,
    });
    closing.push(() => database.close());
    const superuser = new pg.Client({ connectionString: server.url });
    superuser.on('error', () => undefined);
    await superuser.connect();
    closing.push(() => superuser.end());
    const peer = new pg.Pool({ connectionString: appUrl, max: connections });
    peer.on('error', () => undefined); // the server ends idle connections when it stops
    closing.push(() => peer.end());
    const organisationId = newUuid();
    const cpuMs = () => {
      const ofServer = serverCpuMs(server.pid);
      const { user, system } = process.cpuUsage();
      return ofServer === null ? null : ofServer + (user + system) / 1_000;
    };
    return await work({
      ...(await ours(database, organisationId)),
      peer: { pool: peer, organisationId },
      checkpoint: async () => void (await superuser.query('checkpoint')),
      cpuMs,
    });
  } finally {
    for (const close of closing) await close().catch((error: unknown) => log(String(error)));
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

async function ours(
  database: Database,
  organisationId: string,
): Promise<Omit<RushWorld, 'peer' | 'checkpoint' | 'cpuMs'>> {
  const { holdTickets } = await importAppModule<{ holdTickets: HoldTickets }>(
    'tickets/src/holds/hold-tickets.ts',
  );
  const { createGranting } = await importAppModule<{ createGranting: (services: object) => object }>(
    'tickets/src/holds/granting.ts',
  );
  const { createWaitingRooms } = await importAppModule<{ createWaitingRooms: (needs: object) => object }>(
    'tickets/src/waiting-room/waiting-rooms.ts',
  );
  const wake = () => undefined;
  const alone = {
    database,
    terms: { holdMinutes: 10 },
    wake,
    // As the service has them: no room is on here, and every hold comes by.
    waitingRooms: createWaitingRooms({ database, secret: newUuid(), wake }),
    logger: { warn: (fields: object) => process.stderr.write(`${JSON.stringify(fields)}\n`) },
  };
  const services = { alone, coalesced: { ...alone, granting: createGranting(alone) } };
  return {
    buy: (manner) => async (sale, seatId) => {
      const viewer: Viewer = {
        subject: `user:${newUuid()}`,
        organisationId,
        role: 'GUEST',
        scopes: scopesOf('GUEST'),
      };
      const item = {
        ticketTypeId: sale.ticketTypeId,
        quantity: seatId === null ? 1 : null,
        seatIds: seatId === null ? [] : [seatId],
      };
      const outcome = await holdTickets(services[manner], viewer, {
        idempotencyKey: newUuid(),
        occurrenceId: sale.occurrenceId,
        items: [item],
      });
      if (outcome.ok) return true;
      if (['NotEnoughTickets', 'SeatsTaken'].includes(outcome.refusal.kind)) return false;
      throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    },
    prepare: (places, seated) =>
      database.transaction({ organisationId }, (tx) => prepare(tx, places, seated)),
    count: (sale) => database.transaction(systemScope, (tx) => count(tx, sale)),
  };
}

async function prepare(tx: Transaction, places: number, seated: boolean): Promise<Sale> {
  const ids = {
    occurrence: newUuid(),
    event: newUuid(),
    space: newUuid(),
    type: newUuid(),
    quota: newUuid(),
  };
  const own = tx.organisationId;
  const run = (sql: string, ...values: unknown[]) => tx.execute(sql, [own, ...values]);
  await run(
    `insert into occurrence (organisation_id, id, event_id, event_title, event_status, space_id, starts_at, ends_at,
       time_zone, status, revision)
     values ($1, $2, $3, 'Rush', 'PUBLISHED', $4, now() + interval '9 days', now() + interval '10 days', 'UTC',
       'SCHEDULED', 1)`,
    ids.occurrence,
    ids.event,
    seated ? ids.space : null,
  );
  const seatIds = seated ? Array.from({ length: places }, () => newUuid()) : [];
  if (seated) {
    await run(
      `insert into space_map (organisation_id, space_id, seat_map_id, version) values ($1, $2, $2, 1)`,
      ids.space,
    );
    await run(
      `insert into space_seat (organisation_id, space_id, id, section_name, row_label, label, version)
       select $1, $2, id, 'Stalls', (place / 50)::text, (place % 50)::text, 1
       from unnest($3::uuid[]) with ordinality as seat (id, place)`,
      ids.space,
      seatIds,
    );
  }
  await run(
    `insert into ticket_type (organisation_id, id, event_id, name, price_minor, currency, max_per_order, section_name,
       seated) values ($1, $2, $3, 'Ticket', 4500, 'EUR', 10, $4, $5)`,
    ids.type,
    ids.event,
    seated ? 'Stalls' : null,
    seated,
  );
  await run(
    `insert into quota (organisation_id, id, event_id, name, size) values ($1, $2, $3, 'Ticket', $4)`,
    ids.quota,
    ids.event,
    places,
  );
  await run(
    `insert into ticket_type_quota (organisation_id, ticket_type_id, quota_id) values ($1, $2, $3)`,
    ids.type,
    ids.quota,
  );
  return { occurrenceId: ids.occurrence, ticketTypeId: ids.type, quotaId: ids.quota, seatIds };
}

async function count(tx: Transaction, { occurrenceId }: Sale) {
  const [row] = await tx.rows<Awaited<ReturnType<RushWorld['count']>>>(
    `select (select coalesce(sum(quantity), 0) from quota_claim where occurrence_id = $1)::integer as claims,
       (select coalesce(sum(held + sold), 0) from quota_bucket where occurrence_id = $1)::integer as counted,
       (select coalesce(sum(quantity), 0) from hold where occurrence_id = $1)::integer as holds,
       (select count(*) from event_log join hold on stream_id = 'hold-' || hold.id
        where occurrence_id = $1 and type = 'tickets.hold-placed.v1')::integer as events,
       (select count(*) from idempotency_key k join hold on (k.outcome ->> 'value')::uuid = hold.id
        where occurrence_id = $1)::integer as keys`,
    [occurrenceId],
  );
  return row!;
}
