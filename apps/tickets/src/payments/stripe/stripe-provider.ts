import { AsyncLocalStorage } from 'node:async_hooks';
import { formatMoney } from '@marquee/kernel';
import Stripe from 'stripe';
import type {
  ChargeAnswer,
  ConfirmRequest,
  FoundCharge,
  PaymentName,
  PaymentProvider,
  RefundAnswer,
  RefundRequest,
  StartRequest,
} from '../provider.ts';
import { toStripeAmount } from './stripe-amounts.ts';
import { readStripeWebhook } from './stripe-webhooks.ts';

export type StripeSettings = {
  readonly secretKey: string;
  /** Of the webhook endpoint, `whsec_…`; several while one is being exchanged. */
  readonly webhookSecrets: readonly string[];
  /** `https://api.stripe.com`, or a stand-in. */
  readonly apiUrl: string;
  /** Where a payer comes back to when the client names no place of its own. */
  readonly returnUrl: string;
  /** `manual`: authorized first, captured when the places are certain. */
  readonly capture?: 'automatic' | 'manual';
};

/** Above the deadline of the outbound, which is the one that counts. */
const timeoutMs = 60_000;
/** What Stripe cannot charge gets no PaymentIntent; its confirmation is declined. */
const unchargeable = 'unchargeable:';

/**
 * Payments by Stripe's PaymentIntents, through its own library. Every call that changes something carries an
 * idempotency key made of our ids, so that it may be sent again. The library's own retries are off: the outbound around
 * this adapter has the deadline, the breaker and the retries.
 */
export function createStripeProvider(settings: StripeSettings): PaymentProvider {
  const signals = new AsyncLocalStorage<AbortSignal>();
  const stripe = createClient(settings, signals);
  const intents = stripe.paymentIntents;
  const within =
    <R, A>(work: (request: R) => Promise<A>) =>
    (request: R, signal: AbortSignal): Promise<A> =>
      signals.run(signal, () => work(request));
  const find = async ({ reference }: PaymentName): Promise<FoundCharge> =>
    reference.startsWith(unchargeable) ? cannotCharge : describeIntent(await intents.retrieve(reference));
  /** After an answer that may be an old one: how it stands now. */
  const findKnown = async (name: PaymentName): Promise<ChargeAnswer> => {
    const found = await find(name);
    return found.status === 'UNKNOWN' ? { status: 'PENDING' } : found;
  };

  return {
    name: 'stripe',
    start: within((request) => startIntent(stripe, settings, request)),
    confirm: within(async (request) =>
      request.reference.startsWith(unchargeable)
        ? declined(`Stripe cannot take ${formatMoney(request.amount)}.`)
        : confirmIntent(stripe, settings, request, () => findKnown(request)),
    ),
    find: within(find),
    capture: within(async (name) => {
      const options = { idempotencyKey: `${name.paymentId}:capture` };
      return intents.capture(name.reference, {}, options).then(describeAnswer, () => findKnown(name));
    }),
    cancel: within(async (name) => {
      if (name.reference.startsWith(unchargeable)) return { status: 'CANCELLED' };
      const options = { idempotencyKey: `${name.paymentId}:cancel` };
      return intents.cancel(name.reference, {}, options).then(describeAnswer, () => findKnown(name));
    }),
    refund: within((request) => refundIntent(stripe, request)),
    readWebhook: (request) => readStripeWebhook(request, settings.webhookSecrets),
  };
}

function createClient(settings: StripeSettings, signals: AsyncLocalStorage<AbortSignal>): Stripe {
  const { protocol, hostname, port } = new URL(settings.apiUrl);
  const send: typeof fetch = (input, init) => {
    const signal = signals.getStore();
    const both = signal && init?.signal ? AbortSignal.any([signal, init.signal]) : (signal ?? init?.signal);
    return fetch(input, { ...init, signal: both ?? null });
  };
  return new Stripe(settings.secretKey, {
    protocol: protocol === 'http:' ? 'http' : 'https',
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    httpClient: Stripe.createFetchHttpClient(send as never),
    maxNetworkRetries: 0,
    timeout: timeoutMs,
    telemetry: false,
  });
}

