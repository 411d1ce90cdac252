import { emptyRoot, nodeHash, type Hash } from './merkle.ts';

/**
 * The right edge of a growing Merkle tree: the roots of its perfect subtrees, largest first, at most one a bit of its
 * size. All that is needed to add leaves and to know the root, however large the tree.
 */
export type Frontier = { readonly size: number; readonly roots: readonly Hash[] };

export const emptyFrontier: Frontier = { size: 0, roots: [] };

/** A subtree that has just become perfect: 2^level leaves, the `index`-th of its level. */
export type CompletedNode = { readonly level: number; readonly index: number; readonly hash: Hash };

/** Adds a leaf hash. Answers the subtrees it completed, the leaf itself as the first. */
export function addLeaf(
  { size, roots }: Frontier,
  leaf: Hash,
): { readonly frontier: Frontier; readonly completed: readonly CompletedNode[] } {
  const rest = [...roots];
  const completed: CompletedNode[] = [{ level: 0, index: size, hash: leaf }];
  let hash = leaf;
  for (let [level, index] = [0, size]; index % 2 === 1;) {
    hash = nodeHash(rest.pop()!, hash);
    level++;
    index = (index - 1) / 2;
    completed.push({ level, index, hash });
  }
  return { frontier: { size: size + 1, roots: [...rest, hash] }, completed };
}

export function frontierRoot({ roots }: Frontier): Hash {
  return roots.length === 0 ? emptyRoot : foldRoots(roots);
}

/** The root of a range from the roots of the perfect subtrees it consists of, largest first. */
export function foldRoots(roots: readonly Hash[]): Hash {
  return roots.reduceRight((right, left) => nodeHash(left, right));
}
