/** What a person can mend: the message says how. */
export class ReleaseError extends Error {
  override readonly name = 'ReleaseError';
}
