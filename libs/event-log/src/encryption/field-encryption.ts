import type { DomainEvent } from '@marquee/contracts';
import { assert } from '@marquee/kernel';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { appendEvents } from '../append.ts';
import type { StreamAppend } from '../draft.ts';
import type { EventContent, EventInterceptor } from '../intercept.ts';
import { deciphering, enciphering, type EventCipher } from './event-cipher.ts';
import type { KeyContext, KeyManagement } from './key-management.ts';
import { subjectName, SubjectKeyring, type SubjectKey } from './subject-keys.ts';

export type FieldEncryptionOptions = {
  readonly keys: KeyManagement;
  /** How long, in another process than the erasing one, a key may still be used after its erasure; default 30,000. */
  readonly cacheMs?: number;
  /** Data keys in memory; default 10,000. */
  readonly cacheSize?: number;
};

/** What appends and reads are given as `interceptors`. */
export type EncryptionInterceptors = {
  /** Enciphers the marked fields. Throws FieldEncryptionError SUBJECT_ERASED where their subject was erased. */
  readonly append: EventInterceptor;
  /** Deciphers them; what was erased reads as its `erased` value, what was stored plain as it is. */
  readonly read: EventInterceptor;
};

export interface FieldEncryption {
  /** Keys through this transaction: those it makes exist if it commits. For appendEvents, readStream, readAll … */
  within(tx: Transaction): EncryptionInterceptors;
  /** Keys in transactions of their own. For createAppender; within a transaction it could exhaust the pool. */
  over(database: Database): EncryptionInterceptors;
  /**
   * Deletes the subject's key in this transaction (of its tenant) and tells so by `announce`: whatever the log holds of
   * the subject's marked fields can never be read again. No key is made for it again. A second time nothing happens and
   * nothing is told. Answers what was appended. Without `announce` nobody is told: for a subject that is part of another
   * that is erased in the same transaction.
   */
  eraseSubject(
    tx: Transaction,
    erasure: { readonly subject: string; readonly announce?: StreamAppend },
  ): Promise<DomainEvent[]>;
}

/** Field encryption of one log. One an application: it holds the keys in use. */
export function createFieldEncryption(options: FieldEncryptionOptions): FieldEncryption {
  const { keys, cacheMs = 30_000, cacheSize = 10_000 } = options;
  const keyring = new SubjectKeyring({ keys, cacheMs, cacheSize });
  const loader = (load: Load): EncryptionInterceptors => ({
    append: interceptor(keyring, (owners) => load(owners, true), enciphering),
    read: interceptor(keyring, (owners) => load(owners, false), deciphering),
  });
  return {
    within: (tx) => {
      /** Also of what this transaction has made and not committed yet. */
      const own: Keys = new Map();
      return loader(async (owners, create) => {
        const unknown = owners.filter((owner) => !own.has(subjectName(owner)));
        const loaded = unknown.length > 0 ? await keyring.load(tx, unknown, { create }) : [];
        // Who reads first and appends then would else be told that there is no key.
        for (const [name, key] of loaded) if (key !== 'missing') own.set(name, key);
        return new Map([...loaded, ...own]);
      });
    },
    over: (database) =>
      loader((owners, create) => {
        const work = (tx: Transaction) => keyring.load(tx, owners, { create });
        return create ? database.transaction(systemScope, work) : database.read(systemScope, work);
      }),
    eraseSubject: async (tx, { subject, announce }) => {
      const { organisationId } = tx;
      assert(organisationId, 'an erasure is of one tenant');
      const changed = await tx.execute(eraseSql, [organisationId, subject]);
      tx.afterCommit(() => keyring.forget({ organisationId, subject }));
      return changed > 0 && announce ? appendEvents(tx, announce) : [];
    },
  };
}

/** Its row stays without the key; where there was none yet, it is made, so that there never will be. */
const eraseSql = `
insert into event_subject_key as known (organisation_id, subject, key_id, erased_at)
values ($1, $2, gen_random_uuid(), now())
on conflict (organisation_id, subject) do update
  set wrapped = null, key_encryption_key_id = null, erased_at = excluded.erased_at
  where known.erased_at is null`;

type Keys = Map<string, SubjectKey>;
type Load = (owners: readonly KeyContext[], create: boolean) => Promise<Keys>;

/** With the keys in memory an event is changed at once, without a promise; else they are loaded first. */
function interceptor(
  keyring: SubjectKeyring,
  load: (owners: readonly KeyContext[]) => Promise<Keys>,
  cipher: EventCipher,
): EventInterceptor {
  /** What was loaded for many events at once, until they have passed. */
  const prepared = new WeakMap<EventContent, Keys>();
  const intercept = (event: EventContent): EventContent | Promise<EventContent> => {
    const owned = cipher.select(event);
    if (owned.length === 0) return event;
    // Taken once: a key in memory may grow too old between a look at it and its use.
    const keys: Keys = new Map();
    const loaded = prepared.get(event);
    for (const { owner } of owned) {
      const key = loaded?.get(subjectName(owner)) ?? keyring.find(owner);
      if (key) keys.set(subjectName(owner), key);
    }
    const changeWith = (all: Keys) =>
      cipher.change(event, owned, (owner) => all.get(subjectName(owner)) ?? 'missing');
    if (keys.size === owned.length) return changeWith(keys);
    return load(owned.map(({ owner }) => owner)).then(changeWith);
  };
  return Object.assign(intercept, {
    prepare: async (events: readonly EventContent[]) => {
      const unknown = events
        .flatMap((event) => cipher.select(event).map(({ owner }) => owner))
        .filter((owner) => !keyring.find(owner));
      if (unknown.length === 0) return;
      const keys = await load(unknown);
      for (const event of events) prepared.set(event, keys);
    },
  });
}
