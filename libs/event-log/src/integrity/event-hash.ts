import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { assert } from '@marquee/kernel';
import type { StoredEvent } from '../row.ts';
import { leafHash, type Hash } from './merkle.ts';

/**
 * The hash of a tenant's next event in its chain: SHA-256 over the canonical JSON (RFC 8785) of
 * `{ previous, event }`, where `previous` is the hash before in hex, or null for the tenant's first event.
 *
 * The event is hashed as it is stored: enciphered where it is, and before any upcasting, so that neither an erased key
 * nor a new version of a type breaks the chain. Its place in the table (`tx`, `global_position`) is no part of it: those
 * change when a log is moved, and the chain has an order of its own. Throws on what is no JSON to RFC 8785, such as a
 * number beyond a double, which no append can have written.
 */
export function hashEvent(previous: Hash | null, event: StoredEvent): Hash {
  const { id, organisationId, streamId, version, type, data, occurredAt, correlationId, actor, traceparent } =
    event;
  const json = canonicalize({
    previous: previous?.toString('hex') ?? null,
    event: {
      id,
      organisationId,
      streamId,
      version,
      type,
      data,
      occurredAt,
      correlationId,
      actor,
      ...(traceparent !== undefined && { traceparent }),
    },
  });
  assert(json !== undefined, 'an event that is no JSON');
  return createHash('sha256').update(json).digest();
}

/** The chain's hash as a leaf of the tenant's Merkle tree. */
export const chainLeaf = (hash: Hash): Hash => leafHash(hash);
