import type { Money } from '@marquee/kernel';
import { isUnavailable, type Outbound } from '@marquee/outbound';

/** What a provider says of a charge. `PENDING`: no answer yet, ask again later. */
export type ChargeAnswer =
  | { readonly status: 'APPROVED' }
  | { readonly status: 'DECLINED'; readonly reason: string }
  | { readonly status: 'PENDING' };

/** `UNKNOWN`: no such charge ever arrived. */
export type FoundCharge = ChargeAnswer | { readonly status: 'UNKNOWN' };

export type RefundAnswer =
  | { readonly status: 'DONE' }
  | { readonly status: 'FAILED'; readonly reason: string }
  | { readonly status: 'PENDING' };

type PaymentName = { readonly organisationId: string; readonly paymentId: string };

/**
 * The seam to a payment provider. The promise, which every adapter proves in one conformance suite:
 *
 * - `charge` with a payment id that was charged before charges nothing and answers what became of the first charge;
 * - `find` answers what became of a charge, for as long as anyone may ask (a process can die between `charge` and its
 *   answer), and `UNKNOWN` only where the charge never arrived;
 * - `refund` with a refund id that was used before gives nothing back a second time;
 * - a "no" is an answer, never an error; an error means that nothing is known.
 *
 * Money moves only with the payment as a whole: what was charged is given back at most once, whatever is asked.
 */
export type PaymentProvider = {
  readonly name: string;
  charge(
    request: PaymentName & { readonly amount: Money; readonly token: string },
    signal: AbortSignal,
  ): Promise<ChargeAnswer>;
  find(request: PaymentName, signal: AbortSignal): Promise<FoundCharge>;
  refund(
    request: PaymentName & { readonly refundId: string; readonly amount: Money },
    signal: AbortSignal,
  ): Promise<RefundAnswer>;
};

/** What is known after asking: `NOT_SENT` where the breaker was open, so that nothing can have been charged. */
export type ChargeResult = ChargeAnswer | { readonly status: 'NOT_SENT' };

/** A provider under breaker and deadline: silence is an answer too. */
export type GuardedProvider = {
  readonly name: string;
  charge(request: Parameters<PaymentProvider['charge']>[0]): Promise<ChargeResult>;
  find(request: PaymentName): Promise<FoundCharge>;
  refund(request: Parameters<PaymentProvider['refund']>[0]): Promise<RefundAnswer>;
};

const pending = { status: 'PENDING' } as const;

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
    charge: (request) =>
      outbound
        .run((signal) => provider.charge(request, signal))
        .catch((error: unknown) => {
          if (isUnavailable(error) && error.code === 'BREAKER_OPEN') return { status: 'NOT_SENT' } as const;
          return asPending(error);
        }),
    find: (request) => outbound.run((signal) => provider.find(request, signal)).catch(asPending),
    refund: (request) => outbound.run((signal) => provider.refund(request, signal)).catch(asPending),
  };
}
