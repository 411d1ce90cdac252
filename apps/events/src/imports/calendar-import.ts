/** What became of one entry of a calendar. */
export type ImportedEntry = {
  /** Of its BEGIN in the content. */
  readonly line: number;
  readonly uid: string | null;
  readonly summary: string | null;
  readonly result: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';
  readonly reason: string | null;
  readonly warnings: readonly string[];
  readonly eventId: string | null;
};

/** What is known of an event that came from a calendar before. */
export type KnownImport = {
  readonly eventId: string;
  readonly status: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
  readonly spaceId: string | null;
  readonly sequence: number;
  readonly stamp: Date | null;
  readonly digest: string;
  readonly deleted: boolean;
};

export type ImportStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'update' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'unchanged'; readonly warning: string | null }
  | { readonly kind: 'refuse'; readonly reason: string };

type Incoming = {
  readonly sequence: number;
  readonly stamp: Date | null;
  readonly digest: string;
  readonly cancelled: boolean;
};

/** What follows from an entry for the event that its UID names, by SEQUENCE and DTSTAMP: RFC 5546, section 2.1.5. */
export function nextImportStep(known: KnownImport | null, incoming: Incoming): ImportStep {
  if (!known) return { kind: 'create' };
  if (known.deleted) return { kind: 'refuse', reason: 'The event was deleted: restore it first.' };
  if (known.digest === incoming.digest) return { kind: 'unchanged', warning: null };
  const older =
    incoming.sequence < known.sequence ||
    (incoming.sequence === known.sequence &&
      incoming.stamp !== null &&
      known.stamp !== null &&
      incoming.stamp < known.stamp);
  if (older) return { kind: 'unchanged', warning: 'It is older than what is known of it.' };
  if (known.status === 'CANCELLED') {
    return incoming.cancelled
      ? { kind: 'unchanged', warning: null }
      : { kind: 'refuse', reason: 'The event was cancelled; a cancelled event does not come back.' };
  }
  return { kind: incoming.cancelled ? 'cancel' : 'update' };
}
