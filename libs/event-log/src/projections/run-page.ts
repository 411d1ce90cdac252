import type { DomainEvent } from '@marquee/contracts';
import { asTenant, isPassing, systemScope, type Database } from '@marquee/postgres';
import { runWithCorrelation } from '@marquee/telemetry';
import type { EventInterceptor } from '../intercept.ts';
import type { RecordedEvent } from '../read-all.ts';
import { applyGrouped, moveCheckpoint, readNext, type Generation } from './generations.ts';
import type { AnyProjection } from './projection.ts';

/** Tries after which an event is given up. */
const maxTries = 5;

export type Paging = {
  readonly database: Database;
  readonly projection: AnyProjection;
  readonly interceptors: readonly EventInterceptor[];
  readonly onFailure: (error: unknown, event?: DomainEvent) => void;
  readonly pause: (attempt: number) => Promise<void>;
  readonly isStopped: () => boolean;
};

/** How many events a transaction takes: halved when one fails, doubled when it succeeds. */
export type PageSize = { now: number; readonly max: number };

/**
 * Applies the next page to a generation: effects and checkpoint in one transaction. Answers how many events were read,
 * fewer than the page takes where it is at the end; -1 where another process is at it.
 */
export async function runPage(paging: Paging, generation: Generation, size: PageSize): Promise<number> {
  const { database, projection, interceptors } = paging;
  const page = await database.read(systemScope, (tx) =>
    readNext(tx, projection, generation.position, size.now, interceptors),
  );
  if (page.length === 0) return 0;
  try {
    const applied = await applyPage(paging, generation, page);
    size.now = Math.min(size.now * 2, size.max);
    return applied ? page.length : -1;
  } catch (error) {
    if (page.length > 1) {
      size.now = Math.max(Math.floor(page.length / 2), 1);
      if (isPassing(error)) throw error;
      return size.max; // There is more: smaller, so that the faulty event is found and the others go through.
    }
    return (await insist(paging, generation, page, error)) ? 1 : -1;
  }
}

async function applyPage(
  { database, projection }: Paging,
  { generation, position }: Generation,
  page: readonly RecordedEvent[],
): Promise<boolean> {
  return database.transaction(systemScope, async (tx) => {
    const [lock] = await tx.rows<{ held: boolean }>(
      `select pg_try_advisory_xact_lock(hashtextextended('event projection ' || $1 || ' ' || $2, 0)) as held`,
      [projection.name, generation],
    );
    const key = { projection: projection.name, generation };
    if (!lock?.held || !(await moveCheckpoint(tx, key, position, page.at(-1)!.position, page.length)))
      return false;
    const events = page.map(({ event }) => event);
    await correlated(events, () => applyGrouped(tx, projection, events, generation));
    return true;
  });
}

/** What an apply appends or logs is laid to the event where it handles one alone. */
function correlated<T>(events: readonly DomainEvent[], work: () => Promise<T>): Promise<T> {
  const [event, another] = events;
  if (!event || another) return work();
  const { correlationId, actor, traceparent } = event;
  return runWithCorrelation({ correlationId, actor, ...(traceparent && { traceparent }) }, work);
}

/** One event that fails: tried again, then a dead letter, and the next one's turn. */
async function insist(
  paging: Paging,
  generation: Generation,
  page: readonly RecordedEvent[],
  first: unknown,
): Promise<boolean> {
  const { event } = page[0]!;
  let error = first;
  for (let tries = 1, attempt = 1; ; attempt++) {
    if (isPassing(error)) throw error;
    paging.onFailure(error, event);
    if (tries >= maxTries) return giveUp(paging, generation, page[0]!, error, tries);
    await paging.pause(attempt);
    if (paging.isStopped()) return true;
    try {
      return await applyPage(paging, generation, page);
    } catch (failure) {
      error = failure;
      tries += 1;
    }
  }
}

async function giveUp(
  { database, projection }: Paging,
  { generation, position }: Generation,
  { event, position: to }: RecordedEvent,
  error: unknown,
  tries: number,
): Promise<boolean> {
  return database.transaction(systemScope, async (tx) => {
    const key = { projection: projection.name, generation };
    if (!(await moveCheckpoint(tx, key, position, to, 0))) return false;
    await asTenant(tx, event.organisationId, (own) =>
      own.execute(
        `insert into event_projection_dead_letter
           (organisation_id, projection, generation, event_id, type, error, tries)
         values ($1, $2, $3, $4, $5, $6, $7)`,
        [event.organisationId, projection.name, generation, event.id, event.type, describe(error), tries],
      ),
    );
    return true;
  });
}

/** Name, message and causes, without the stack. */
export function describe(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; typeof at === 'object' && at !== null && parts.length < 5;) {
    const { name, message, cause } = at as { name?: unknown; message?: unknown; cause?: unknown };
    parts.push(`${String(name ?? 'Error')}: ${String(message ?? '')}`);
    at = cause;
  }
  return (parts.join('; caused by ') || String(error)).slice(0, 2_000);
}
