import { systemScope, type Database } from '@marquee/postgres';
import type { KeyManagement } from './key-management.ts';

/**
 * Wraps every subject's key that is not under the current key-encryption key anew: the second half of a rotation. Events
 * are not touched. May run beside everything else, be killed and run again. Answers how many were wrapped.
 *
 * The old key-encryption key can be destroyed after it. What backups of the database hold is then lost to whoever has
 * them, the keys of those erased since included.
 */
export async function rewrapSubjectKeys(
  database: Database,
  keys: KeyManagement,
  { batchSize = 100 }: { readonly batchSize?: number } = {},
): Promise<number> {
  const current = await keys.currentKeyId();
  type Row = { organisationId: string; subject: string; kek: string; wrapped: Buffer };
  let total = 0;
  let after = { organisationId: '00000000-0000-0000-0000-000000000000', subject: '' };
  for (;;) {
    const rows = await database.read(systemScope, (tx) =>
      tx.rows<Row>(
        `select organisation_id as "organisationId", subject, key_encryption_key_id as kek, wrapped
         from event_subject_key
         where (organisation_id, subject) > ($1, $2) and key_encryption_key_id <> $3
         order by organisation_id, subject limit $4`,
        [after.organisationId, after.subject, current, batchSize],
      ),
    );
    const last = rows.at(-1);
    if (!last) return total;
    // Outside any transaction: the key management may be far away.
    const wrapped = await Promise.all(
      rows.map(async ({ organisationId, subject, kek, wrapped: old }) => {
        const owner = { organisationId, subject };
        const raw = await keys.unwrap({ keyEncryptionKeyId: kek, wrapped: old }, owner);
        const anew = await keys.wrap(raw, owner);
        raw.fill(0);
        const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
        return { ...owner, old: hex(old), kek: anew.keyEncryptionKeyId, wrapped: hex(anew.wrapped) };
      }),
    );
    // A key erased in between stays erased: only what was read is replaced.
    total += await database.transaction(systemScope, (tx) =>
      tx.execute(
        `update event_subject_key known set key_encryption_key_id = kek, wrapped = decode(anew.wrapped, 'hex')
         from jsonb_to_recordset($1::jsonb) as anew
           ("organisationId" uuid, subject text, old text, kek text, wrapped text)
         where known.organisation_id = "organisationId" and known.subject = anew.subject
           and known.wrapped = decode(old, 'hex')`,
        [JSON.stringify(wrapped)],
      ),
    );
    after = last;
  }
}
