import { asTenant, systemScope, type Database, type Transaction } from '@marquee/postgres';
import type { EventInterceptor } from '../intercept.ts';
import { eventColumns, toDomainEvents, type EventRow } from '../row.ts';
import type { LogPosition } from '../read-all.ts';
import { beginGeneration } from './generations.ts';
import type { AnyProjection } from './projection.ts';

export type GenerationStatus = {
  readonly generation: number;
  readonly version: number;
  readonly state: 'live' | 'building' | 'retired';
  readonly handled: number;
  readonly deadLetters: number;
  /** Committed events that it has yet to take in, up to 10,000; 0 for an inline one that is live. */
  readonly lag: number;
  /** The log up to here is taken in. */
  readonly position: LogPosition;
};

export type ProjectionStatus = {
  readonly name: string;
  readonly mode: 'inline' | 'async';
  readonly paused: boolean;
  readonly generations: readonly GenerationStatus[];
};

type Row = GenerationStatus & Pick<ProjectionStatus, 'name' | 'mode' | 'paused'>;

/** Every projection of this log and how far it is. In the system scope. */
export async function projectionStatus(tx: Transaction): Promise<ProjectionStatus[]> {
  const rows = await tx.rows<Row>(
    `select name, case when inline then 'inline' else 'async' end as mode, paused, generation, version,
       handled::float as handled,
       json_build_object('tx', log_tx::text, 'position', log_position::text) as position,
       case when generation = live_generation then 'live' when retired_at is null then 'building' else 'retired' end as state,
       (select count(*)::integer from event_projection_dead_letter as letter
        where letter.projection = name and letter.generation = own.generation) as "deadLetters",
       case when retired_at is not null or (inline and live_generation = generation) then 0 else (select count(*)::integer from (
         select 1 from event_log
         where (event_log.tx, global_position) > (own.log_tx::text::xid8, own.log_position::bigint)
           and type = any(types) limit 10000
       ) as behind) end as lag
     from event_projection join event_projection_generation as own on projection = name
     order by name, generation`,
  );
  return [...Map.groupBy(rows, ({ name }) => name)].map(([name, generations]) => ({
    name,
    mode: generations[0]!.mode,
    paused: generations[0]!.paused,
    generations: generations.map(({ name: _name, mode: _mode, paused: _paused, ...each }) => each),
  }));
}

/** Stops a projection in every process, and its building too, until it is resumed; survives restarts. */
export async function pauseProjection(tx: Transaction, name: string): Promise<boolean> {
  return (await tx.execute('update event_projection set paused = true where name = $1', [name])) === 1;
}

/** Goes on from the checkpoint. */
export async function resumeProjection(tx: Transaction, name: string): Promise<boolean> {
  return (await tx.execute('update event_projection set paused = false where name = $1', [name])) === 1;
}

/**
 * From zero, beside the live one, which serves on until the new one has caught up and takes its place in one short
 * transaction. Answers the new generation. The running processes do the work.
 */
export async function rebuildProjection(
  tx: Transaction,
  projection: Pick<AnyProjection, 'name' | 'version'>,
): Promise<number> {
  return beginGeneration(tx, projection);
}

export type ProjectionDeadLetter = {
  readonly organisationId: string;
  readonly projection: string;
  readonly generation: number;
  readonly eventId: string;
  readonly type: string;
  readonly error: string;
  readonly tries: number;
  readonly failedAt: Date;
};

/** The events given up, oldest first, at most 1,000. In the system scope. */
export async function projectionDeadLetters(tx: Transaction, name?: string): Promise<ProjectionDeadLetter[]> {
  return tx.rows<ProjectionDeadLetter>(
    `select organisation_id as "organisationId", projection, generation, event_id as "eventId", type, error, tries,
       failed_at as "failedAt"
     from event_projection_dead_letter where $1::text is null or projection = $1 order by failed_at limit 1000`,
    [name ?? null],
  );
}

/**
 * Applies a dead letter again, to every generation that gave it up, in one transaction with its removal. It comes after
 * events that came after it. Throws what `apply` throws; answers false where there is no such letter.
 */
export async function retryProjectionDeadLetter(
  database: Database,
  projection: AnyProjection,
  eventId: string,
  interceptors: readonly EventInterceptor[] = [],
): Promise<boolean> {
  return database.transaction(systemScope, async (tx) => {
    // The generations first, as whoever applies to them.
    await tx.rows(
      'select 1 from event_projection_generation where projection = $1 order by generation for update',
      [projection.name],
    );
    const letters = await tx.rows<{ readonly generation: number }>(
      `delete from event_projection_dead_letter where projection = $1 and event_id = $2 returning generation`,
      [projection.name, eventId],
    );
    if (letters.length === 0) return false;
    const rows = await tx.rows<EventRow>(`select ${eventColumns} from event_log where event_id = $1`, [
      eventId,
    ]);
    const [event] = await toDomainEvents(rows, interceptors);
    if (!event) throw new Error(`the log does not hold event ${eventId}`);
    for (const { generation } of letters) {
      await asTenant(tx, event.organisationId, (own) => projection.apply(own, [event], generation));
    }
    return true;
  });
}
