/** What was asked of a service or of NATS was not done; the message says why, in words for the one who asked. */
export class OperatorError extends Error {
  override readonly name = 'OperatorError';
}
