import type { Client } from 'pg';
import { numberLog, type LogEntry } from './log.ts';
import { eventsLog, guestsLog, venuesLog } from './log-planning.ts';
import { ticketsLog } from './log-tickets.ts';
import type { TableRows } from './rows.ts';
import { eventsRows, guestsRows, venuesRows } from './rows-planning.ts';
import { ticketsRows } from './rows-tickets.ts';
import type { World } from './types.ts';
import { planWorld } from './world.ts';
import { connectOwner, readMarker, writeService, type Marker } from './write.ts';

type Writer = { readonly rows: (world: World) => TableRows[]; readonly log: (world: World) => LogEntry[] };

/**
 * In the order of their commits: who only hears of things before those whose events tell of them. A service that is up
 * already then finds in its own rows what an event says, and does nothing.
 */
const writers = {
  tickets: { rows: ticketsRows, log: ticketsLog },
  venues: { rows: venuesRows, log: venuesLog },
  guests: { rows: guestsRows, log: guestsLog },
  events: { rows: eventsRows, log: eventsLog },
} as const satisfies Record<string, Writer>;

export type SeededService = keyof typeof writers;

export type SeedOptions = {
  /** The owner's URL of each service's database, migrations run. */
  readonly databases: Readonly<Record<SeededService, string>>;
  /** Where services keep the key-encryption keys of what is personal in their logs; without one it is in clear. */
  readonly fieldKeys?: Partial<Readonly<Record<SeededService, string>>>;
  /** Default `marquee`. */
  readonly seed?: string;
  /** Default today in UTC, such as `2027-03-20`; without effect where some service is seeded already. */
  readonly startDay?: string;
  readonly onProgress?: (message: string) => void;
};

export type SeedResult = {
  /** Services that had no demo data before; empty when there was nothing to do. */
  readonly seeded: readonly SeededService[];
  readonly rows: number;
  readonly startDay: string;
};

/**
 * Fills the services' databases with the demo world: rows and their events. Each service gets all or nothing, and what
 * is there stays: run again after an interruption, it goes on with the same world; run when done, it does nothing.
 */
export async function seed(options: SeedOptions): Promise<SeedResult> {
  const services = Object.keys(writers) as SeededService[];
  const clients = await Promise.all(services.map((service) => connectOwner(options.databases[service])));
  try {
    const markers = await Promise.all(clients.map(readMarker));
    const marker = markers.find((known) => known !== null) ?? {
      seed: options.seed ?? 'marquee',
      startDay: options.startDay ?? new Date().toISOString().slice(0, 10),
    };
    const missing = services.flatMap((service, index) =>
      markers[index] === null ? [{ service, client: clients[index]! }] : [],
    );
    const rows = missing.length > 0 ? await writeAll(missing, marker, options) : 0;
    return { seeded: missing.map(({ service }) => service), rows, startDay: marker.startDay };
  } finally {
    // Ends what is still open of a seeding that failed: nothing of it stays.
    await Promise.all(clients.map((client) => client.end()));
  }
}

async function writeAll(
  missing: readonly { readonly service: SeededService; readonly client: Client }[],
  marker: Marker,
  { onProgress, fieldKeys = {} }: SeedOptions,
): Promise<number> {
  onProgress?.('planning the demo world');
  const world = planWorld(marker);
  const counts = await Promise.all(
    missing.map(async ({ service, client }) => {
      const { rows, log } = writers[service];
      const events = numberLog(world, service, log(world));
      const count = await writeService(client, marker, rows(world), events, fieldKeys[service]);
      onProgress?.(`${service}: ${count.toLocaleString('en')} rows`);
      return count;
    }),
  );
  for (const { client } of missing) await client.query('commit');
  return counts.reduce((sum, count) => sum + count, 0);
}
