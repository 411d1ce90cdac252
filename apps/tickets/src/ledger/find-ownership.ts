import { proveEvent, readStream, readTreeHeads, streamId, type EventProof } from '@marquee/event-log';
import { assert } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { foldHoldings, type Holding } from './ownership.ts';
import { toFact, type OwnershipDocument } from './verify-ownership.ts';

/** A ticket that changes hands more often shows its first holders, and says so by the missing end. */
const provenAtMost = 200;

export type Ownership = {
  readonly holdings: readonly Holding[];
  /** Null until the log has a signed head that covers its first event: about a second after the sale. */
  readonly document: OwnershipDocument | null;
  /** Events that happened after the newest head: proven a second later. */
  readonly notYetProven: number;
};

/** Who held a ticket, from its stream, with the proof that the log holds just that. */
export async function findOwnership(tx: Transaction, ticketId: string): Promise<Ownership> {
  const events = await readStream(tx, streamId('ticket', ticketId));
  const facts = events.flatMap((event) => {
    const fact = toFact(event);
    return fact ? [{ id: event.id, fact }] : [];
  });
  const holdings = foldHoldings(facts.map(({ fact }) => fact));
  const head = await newestHead(tx);
  if (!head) return { holdings, document: null, notYetProven: facts.length };
  const proofs: EventProof[] = [];
  for (const { id } of facts.slice(0, provenAtMost)) {
    const proof = await proveEvent(tx, id, head.size);
    if (!proof) break;
    proofs.push(proof);
  }
  const document = proofs.length > 0 ? { ticketId, head, proofs } : null;
  return { holdings, document, notYetProven: facts.length - proofs.length };
}

async function newestHead(tx: Transaction) {
  assert(tx.organisationId, 'a head is of one organisation');
  const [row] = await tx.rows<{ size: string | null }>(
    'select max(size)::text as size from event_chain_head where organisation_id = $1',
    [tx.organisationId],
  );
  if (!row?.size) return null;
  const [head] = await readTreeHeads(tx, tx.organisationId, { fromSize: Number(row.size), limit: 1 });
  return head ?? null;
}

/** What happened to a ticket, oldest first. */
export async function readTicketHistory(tx: Transaction, ticketId: string) {
  const events = await readStream(tx, streamId('ticket', ticketId));
  return events.map(({ type, occurredAt, actor }) => ({ type, occurredAt, actor }));
}
