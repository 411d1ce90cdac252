import { createPublicKey, type KeyObject } from 'node:crypto';
import { streamId, verifyEventProof, type EventProof, type SignedTreeHead } from '@marquee/event-log';
import { foldHoldings, type Holding, type OwnershipFact } from './ownership.ts';

/** All that is needed to check, without this service, who held a ticket. JSON. */
export type OwnershipDocument = {
  readonly ticketId: string;
  /** Of the organisation's log, signed. */
  readonly head: SignedTreeHead;
  /** Of each event that made or ended a holder, in the order of the ticket's stream. */
  readonly proofs: readonly EventProof[];
};

export type VerifiedOwnership =
  | { readonly ok: true; readonly holdings: readonly Holding[]; readonly epoch: number }
  | { readonly ok: false; readonly fault: string };

/** A public key of a log, as `ledgerKeys` publishes it. */
export function readLedgerKey(jwk: {
  readonly kty: string;
  readonly crv: string;
  readonly x: string;
}): KeyObject {
  return createPublicKey({ key: { kty: jwk.kty, crv: jwk.crv, x: jwk.x }, format: 'jwk' });
}

/**
 * Verifies offline who held a ticket: every event is in the log under the signed head, all are this ticket's, in the
 * order in which they happened, from its issue on. `epoch` is 1 and 1 more for each transfer and exchange: where it is that of the
 * ticket's credential (which is signed by another key), none was left out. Keep the head: a later one proves by
 * consistency that nothing before it was changed.
 */
export function verifyOwnership(
  { ticketId, head, proofs }: OwnershipDocument,
  publicKeys: readonly KeyObject[],
): VerifiedOwnership {
  const no = (fault: string) => ({ ok: false, fault }) as const;
  const facts: OwnershipFact[] = [];
  for (const [place, proof] of proofs.entries()) {
    const { event, index } = proof;
    if (!verifyEventProof(proof, head, publicKeys)) return no(`event ${event.id} is not proven by the head`);
    if (event.streamId !== streamId('ticket', ticketId)) return no(`event ${event.id} is another ticket's`);
    const before = proofs[place - 1];
    if (before && (before.event.version >= event.version || before.index >= index))
      return no(`event ${event.id} is out of its order`);
    const fact = toFact(event);
    if (!fact) return no(`event ${event.id} tells nothing of a holder`);
    facts.push(fact);
  }
  if (facts[0]?.kind !== 'issued' || proofs[0]!.event.version !== 1)
    return no('the ticket’s issue is missing');
  const epoch = 1 + facts.filter(({ kind }) => kind === 'transferred' || kind === 'exchanged').length;
  return { ok: true, holdings: foldHoldings(facts), epoch };
}

/** An event of the log as a fact of ownership; null for all others. */
export function toFact(event: {
  readonly type: string;
  readonly data: unknown;
  readonly occurredAt: string;
}): OwnershipFact | null {
  const at = new Date(event.occurredAt);
  const { guestId } = event.data as { readonly guestId: string };
  switch (event.type) {
    case 'tickets.ticket-issued.v1':
      return { kind: 'issued', guestId, at };
    case 'tickets.transfer-accepted.v1':
      return { kind: 'transferred', guestId, at };
    case 'tickets.ticket-exchanged.v1':
      return { kind: 'exchanged', at };
    case 'tickets.resale-sold.v1':
      return { kind: 'sold-on', at };
    case 'tickets.ticket-cancelled.v1':
      return { kind: 'cancelled', at };
    default:
      return null;
  }
}
