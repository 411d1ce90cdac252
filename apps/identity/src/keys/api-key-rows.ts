import type { KeysetPage, Transaction } from '@marquee/postgres';
import { apiKeyPrefix } from '@marquee/subgraph';
import type { Secrets } from '../secrets.ts';
import type { ApiKey } from './api-key.ts';

const columns = `k.id, k.name, k.role, k.scopes, k.event_ids as "eventIds", k.networks, k.created_at as "createdAt",
  k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.last_used_at as "lastUsedAt",
  array(select json_build_object('prefix', s.prefix, 'lastFour', s.last_four, 'expiresAt', s.expires_at)
          from api_key_secret s where s.organisation_id = k.organisation_id and s.key_id = k.id
           and (s.expires_at is null or s.expires_at > now())
         order by s.expires_at desc nulls first) as secrets`;

export async function apiKeysById(tx: Transaction, ids: readonly string[]): Promise<ApiKey[]> {
  return tx.rows<ApiKey>(`select ${columns} from api_key k where k.id = any($1::uuid[])`, [ids]);
}

export async function apiKeysPage(tx: Transaction, { first, after }: KeysetPage): Promise<ApiKey[]> {
  const [createdAt, id] = after ?? [null, null];
  return tx.rows<ApiKey>(
    `select ${columns} from api_key k
      where $1::timestamptz is null or (k.created_at, k.id) < ($1, $2::uuid)
      order by k.created_at desc, k.id desc limit $3`,
    [createdAt, id, first + 1],
  );
}

/** The key, kept from changing until the transaction ends; null where it is revoked. */
export async function lockApiKey(tx: Transaction, id: string): Promise<{ readonly id: string } | null> {
  const [key] = await tx.rows<{ id: string }>(
    'select id from api_key where id = $1 and revoked_at is null for update',
    [id],
  );
  return key ?? null;
}

export async function insertApiKey(
  tx: Transaction,
  key: Pick<ApiKey, 'id' | 'name' | 'role' | 'scopes' | 'eventIds' | 'networks' | 'expiresAt'> & {
    readonly pluginId?: string;
  },
  createdBy: string,
): Promise<void> {
  await tx.execute(
    `insert into api_key (organisation_id, id, name, role, scopes, event_ids, networks, expires_at, created_by, plugin_id)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      tx.organisationId,
      key.id,
      key.name,
      key.role,
      [...key.scopes],
      key.eventIds && [...key.eventIds],
      key.networks && [...key.networks],
      key.expiresAt,
      createdBy,
      key.pluginId ?? null,
    ],
  );
}

/** Of the secret only what shows which it is, and what it is known by when it is used. */
export async function insertSecret(
  tx: Transaction,
  keyId: string,
  key: string,
  { digestKey }: Pick<Secrets, 'digestKey'>,
): Promise<void> {
  await tx.execute(
    `insert into api_key_secret (organisation_id, key_id, digest, prefix, last_four) values ($1, $2, $3, $4, $5)`,
    [tx.organisationId, keyId, digestKey(key), key.slice(0, apiKeyPrefix.length + 4), key.slice(-4)],
  );
}

/** What was current goes on for so long; what was on its way out goes now, so that there are never three. */
export async function phaseOutSecrets(tx: Transaction, keyId: string, until: Date): Promise<void> {
  await tx.execute('delete from api_key_secret where key_id = $1 and expires_at is not null', [keyId]);
  await tx.execute('update api_key_secret set expires_at = $2 where key_id = $1', [keyId, until]);
}

export async function markRevoked(tx: Transaction, id: string): Promise<void> {
  await tx.execute('update api_key set revoked_at = now() where id = $1', [id]);
}

export type UsableKey = Pick<ApiKey, 'id' | 'role' | 'scopes' | 'eventIds' | 'networks'> & {
  readonly organisationId: string;
  readonly usedLately: boolean;
};

/** In the system scope: the key tells which organisation's it is. */
export async function usableKey(tx: Transaction, digest: Buffer): Promise<UsableKey | null> {
  const [key] = await tx.rows<UsableKey>(
    `select k.id, k.organisation_id as "organisationId", k.role, k.scopes, k.event_ids as "eventIds", k.networks,
            k.last_used_at is not null and k.last_used_at > now() - interval '1 minute' as "usedLately"
       from api_key_secret s join api_key k on k.organisation_id = s.organisation_id and k.id = s.key_id
      where s.digest = $1 and (s.expires_at is null or s.expires_at > now())
        and k.revoked_at is null and (k.expires_at is null or k.expires_at > now())
        and not exists (select from organisation_removal r
          where r.organisation_id = k.organisation_id and r.status in ('COPYING', 'WAITING', 'ERASING'))`,
    [digest],
    { name: 'usable-key' },
  );
  return key ?? null;
}

export async function markUsed(tx: Transaction, id: string): Promise<void> {
  await tx.execute('update api_key set last_used_at = now() where id = $1', [id]);
}
