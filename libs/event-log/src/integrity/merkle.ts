import { createHash } from 'node:crypto';
import { assert } from '@marquee/kernel';

/**
 * The Merkle tree of RFC 6962 (section 2.1), as pure functions: SHA-256, leaves and inner nodes hashed with different
 * first bytes, so that neither can pass for the other. A hash is 32 bytes.
 */
export type Hash = Buffer;

/** Leaves `start` up to but without `end`. */
export type LeafRange = { readonly start: number; readonly end: number };

const leafPrefix = Buffer.of(0x00);
const nodePrefix = Buffer.of(0x01);

export function leafHash(leaf: Uint8Array): Hash {
  return createHash('sha256').update(leafPrefix).update(leaf).digest();
}

export function nodeHash(left: Hash, right: Hash): Hash {
  return createHash('sha256').update(nodePrefix).update(left).update(right).digest();
}

/** The root of a tree without leaves. */
export const emptyRoot: Hash = createHash('sha256').digest();

/** The root over these leaf hashes: the RFC's MTH. */
export function merkleRoot(hashes: readonly Hash[]): Hash {
  if (hashes.length === 0) return emptyRoot;
  if (hashes.length === 1) return hashes[0]!;
  const split = largestPowerBelow(hashes.length);
  return nodeHash(merkleRoot(hashes.slice(0, split)), merkleRoot(hashes.slice(split)));
}

/**
 * The ranges whose roots, in this order, prove that the leaf at `index` is in the tree of `size` leaves: the RFC's PATH.
 * Ranges and not hashes, so that who keeps a tree of millions looks up the few he needs.
 */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  assertWhole(size);
  assert(Number.isSafeInteger(index) && index >= 0 && index < size, `no leaf ${index} in a tree of ${size}`);
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end - start > 1) {
    const middle = start + largestPowerBelow(end - start);
    if (index < middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
    }
  }
  return ranges;
}

/** The ranges whose roots prove that the tree of `size` leaves begins with the whole tree of `from`: the RFC's PROOF. */
export function consistencyRanges(from: number, size: number): LeafRange[] {
  assertWhole(size);
  assertWhole(from);
  assert(from <= size, `a tree of ${size} cannot begin with one of ${from}`);
  if (from === 0 || from === size) return [];
  const ranges: LeafRange[] = [];
  let [start, end] = [0, size];
  while (end > from) {
    const middle = start + largestPowerBelow(end - start);
    if (from <= middle) {
      ranges.unshift({ start: middle, end });
      end = middle;
    } else {
      ranges.unshift({ start, end: middle });
      start = middle;
    }
  }
  // What is left is a part of the old tree; it is the old root itself, which the verifier has, where it is all of it.
  if (start > 0) ranges.unshift({ start, end });
  return ranges;
}

/** The root that a leaf and its path lead to, or null where a path of this length fits no tree of this size. */
export function rootFromInclusion(
  leaf: Hash,
  index: number,
  size: number,
  path: readonly Hash[],
): Hash | null {
  if (!isWhole(size) || !isWhole(index) || index >= size) return null;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== path.length || path.some((hash) => hash.length !== 32)) return null;
  return path.reduce(
    (root, hash, place) => (ranges[place]!.start > index ? nodeHash(root, hash) : nodeHash(hash, root)),
    leaf,
  );
}

/** Whether the leaf hash stands at `index` of the tree of `size` leaves with this root. */
export function verifyInclusion(
  proof: { readonly index: number; readonly size: number; readonly path: readonly Hash[] },
  leaf: Hash,
  root: Hash,
): boolean {
  return rootFromInclusion(leaf, proof.index, proof.size, proof.path)?.equals(root) ?? false;
}

/** Whether the tree of `size` leaves only adds to the tree of `from`: nothing that was there has changed. */
export function verifyConsistency(
  proof: { readonly from: number; readonly size: number; readonly path: readonly Hash[] },
  fromRoot: Hash,
  root: Hash,
): boolean {
  const { from, size, path } = proof;
  if (!isWhole(from) || !isWhole(size) || from > size) return false;
  const ranges = consistencyRanges(from, size);
  if (ranges.length !== path.length || path.some((hash) => hash.length !== 32)) return false;
  if (from === 0) return true;
  if (from === size) return fromRoot.equals(root);
  // Where the old tree is one perfect subtree of the new, its root is the first node and not part of the path.
  const seeded = ranges[0]!.start < from && ranges[0]!.end === from;
  let [old, current] = seeded ? [path[0]!, path[0]!] : [fromRoot, fromRoot];
  for (const [place, hash] of path.entries()) {
    if (place === 0 && seeded) continue;
    if (ranges[place]!.start >= from) current = nodeHash(current, hash);
    else [old, current] = [nodeHash(hash, old), nodeHash(hash, current)];
  }
  return old.equals(fromRoot) && current.equals(root);
}

function largestPowerBelow(count: number): number {
  let power = 1;
  while (power * 2 < count) power *= 2;
  return power;
}

const isWhole = (count: number) => Number.isSafeInteger(count) && count >= 0;

function assertWhole(count: number): void {
  assert(isWhole(count), `not a number of leaves: ${count}`);
}
