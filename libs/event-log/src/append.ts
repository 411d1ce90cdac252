import { assertValidEvent, type DomainEvent, type NewEvent } from '@marquee/contracts';
import { assert, isUuid, newUuid } from '@marquee/kernel';
import { sqlState, type Transaction } from '@marquee/postgres';
import { currentCorrelation, newCorrelationId } from '@marquee/telemetry';
import { appendSql } from './append.sql.ts';

/** An event's data at most, as JSON: with its envelope it must fit NATS's payload of 4 MiB. */
const maxEventBytes = 3 * 1024 * 1024;
const maxEventsPerAppend = 10_000;

export type StreamAppend = {
  /** Made by `streamId`. */
  readonly streamId: string;
  /** The version that the caller's decision was based on; `none`: the stream must not exist yet. Default: any. */
  readonly expectedVersion?: number | 'none';
  readonly events: readonly NewEvent[];
};

type AppendOptions = {
  /** Whose events they are; default the transaction's tenant. Needed in the system scope. */
  readonly organisationId?: string;
};

/** The stream has moved on since it was read. The transaction is lost: roll back, read again, decide again. */
export class ConcurrencyError extends Error {
  override readonly name = 'ConcurrencyError';
  readonly code = 'CONCURRENCY';
  /** The version the stream had; 0 where it does not exist. */
  readonly actualVersion: number;

  constructor(actualVersion: number, options: ErrorOptions & { readonly message: string }) {
    super(options.message, options);
    this.actualVersion = actualVersion;
  }
}

/** The name of one thing's stream, such as `order-0197…`. */
export function streamId(aggregate: string, uuid: string): string {
  assert(
    /^[a-z][a-z0-9-]{0,63}$/.test(aggregate) && isUuid(uuid),
    `no stream can be called ${aggregate}-${uuid}`,
  );
  return `${aggregate}-${uuid}`;
}

/** `appendMany` for one stream. */
export async function appendEvents(
  tx: Transaction,
  { organisationId, ...append }: StreamAppend & AppendOptions,
): Promise<DomainEvent[]> {
  return appendMany(tx, [append], organisationId === undefined ? {} : { organisationId });
}

/**
 * Appends events in the caller's transaction, so that they leave together with the change they tell of, in one
 * statement however many there are. Answers them as logged, in the order given. Who caused them comes from the
 * correlation of the work at hand. Throws InvalidEventError before touching the database, ConcurrencyError when an
 * expected version does not hold.
 */
export async function appendMany(
  tx: Transaction,
  appends: readonly StreamAppend[],
  { organisationId = tx.organisationId ?? undefined }: AppendOptions = {},
): Promise<DomainEvent[]> {
  assert(organisationId, 'in the system scope an append must name the organisation');
  assert(
    new Set(appends.map((append) => append.streamId)).size === appends.length,
    'one append names a stream twice',
  );
  const drafts = appends.flatMap(draftEvents);
  if (drafts.length === 0) return [];
  assert(
    drafts.length <= maxEventsPerAppend,
    `at most ${maxEventsPerAppend} events an append, got ${drafts.length}`,
  );

  const { correlationId, actor, traceparent } = currentCorrelation() ?? {
    correlationId: newCorrelationId(),
    actor: 'system',
  };
  const json = `[${drafts.map((draft, place) => draft.json(place)).join(',')}]`;
  const rows = await tx
    .rows<{ id: string; version: number; occurred_at: Date }>(
      appendSql,
      [json, organisationId, correlationId, actor, traceparent ?? null],
      { name: 'append-events' },
    )
    .catch((error: unknown) => {
      throw asConcurrencyError(error);
    });
  const logged = new Map(rows.map((row) => [row.id, row]));
  return drafts.map(({ id, streamId, event }) => {
    const row = logged.get(id);
    assert(row, 'an appended event was not returned');
    return {
      ...event,
      id,
      streamId,
      version: row.version,
      organisationId,
      occurredAt: row.occurred_at.toISOString(),
      correlationId,
      actor,
      ...(traceparent && { traceparent }),
    };
  });
}

type Draft = {
  readonly id: string;
  readonly streamId: string;
  readonly event: NewEvent;
  /** The event as `appendSql` reads it, as the `place`th of its statement. */
  json(place: number): string;
};

function draftEvents({ streamId, expectedVersion, events }: StreamAppend): Draft[] {
  const expected = expectedVersion === 'none' ? 0 : (expectedVersion ?? null);
  return events.map((event, index) => {
    assertValidEvent(event);
    const id = newUuid();
    const data = JSON.stringify(event.data);
    assert(
      Buffer.byteLength(data) <= maxEventBytes,
      `event ${event.type} is larger than ${maxEventBytes} bytes`,
    );
    const fields = { id, stream: streamId, ordinal: index + 1, expected, type: event.type };
    // Spliced, not nested: the data, which is most of it, is serialised once.
    const json = (place: number) => `${JSON.stringify({ place, ...fields }).slice(0, -1)},"data":${data}}`;
    return { id, streamId, event: { type: event.type, data: event.data } as NewEvent, json };
  });
}

function asConcurrencyError(error: unknown): unknown {
  if (sqlState(error) !== 'MQ409') return error;
  const { message, detail } = error as { message: string; detail?: string };
  return new ConcurrencyError(Number(detail), { message, cause: error });
}
