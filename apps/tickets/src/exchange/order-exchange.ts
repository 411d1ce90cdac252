import { accept, assert, refuse, type Money, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { grantHold, type HoldRefusal, type JudgedPlaces } from '../holds/hold-tickets.ts';
import { findPricings } from '../orders/order-pricing.ts';
import { composeOrder, takeOver, writeOrder } from '../orders/place-order.ts';
import type { Order } from '../orders/order.ts';
import { priceCart } from '../pricing/price-cart.ts';
import type { Answer } from '../questions/question.ts';
import { keepAnswers } from '../questions/question-rows.ts';
import type { Services } from '../services.ts';
import type { Exchangeable } from './exchanged-ticket.ts';

/**
 * A dearer place is held for the ticket's holder by an order of the difference: the new price, less that of the ticket.
 * It is paid and expires as any other; the payment that is confirmed exchanges the ticket, which is good for its old
 * place until then.
 */
export async function orderExchange(
  services: Services,
  tx: Transaction,
  viewer: Viewer,
  { holder, held }: Exchangeable,
  { places, answers }: { readonly places: JudgedPlaces; readonly answers: readonly Answer[] },
): Promise<Outcome<Order, HoldRefusal>> {
  const granted = await grantHold(services, tx, viewer, places, 'take what is free');
  if (!granted.ok) {
    const { again: _again, ...refusal } = granted.refusal;
    return refuse(refusal);
  }
  const holds = [granted.value];
  const { ticket, now } = holder;
  const [paidBy] = await findPricings(tx, [ticket.orderId]);
  const business = paidBy?.business ?? null;
  const priced = await priceCart(tx, { holds, voucher: null, business, creditMinor: held.priceMinor });
  assert(priced.ok, 'no voucher is there to be refused');
  const composed = composeOrder(holds, priced.value, {
    guestId: ticket.guestId,
    placedBy: viewer.subject,
    status: 'PENDING_PAYMENT',
    createdAt: now,
    expiresAt: new Date(now.getTime() + services.terms.orderMinutes * 60_000),
  });
  const { order, lines } = composed;
  await writeOrder(tx, { ...composed, voucherId: null, business });
  const own = answers.map((answer) => ({ ...answer, lineId: lines[0]!.id, place: 0 }));
  await keepAnswers(tx, order.id, own);
  const taken = await takeOver(tx, holds, order);
  assert(taken, 'what this transaction has just claimed is its own');
  await tx.execute(
    'insert into exchange_order (organisation_id, order_id, ticket_id, place) values ($1, $2, $3, $4)',
    [tx.organisationId, order.id, ticket.id, held.exchanges + 1],
  );
  return accept(order);
}

/** What is charged less the ticket's own price; tax comes on top where the new price does not contain it. */
export function differenceOf({ plan }: JudgedPlaces, { held }: Pick<Exchangeable, 'held'>): Money {
  const { amountMinor, currency } = plan.total;
  return { amountMinor: amountMinor - held.priceMinor, currency };
}
