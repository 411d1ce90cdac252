import { hash } from 'node:crypto';
import {
  accept,
  assert,
  refuse,
  type IdempotencyConflict,
  type Outcome,
  type Refusal,
} from '@marquee/kernel';
import type { Transaction } from './transaction.ts';

export type IdempotentRequest = {
  /** The use case, such as `placeHold`. */
  readonly operation: string;
  /** The caller's key, 1 to 200 characters; one key means one thing per tenant, subject and operation. */
  readonly key: string;
  /** The request as parsed, without the key: its JSON tells a repetition from another request. */
  readonly request: unknown;
  /** Who asks: `viewer.subject`. Nobody is answered with what somebody else's key did. */
  readonly subject: string;
};

/**
 * Does the work once. The first caller with a key does it; one at the same time waits for that transaction, and one
 * after it gets the stored outcome. The same key with another request is refused. A refusal or a fault is not
 * stored, so that the key can be used again. `T` is JSON, bigint and Date.
 */
export async function idempotent<T, R extends Refusal>(
  tx: Transaction,
  { operation, key, request, subject }: IdempotentRequest,
  work: () => Promise<Outcome<T, R>>,
): Promise<Outcome<T, R | IdempotencyConflict>> {
  assert(tx.organisationId !== null, 'an idempotency key belongs to a tenant');
  assert(
    key.length >= 1 && key.length <= 200,
    'an idempotency key has 1 to 200 characters: parse it at the edge',
  );
  const identity = [tx.organisationId, subject, operation, key];
  const asked = requestHash(request);

  // The row is also the lock: a second insert waits here until the first transaction ends.
  const claimed = await tx.execute(
    `insert into idempotency_key (organisation_id, subject, operation, key, request_hash)
     values ($1, $2, $3, $4, $5) on conflict do nothing`,
    [...identity, asked],
  );
  if (claimed === 0) return replay<T>(tx, identity, asked);

  const outcome = await work();
  if (outcome.ok) {
    await tx.execute(
      `update idempotency_key set outcome = $5
       where organisation_id = $1 and subject = $2 and operation = $3 and key = $4`,
      [...identity, toStored(outcome.value)],
    );
  } else {
    await tx.execute(
      'delete from idempotency_key where organisation_id = $1 and subject = $2 and operation = $3 and key = $4',
      identity,
    );
  }
  return outcome;
}

/** Forgets keys older than this, at most 10,000 a call, and answers how many. A caller's retries end long before a day. */
export async function sweepIdempotencyKeys(tx: Transaction, olderThanHours: number): Promise<number> {
  return tx.execute(
    `delete from idempotency_key where ctid in (
       select ctid from idempotency_key
       where created_at < now() - make_interval(hours => $1) order by created_at limit 10000)`,
    [olderThanHours],
  );
}

async function replay<T>(
  tx: Transaction,
  identity: readonly string[],
  asked: string,
): Promise<Outcome<T, IdempotencyConflict>> {
  const [stored] = await tx.rows<{ request_hash: string; outcome: string | null }>(
    `select request_hash, outcome::text from idempotency_key
     where organisation_id = $1 and subject = $2 and operation = $3 and key = $4`,
    identity,
  );
  // Under READ COMMITTED the row we ran into is visible now; a stricter isolation would have failed the insert.
  assert(stored, 'an idempotency key vanished between two statements');
  if (stored.request_hash !== asked) return idempotencyConflict();
  assert(stored.outcome !== null, 'an idempotency key is used inside its own work');
  return accept(fromStored<T>(stored.outcome));
}

export function idempotencyConflict(): { readonly ok: false; readonly refusal: IdempotencyConflict } {
  return refuse({
    kind: 'IdempotencyConflict',
    message: 'This idempotency key was used for another request. Use a fresh key for each new request.',
  });
}

/** What tells a repetition from another request. */
export function requestHash(request: unknown): string {
  const json = canonicalJson(request) ?? 'null';
  if (json !== newest.json) newest = { json, hash: hash('sha256', json) };
  return newest.hash;
}

/** In a rush all ask for the same. */
let newest: { readonly json: string | null; readonly hash: string } = { json: null, hash: '' };

/**
 * JSON whose object keys are sorted, so that the order in which a client writes its fields does not matter. By hand, for
 * it is needed for each request of a rush: `JSON.stringify` with a replacer that sorts takes three times as long.
 */
function canonicalJson(value: unknown): string | undefined {
  if (typeof value === 'bigint') return `"${value}"`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if ('toJSON' in value && typeof value.toJSON === 'function') return canonicalJson(value.toJSON());
  if (Array.isArray(value)) return `[${value.map((part) => canonicalJson(part) ?? 'null').join()}]`;
  const fields: string[] = [];
  for (const name of Object.keys(value).sort()) {
    const json = canonicalJson((value as Record<string, unknown>)[name]);
    if (json !== undefined) fields.push(`${JSON.stringify(name)}:${json}`);
  }
  return `{${fields.join()}}`;
}

/** As `outcome` is kept. `undefined` is stored as no value at all: an outcome may have nothing to say. */
export function toStored(value: unknown): string {
  return JSON.stringify({ value }, function (this: Record<string, unknown>, name, part: unknown) {
    const original = this[name];
    if (typeof original === 'bigint') return { $bigint: `${original}` };
    return Object.prototype.toString.call(original) === '[object Date]' ? { $date: part } : part;
  });
}

export function fromStored<T>(json: string): T {
  const { value } = JSON.parse(json, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null) return part;
    if ('$bigint' in part) return BigInt(part.$bigint as string);
    return '$date' in part ? new Date(part.$date as string) : part;
  }) as { value: T };
  return value;
}
