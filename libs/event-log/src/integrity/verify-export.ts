import type { KeyObject } from 'node:crypto';
import type { SealedEvent } from './audit.ts';
import { followChain, type ChainTip } from './chain-tip.ts';
import { hashEvent } from './event-hash.ts';
import { frontierRoot } from './frontier.ts';
import type { LogFaultKind } from './log-fault.ts';
import type { ChainStart } from './proofs.ts';
import { verifyTreeHead, type SignedTreeHead } from './tree-head.ts';

/** The first thing in an exported log that is not as it was sealed. */
export type ExportFault = {
  readonly kind: LogFaultKind;
  /** Its place in the chain; null where the log as a whole is meant. */
  readonly index: number | null;
  readonly eventId: string | null;
  readonly differs: string;
};

export type ExportVerifier = {
  /** The entries as the export has them, one after the other. */
  take(entry: SealedEvent): void;
  /** After the last: null where all is as it was sealed and signed. */
  finish(): ExportFault | null;
};

/**
 * Judges the events of one log from `start` to the end that `head` signs, without any database: every hash is computed
 * anew, and together with the roots of what came before they must lead to the signed root. So nothing can have been
 * changed, left out, put in between or moved, unless by whoever has the private key.
 */
export function verifyExport(
  { head, start }: { readonly head: SignedTreeHead; readonly start: ChainStart },
  publicKeys: readonly KeyObject[],
): ExportVerifier {
  let tip: ChainTip = {
    hash: start.previous === null ? null : Buffer.from(start.previous, 'hex'),
    frontier: { size: start.index, roots: start.roots.map((root) => Buffer.from(root, 'hex')) },
  };
  let fault: ExportFault | null = null;
  const note = (kind: LogFaultKind, index: number | null, eventId: string | null, differs: string) => {
    fault ??= { kind, index, eventId, differs };
  };
  return {
    take: ({ index, hash, event }) => {
      const expected = tip.frontier.size;
      if (fault) {
        // What was missed and comes later after all was moved.
        if (fault.kind === 'missing' && index === fault.index)
          fault = {
            ...fault,
            kind: 'reordered',
            eventId: event.id,
            differs: 'it comes later than it was sealed',
          };
        return;
      }
      if (index > expected)
        return note('missing', expected, null, `entry ${index} follows where it should be`);
      if (index < expected || index >= head.size)
        return note('inserted', index, event.id, `entry ${expected} should be here`);
      const computed = hashEvent(tip.hash, event);
      if (event.organisationId !== head.organisationId || computed.toString('hex') !== hash)
        return note('altered', index, event.id, 'its content, or its link to the entry before it');
      tip = followChain(tip, computed).tip;
    },
    finish: () => {
      const { size } = tip.frontier;
      if (size < head.size)
        note('missing', size, null, `the log ends here, and was signed for ${head.size} entries`);
      if (!verifyTreeHead(head, publicKeys))
        note('head', null, null, `no key that was given has signed the head (it names key ${head.keyId})`);
      if (frontierRoot(tip.frontier).toString('hex') !== head.root)
        note('head', null, null, 'the entries lead to another root than the signed one: all was made anew');
      return fault;
    },
  };
}
