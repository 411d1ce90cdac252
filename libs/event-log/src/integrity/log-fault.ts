export type LogFaultKind =
  /** The event is not the one that was sealed. */
  | 'altered'
  /** The sealed event is not there. */
  | 'missing'
  /** An event that was never sealed stands among sealed ones. */
  | 'inserted'
  /** The event comes at another place of the log than when it was sealed. */
  | 'reordered'
  /** The event is as it was, but the chain's own record of it is not. */
  | 'chain'
  /** A signed head says other than the chain. */
  | 'head';

/** One row that is not as it was when it was sealed. */
export type LogFault = {
  readonly kind: LogFaultKind;
  readonly organisationId: string;
  /** The row's `global_position`, or the last one known before; null where all is gone. */
  readonly position: string | null;
  /** Its number in the tenant's chain, from 0; null for a row that is in none. */
  readonly sequence: number | null;
  readonly eventId: string | null;
  readonly streamId: string | null;
  readonly version: number | null;
  /** What is not as it was, in words for a person. */
  readonly differs: string;
};

/** Rows in the order of their positions; what has none comes last. */
export function isEarlier(one: LogFault, other: LogFault): boolean {
  if (one.position === null) return false;
  return other.position === null || BigInt(one.position) < BigInt(other.position);
}
