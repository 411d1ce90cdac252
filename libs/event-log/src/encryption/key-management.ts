/** What a key belongs to. Bound to the wrapping: one subject's wrapped key does not open in another's place. */
export type KeyContext = { readonly organisationId: string; readonly subject: string };

/** A data key as it may be stored: useless without the key-encryption key named. */
export type WrappedKey = { readonly keyEncryptionKeyId: string; readonly wrapped: Uint8Array };

/**
 * Keeps the key-encryption keys, which never leave it: the seam to a key management service (AWS KMS with an encryption
 * context, Google Cloud KMS with additional data, Vault's transit engine with derivation) or to a file
 * (`createFileKeyManagement`). An adapter passes `keyManagementConformance`.
 */
export interface KeyManagement {
  /** The key-encryption key that `wrap` uses now. */
  currentKeyId(): Promise<string>;
  wrap(dataKey: Uint8Array, context: KeyContext): Promise<WrappedKey>;
  /** Also of keys wrapped before a rotation. Throws KeyManagementError where the key is gone or the wrapping is forged. */
  unwrap(wrapped: WrappedKey, context: KeyContext): Promise<Uint8Array>;
}

export class KeyManagementError extends Error {
  override readonly name = 'KeyManagementError';
  readonly code: 'UNKNOWN_KEY' | 'FORGED' | 'UNSAFE_FILE';

  constructor(code: KeyManagementError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
