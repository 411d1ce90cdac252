import { accept, refuse, type Outcome } from '@marquee/kernel';
import type { PaymentFact, WebhookEvent, WebhookRefused, WebhookRequest } from '../provider.ts';
import { isSigned } from '../signature.ts';
import { fromStripeAmount } from './stripe-amounts.ts';

/** What is read of Stripe's objects; each may lack what it likes, for they come from outside. */
type StripeObject = {
  readonly id?: unknown;
  readonly object?: unknown;
  readonly status?: unknown;
  readonly amount?: unknown;
  readonly amount_received?: unknown;
  readonly currency?: unknown;
  readonly reason?: unknown;
  readonly failure_reason?: unknown;
  readonly payment_intent?: unknown;
  readonly metadata?: { readonly refundId?: unknown } | null;
  readonly last_payment_error?: { readonly message?: unknown } | null;
  readonly next_action?: { readonly redirect_to_url?: { readonly url?: unknown } | null } | null;
};

/**
 * A webhook of Stripe as a fact; null for events of other things. Only what Stripe signed within the last minutes is
 * read (`Stripe-Signature`, https://docs.stripe.com/webhooks#verify-manually).
 */
export function readStripeWebhook(
  { rawBody, headers, now }: WebhookRequest,
  secrets: readonly string[],
): Outcome<WebhookEvent | null, WebhookRefused> {
  const signature = headers['stripe-signature'];
  if (!secrets.some((secret) => isSigned(rawBody, signature, secret, now)))
    return refuse({ kind: 'WebhookRefused', message: 'The signature does not fit.' });
  const event = parse(rawBody);
  const object = event?.data?.object;
  if (typeof event?.id !== 'string' || typeof event.type !== 'string' || !object)
    return refuse({ kind: 'WebhookRefused', message: 'This is no event of Stripe.' });
  const fact = factOf(event.type, object);
  const reference = object.object === 'payment_intent' ? object.id : object.payment_intent;
  if (!fact || typeof reference !== 'string') return accept(null);
  return accept({ id: event.id, paymentReference: reference, fact });
}

type Event = { readonly id?: unknown; readonly type?: unknown; readonly data?: { object?: StripeObject } };

function parse(rawBody: string): Event | null {
  try {
    return JSON.parse(rawBody) as Event | null;
  } catch {
    return null;
  }
}

const textOf = (value: unknown, otherwise: string) => (typeof value === 'string' ? value : otherwise);

function amountOf(minor: unknown, currency: unknown) {
  if (typeof minor !== 'number' || typeof currency !== 'string')
    throw new TypeError('an event of Stripe lacks its amount');
  return fromStripeAmount(minor, currency);
}

function factOf(type: string, object: StripeObject): PaymentFact | null {
  switch (type) {
    case 'payment_intent.succeeded':
      return { kind: 'succeeded', amount: amountOf(object.amount_received, object.currency) };
    case 'payment_intent.amount_capturable_updated':
      return { kind: 'authorized' };
    case 'payment_intent.payment_failed': {
      const reason = textOf(object.last_payment_error?.message, 'The payment was declined.');
      return { kind: 'failed', reason };
    }
    case 'payment_intent.canceled':
      return { kind: 'cancelled' };
    case 'payment_intent.requires_action': {
      const redirectUrl = object.next_action?.redirect_to_url?.url;
      return typeof redirectUrl === 'string' ? { kind: 'action-required', redirectUrl } : null;
    }
    case 'refund.created':
    case 'refund.updated':
    case 'refund.failed':
      return refundFact(object);
    default:
      return type.startsWith('charge.dispute.') ? disputeFact(object) : null;
  }
}

function refundFact(object: StripeObject): PaymentFact {
  const failed = object.status === 'failed' || object.status === 'canceled';
  const refundId = object.metadata?.refundId;
  return {
    kind: 'refunded',
    refundReference: textOf(object.id, ''),
    refundId: typeof refundId === 'string' ? refundId : null,
    amount: amountOf(object.amount, object.currency),
    status: object.status === 'succeeded' ? 'DONE' : failed ? 'FAILED' : 'PENDING',
    reason: failed ? `Stripe: ${textOf(object.failure_reason, 'failed')}.` : null,
  };
}

function disputeFact(object: StripeObject): PaymentFact | null {
  const status = textOf(object.status, '');
  // An inquiry takes no money yet, and a prevented dispute never does.
  if (status.startsWith('warning_') || status === 'prevented') return null;
  return {
    kind: 'disputed',
    disputeReference: textOf(object.id, ''),
    amount: amountOf(object.amount, object.currency),
    status: status === 'won' ? 'WON' : status === 'lost' ? 'LOST' : 'OPEN',
    reason: typeof object.reason === 'string' ? object.reason.slice(0, 500) : null,
  };
}
