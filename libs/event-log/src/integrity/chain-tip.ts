import { assert } from '@marquee/kernel';
import type { StoredEvent } from '../row.ts';
import { chainLeaf, hashEvent } from './event-hash.ts';
import { addLeaf, emptyFrontier, type CompletedNode, type Frontier } from './frontier.ts';
import type { Hash } from './merkle.ts';

/** Where a tenant's chain ends: all that is needed to go on. */
export type ChainTip = { readonly hash: Hash | null; readonly frontier: Frontier };

export const chainStart: ChainTip = { hash: null, frontier: emptyFrontier };

/** A subtree's root is kept at every eighth level: 1/255 of the rows, and a range of a proof reads at most 128. */
export const keptLevels = 8;

/** The chain with one more event, and the nodes to keep. */
export function extendChain(
  tip: ChainTip,
  event: StoredEvent,
): { readonly tip: ChainTip & { readonly hash: Hash }; readonly kept: readonly CompletedNode[] } {
  return followChain(tip, hashEvent(tip.hash, event));
}

/** The chain with one more hash. */
export function followChain(
  tip: ChainTip,
  hash: Hash,
): { readonly tip: ChainTip & { readonly hash: Hash }; readonly kept: readonly CompletedNode[] } {
  const { frontier, completed } = addLeaf(tip.frontier, chainLeaf(hash));
  const kept = completed.filter(({ level }) => level > 0 && level % keptLevels === 0);
  return { tip: { hash, frontier }, kept };
}

/** `bigint` columns come as text. Beyond 2^53 events of one tenant nothing here holds. */
export function toCount(value: string): number {
  const count = Number(value);
  assert(Number.isSafeInteger(count) && count >= 0, `not a count: ${value}`);
  return count;
}
