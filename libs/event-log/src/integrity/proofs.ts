import type { KeyObject } from 'node:crypto';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { eventColumns, toStoredEvent, type EventRow, type StoredEvent } from '../row.ts';
import { keptLevels, toCount } from './chain-tip.ts';
import { chainLeaf, hashEvent } from './event-hash.ts';
import { foldRoots } from './frontier.ts';
import {
  consistencyRanges,
  inclusionRanges,
  merkleRoot,
  verifyConsistency,
  verifyInclusion,
  type Hash,
  type LeafRange,
} from './merkle.ts';
import { verifyTreeHead, type SignedTreeHead } from './tree-head.ts';

/** All that is needed to check, without the database, that an event is under a signed head. JSON, hashes in hex. */
export type EventProof = {
  /** As stored: what is enciphered stays so. */
  readonly event: StoredEvent;
  /** The hash before it in its tenant's chain; null for the first. */
  readonly previous: string | null;
  readonly index: number;
  readonly size: number;
  readonly path: readonly string[];
};

/** That the later of two trees of a tenant holds the earlier unchanged. JSON, hashes in hex. */
export type ConsistencyProof = {
  readonly from: number;
  readonly size: number;
  readonly path: readonly string[];
};

/**
 * Proves an event to be in its tenant's tree of the first `size` events, such as a signed head's. Null where there is no
 * such event or it is not among them (yet). Reads a few hundred rows however long the log is.
 */
export async function proveEvent(tx: Transaction, eventId: string, size: number): Promise<EventProof | null> {
  const [row] = await tx.rows<EventRow & { sequence: string; previous: Buffer | null }>(
    `select ${eventColumns
      .split(', ')
      .map((column) => `event_log.${column}`)
      .join(', ')}, entry.sequence::text as sequence, previous.hash as previous
     from event_log
     join event_chain entry on entry.position = event_log.global_position
     left join event_chain previous
       on previous.organisation_id = entry.organisation_id and previous.sequence = entry.sequence - 1
     where event_log.event_id = $1`,
    [eventId],
  );
  if (!row) return null;
  const index = toCount(row.sequence);
  if (index >= size) return null;
  const hashes = await rangeRoots(tx, row.organisation_id, inclusionRanges(index, size));
  if (!hashes) return null;
  const previous = row.previous?.toString('hex') ?? null;
  return { event: toStoredEvent(row), previous, index, size, path: hashes.map(toHex) };
}

/** Proves that a tenant's tree of `size` events begins with its tree of `from`. Null where it is not that large. */
export async function proveConsistency(
  tx: Transaction,
  organisationId: string,
  from: number,
  size: number,
): Promise<ConsistencyProof | null> {
  const hashes = await rangeRoots(tx, organisationId, consistencyRanges(from, size));
  return hashes && { from, size, path: hashes.map(toHex) };
}

/** Whether the proof puts this very event under this head, and one of these keys signed the head. */
export function verifyEventProof(
  { event, previous, ...proof }: EventProof,
  head: SignedTreeHead,
  publicKeys: readonly KeyObject[],
): boolean {
  if (head.organisationId !== event.organisationId || head.size !== proof.size) return false;
  if (!verifyTreeHead(head, publicKeys)) return false;
  const leaf = chainLeaf(hashEvent(previous === null ? null : fromHex(previous), event));
  return verifyInclusion({ ...proof, path: proof.path.map(fromHex) }, leaf, fromHex(head.root));
}

/** Whether the later head only adds to the earlier one, and one of these keys signed both. */
export function verifyConsistencyProof(
  proof: ConsistencyProof,
  earlier: SignedTreeHead,
  later: SignedTreeHead,
  publicKeys: readonly KeyObject[],
): boolean {
  if (earlier.organisationId !== later.organisationId || earlier.log !== later.log) return false;
  if (proof.from !== earlier.size || proof.size !== later.size) return false;
  if (![earlier, later].every((head) => verifyTreeHead(head, publicKeys))) return false;
  const path = proof.path.map(fromHex);
  return verifyConsistency({ ...proof, path }, fromHex(earlier.root), fromHex(later.root));
}

/** A tenant's signed heads from this size on, smallest first, at most `limit`. For publishing and for auditors. */
export async function readTreeHeads(
  tx: Transaction,
  organisationId: string,
  { fromSize = 0, limit = 100 }: { readonly fromSize?: number; readonly limit?: number } = {},
): Promise<SignedTreeHead[]> {
  return readHeads(
    tx,
    'organisation_id = $1 and event_chain_head.size >= $2 order by event_chain_head.size, key_id limit $3',
    [organisationId, fromSize, limit],
  );
}

