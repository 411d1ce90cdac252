import type { Money, Outcome } from '@marquee/kernel';
import { isUnavailable, type Outbound } from '@marquee/outbound';

/**
 * What a provider says of a payment. `ACTION_REQUIRED`: its owner must go there and agree (3-D Secure). `AUTHORIZED`:
 * the money is set aside and waits to be captured. `PENDING`: no answer yet, ask again later.
 */
export type ChargeAnswer =
  | { readonly status: 'APPROVED' }
  | { readonly status: 'AUTHORIZED' }
  | { readonly status: 'ACTION_REQUIRED'; readonly redirectUrl: string }
  | { readonly status: 'DECLINED'; readonly reason: string }
  | { readonly status: 'CANCELLED' }
  | { readonly status: 'PENDING' };

/** `UNKNOWN`: nobody ever confirmed such a payment, so nothing can have been charged. */
export type FoundCharge = ChargeAnswer | { readonly status: 'UNKNOWN' };

/** `reference`: the provider's own name of the refund, by which it is asked about later. */
export type RefundAnswer =
  | { readonly status: 'DONE'; readonly reference?: string }
  | { readonly status: 'FAILED'; readonly reason: string }
  | { readonly status: 'PENDING'; readonly reference?: string };

/** A payment as its provider knows it. */
export type PaymentName = {
  readonly organisationId: string;
  readonly paymentId: string;
  readonly reference: string;
};

export type StartRequest = Omit<PaymentName, 'reference'> & { readonly amount: Money };
export type ConfirmRequest = PaymentName & {
  readonly amount: Money;
  readonly token: string;
  /** Where the payer comes back to after an action of its own; null: the provider's own last page. */
  readonly returnUrl: string | null;
};
export type RefundRequest = PaymentName & {
  readonly refundId: string;
  readonly amount: Money;
  /** Known once the provider has answered PENDING: then it is asked what became of it. */
  readonly refundReference: string | null;
};

/**
 * Something that a provider says happened. Facts may come twice, late and in any order: each says all that is needed
 * to understand it, and what follows from them does not depend on their order.
 */
export type PaymentFact =
  | { readonly kind: 'succeeded'; readonly amount: Money }
  | { readonly kind: 'authorized' }
  | { readonly kind: 'action-required'; readonly redirectUrl: string }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'cancelled' }
  | {
      readonly kind: 'refunded';
      readonly refundReference: string;
      /** Ours; null where someone gave the money back at the provider's own desk. */
      readonly refundId: string | null;
      readonly amount: Money;
      readonly status: 'PENDING' | 'DONE' | 'FAILED';
      readonly reason: string | null;
    }
  | {
      readonly kind: 'disputed';
      readonly disputeReference: string;
      readonly amount: Money;
      readonly status: 'OPEN' | 'WON' | 'LOST';
      readonly reason: string | null;
    };

export type WebhookEvent = {
  /** The provider's, unique for ever: the same event sent again has the same. */
  readonly id: string;
  readonly paymentReference: string;
  readonly fact: PaymentFact;
};

export type WebhookRequest = {
  /** Byte for byte as it came: signatures are over it. */
  readonly rawBody: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly now: Date;
};

export type WebhookRefused = { readonly kind: 'WebhookRefused'; readonly message: string };

/**
 * The seam to a payment provider. The promise, which every adapter proves in one conformance suite:
 *
 * - `start` names a payment at the provider and moves no money; asked again it answers the same name;
 * - `confirm` charges. For a payment that was confirmed before it charges nothing and answers what became of it;
 * - `find` answers what became of a payment, for as long as anyone may ask (a process can die between `confirm` and
 *   its answer), and `UNKNOWN` only where it was never confirmed;
 * - `capture` takes what was authorized; `cancel` ends what is not paid yet, so that it never can be. Both answer
 *   how the payment stands where they come too late;
 * - `refund` with a refund id that was used before gives nothing back a second time;
 * - `readWebhook` answers only what the provider itself has signed, of late; null for what means nothing to us;
 * - a "no" is an answer, never an error; an error means that nothing is known.
 */
export type PaymentProvider = {
  readonly name: string;
  start(request: StartRequest, signal: AbortSignal): Promise<{ readonly reference: string }>;
  confirm(request: ConfirmRequest, signal: AbortSignal): Promise<ChargeAnswer>;
  capture(request: PaymentName, signal: AbortSignal): Promise<ChargeAnswer>;
  cancel(request: PaymentName, signal: AbortSignal): Promise<ChargeAnswer>;
  find(request: PaymentName, signal: AbortSignal): Promise<FoundCharge>;
  refund(request: RefundRequest, signal: AbortSignal): Promise<RefundAnswer>;
  readWebhook(request: WebhookRequest): Outcome<WebhookEvent | null, WebhookRefused>;
};

/** What is known after asking: `NOT_SENT` where the breaker was open, so that nothing can have been charged. */
export type ChargeResult = ChargeAnswer | { readonly status: 'NOT_SENT' };

/** A provider under breaker and deadline: silence is an answer too. */
export type GuardedProvider = {
  readonly name: string;
  /** null: it could not be started now; nothing was charged. */
  start(request: StartRequest): Promise<{ readonly reference: string } | null>;
  confirm(request: ConfirmRequest): Promise<ChargeResult>;
  capture(request: PaymentName): Promise<ChargeAnswer>;
  cancel(request: PaymentName): Promise<ChargeAnswer>;
  find(request: PaymentName): Promise<FoundCharge>;
  refund(request: RefundRequest): Promise<RefundAnswer>;
  readWebhook: PaymentProvider['readWebhook'];
};

const pending = { status: 'PENDING' } as const;

/**
 * Everything asked of a provider goes through one breaker and deadline. Each call carries an idempotency key made of
 * our own ids, so the outbound may send all of them again.
 */
export function guardProvider(
  provider: PaymentProvider,
  outbound: Outbound,
  onFault: (error: unknown) => void,
): GuardedProvider {
  const asPending = (error: unknown) => {
    onFault(error);
    return pending;
  };
  return {
    name: provider.name,
    start: (request) =>
      outbound
        .run((signal) => provider.start(request, signal))
        .catch((error: unknown) => {
          onFault(error);
          return null;
        }),
    confirm: (request) =>
      outbound
        .run((signal) => provider.confirm(request, signal))
        .catch((error: unknown) => {
          if (isUnavailable(error) && error.code === 'BREAKER_OPEN') return { status: 'NOT_SENT' } as const;
          return asPending(error);
        }),
    capture: (request) => outbound.run((signal) => provider.capture(request, signal)).catch(asPending),
    cancel: (request) => outbound.run((signal) => provider.cancel(request, signal)).catch(asPending),
    find: (request) => outbound.run((signal) => provider.find(request, signal)).catch(asPending),
    refund: (request) => outbound.run((signal) => provider.refund(request, signal)).catch(asPending),
    readWebhook: (request) => provider.readWebhook(request),
  };
}
