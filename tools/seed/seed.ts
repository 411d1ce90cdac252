import { numberLog, type LogEntry } from './log.ts';
import { eventsLog, guestsLog, venuesLog } from './log-planning.ts';
import { ticketsLog } from './log-tickets.ts';
import { eventsRows, guestsRows, venuesRows, type TableRows } from './rows-planning.ts';
import { ticketsRows } from './rows-tickets.ts';
import type { World } from './types.ts';
import { planWorld } from './world.ts';
import { readMarker, withOwner, writeService } from './write.ts';

type Writer = { readonly rows: (world: World) => TableRows[]; readonly log: (world: World) => LogEntry[] };

/** In the order of their size: the longest begins first. */
const writers = {
  tickets: { rows: ticketsRows, log: ticketsLog },
  guests: { rows: guestsRows, log: guestsLog },
  venues: { rows: venuesRows, log: venuesLog },
  events: { rows: eventsRows, log: eventsLog },
} as const satisfies Record<string, Writer>;

export type SeededService = keyof typeof writers;

export type SeedOptions = {
  /** The owner's URL of each service's database, migrations run. */
  readonly databases: Readonly<Record<SeededService, string>>;
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
  const markers = await Promise.all(
    services.map((service) => withOwner(options.databases[service], readMarker)),
  );
  const known = markers.find((marker) => marker !== null);
  const marker = known ?? {
    seed: options.seed ?? 'marquee',
    startDay: options.startDay ?? new Date().toISOString().slice(0, 10),
  };
  const missing = services.filter((_, index) => markers[index] === null);
  if (missing.length === 0) return { seeded: [], rows: 0, startDay: marker.startDay };
  options.onProgress?.('planning the demo world');
  const world = planWorld(marker);
  const counts = await Promise.all(
    missing.map((service) =>
      withOwner(options.databases[service], async (client) => {
        const { rows, log } = writers[service];
        const count = await writeService(client, marker, rows(world), numberLog(world, service, log(world)));
        options.onProgress?.(`${service}: ${count.toLocaleString('en')} rows`);
        return count;
      }),
    ),
  );
  return { seeded: missing, rows: counts.reduce((sum, count) => sum + count, 0), startDay: marker.startDay };
}
