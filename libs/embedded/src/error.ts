/** A server could not be found, started or recovered. The message tells a person what to do about it. */
export class EmbeddedServerError extends Error {
  override readonly name = 'EmbeddedServerError';
}
