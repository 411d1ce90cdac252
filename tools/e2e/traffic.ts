import { setTimeout as sleep } from 'node:timers/promises';
import type { GraphClient } from '../client/graph-client.ts';
import { newKey, run, type PlannedEvent, type Result } from './organisation.ts';

/** What the platform has said yes to: none of it may be lost. */
export type Ledger = {
  readonly paid: { readonly orderId: string; readonly tickets: number }[];
  readonly held: string[];
  readonly admitted: string[];
  /** Requests that came to nothing while something was down. */
  faults: number;
  /** How often a buyer was told that too little is left. */
  soldOut: number;
};

export type Traffic = { readonly ledger: Ledger; stop(): Promise<void> };

const pauseMs = 40;

/** Buyers who keep on buying whatever goes down, and ask again with the same key when they get no answer. */
export function startTraffic(client: GraphClient, token: string, event: PlannedEvent, buyers = 3): Traffic {
  const ledger: Ledger = { paid: [], held: [], admitted: [], faults: 0, soldOut: 0 };
  let stopped = false;
  const shop = { client, token, event, ledger, isOver: () => stopped };
  const loops = Array.from({ length: buyers }, async (_, buyer) => {
    for (let visit = 0; !stopped; visit++) {
      await buyOnce(shop, buyer, visit);
      await sleep(pauseMs);
    }
  });
  return {
    ledger,
    stop: async () => {
      stopped = true;
      await Promise.all(loops);
    },
  };
}

type Shop = {
  readonly client: GraphClient;
  readonly token: string;
  readonly event: PlannedEvent;
  readonly ledger: Ledger;
  readonly isOver: () => boolean;
};

async function buyOnce(shop: Shop, buyer: number, visit: number): Promise<void> {
  const { event, ledger } = shop;
  const occurrenceId = event.occurrenceIds[visit % event.occurrenceIds.length]!;
  const items = [{ ticketTypeId: event.standingId, quantity: 1 + (visit % 3) }];
  const held = await insist(shop, 'HoldTickets', { idempotencyKey: newKey(), occurrenceId, items });
  if (held?.__typename === 'NotEnoughTickets') ledger.soldOut++;
  if (held?.__typename !== 'TicketsHeld') return;
  const holdId = (held['hold'] as { id: string }).id;
  ledger.held.push(holdId);
  if (visit % 7 === 6) return;
  const guest = { email: `buyer${buyer}-${visit % 20}@example.com`, name: `Buyer ${buyer}` };
  const placed = await insist(shop, 'CheckOut', { idempotencyKey: newKey(), holdId, guest });
  if (placed?.__typename !== 'OrderPlaced') return;
  const orderId = (placed['order'] as { id: string }).id;
  const payment = { idempotencyKey: newKey(), orderId, provider: 'sandbox', paymentToken: 'approve' };
  const paid = await insist(shop, 'PayOrder', payment);
  if (paid?.__typename !== 'OrderPaid') return;
  const { tickets } = paid['order'] as { tickets: { id: string; credential: string }[] };
  ledger.paid.push({ orderId, tickets: tickets.length });
  if (visit % 4 !== 0) return;
  const { id, credential } = tickets[0]!;
  const reading = {
    occurrenceId,
    credential,
    nonce: newKey(),
    scannedAt: new Date().toISOString(),
    deviceId: 'door',
  };
  const scanned = await insist(shop, 'ScanTicket', reading);
  if (scanned?.__typename === 'ScanAccepted') ledger.admitted.push(id);
}

/** Sends until there is an answer, with the same input each time; null when the traffic is over before. */
async function insist(shop: Shop, name: string, input: object): Promise<Result | null> {
  while (!shop.isOver()) {
    const result = await run(shop.client, name, { input }, shop.token).catch(() => null);
    if (result && result.__typename !== 'Unavailable' && result.__typename !== 'PaymentPending')
      return result;
    shop.ledger.faults++;
    await sleep(100);
  }
  return null;
}
