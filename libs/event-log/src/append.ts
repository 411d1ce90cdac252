import type { DomainEvent } from '@marquee/contracts';
import { assert, isUuid } from '@marquee/kernel';
import { sqlState, type Transaction } from '@marquee/postgres';
import { appendSql } from './append.sql.ts';
import {
  causeOfAppend,
  draftEvents,
  draftJson,
  draftRecord,
  expectedNumber,
  toLogged,
  type StreamRow,
  type Draft,
  type StreamAppend,
} from './draft.ts';
import { intercept, type EventInterceptor } from './intercept.ts';

const maxEventsPerAppend = 10_000;

type AppendOptions = {
  /** Whose events they are; default the transaction's tenant. Needed in the system scope. */
  readonly organisationId?: string;
  /** Run over every event before it is written, such as what enciphers. */
  readonly interceptors?: readonly EventInterceptor[];
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
  { organisationId, interceptors = [], ...append }: StreamAppend & AppendOptions,
): Promise<DomainEvent[]> {
  return appendMany(tx, [append], { interceptors, ...(organisationId !== undefined && { organisationId }) });
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
  { organisationId = tx.organisationId ?? undefined, interceptors = [] }: AppendOptions = {},
): Promise<DomainEvent[]> {
  const drafted = draftAll(appends, organisationId);
  if (drafted.length === 0) return [];
  // No wait without need: statements run in the order of the calls, also when those are not awaited one by one.
  const drafts = interceptors.length === 0 ? drafted : await intercept(drafted, interceptors);
  const cause = causeOfAppend();
  tx.mustReachDisk();
  const rows = await tx
    .rows<StreamRow>(appendSql, parametersOf(appends, drafts, organisationId!, cause), { name: appendName })
    .catch((error: unknown) => {
      throw asConcurrencyError(error);
    });
  const written = new Map(rows.map((row) => [row.stream, row]));
  let from = 0;
  return appends.flatMap(({ streamId, events }) => {
    const own = drafts.slice(from, (from += events.length));
    if (own.length === 0) return [];
    const row = written.get(streamId);
    assert(row, 'an appended stream was not returned');
    return toLogged(own, row.version - own.length, row.now, cause);
  });
}

/**
 * `appendEvents` of any version, sent with the commit: one round trip less for hot paths, which learn nothing from it.
 * Where it fails nothing is committed.
 */
export function closeWithEvents(tx: Transaction, append: Omit<StreamAppend, 'expectedVersion'>): void {
  const { organisationId } = tx;
  const drafts = draftAll([append], organisationId ?? undefined);
  if (drafts.length === 0) return;
  tx.mustReachDisk();
  tx.closeWith(appendSql, parametersOf([append], drafts, organisationId!, causeOfAppend()), {
    name: appendName,
  });
}

const appendName = 'append-events';

function draftAll(appends: readonly StreamAppend[], organisationId: string | undefined): Draft[] {
  assert(organisationId, 'in the system scope an append must name the organisation');
  assert(
    new Set(appends.map((append) => append.streamId)).size === appends.length,
    'one append names a stream twice',
  );
  const drafts = appends.flatMap((append) => draftEvents(append, organisationId));
  assert(
    drafts.length <= maxEventsPerAppend,
    `at most ${maxEventsPerAppend} events an append, got ${drafts.length}`,
  );
  return drafts;
}

function parametersOf(
  appends: readonly StreamAppend[],
  drafts: readonly Draft[],
  organisationId: string,
  { correlationId, actor, traceparent }: ReturnType<typeof causeOfAppend>,
): readonly unknown[] {
  const { records, streams } = recordsOf(appends, drafts);
  return [
    `[${records.join(',')}]`,
    organisationId,
    correlationId,
    actor,
    traceparent ?? null,
    JSON.stringify(streams),
  ];
}

function recordsOf(appends: readonly StreamAppend[], drafts: readonly Draft[]) {
  const records: string[] = [];
  const streams: object[] = [];
  for (const append of appends) {
    const [s, before, events] = [streams.length, records.length, append.events.length];
    if (events === 0) continue;
    for (const draft of drafts.slice(before, before + events))
      records.push(draftRecord(draft, draftJson(draft), s));
    streams.push({ s, stream: append.streamId, events, before, expected: expectedNumber(append) });
  }
  return { records, streams };
}

function asConcurrencyError(error: unknown): unknown {
  if (sqlState(error) !== 'MQ409') return error;
  const { message, detail } = error as { message: string; detail?: string };
  return new ConcurrencyError(Number(detail), { message, cause: error });
}