const declined = (reason: string): ChargeAnswer => ({ status: 'DECLINED', reason });
const cannotCharge = declined('Stripe cannot take this amount in this currency.');

async function startIntent(
  stripe: Stripe,
  { capture = 'automatic' }: StripeSettings,
  { organisationId, paymentId, amount }: StartRequest,
): Promise<{ readonly reference: string }> {
  const stripeAmount = toStripeAmount(amount);
  if (stripeAmount === null) return { reference: `${unchargeable}${paymentId}` };
  const intent = await stripe.paymentIntents.create(
    {
      amount: stripeAmount,
      currency: amount.currency.toLowerCase(),
      capture_method: capture,
      automatic_payment_methods: { enabled: true },
      metadata: { organisationId, paymentId },
    },
    { idempotencyKey: `${paymentId}:start` },
  );
  return { reference: intent.id };
}

async function confirmIntent(
  stripe: Stripe,
  settings: StripeSettings,
  { paymentId, reference, token, returnUrl }: ConfirmRequest,
  find: () => Promise<ChargeAnswer>,
): Promise<ChargeAnswer> {
  try {
    const intent = await stripe.paymentIntents.confirm(
      reference,
      { payment_method: token, return_url: returnUrl ?? settings.returnUrl },
      { idempotencyKey: `${paymentId}:confirm` },
    );
    // An answer replayed by the idempotency key tells how it stood then; what is final stays.
    return intent.status === 'succeeded' ? { status: 'APPROVED' } : await find();
  } catch (error) {
    if (error instanceof Stripe.errors.StripeCardError) return declined(error.message);
    // Confirmed before, perhaps with another token; or a token that names no means of payment.
    if (error instanceof Stripe.errors.StripeIdempotencyError) return find();
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    if (error.code === 'resource_missing' && error.param === 'payment_method')
      return declined('This means of payment is not known to Stripe.');
    return find();
  }
}

function describeAnswer(intent: Stripe.PaymentIntent): ChargeAnswer {
  const found = describeIntent(intent);
  return found.status === 'UNKNOWN' ? { status: 'PENDING' } : found;
}

function describeIntent(intent: Stripe.PaymentIntent): FoundCharge {
  switch (intent.status) {
    case 'succeeded':
      return { status: 'APPROVED' };
    case 'requires_capture':
      return { status: 'AUTHORIZED' };
    case 'canceled':
      return { status: 'CANCELLED' };
    case 'requires_action': {
      const redirectUrl = intent.next_action?.redirect_to_url?.url;
      return redirectUrl ? { status: 'ACTION_REQUIRED', redirectUrl } : { status: 'PENDING' };
    }
    case 'requires_payment_method':
    case 'requires_confirmation': {
      const error = intent.last_payment_error;
      return error ? declined(error.message ?? 'The payment was declined.') : { status: 'UNKNOWN' };
    }
    default:
      return { status: 'PENDING' };
  }
}

async function refundIntent(stripe: Stripe, request: RefundRequest): Promise<RefundAnswer> {
  const { organisationId, paymentId, reference, refundId, amount, refundReference } = request;
  const stripeAmount = toStripeAmount(amount);
  if (stripeAmount === null || reference.startsWith(unchargeable))
    return { status: 'FAILED', reason: `Stripe cannot give back ${formatMoney(amount)}.` };
  try {
    const refund =
      refundReference === null
        ? await stripe.refunds.create(
            {
              payment_intent: reference,
              amount: stripeAmount,
              metadata: { organisationId, paymentId, refundId },
            },
            { idempotencyKey: `${refundId}:refund` },
          )
        : await stripe.refunds.retrieve(refundReference);
    return describeRefund(refund);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) throw error;
    return { status: 'FAILED', reason: error.message };
  }
}

function describeRefund(refund: Stripe.Refund): RefundAnswer {
  const { id: reference, status } = refund;
  if (status === 'succeeded') return { status: 'DONE', reference };
  if (status !== 'failed' && status !== 'canceled') return { status: 'PENDING', reference };
  return { status: 'FAILED', reason: `Stripe: ${refund.failure_reason ?? status}.` };
}
