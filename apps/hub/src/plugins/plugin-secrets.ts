import { createSecretKey, randomBytes } from 'node:crypto';
import type { KeyManagement } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { makeApiKey } from '@marquee/subgraph';
import { secretText } from '../signing/sign.ts';

/** Ours beside the plugin's own, whose names begin with a letter. */
const signingName = '_signing';
const apiKeyName = '_api-key';
const signingBytes = 32;

export type SecretValue = { readonly name: string; readonly value: string };
/** Wrapped, and not stored yet. */
export type DraftedSecret = Wrapped;
type Wrapped = { readonly name: string; readonly keyEncryptionKeyId: string; readonly wrapped: Uint8Array };
type Owner = { readonly organisationId: string; readonly pluginId: string };

/** The secrets of plugins: at rest under the key-encryption key, opened where the host uses them, shown to no plugin. */
export class PluginSecrets {
  readonly #keys: KeyManagement;

  constructor(keys: KeyManagement) {
    this.#keys = keys;
  }

  /** Before the transaction: the key management may be far away. */
  async wrap(owner: Owner, values: readonly SecretValue[]): Promise<readonly Wrapped[]> {
    return Promise.all(values.map(({ name, value }) => this.#wrap(owner, name, Buffer.from(value))));
  }

  /** What signs the requests to a plugin's app. */
  draftSigning(owner: Owner): Promise<Wrapped> {
    return this.#wrap(owner, signingName, randomBytes(signingBytes));
  }

  /** An API key, which identity is asked to make. */
  draftApiKey(owner: Owner): Promise<Wrapped> {
    return this.#wrap(owner, apiKeyName, Buffer.from(makeApiKey(randomBytes)));
  }

  async store(tx: Transaction, pluginId: string, wrapped: readonly Wrapped[]): Promise<void> {
    for (const each of wrapped)
      await tx.execute(
        `insert into plugin_secret (organisation_id, plugin_id, name, key_encryption_key_id, wrapped)
         values ($1, $2, $3, $4, $5)
         on conflict (organisation_id, plugin_id, name)
         do update set key_encryption_key_id = excluded.key_encryption_key_id, wrapped = excluded.wrapped`,
        [tx.organisationId, pluginId, each.name, each.keyEncryptionKeyId, Buffer.from(each.wrapped)],
      );
  }

  async forget(tx: Transaction, pluginId: string): Promise<void> {
    await tx.execute('delete from plugin_secret where plugin_id = $1', [pluginId]);
  }

  async forgetApiKey(tx: Transaction, pluginId: string): Promise<void> {
    await tx.execute('delete from plugin_secret where plugin_id = $1 and name = $2', [pluginId, apiKeyName]);
  }

  /** For identity, and the plugin's app; null for one that is to have none. */
  async revealApiKey(tx: Transaction, pluginId: string): Promise<string | null> {
    const bytes = await this.#open(tx, pluginId, apiKeyName);
    return bytes && Buffer.from(bytes).toString('utf8');
  }

  /** For whoever installed the plugin; null for one that has no app. */
  async revealSigning(tx: Transaction, pluginId: string): Promise<string | null> {
    const bytes = await this.#open(tx, pluginId, signingName);
    return bytes && secretText(bytes);
  }

  /** What a request to the plugin's app is sent with. */
  async forRequest(tx: Transaction, pluginId: string, bearerName: string | undefined) {
    const signing = await this.#open(tx, pluginId, signingName);
    assert(signing, 'a plugin with an app has a signing secret');
    const bearer = bearerName === undefined ? null : await this.#open(tx, pluginId, bearerName);
    return { key: createSecretKey(signing), bearer: bearer && Buffer.from(bearer).toString('utf8') };
  }

  async #open(tx: Transaction, pluginId: string, name: string): Promise<Uint8Array | null> {
    const [row] = await tx.rows<{ organisationId: string; keyEncryptionKeyId: string; wrapped: Buffer }>(
      `select organisation_id as "organisationId", key_encryption_key_id as "keyEncryptionKeyId", wrapped
         from plugin_secret where plugin_id = $1 and name = $2`,
      [pluginId, name],
    );
    if (!row) return null;
    const { organisationId, ...wrapped } = row;
    return this.#keys.unwrap(wrapped, contextOf({ organisationId, pluginId }));
  }

  async #wrap(owner: Owner, name: string, bytes: Uint8Array): Promise<Wrapped> {
    return { name, ...(await this.#keys.wrap(bytes, contextOf(owner))) };
  }
}

/** What a secret is bound to: wrapped for one plugin it does not open for another. */
export const contextOf = ({ organisationId, pluginId }: Owner) => ({
  organisationId,
  subject: `plugin-${pluginId}`,
});
