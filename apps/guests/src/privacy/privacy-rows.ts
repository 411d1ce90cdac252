import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { PrivacyRequest } from './privacy-request.ts';

const columns = `r.id, r.guest_id as "guestId", r.kind, r.requested_by as "requestedBy", r.requested_at as "requestedAt",
  r.completed_at as "completedAt", r.archive, r.certificate,
  (select coalesce(jsonb_object_agg(a.service, a.answered_at), '{}') from privacy_answer a where a.request_id = r.id)
    as answered`;

export async function insertRequest(
  tx: Transaction,
  { guestId, kind, requestedBy }: Pick<PrivacyRequest, 'guestId' | 'kind' | 'requestedBy'>,
): Promise<string> {
  const id = newUuid();
  await tx.execute(
    'insert into privacy_request (organisation_id, id, guest_id, kind, requested_by) values ($1, $2, $3, $4, $5)',
    [tx.organisationId, id, guestId, kind, requestedBy],
  );
  return id;
}

export function requestsById(tx: Transaction, ids: readonly string[]): Promise<PrivacyRequest[]> {
  return tx.rows(`select ${columns} from privacy_request r where r.id = any($1::uuid[])`, [ids]);
}

/** The newest 20 of a guest. */
export function requestsOf(tx: Transaction, guestId: string): Promise<PrivacyRequest[]> {
  return tx.rows(
    `select ${columns} from privacy_request r where r.guest_id = $1 order by r.requested_at desc, r.id desc limit 20`,
    [guestId],
  );
}

/** Null where the guest was never erased by a request. */
export async function erasureOf(tx: Transaction, guestId: string): Promise<string | null> {
  const [row] = await tx.rows<{ id: string }>(
    `select id from privacy_request where guest_id = $1 and kind = 'ERASURE' order by requested_at limit 1`,
    [guestId],
  );
  return row?.id ?? null;
}

/** Keeps what a service said; the first time counts. */
export async function keepAnswer(
  tx: Transaction,
  requestId: string,
  service: string,
  data: unknown,
): Promise<void> {
  await tx.execute(
    `insert into privacy_answer (organisation_id, request_id, service, data) values ($1, $2, $3, $4)
     on conflict do nothing`,
    [tx.organisationId, requestId, service, JSON.stringify(data)],
  );
}

export async function answersTo<T>(tx: Transaction, requestId: string): Promise<Readonly<Record<string, T>>> {
  const rows = await tx.rows<{ service: string; data: T }>(
    'select service, data from privacy_answer where request_id = $1 order by service',
    [requestId],
  );
  return Object.fromEntries(rows.map(({ service, data }) => [service, data]));
}

/** The answers were the way to it: what is personal in them is not kept twice. */
export async function completeRequest(
  tx: Transaction,
  requestId: string,
  result: { readonly archive: string | null; readonly certificate: string | null },
): Promise<void> {
  await tx.execute(
    'update privacy_request set completed_at = clock_timestamp(), archive = $2, certificate = $3 where id = $1',
    [requestId, result.archive, result.certificate],
  );
  await tx.execute('update privacy_answer set data = null where request_id = $1', [requestId]);
}

export async function forgetArchive(tx: Transaction, requestId: string): Promise<void> {
  await tx.execute('update privacy_request set archive = null where id = $1', [requestId]);
}

/** Of an erased guest nothing stays in archives, nor in what was gathered for one. */
export async function forgetArchivesOf(tx: Transaction, guestId: string): Promise<number> {
  await tx.execute(
    `update privacy_answer a set data = null from privacy_request r
     where r.id = a.request_id and r.guest_id = $1 and r.kind = 'EXPORT'`,
    [guestId],
  );
  return tx.execute('update privacy_request set archive = null where guest_id = $1 and archive is not null', [
    guestId,
  ]);
}
