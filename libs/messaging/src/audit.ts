import { createPublicKey, type KeyObject } from 'node:crypto';
import { auditQuestionsOf, type AnswerOf, type Question, type RequestOf } from '@marquee/contracts';
import {
  indexSince,
  parseLogKey,
  readAuditPage,
  readChainStart,
  readNewestHead,
  readSealedEvents,
  type SealedEvent,
} from '@marquee/event-log';
import type { Database, Transaction } from '@marquee/postgres';
import type { Messaging } from './types.ts';

/** Who asks on behalf of an organisation's owners. */
const auditor = 'identity';
/** NATS takes messages of 4 MiB; one event alone is always far below. */
const answerBytes = 1024 * 1024;
const entriesAtOnce = 500;

/**
 * Answers what the audit asks of a service's log: what each main does with one line. The log stays where it is; who did
 * what is read from it and its chain, so that there is no copy that could be wrong.
 */
export function answerAudit(
  messaging: Pick<Messaging, 'answer'>,
  {
    service,
    database,
    key,
  }: { readonly service: string; readonly database: Database; readonly key: unknown },
): void {
  const { trail, seals, sealed } = auditQuestionsOf(service);
  const publicKey = key ? createPublicKey(parseLogKey(key)) : null;
  const answer = <Q extends Question>(
    question: Q,
    read: (tx: Transaction, organisationId: string, request: RequestOf<Q>) => Promise<AnswerOf<Q>>,
  ) =>
    messaging.answer(question, async (request, { organisationId, asker }) => {
      if (asker !== auditor) throw new Error(`${question.name} is not for ${asker}`);
      return database.read({ organisationId }, (tx) => read(tx, organisationId, request));
    });
  answer(trail, async (tx, organisationId, { before, limit, from, to, ...filter }) => {
    const times = { from: from === null ? null : new Date(from), to: to === null ? null : new Date(to) };
    const page = await readAuditPage(tx, organisationId, { before, limit, filter: { ...filter, ...times } });
    const entries = withinBytes(page.entries);
    const next = entries.length < page.entries.length ? entries.at(-1)!.index : page.next;
    return { entries, size: page.size, next };
  });
  answer(seals, async (tx, organisationId, { since }) => {
    const head = await readNewestHead(tx, organisationId);
    const wanted = since === null ? 0 : await indexSince(tx, organisationId, new Date(since));
    const start = await readChainStart(tx, organisationId, Math.min(wanted, head?.size ?? 0));
    if (!start) throw new Error(`the chain of ${organisationId} has a gap before ${wanted}`);
    return { publicKey: publicKey && toJwk(publicKey), head, start: { ...start, roots: [...start.roots] } };
  });
  answer(sealed, async (tx, organisationId, { from, to }) => ({
    entries: withinBytes(await readSealedEvents(tx, organisationId, { from, to, limit: entriesAtOnce })),
  }));
}

/** As many of them as one answer takes, and one at least. */
function withinBytes(entries: readonly SealedEvent[]): SealedEvent[] {
  let bytes = 0;
  return entries.filter((entry, place) => {
    bytes += Buffer.byteLength(JSON.stringify(entry));
    return place === 0 || bytes <= answerBytes;
  });
}

function toJwk(key: KeyObject): Record<string, string> {
  const { kty, crv, x } = key.export({ format: 'jwk' });
  return { kty: kty!, crv: crv!, x: x! };
}
