import { randomBytes, type KeyObject } from 'node:crypto';
import { newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { dataKeyBytes, takeKey } from './cipher.ts';
import type { KeyContext, KeyManagement } from './key-management.ts';

/** What is known of a subject's key. */
export type SubjectKey = KeyObject | 'erased' | 'missing';

export type SubjectKeyOptions = {
  readonly keys: KeyManagement;
  /** How long a key is used without looking whether it was erased meanwhile. */
  readonly cacheMs: number;
  /** Keys at most. */
  readonly cacheSize: number;
};

type Cached = { readonly keyId: string; readonly key: KeyObject; readonly checkedAtMs: number };
type Row = {
  readonly organisationId: string;
  readonly subject: string;
  readonly keyId: string;
  readonly kek: string | null;
  readonly wrapped: Buffer | null;
  /** Written by this very transaction, which may yet roll back. */
  readonly own: boolean;
};

/** Unwrapping asked of the key management at the same time. */
const unwrapsAtOnce = 16;

export const subjectName = ({ organisationId, subject }: KeyContext) => `${organisationId}/${subject}`;

/** The data keys of subjects: from memory, else from the database through the key management. */
export class SubjectKeyring {
  readonly #options: SubjectKeyOptions;
  /** The longest unchecked first; what is in use is checked, and so moved to the end, every `cacheMs`. */
  readonly #cache = new Map<string, Cached>();

  constructor(options: SubjectKeyOptions) {
    this.#options = options;
  }

  /** From memory, if it was looked at recently enough. */
  find(subject: KeyContext): KeyObject | undefined {
    const cached = this.#cache.get(subjectName(subject));
    if (!cached || performance.now() - cached.checkedAtMs >= this.#options.cacheMs) return undefined;
    return cached.key;
  }

  forget(subject: KeyContext): void {
    this.#cache.delete(subjectName(subject));
  }

  /** Of each subject, by name. With `create` a subject without a key gets one, in this transaction. */
  async load(
    tx: Transaction,
    subjects: readonly KeyContext[],
    { create }: { readonly create: boolean },
  ): Promise<Map<string, SubjectKey>> {
    const wanted = [...new Map(subjects.map((each) => [subjectName(each), each])).values()];
    const found = await this.#open(await select(tx, wanted));
    const missing = wanted.filter((each) => !found.has(subjectName(each)));
    if (missing.length === 0) return found;
    if (!create)
      return new Map([...found, ...missing.map((each) => [subjectName(each), 'missing'] as const)]);
    const made = await this.#create(tx, missing);
    // Another transaction was faster: its key is the subject's, and it has committed.
    const others = missing.filter((each) => !made.has(subjectName(each)));
    const theirs = others.length > 0 ? await this.#open(await select(tx, others)) : [];
    return new Map([...found, ...made, ...theirs]);
  }

  async #open(rows: readonly Row[]): Promise<Map<string, SubjectKey>> {
    const found = new Map<string, SubjectKey>();
    for (let start = 0; start < rows.length; start += unwrapsAtOnce) {
      const some = rows.slice(start, start + unwrapsAtOnce);
      const keys = await Promise.all(some.map((row) => this.#unwrap(row)));
      for (const [index, row] of some.entries()) {
        const key = keys[index]!;
        found.set(subjectName(row), key);
        // Kept before its commit, a key that is rolled back would go on enciphering, and nobody could read it again.
        if (key !== 'erased' && !row.own) this.#keep(row, row.keyId, key);
      }
    }
    return found;
  }

  async #unwrap(row: Row): Promise<KeyObject | 'erased'> {
    if (row.wrapped === null || row.kek === null) return 'erased';
    const known = this.#cache.get(subjectName(row));
    if (known?.keyId === row.keyId) return known.key;
    const { organisationId, subject } = row;
    const wrapped = { keyEncryptionKeyId: row.kek, wrapped: row.wrapped };
    return takeKey(await this.#options.keys.unwrap(wrapped, { organisationId, subject }));
  }

  async #create(tx: Transaction, subjects: readonly KeyContext[]): Promise<Map<string, KeyObject>> {
    const drafts = await Promise.all(
      subjects.map(async ({ organisationId, subject }) => {
        const raw = randomBytes(dataKeyBytes);
        const { keyEncryptionKeyId, wrapped } = await this.#options.keys.wrap(raw, {
          organisationId,
          subject,
        });
        const row = { organisationId, subject, keyId: newUuid(), kek: keyEncryptionKeyId };
        return { row: { ...row, wrapped: Buffer.from(wrapped).toString('hex') }, key: takeKey(raw) };
      }),
    );
    const inserted = await tx.rows<{ keyId: string }>(
      insertSql,
      [JSON.stringify(drafts.map(({ row }) => row))],
      {
        name: 'insert-subject-keys',
      },
    );
    const ids = new Set(inserted.map((row) => row.keyId));
    const made = drafts.filter(({ row }) => ids.has(row.keyId));
    tx.afterCommit(() => {
      for (const { row, key } of made) this.#keep(row, row.keyId, key);
    });
    return new Map(made.map(({ row, key }) => [subjectName(row), key]));
  }

  #keep(subject: KeyContext, keyId: string, key: KeyObject): void {
    const name = subjectName(subject);
    this.#cache.delete(name);
    this.#cache.set(name, { keyId, key, checkedAtMs: performance.now() });
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > this.#options.cacheSize && oldest !== undefined) this.#cache.delete(oldest);
  }
}

/**
 * Makes all that is personal in the log of this transaction's organisation unreadable for ever: each subject's row stays,
 * without its key. Answers how many keys went.
 */
export async function destroySubjectKeys(tx: Transaction): Promise<number> {
  return tx.execute(`
    update event_subject_key set wrapped = null, key_encryption_key_id = null, erased_at = clock_timestamp()
    where erased_at is null`);
}

async function select(tx: Transaction, subjects: readonly KeyContext[]): Promise<Row[]> {
  return tx.rows<Row>(
    selectSql,
    [subjects.map((each) => each.organisationId), subjects.map((each) => each.subject)],
    { name: 'select-subject-keys' },
  );
}

const selectSql = `
select organisation_id as "organisationId", subject, key_id as "keyId", key_encryption_key_id as kek, wrapped,
  (xmin = pg_current_xact_id_if_assigned()::xid) is true as own
from event_subject_key
where (organisation_id, subject) in (select * from unnest($1::uuid[], $2::text[]))`;

/** In the order of the key, so that two transactions that make keys for the same people cannot deadlock. */
const insertSql = `
insert into event_subject_key (organisation_id, subject, key_id, key_encryption_key_id, wrapped)
select "organisationId", subject, "keyId", kek, decode(wrapped, 'hex')
from jsonb_to_recordset($1::jsonb) as draft ("organisationId" uuid, subject text, "keyId" uuid, kek text, wrapped text)
order by "organisationId", subject
on conflict do nothing
returning key_id as "keyId"`;
