import { logStart, readAll, type LogPosition } from '@marquee/event-log';
import { systemScope, type Database } from '@marquee/postgres';
import { AckPolicy, DeliverPolicy, nanos, type NatsConnection } from 'nats';
import { OperatorError } from './operator-error.ts';
import { readForgotten, type Forgotten } from './removal/forget-in-stream.ts';
import { comparePositions, messageIdHeader, parsePosition, positionHeader } from './topology.ts';

/** What a log and its stream have in common, and what only one of them has. */
export type Compared = {
  readonly inLog: number;
  readonly inStream: number;
  /** In the log and not in the stream: the relay publishes it, if it comes after all that is there. */
  readonly missing: number;
  /** In the stream and not in the log: it did not happen, as far as the log knows. */
  readonly surplus: number;
};

type Place = { readonly id: string; readonly position: LogPosition };

const page = 1_000;
const idleMs = 30_000;

async function* placesOfLog(database: Database, forgotten: Forgotten): AsyncGenerator<Place> {
  for (let after = logStart; ;) {
    const events = await database.read(systemScope, (tx) => readAll(tx, after, page));
    for (const { event, position } of events)
      if (!forgotten.has(event.organisationId)) yield { id: event.id, position };
    const last = events.at(-1);
    if (!last) return;
    after = last.position;
  }
}

/** Headers alone: what an event says is not looked at. */
async function* placesOfStream(connection: NatsConnection, stream: string): AsyncGenerator<Place> {
  const jsm = await connection.jetstreamManager();
  // Not as many as the consumer says: it may live at a server that is still catching up with the stream's leader.
  const { messages: count } = (await jsm.streams.info(stream)).state;
  const { name } = await jsm.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    headers_only: true,
    mem_storage: true,
    num_replicas: 1,
    inactive_threshold: nanos(idleMs),
  });
  const consumer = await connection.jetstream().consumers.get(stream, name);
  for (let left = count; left > 0;) {
    const before = left;
    const messages = await consumer.fetch({ max_messages: Math.min(page, left), expires: idleMs });
    for await (const { headers } of messages) {
      left -= 1;
      // What no relay wrote stands nowhere in a log: before its beginning.
      const position = parsePosition(headers?.get(positionHeader)) ?? logStart;
      yield { id: headers?.get(messageIdHeader) ?? '', position };
    }
    if (left === before) throw new OperatorError(`${stream}: ${left} messages do not come`);
  }
  await jsm.consumers.delete(stream, name);
}

/**
 * Walks through both in their order, with one page of each in memory. `stream` null: there is none. Of an organisation
 * that was removed nothing belongs into the stream, whatever the log has.
 */
export async function compareWithLog(
  connection: NatsConnection,
  stream: string | null,
  database: Database,
): Promise<Compared> {
  const log = placesOfLog(database, await readForgotten(database));
  const published = stream === null ? placesOfNothing() : placesOfStream(connection, stream);
  const counts = { inLog: 0, inStream: 0, missing: 0, surplus: 0 };
  let [a, b] = [await log.next(), await published.next()];
  while (!a.done || !b.done) {
    const order = a.done ? 1 : b.done ? -1 : comparePositions(a.value.position, b.value.position);
    // At one place there may be two events: a log that was restored to an earlier instant gives its places out again.
    const isSame = order === 0 && a.value?.id === b.value?.id;
    if (order <= 0) {
      counts.inLog += 1;
      if (!isSame) counts.missing += 1;
      a = await log.next();
    }
    if (order >= 0) {
      counts.inStream += 1;
      if (!isSame) counts.surplus += 1;
      b = await published.next();
    }
  }
  return counts;
}

async function* placesOfNothing(): AsyncGenerator<Place> {
  // There is no stream.
}
