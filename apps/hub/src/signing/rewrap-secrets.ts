import type { KeyContext, KeyManagement } from '@marquee/event-log';
import { systemScope, type Database } from '@marquee/postgres';
import { contextOf as ofPlugin } from '../plugins/plugin-secrets.ts';
import { contextOf as ofEndpoint } from './secrets.ts';

const atOnce = 100;

type Holder = {
  readonly table: string;
  /** The column of the thing that a secret is bound to. */
  readonly owner: string;
  contextOf(organisationId: string, ownerId: string): KeyContext;
};

/** Whatever is wrapped by the key-encryption key of this service, its log apart. */
const holders: readonly Holder[] = [
  {
    table: 'webhook_secret',
    owner: 'endpoint_id',
    contextOf: (organisationId, endpointId) => ofEndpoint({ organisationId, endpointId }),
  },
  {
    table: 'plugin_secret',
    owner: 'plugin_id',
    contextOf: (organisationId, pluginId) => ofPlugin({ organisationId, pluginId }),
  },
];

/**
 * Wraps every secret of endpoints and plugins that is not under the current key-encryption key anew: the second half of a
 * rotation of that key. The secrets themselves stay what they are. May run beside everything else, be killed and run again.
 * Answers how many were wrapped.
 */
export async function rewrapSecrets(database: Database, keys: KeyManagement): Promise<number> {
  let total = 0;
  for (const holder of holders)
    for (let wrapped = await rewrapSome(database, keys, holder); wrapped > 0;) {
      total += wrapped;
      wrapped = await rewrapSome(database, keys, holder);
    }
  return total;
}

type Wrapped = {
  readonly organisationId: string;
  readonly ownerId: string;
  readonly keyEncryptionKeyId: string;
  readonly wrapped: Buffer;
};

async function rewrapSome(database: Database, keys: KeyManagement, holder: Holder): Promise<number> {
  const { table, owner, contextOf } = holder;
  const current = await keys.currentKeyId();
  const old = await database.read(systemScope, (tx) =>
    tx.rows<Wrapped>(
      `select organisation_id as "organisationId", ${owner} as "ownerId", wrapped,
         key_encryption_key_id as "keyEncryptionKeyId"
       from ${table} where key_encryption_key_id <> $1 limit $2`,
      [current, atOnce],
    ),
  );
  // Outside any transaction: the key management may be far away.
  const anew = await Promise.all(
    old.map(async (each) => {
      const context = contextOf(each.organisationId, each.ownerId);
      const raw = await keys.unwrap(each, context);
      const { keyEncryptionKeyId, wrapped } = await keys.wrap(raw, context);
      raw.fill(0);
      return { old: hex(each.wrapped), keyEncryptionKeyId, wrapped: hex(wrapped) };
    }),
  );
  // No two wrappings are alike. What was deleted or exchanged in between stays so.
  await database.transaction(systemScope, (tx) =>
    tx.execute(
      `update ${table} s set key_encryption_key_id = anew."keyEncryptionKeyId", wrapped = decode(anew.wrapped, 'hex')
       from jsonb_to_recordset($1::jsonb) as anew (old text, "keyEncryptionKeyId" text, wrapped text)
       where s.wrapped = decode(anew.old, 'hex')`,
      [JSON.stringify(anew)],
    ),
  );
  return old.length;
}

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
