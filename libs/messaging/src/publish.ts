import { nuid, type MsgHdrs, type NatsConnection } from 'nats';
import type { Outgoing } from './topology.ts';

/** The stream's end is not where the publisher thought: another wrote, or the stream was wiped. Nothing was stored. */
export class TailMovedError extends Error {
  override readonly name = 'TailMovedError';
}

export type PublishTarget = {
  readonly connection: NatsConnection;
  /** Whether the stream takes atomic batches (nats-server 2.12 and later). */
  readonly atomic: boolean;
};

type Answer = { seq?: number; duplicate?: boolean; error?: { err_code?: number; description?: string } };

const expectedSequenceHeader = 'Nats-Expected-Last-Sequence';
const expectedIdHeader = 'Nats-Expected-Last-Msg-Id';
const wrongLastId = 10070;
const wrongLastSequence = 10071;
const duplicateInBatch = 10201;
const moved = new Set<number | undefined>([wrongLastId, wrongLastSequence, duplicateInBatch]);
/** The server's own limit of an atomic batch is 1,000 messages. */
const maxBatchMessages = 1000;
const maxBatchBytes = 8 * 1024 * 1024;
/** Fewer go as a chain: a batch costs the server a store of its own, 1.5 ms however small it is. */
const minBatchMessages = 33;
const maxChained = 100;
/** Longer than any store takes, and short beside the election of a leader, whose answer to what came before it never comes. */
export const answerTimeoutMs = 2_000;

/**
 * Publishes in order and answers the sequence of the last. Each message states what must come before it, so the stream
 * itself is the fence: of two relays that both believe to lead, one is refused (`TailMovedError`), and nothing is ever
 * stored out of order or twice. On any fault an unknown part has been stored, always a prefix: look at the stream's
 * tail and go on from there.
 */
export async function publishInOrder(
  target: PublishTarget,
  messages: readonly Outgoing[],
  lastSequence: number,
): Promise<number> {
  let sequence = lastSequence;
  for (const chunk of chunked(messages)) {
    sequence =
      target.atomic && chunk.length >= minBatchMessages
        ? await publishBatch(target, chunk, sequence)
        : await publishChains(target, chunk, sequence);
  }
  return sequence;
}

/** All or none, in one answer: three times the rate even of pipelined singles. */
async function publishBatch(
  target: PublishTarget,
  messages: readonly Outgoing[],
  sequence: number,
): Promise<number> {
  const batch = nuid.next();
  const last = messages.length - 1;
  const headersOf = (message: Outgoing, index: number): MsgHdrs => {
    const headers = message.headers();
    headers.set('Nats-Batch-Id', batch);
    headers.set('Nats-Batch-Sequence', String(index + 1));
    if (index === 0) headers.set(expectedSequenceHeader, String(sequence));
    if (index === last) headers.set('Nats-Batch-Commit', '1');
    return headers;
  };
  messages
    .slice(0, last)
    .forEach((message, index) =>
      target.connection.publish(message.subject, message.payload, { headers: headersOf(message, index) }),
    );
  return ask(target.connection, messages[last]!, headersOf(messages[last]!, last));
}

async function publishChains(
  { connection }: PublishTarget,
  messages: readonly Outgoing[],
  lastSequence: number,
): Promise<number> {
  let sequence = lastSequence;
  for (let from = 0; from < messages.length; from += maxChained) {
    sequence = await publishChain(connection, messages.slice(from, from + maxChained), sequence);
  }
  return sequence;
}

/**
 * All at once, none waiting for the answer to the one before: the first states the sequence at the stream's end, each
 * other the id of the one before it. By sequences alone one in the middle could meet the one it expects by chance, after
 * a rival's messages, and be stored out of order; the id before it is the right one whoever stored it.
 */
async function publishChain(
  connection: NatsConnection,
  messages: readonly Outgoing[],
  lastSequence: number,
): Promise<number> {
  const answers = await Promise.allSettled(
    messages.map((message, index) => {
      const headers = message.headers();
      if (index === 0) headers.set(expectedSequenceHeader, String(lastSequence));
      else headers.set(expectedIdHeader, messages[index - 1]!.id);
      return ask(connection, message, headers);
    }),
  );
  const failed = answers.find((answer) => answer.status === 'rejected');
  if (failed) throw failed.reason;
  return lastSequence + messages.length;
}

async function ask(connection: NatsConnection, message: Outgoing, headers: MsgHdrs): Promise<number> {
  const reply = await connection.request(message.subject, message.payload, {
    headers,
    timeout: answerTimeoutMs,
  });
  const answer = reply.json<Answer>();
  const code = answer.error?.err_code;
  if (moved.has(code) || answer.duplicate) {
    throw new TailMovedError(answer.error?.description ?? `duplicate id ${message.id}`);
  }
  if (answer.error || !answer.seq)
    throw new Error(`JetStream refused: ${answer.error?.description ?? 'no sequence'}`);
  return answer.seq;
}

function* chunked(messages: readonly Outgoing[]): Generator<readonly Outgoing[]> {
  for (let from = 0; from < messages.length;) {
    let to = from;
    for (let bytes = 0; to < messages.length && to - from < maxBatchMessages; to++) {
      bytes += messages[to]!.payload.byteLength;
      if (bytes > maxBatchBytes && to > from) break;
    }
    yield messages.slice(from, to);
    from = to;
  }
}
