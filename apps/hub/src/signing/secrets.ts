import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import type { KeyManagement } from '@marquee/event-log';
import { assert, newUuid } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { LRUCache } from 'lru-cache';
import { privateKeyOf, publicKeyText, secretText, type SigningKeys } from './sign.ts';

/** `bearer` is sent with each message, to who asks for it: a plugin's app. */
type Kind = 'v1' | 'v1a' | 'bearer';

export type StoredSecret = {
  readonly id: string;
  readonly organisationId: string;
  readonly endpointId: string;
  readonly kind: Kind;
  readonly keyEncryptionKeyId: string;
  readonly wrapped: Buffer;
};

type Drafted = { readonly kind: Kind; readonly keyEncryptionKeyId: string; readonly wrapped: Uint8Array };

/** What a new endpoint signs with, wrapped and not stored yet. */
export type DraftedKeys = { readonly publicKey: string; readonly drafts: readonly Drafted[] };

/** What the other side knows already: it signed, and was sent, before there was the endpoint. */
type KnownSecrets = { readonly secret: Uint8Array; readonly bearer: string | null };

const secretBytes = 32;

/** The secrets of endpoints: at rest under the key-encryption key, opened to sign and to be shown once. */
export class SecretStore {
  readonly #keys: KeyManagement;
  /** Opened keys by the secret's id: a delivery asks no key management. */
  readonly #opened = new LRUCache<string, KeyObject>({ max: 10_000 });

  constructor(keys: KeyManagement) {
    this.#keys = keys;
  }

  /** A secret, new unless it is known, and a key pair. Before the transaction: the key management may be far away. */
  async draft(organisationId: string, endpointId: string, known?: KnownSecrets): Promise<DraftedKeys> {
    const seed = randomBytes(secretBytes);
    const publicKey = publicKeyText(privateKeyOf(seed));
    const owner = { organisationId, endpointId };
    const drafts = [await this.#draftSecret(owner, known?.secret), await this.#wrap('v1a', seed, owner)];
    const bearer = known?.bearer ?? null;
    if (bearer !== null) drafts.push(await this.#wrap('bearer', Buffer.from(bearer), owner));
    return { publicKey, drafts };
  }

  async draftSecret(organisationId: string, endpointId: string): Promise<DraftedKeys['drafts']> {
    return [await this.#draftSecret({ organisationId, endpointId })];
  }

  async insert(tx: Transaction, endpointId: string, drafts: DraftedKeys['drafts']): Promise<void> {
    for (const { kind, keyEncryptionKeyId, wrapped } of drafts) {
      await tx.execute(
        `insert into webhook_secret (organisation_id, id, endpoint_id, kind, key_encryption_key_id, wrapped)
         values ($1, $2, $3, $4, $5, $6)`,
        [tx.organisationId, newUuid(), endpointId, kind, keyEncryptionKeyId, Buffer.from(wrapped)],
      );
    }
  }

  /** What signs now goes on for so long; what was on its way out goes now, so that there are never three. */
  async phaseOut(tx: Transaction, endpointId: string, overlapHours: number): Promise<void> {
    await tx.execute(
      `delete from webhook_secret where endpoint_id = $1 and kind = 'v1' and expires_at is not null`,
      [endpointId],
    );
    await tx.execute(
      `update webhook_secret set expires_at = now() + make_interval(hours => $2)
        where endpoint_id = $1 and kind = 'v1'`,
      [endpointId, overlapHours],
    );
  }

  /** The newest secret as text, for whoever has just made it. */
  async reveal(tx: Transaction, endpointId: string): Promise<string> {
    const [secret] = await tx.rows<StoredSecret>(
      `select ${secretColumns} from webhook_secret s
        where endpoint_id = $1 and kind = 'v1' and expires_at is null`,
      [endpointId],
    );
    assert(secret, 'an endpoint has a current secret');
    return secretText(await this.#unwrap(secret));
  }

  /** What signs for an endpoint, and is sent with it; `secrets` are those of it that have not expired. */
  async keysOf(
    secrets: readonly StoredSecret[],
  ): Promise<{ readonly signing: SigningKeys; readonly bearer: string | null }> {
    const keys = await Promise.all(
      secrets.map(async (each) => ({ of: each.kind, key: await this.#open(each) })),
    );
    const privateKey = keys.find(({ of }) => of === 'v1a')?.key;
    assert(privateKey, 'an endpoint has a key pair');
    const bearer = keys.find(({ of }) => of === 'bearer')?.key;
    return {
      signing: { privateKey, secrets: keys.filter(({ of }) => of === 'v1').map(({ key }) => key) },
      bearer: bearer ? bearer.export().toString('utf8') : null,
    };
  }

  async #open(secret: StoredSecret): Promise<KeyObject> {
    const known = this.#opened.get(secret.id);
    if (known) return known;
    const bytes = await this.#unwrap(secret);
    const key = secret.kind === 'v1a' ? privateKeyOf(bytes) : createSecretKey(bytes);
    this.#opened.set(secret.id, key);
    return key;
  }

  #unwrap({ organisationId, endpointId, keyEncryptionKeyId, wrapped }: StoredSecret): Promise<Uint8Array> {
    return this.#keys.unwrap({ keyEncryptionKeyId, wrapped }, contextOf({ organisationId, endpointId }));
  }

  #draftSecret(owner: Owner, secret: Uint8Array = randomBytes(secretBytes)): Promise<Drafted> {
    return this.#wrap('v1', secret, owner);
  }

  async #wrap(kind: Kind, bytes: Uint8Array, owner: Owner): Promise<Drafted> {
    return { kind, ...(await this.#keys.wrap(bytes, contextOf(owner))) };
  }
}

type Owner = { readonly organisationId: string; readonly endpointId: string };

/** What a secret is bound to: wrapped for one endpoint it does not open for another. */
export const contextOf = ({ organisationId, endpointId }: Owner) => ({
  organisationId,
  subject: `webhook-endpoint-${endpointId}`,
});

export const secretColumns = `s.id, s.organisation_id as "organisationId", s.endpoint_id as "endpointId", s.kind,
  s.key_encryption_key_id as "keyEncryptionKeyId", s.wrapped`;
