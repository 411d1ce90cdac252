import { accept, type Outcome } from '@marquee/kernel';
import { carryOut, type CarriedOut, type CommandContext } from '@marquee/sagas';
import { findOrders } from '../orders/order-rows.ts';
import type { Services } from '../services.ts';
import { authorizePayment, captureOrGiveUp } from './capture-payment.ts';
import { cancelPayment, endAtProvider, failPayment } from './end-payment.ts';
import { isOutside } from './outside-payment.ts';
import { isOpen, type Payment } from './payment.ts';
import { readPaymentRow, type PaymentRow } from './payment-rows.ts';
import { paymentSaga, type KnownCharge } from './payment-saga.ts';
import type { FoundCharge } from './provider.ts';
import { settleApprovedPayment } from './settle-payment.ts';
import { noteAction } from './start-payment.ts';
import { followWebhook } from './webhooks.ts';

type Scope = { readonly organisationId: string };
type Doing = (scope: Scope, payment: Payment) => Promise<KnownCharge>;

const pending = { status: 'PENDING' } as const;
/** More than a provider is given to answer. */
const timeoutMs = 30_000;

/** Every one of these may be done again, by several at once, and leads to the same end. */
export function carryOutPayments(services: Services): CarriedOut {
  const doing = (work: Doing) => ({
    timeoutMs,
    run: async (_: unknown, { organisationId, key }: CommandContext): Promise<Outcome<KnownCharge>> => {
      const scope = { organisationId };
      const payment = await services.database.read(scope, async (tx) => {
        const [row] = await tx.rows<PaymentRow>('select * from payment where id = $1', [key]);
        return row && readPaymentRow(row);
      });
      if (!payment) throw new Error(`there is no payment ${key}`);
      return accept(await work(scope, payment));
    },
  });
  /** A transaction that ends the payment, and says so to this saga. */
  const ending = <Data>(work: (scope: Scope, payment: Payment, data: Data) => Promise<void>) => ({
    timeoutMs,
    run: async (data: Data, context: CommandContext): Promise<Outcome<null>> => {
      const { run } = doing(async (scope, payment) => {
        await work(scope, payment, data);
        return pending;
      });
      await run(data, context);
      return accept(null);
    },
  });
  return carryOut(paymentSaga, {
    ask: doing((scope, payment) => askProvider(services, scope, payment)),
    capture: doing(async (scope, payment) => {
      await authorizePayment(services, scope, payment);
      return toSettle(await captureOrGiveUp(services, scope, payment));
    }),
    'give-up': doing(async (scope, payment) => toSettle(await endAtProvider(services, scope, payment))),
    confirm: ending((scope, payment) => settleApprovedPayment(services, scope, payment)),
    'await-payer': ending((scope, payment, { redirectUrl }) =>
      noteAction(services, scope, payment, redirectUrl),
    ),
    fail: ending((scope, payment, { reason }) => failPayment(services, scope, payment, reason)),
    cancel: ending((scope, payment) => cancelPayment(services, scope, payment)),
    follow: {
      timeoutMs,
      run: async (event, { organisationId }) => {
        await followWebhook(services, { organisationId, ...event });
        return accept(null);
      },
    },
  });
}

async function askProvider(services: Services, scope: Scope, payment: Payment): Promise<KnownCharge> {
  if (!isOpen(payment)) return { status: 'ENDED' };
  if (payment.amount.amountMinor === 0n || isOutside(payment.provider)) return { status: 'APPROVED' };
  const provider = services.providers.get(payment.provider);
  if (!provider)
    throw new Error(`payment ${payment.id} is with ${payment.provider}, which is not set up here`);
  const { id: paymentId, reference } = payment;
  // It was never even named there, so nothing can have been charged.
  if (reference === null) return { status: 'UNKNOWN' };
  const { organisationId } = scope;
  const found = await provider.find({ organisationId, paymentId, reference });
  if (found.status !== 'ACTION_REQUIRED') return found;
  const [order] = await services.database.read(scope, (tx) => findOrders(tx, [payment.orderId]));
  return { ...found, over: order?.status !== 'PENDING_PAYMENT' };
}

/** What is neither taken nor let go is asked about later, and not done again in circles. */
function toSettle(found: FoundCharge): KnownCharge {
  const { status } = found;
  return status === 'APPROVED' || status === 'DECLINED' || status === 'CANCELLED' ? found : pending;
}
