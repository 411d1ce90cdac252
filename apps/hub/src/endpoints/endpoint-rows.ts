import type { KeysetPage, Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import type { Endpoint, EndpointSettings } from './endpoint.ts';

const columns = `id, url, event_types as "eventTypes", pinned_version as "pinnedVersion", status,
  disabled_because as "disabledBecause", filter, selection, ordered, rate_per_second as "ratePerSecond",
  public_key as "publicKey", created_at as "createdAt"`;

export async function endpointsById(tx: Transaction, ids: readonly string[]): Promise<Endpoint[]> {
  return tx.rows<Endpoint>(
    `select ${columns} from webhook_endpoint where id = any($1::uuid[]) and status <> 'DELETED'`,
    [ids],
  );
}

/** The endpoint, kept from changing until the transaction ends; null where there is none. */
export async function lockEndpoint(tx: Transaction, id: string): Promise<Endpoint | null> {
  const [endpoint] = await tx.rows<Endpoint>(
    `select ${columns} from webhook_endpoint where id = $1 and status <> 'DELETED' for no key update`,
    [id],
  );
  return endpoint ?? null;
}

export async function endpointsPage(tx: Transaction, { first, after }: KeysetPage): Promise<Endpoint[]> {
  const [createdAt, id] = after ?? [null, null];
  return tx.rows<Endpoint>(
    `select ${columns} from webhook_endpoint
      where status <> 'DELETED' and ($1::timestamptz is null or (created_at, id) < ($1, $2::uuid))
      order by created_at desc, id desc limit $3`,
    [createdAt, id, first + 1],
  );
}

/** How many there are. Endpoints of one organisation are made one after the other, or two could both be the last. */
export async function countEndpoints(tx: Transaction): Promise<number> {
  await tx.execute(`select pg_advisory_xact_lock(hashtextextended('webhook-endpoints-' || $1, 0))`, [
    tx.organisationId,
  ]);
  const [row] = await tx.rows<{ count: number }>(
    `select count(*)::int as count from webhook_endpoint where status <> 'DELETED'`,
  );
  return row!.count;
}

export async function insertEndpoint(
  tx: Transaction,
  endpoint: EndpointSettings & Pick<Endpoint, 'id' | 'publicKey'>,
  { role, scopes, subject }: Viewer,
): Promise<void> {
  await tx.execute(
    `insert into webhook_endpoint (organisation_id, id, url, event_types, pinned_version, filter, selection, ordered,
       rate_per_second, public_key, role, scopes, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [tx.organisationId, endpoint.id, ...settingsOf(endpoint), endpoint.publicKey, role, [...scopes], subject],
  );
}

/** With whose rights a payload is rendered: from now on those of who chose the selection. */
export async function updateEndpoint(
  tx: Transaction,
  id: string,
  settings: EndpointSettings,
  { role, scopes }: Viewer,
): Promise<void> {
  await tx.execute(
    `update webhook_endpoint set url = $2, event_types = $3, pinned_version = $4, filter = $5, selection = $6,
       ordered = $7, rate_per_second = $8, role = $9, scopes = $10, changed_at = now() where id = $1`,
    [id, ...settingsOf(settings), role, [...scopes]],
  );
}

function settingsOf(settings: EndpointSettings): readonly unknown[] {
  return [
    settings.url,
    [...settings.eventTypes],
    settings.pinnedVersion,
    settings.filter && JSON.stringify(settings.filter),
    settings.selection,
    settings.ordered,
    settings.ratePerSecond,
  ];
}

/** Whatever was against the address is forgotten: its owner says that it is right now. */
export async function setStatus(tx: Transaction, id: string, status: 'ACTIVE' | 'PAUSED'): Promise<void> {
  await tx.execute(
    `update webhook_endpoint set status = $2, disabled_because = null, breaker = 'CLOSED', blocked_until = null,
       failing_since = null, exhausted = 0, changed_at = now() where id = $1`,
    [id, status],
  );
}

/** Of endpoints that still take events; answers whether this one did. */
export async function disableEndpoint(tx: Transaction, id: string, because: string): Promise<boolean> {
  const rows = await tx.execute(
    `update webhook_endpoint set status = 'DISABLED', disabled_because = $2, changed_at = now()
      where id = $1 and status in ('ACTIVE', 'PAUSED')`,
    [id, because],
  );
  return rows > 0;
}

/** Its log stays as long as any; its secrets go now. */
export async function markDeleted(tx: Transaction, id: string): Promise<void> {
  await tx.execute(`update webhook_endpoint set status = 'DELETED', changed_at = now() where id = $1`, [id]);
  await tx.execute('delete from webhook_secret where endpoint_id = $1', [id]);
}
