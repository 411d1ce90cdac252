import {
  createAppender,
  logStart,
  readAll,
  streamId,
  type Appender,
  type LogPosition,
} from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { connectMessaging, type Messaging, type Subscription } from '@marquee/messaging';
import { openDatabase, systemScope, type Database } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { holdPlaced } from './log-world.ts';
import { clockMs, cpuUs, openLoop, serveTasks } from './worker-process.ts';

/** What a process of the relay's bench is told: to be the service with the log, or one that handles its events. */
export type RelayTask =
  | {
      readonly task: 'connect';
      readonly service: string;
      readonly databaseUrl: string;
      readonly natsUrl: string;
      readonly namespace: string;
    }
  | { readonly task: 'fill'; readonly events: number; readonly organisations: number }
  | { readonly task: 'relay' }
  | { readonly task: 'append'; readonly perSecond: number; readonly forMs: number }
  /** With `note`, when what comes after the first `handled` arrives. */
  | { readonly task: 'project'; readonly name: string; readonly note: boolean }
  /** Reads the whole log, page after page, as any feed does; answers how many events there are. */
  | { readonly task: 'read' }
  /** Once so many were handled and no more are there; answers when that was, and how many they were. */
  | { readonly task: 'handled'; readonly events: number }
  | { readonly task: 'arrivals' }
  | { readonly task: 'memory' }
  | { readonly task: 'cpu' }
  | { readonly task: 'disconnect' };

let database: Database | null = null;
let messaging: Messaging | null = null;
let appender: Appender | null = null;
let subscription: Subscription | null = null;
/** When the event of a stream was handled. */
let arrivals = new Map<string, number>();
let noteArrivals = false;
let wantsArrivals = false;
const organisationId = newUuid();

serveTasks<RelayTask>(perform, disconnect);

async function perform(task: RelayTask): Promise<unknown> {
  switch (task.task) {
    case 'connect': {
      const { service, databaseUrl, natsUrl, namespace } = task;
      database = await openDatabase({ url: databaseUrl, applicationName: service, entities: [] });
      messaging = await connectMessaging({
        url: natsUrl,
        namespace,
        service,
        database,
        logger: silentLogger,
      });
      return until(() => messaging!.health().connected);
    }
    case 'fill':
      return fill(task);
    case 'relay':
      messaging!.startRelay();
      return clockMs();
    case 'append':
      return append(task);
    case 'project':
      wantsArrivals = task.note;
      subscription = messaging!.project({
        name: task.name,
        // It notes when what arrived: nothing that a crash could take.
        derived: true,
        events: {
          'tickets.hold-placed.v1': async (event) => {
            if (noteArrivals) arrivals.set(event.streamId, clockMs());
          },
        },
      });
      return undefined;
    case 'read':
      return readLog();
    case 'handled':
      await until(() => subscription!.status().handled >= task.events && subscription!.status().lag === 0);
      noteArrivals = wantsArrivals;
      return { atMs: clockMs(), events: subscription!.status().handled };
    case 'arrivals': {
      const noted = arrivals;
      arrivals = new Map();
      return noted;
    }
    case 'memory':
      globalThis.gc?.();
      return process.memoryUsage();
    case 'cpu':
      return cpuUs();
    case 'disconnect':
      return disconnect();
  }
}

/** Appends single events at their times; answers when each was committed. */
async function append(plan: { perSecond: number; forMs: number }): Promise<Map<string, number>> {
  appender ??= createAppender(database!, { onCommit: messaging!.wake });
  const commits = new Map<string, number>();
  await openLoop(plan, async () => {
    const stream = streamId('hold', newUuid());
    await appender!.append({ organisationId, streamId: stream, events: [holdPlaced()] });
    commits.set(stream, clockMs());
  });
  return commits;
}

/** A log of many streams, whose organisations take turns event by event, as in a busy service. */
async function fill({ events, organisations }: { events: number; organisations: number }): Promise<void> {
  const ids = Array.from({ length: organisations }, () => newUuid());
  const filler = createAppender(database!, { maxFlushEvents: 1000 });
  const batch = 1000;
  for (let written = 0; written < events; written += batch) {
    await Promise.all(
      Array.from({ length: Math.min(batch, events - written) }, (_, index) =>
        filler.append({
          organisationId: ids[index % ids.length]!,
          streamId: streamId('hold', newUuid()),
          events: [holdPlaced()],
        }),
      ),
    );
  }
  await filler.drain();
}

async function readLog(): Promise<number> {
  let count = 0;
  for (let at: LogPosition = logStart; ;) {
    const page = await database!.read(systemScope, (tx) => readAll(tx, at, 1000));
    if (page.length === 0) return count;
    count += page.length;
    at = page.at(-1)!.position;
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}

async function disconnect(): Promise<void> {
  await appender?.drain();
  await messaging?.drain();
  await database?.close();
  [appender, messaging, database, subscription] = [null, null, null, null];
  [arrivals, noteArrivals] = [new Map(), false];
}
