/** What a person can mend; the message says how. */
export class SchemaCheckError extends Error {
  override readonly name = 'SchemaCheckError';
}
