import type { LogPosition } from '@marquee/event-log';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { AckPolicy, DeliverPolicy, nanos, type JetStreamManager, type NatsConnection } from 'nats';
import type { Session } from '../session.ts';
import { isMissing, noteErased } from '../stream.ts';
import type { Topology } from '../topology.ts';

/** At a time, so that what others publish waits a moment and not until all is gone. */
const messagesAtOnce = 1_000;
const deletionsAtOnce = 100;
const fetchMs = 5_000;

/**
 * Organisations that every service has erased: of their events nothing is to be in the stream, nor to come into it any
 * more, also where it is made anew from the log.
 */
export type Forgotten = ReadonlySet<string>;

const forgottenSql = `select organisation_id as id,
    forgotten_at is null or stream_looked_at < now() - interval '1 hour' as due
  from removed_organisation where forgetting_since is not null`;
type ForgottenRow = { readonly id: string; readonly due: boolean };

export async function readForgotten(database: Database): Promise<Forgotten> {
  const rows = await database.read(systemScope, (tx) => tx.rows<ForgottenRow>(forgottenSql));
  return new Set(rows.map(({ id }) => id));
}

/** All services have erased the organisation: notes that the stream is to forget it too. Answers when it had done so. */
export async function noteForgetting(tx: Transaction): Promise<Date | null> {
  const [row] = await tx.rows<{ forgottenAt: Date | null }>(
    `update removed_organisation set forgetting_since = coalesce(forgetting_since, clock_timestamp())
     returning forgotten_at as "forgottenAt"`,
  );
  return row?.forgottenAt ?? null;
}

type Forgetting = {
  readonly session: Session;
  readonly connection: NatsConnection;
  readonly jsm: JetStreamManager;
  readonly topology: Topology;
  readonly service: string;
  /** How far the log is in the stream. */
  readonly publishedTo: LogPosition;
};

/**
 * Erases from the stream what it has of forgotten organisations: of those that were not done yet, and of all once an
 * hour, for what was on its way. A relay's own work, since it alone judges whether its stream is whole. Whoever dies in
 * between, the next goes on.
 */
export async function forgetSome(forgetting: Forgetting): Promise<Forgotten> {
  const { session } = forgetting;
  const rows = await session.rows<ForgottenRow>(forgottenSql);
  for (const { id } of rows.filter(({ due }) => due)) {
    const erased = await eraseOf(forgetting, id);
    if (erased < messagesAtOnce)
      await session.rows(
        `update removed_organisation
            set forgotten_at = coalesce(forgotten_at, clock_timestamp()), stream_looked_at = clock_timestamp()
          where organisation_id = $1`,
        [id],
      );
  }
  return new Set(rows.map(({ id }) => id));
}

/** Overwrites and removes messages of the organisation, the oldest first; answers how many. */
async function eraseOf(forgetting: Forgetting, organisationId: string): Promise<number> {
  const { jsm, topology, service, publishedTo } = forgetting;
  const stream = topology.stream(service);
  const sequences = await sequencesOf(forgetting, stream, topology.ofOrganisation(service, organisationId));
  if (sequences.length === 0) return 0;
  await noteErased(jsm, stream, sequences.length, publishedTo);
  for (let from = 0; from < sequences.length; from += deletionsAtOnce)
    await Promise.all(
      sequences.slice(from, from + deletionsAtOnce).map((sequence) =>
        jsm.streams.deleteMessage(stream, sequence, true).catch((error: unknown) => {
          if (!isMissing(error)) throw error;
        }),
      ),
    );
  return sequences.length;
}

/** Where the stream has messages of this subject: the first of them. */
async function sequencesOf(
  { connection, jsm }: Forgetting,
  stream: string,
  subject: string,
): Promise<number[]> {
  const { name, num_pending: pending } = await jsm.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    filter_subjects: [subject],
    headers_only: true,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(fetchMs),
  });
  const sequences: number[] = [];
  if (pending > 0) {
    const consumer = await connection.jetstream().consumers.get(stream, name);
    const most = Math.min(pending, messagesAtOnce);
    for await (const { seq } of await consumer.fetch({ max_messages: most, expires: fetchMs }))
      sequences.push(seq);
  }
  await jsm.consumers.delete(stream, name);
  return sequences;
}
