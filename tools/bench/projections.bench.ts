import {
  appendEvents,
  anyProjection,
  defineProjection,
  startProjections,
  streamId,
} from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { systemScope, tenantTable, type Database } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import pg from 'pg';
import { compare, units, type Bench, type BenchOptions, type BenchRow } from './harness.ts';
import { holdPlaced, withLogWorld, type LogWorld } from './log-world.ts';

const organisations = 4;

export const projectionsBench: Bench = {
  name: 'projections',
  summary:
    'an asynchronous projection of the log: pages grouped by organisation, beside an event a transaction',
  run: (options) => withLogWorld(options.log, (world) => measure(world, options)),
};

async function measure(world: LogWorld, options: BenchOptions): Promise<BenchRow[]> {
  const events = options.quick ? 2_000 : 40_000;
  await createTable(world);
  const database = await world.open(4);
  await fill(database, events);
  const contender = (name: string, pageSize: number, count: number) => ({
    name,
    measure: async () => ({ 'events/s': await project(database, pageSize, count) }),
  });
  return compare(
    `${organisations} organisations in turn`,
    { 'events/s': units.eventsPerSecond },
    contender('pages of 500', 500, events),
    contender('an event a transaction', 1, Math.ceil(events / 20)),
    options,
  );
}

async function createTable({ adminUrl }: LogWorld): Promise<void> {
  const url = new URL(adminUrl);
  url.pathname = '/bench';
  const admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  await admin.query(`
    set role bench_owner;
    create table held (organisation_id uuid not null, generation integer not null, tickets bigint not null,
                       primary key (organisation_id, generation));
    ${tenantTable('held')}`);
  await admin.end();
}

/** The organisations' events in turn: the least that grouping can gain from what stands together already. */
async function fill(database: Database, events: number): Promise<void> {
  const ids = Array.from({ length: organisations }, newUuid);
  for (let written = 0; written < events; written += 10) {
    await database.transaction({ organisationId: ids[(written / 10) % organisations]! }, (tx) =>
      appendEvents(tx, {
        streamId: streamId('hold', newUuid()),
        events: Array.from({ length: 10 }, holdPlaced),
      }),
    );
  }
}

/** Events a second from the start of the log until so many are projected, by a projection of its own. */
async function project(database: Database, pageSize: number, count: number): Promise<number> {
  const name = `held-${newUuid()}`;
  const projection = defineProjection({
    name,
    version: 1,
    mode: 'async',
    types: ['tickets.hold-placed.v1'],
    tables: ['held'],
    apply: async (tx, events, generation) => {
      await tx.execute(
        `insert into held (organisation_id, generation, tickets) values ($1, $2, $3)
         on conflict (organisation_id, generation) do update set tickets = held.tickets + excluded.tickets`,
        [tx.organisationId, generation, events.reduce((sum, { data }) => sum + data.quantity, 0)],
      );
    },
  });
  const startedAtMs = performance.now();
  const runner = startProjections(database, {
    projections: [anyProjection(projection)],
    logger: silentLogger,
    pageSize,
  });
  let handled = 0;
  while (handled < count) {
    await new Promise((resolve) => setTimeout(resolve, 10));
    handled = await database.read(systemScope, async (tx) => {
      const [row] = await tx.rows<{ handled: string }>(
        'select sum(handled) as handled from event_projection_generation where projection = $1',
        [name],
      );
      return Number(row?.handled ?? 0);
    });
  }
  const seconds = (performance.now() - startedAtMs) / 1_000;
  await runner.stop();
  return handled / seconds;
}
