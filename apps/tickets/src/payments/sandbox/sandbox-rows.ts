import { newUuid, type Money } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { factData } from '../fact-data.ts';
import type { FoundCharge, PaymentFact } from '../provider.ts';

export type Charge = {
  readonly organisation_id: string;
  readonly payment_id: string;
  readonly amount_minor: string;
  readonly currency: string;
  readonly token: string;
  readonly approved: boolean;
  readonly answered: boolean;
  readonly action: 'REQUIRED' | 'DONE' | null;
  readonly captured: boolean;
  readonly cancelled: boolean;
  readonly return_url: string | null;
};

export async function findCharge(
  tx: Transaction,
  paymentId: string,
  lock: '' | 'for update' = '',
): Promise<Charge | null> {
  const [row] = await tx.rows<Charge>(
    `select *, answers_at <= clock_timestamp() as answered from sandbox_charge where payment_id = $1 ${lock}`,
    [paymentId],
  );
  return row ?? null;
}

export function describeCharge(charge: Charge | null, pageOf: (paymentId: string) => string): FoundCharge {
  if (!charge) return { status: 'UNKNOWN' };
  if (charge.cancelled) return { status: 'CANCELLED' };
  if (!charge.answered) return { status: 'PENDING' };
  if (charge.action === 'REQUIRED')
    return { status: 'ACTION_REQUIRED', redirectUrl: pageOf(charge.payment_id) };
  if (!charge.approved)
    return { status: 'DECLINED', reason: 'The sandbox declines every token but those that approve.' };
  return { status: charge.captured ? 'APPROVED' : 'AUTHORIZED' };
}

export const amountOf = ({ amount_minor, currency }: Charge): Money => ({
  amountMinor: BigInt(amount_minor),
  currency,
});

/** A webhook to be sent; the same `eventId` twice is the same event sent twice. */
export type PlannedWebhook = {
  readonly fact: PaymentFact;
  readonly afterMs?: number;
  readonly copies?: number;
};

/** Written in the transaction in which the thing happened, so that none is lost and none is made up. */
export async function planWebhooks(
  tx: Transaction,
  paymentId: string,
  webhooks: readonly PlannedWebhook[],
): Promise<void> {
  for (const { fact, afterMs = 0, copies = 1 } of webhooks) {
    const eventId = newUuid();
    const body = JSON.stringify({ id: eventId, paymentId, fact: factData(fact) });
    for (let copy = 0; copy < copies; copy++) {
      await tx.execute(
        `insert into sandbox_webhook (organisation_id, id, event_id, body, deliver_at)
         values ($1, $2, $3, $4, clock_timestamp() + $5 * interval '1 millisecond')`,
        [tx.organisationId, newUuid(), eventId, body, afterMs],
      );
    }
  }
}
