import { upcasting, type DomainEvent } from '@marquee/contracts';
import { systemScope, asTenant, type Database, type Transaction } from '@marquee/postgres';
import type { EventInterceptor } from '../intercept.ts';
import { readTypes, type LogPosition, type RecordedEvent } from '../read-all.ts';
import { eventColumns, toDomainEvents, type EventRow } from '../row.ts';
import type { AnyProjection } from './projection.ts';

export type Generation = {
  readonly generation: number;
  readonly version: number;
  readonly position: LogPosition;
  readonly state: 'live' | 'building' | 'retired';
  readonly retiredAt: Date | null;
};

export type ProjectionState = {
  readonly live: number;
  readonly paused: boolean;
  readonly generations: readonly Generation[];
};

/**
 * Lets a projection be known. Its first generation is built from the log like any other; where the log holds nothing for
 * it, it is live at once. A version that was raised begins a generation beside the live one.
 */
export async function registerProjection(database: Database, projection: AnyProjection): Promise<void> {
  const { name, version } = projection;
  await database.transaction(systemScope, async (tx) => {
    // An append under way that projects has the lock until its commit; one that will project finds what is written here.
    await lockInline(tx, name, 'exclusive');
    const types = storedTypes(projection);
    const inserted = await tx.execute(
      'insert into event_projection (name, types, inline) values ($1, $2, $3) on conflict do nothing',
      [name, types, projection.mode === 'inline'],
    );
    if (inserted === 1) {
      const events = await tx.rows('select 1 from event_log where type = any($1::text[]) limit 1', [types]);
      await beginGeneration(tx, projection);
      if (events.length === 0) await makeLive(tx, name, 1);
      return;
    }
    const [newest] = await tx.rows<{ version: number }>(
      `select version from event_projection_generation
       where projection = $1 and retired_at is null order by generation desc limit 1`,
      [name],
    );
    if ((newest?.version ?? 0) >= version) return;
    await tx.execute('update event_projection set types = $2 where name = $1', [name, types]);
    await beginGeneration(tx, projection);
  });
}

/** A new generation from zero; one that was being built is given up for it. Answers its number. */
export async function beginGeneration(
  tx: Transaction,
  { name, version }: Pick<AnyProjection, 'name' | 'version'>,
): Promise<number> {
  await tx.rows('select 1 from event_projection where name = $1 for update', [name]);
  await tx.execute(
    `update event_projection_generation set retired_at = now()
     where projection = $1 and live_at is null and retired_at is null`,
    [name],
  );
  const [row] = await tx.rows<{ generation: number }>(
    `insert into event_projection_generation (projection, generation, version)
     select $1, coalesce(max(generation), 0) + 1, $2 from event_projection_generation where projection = $1
     returning generation`,
    [name, version],
  );
  return row!.generation;
}

/** One short update: whoever asks `event_projection_live` reads the other rows from its commit on. */
export async function makeLive(tx: Transaction, name: string, generation: number): Promise<void> {
  await tx.execute(
    `update event_projection_generation
     set live_at = case when generation = $2 then now() else live_at end,
         retired_at = case when generation <> $2 then coalesce(retired_at, now()) end
     where projection = $1 and (generation = $2 or retired_at is null)`,
    [name, generation],
  );
  await tx.execute('update event_projection set live_generation = $2 where name = $1', [name, generation]);
}

export async function readState(tx: Transaction, name: string): Promise<ProjectionState | null> {
  const rows = await tx.rows<{
    readonly live: number;
    readonly paused: boolean;
    readonly generation: number | null;
    readonly version: number;
    readonly log_tx: string;
    readonly log_position: string;
    readonly retired_at: Date | null;
  }>(
    `select live_generation as live, paused, generation, version, log_tx, log_position, retired_at
     from event_projection left join event_projection_generation on projection = name
     where name = $1 order by generation`,
    [name],
  );
  const [first] = rows;
  if (!first) return null;
  const generations = rows.flatMap((row): Generation[] =>
    row.generation === null
      ? []
      : [
          {
            generation: row.generation,
            version: row.version,
            position: { tx: row.log_tx, position: row.log_position },
            state: row.generation === row.live ? 'live' : row.retired_at ? 'retired' : 'building',
            retiredAt: row.retired_at,
          },
        ],
  );
  return { live: first.live, paused: first.paused, generations };
}

/**
 * Moves a generation's checkpoint, guarded by where the caller believes it to be: false where another process has moved
 * it, and with it done the work. Run before the effects, in their transaction: a rival waits on the row here.
 */
export async function moveCheckpoint(
  tx: Transaction,
  key: { readonly projection: string; readonly generation: number },
  from: LogPosition,
  to: LogPosition,
  handled: number,
): Promise<boolean> {
  const moved = await tx.execute(
    `update event_projection_generation
     set log_tx = $5, log_position = $6, handled = handled + $7, error = null
     where projection = $1 and generation = $2 and log_tx = $3 and log_position = $4 and retired_at is null`,
    [key.projection, key.generation, from.tx, from.position, to.tx, to.position, handled],
  );
  return moved === 1;
}

/** The next events for a projection, below the horizon of readers. In the system scope. */
export async function readNext(
  tx: Transaction,
  projection: AnyProjection,
  after: LogPosition,
  limit: number,
  interceptors: readonly EventInterceptor[],
): Promise<RecordedEvent[]> {
  return readTypes(tx, projection.types, after, limit, { interceptors });
}

/**
 * The next events, also beyond the horizon: right only while nobody can commit another, which is what the exclusive lock
 * of an inline projection sees to.
 */
export async function readVisible(
  tx: Transaction,
  projection: AnyProjection,
  after: LogPosition,
  limit: number,
  interceptors: readonly EventInterceptor[],
): Promise<RecordedEvent[]> {
  const rows = await tx.rows<EventRow & LogPosition>(
    `select ${eventColumns}, event_log.tx::text as tx, global_position::text as position from event_log
     where (event_log.tx, global_position) > ($1::xid8, $2::bigint) and type = any($4::text[])
     order by event_log.tx, global_position limit $3`,
    [after.tx, after.position, limit, storedTypes(projection)],
  );
  const events = await toDomainEvents(rows, interceptors);
  return events.map((event, index) => {
    const { tx: xid, position } = rows[index]!;
    return { event, position: { tx: xid, position } };
  });
}

function storedTypes({ types }: AnyProjection): string[] {
  return [...new Set(types.flatMap(upcasting.storedTypes))];
}

/**
 * Applies a page in one transaction, grouped by organisation: one call of `apply` for each, instead of one for each event.
 * Only the order within an organisation means something.
 */
export async function applyGrouped(
  tx: Transaction,
  projection: AnyProjection,
  events: readonly DomainEvent[],
  generation: number,
): Promise<void> {
  const groups = Map.groupBy(events, ({ organisationId }) => organisationId);
  // In one order, so that two who apply to the same tenants do not wait for each other in a circle.
  for (const organisationId of [...groups.keys()].sort()) {
    await asTenant(tx, organisationId, (own) =>
      projection.apply(own, groups.get(organisationId)!, generation),
    );
  }
}

/**
 * Of an inline projection: who appends holds it shared until the commit, who swaps holds it alone. An advisory lock,
 * because a row that every append share-locks would be written by every append.
 */
export async function lockInline(tx: Transaction, name: string, how: 'shared' | 'exclusive'): Promise<void> {
  const suffix = how === 'shared' ? '_shared' : '';
  await tx.rows(
    `select pg_advisory_xact_lock${suffix}(hashtextextended('event projection ' || $1, 0))`,
    [name],
    { name: `projection-lock${suffix}` },
  );
}