async function readHeads(
  tx: Transaction,
  condition: string,
  parameters: readonly unknown[],
): Promise<SignedTreeHead[]> {
  const rows = await tx.rows<Omit<SignedTreeHead, 'size' | 'signedAt'> & { size: string; signedAt: Date }>(
    `select log, organisation_id as "organisationId", size::text as size, root, signed_at as "signedAt",
       key_id as "keyId", signature
     from event_chain_head where ${condition}`,
    parameters,
  );
  return rows.map((row) => ({ ...row, size: toCount(row.size), signedAt: row.signedAt.toISOString() }));
}

/** What a chain was before one of its events: enough to follow it from there to a signed head. JSON, hashes in hex. */
export type ChainStart = {
  readonly index: number;
  /** The hash before; null at the first event. */
  readonly previous: string | null;
  /** The perfect subtrees of all before, largest first: one a bit of `index`. */
  readonly roots: readonly string[];
};

/** Where a tenant's chain stood before the event at `index`. Null where it does not reach so far. */
export async function readChainStart(
  tx: Transaction,
  organisationId: string,
  index: number,
): Promise<ChainStart | null> {
  if (index === 0) return { index, previous: null, roots: [] };
  const [previous] = await tx.rows<{ hash: Buffer }>(
    'select hash from event_chain where organisation_id = $1 and sequence = $2',
    [organisationId, index - 1],
  );
  const roots = await rangeRoots(tx, organisationId, perfectRanges(index));
  return previous && roots ? { index, previous: toHex(previous.hash), roots: roots.map(toHex) } : null;
}

/** The leaves before `index` as perfect subtrees, largest first. */
function perfectRanges(index: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  for (let start = 0; start < index;) {
    const width = 2 ** Math.floor(Math.log2(index - start));
    ranges.push({ start, end: start + width });
    start += width;
  }
  return ranges;
}

/** The newest head that was signed for a tenant; null before the first. */
export async function readNewestHead(
  tx: Transaction,
  organisationId: string,
): Promise<SignedTreeHead | null> {
  const [head] = await readHeads(tx, 'organisation_id = $1 order by event_chain_head.size desc limit 1', [
    organisationId,
  ]);
  return head ?? null;
}

/** A perfect subtree of a range, and the kept nodes (or leaves, at level 0) that it is computed from. */
type Part = { readonly level: number; readonly start: number; readonly end: number };

/** The roots of ranges of a tenant's leaves, or null where some leaves are not there. One statement. */
async function rangeRoots(
  tx: Transaction,
  organisationId: string,
  ranges: readonly LeafRange[],
): Promise<Hash[] | null> {
  const parts = ranges.map(partsOf);
  const wanted = parts.flat();
  const rows = await tx.rows<{ part: string; hash: Buffer }>(
    `select part.number::text as part, node.hash
     from unnest($2::integer[], $3::bigint[], $4::bigint[]) with ordinality as part (level, first, behind, number)
     cross join lateral (
       select sequence as place, hash from event_chain
       where part.level = 0 and organisation_id = $1 and sequence >= part.first and sequence < part.behind
       union all
       select index, hash from event_chain_node
       where organisation_id = $1 and event_chain_node.level = part.level and index >= part.first and index < part.behind
     ) as node
     order by part.number, node.place`,
    [
      organisationId,
      wanted.map((part) => part.level),
      wanted.map((part) => part.start),
      wanted.map((part) => part.end),
    ],
  );
  const found = wanted.map((): Hash[] => []);
  for (const { part, hash } of rows) {
    const place = Number(part) - 1;
    found[place]!.push(wanted[place]!.level === 0 ? chainLeaf(hash) : hash);
  }
  if (wanted.some((part, place) => found[place]!.length !== part.end - part.start)) return null;
  let next = 0;
  return parts.map((own) => foldRoots(own.map(() => merkleRoot(found[next++]!))));
}

/** The perfect subtrees that a range of a proof consists of, largest first. */
function partsOf({ start, end }: LeafRange): Part[] {
  const parts: Part[] = [];
  for (let place = start; place < end;) {
    let level = 0;
    while (place % 2 ** (level + 1) === 0 && place + 2 ** (level + 1) <= end) level++;
    const kept = level - (level % keptLevels);
    const width = 2 ** (level - kept);
    const first = place / 2 ** kept;
    parts.push({ level: kept, start: first, end: first + width });
    place += 2 ** level;
  }
  assert(parts.length > 0, 'a range without leaves');
  return parts;
}

const toHex = (hash: Hash) => hash.toString('hex');
const fromHex = (hex: string): Hash => Buffer.from(hex, 'hex');
