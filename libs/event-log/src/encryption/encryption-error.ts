/** A fault, or (SUBJECT_ERASED) an append about a person who was erased: refuse it in the caller's words. */
export class FieldEncryptionError extends Error {
  override readonly name = 'FieldEncryptionError';
  readonly code: 'SUBJECT_ERASED' | 'KEY_MISSING' | 'FORGED';

  constructor(code: FieldEncryptionError['code'], message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
