import type { Money } from '@marquee/kernel';
import type { PlannedWebhook } from './sandbox-rows.ts';

/** What a token makes of a charge, and which webhooks follow. */
export type Behaviour = {
  readonly approved: boolean;
  /** Answered only later, so that the caller hears nothing. */
  readonly late: boolean;
  readonly action: 'REQUIRED' | null;
  readonly captured: boolean;
  readonly webhooks: (paymentId: string, amount: Money, lateMs: number) => readonly PlannedWebhook[];
};

const plain: Behaviour = {
  approved: true,
  late: false,
  action: null,
  captured: true,
  webhooks: () => [],
};

/** A while after the answer: what a bank takes weeks for. */
const soonMs = 500;

const dispute = (paymentId: string, amount: Money, status: 'OPEN' | 'WON' | 'LOST') => ({
  kind: 'disputed' as const,
  disputeReference: `dispute-${paymentId}`,
  amount,
  status,
  reason: 'The payer says that they do not know this payment.',
});

/**
 * The tokens of the sandbox. `approve`, `decline` and `timeout` answer as they say and send no webhook (asking again
 * finds what became of them); the others show what else providers do:
 *
 * | token | |
 * | --- | --- |
 * | `late` | silence; a webhook says later that it was approved |
 * | `redirect` | the payer must agree on a page first, and may decline there |
 * | `authorize` | set aside only: it waits to be captured |
 * | `duplicate` | approved; its webhook comes three times |
 * | `out-of-order` | approved; webhooks of its earlier states come after the last |
 * | `chargeback` | approved; the payer's bank takes the money back |
 * | `chargeback-won`, `chargeback-lost` | the dispute is closed so; that is told before its opening |
 */
export const behaviours: Readonly<Record<string, Behaviour>> = {
  approve: plain,
  decline: { ...plain, approved: false },
  timeout: { ...plain, late: true },
  late: {
    ...plain,
    late: true,
    webhooks: (_, amount, lateMs) => [{ fact: { kind: 'succeeded', amount }, afterMs: lateMs }],
  },
  redirect: { ...plain, action: 'REQUIRED' },
  authorize: { ...plain, captured: false, webhooks: () => [{ fact: { kind: 'authorized' } }] },
  duplicate: {
    ...plain,
    webhooks: (_, amount) => [{ fact: { kind: 'succeeded', amount }, copies: 3 }],
  },
  'out-of-order': {
    ...plain,
    webhooks: (paymentId, amount) => [
      { fact: { kind: 'succeeded', amount } },
      { fact: { kind: 'authorized' } },
      { fact: { kind: 'action-required', redirectUrl: `https://sandbox.example/${paymentId}` } },
      { fact: { kind: 'failed', reason: 'The first card was declined.' } },
    ],
  },
  chargeback: {
    ...plain,
    webhooks: (paymentId, amount) => [
      { fact: { kind: 'succeeded', amount } },
      { fact: dispute(paymentId, amount, 'OPEN'), afterMs: soonMs },
    ],
  },
  'chargeback-won': {
    ...plain,
    webhooks: (paymentId, amount) => [
      { fact: dispute(paymentId, amount, 'WON'), afterMs: soonMs },
      { fact: dispute(paymentId, amount, 'OPEN'), afterMs: soonMs },
    ],
  },
  'chargeback-lost': {
    ...plain,
    webhooks: (paymentId, amount) => [
      { fact: dispute(paymentId, amount, 'LOST'), afterMs: soonMs },
      { fact: dispute(paymentId, amount, 'OPEN'), afterMs: soonMs },
    ],
  },
};

/** An unknown token is a card that nobody issued. */
export function behaviourOf(token: string): Behaviour {
  return (Object.hasOwn(behaviours, token) ? behaviours[token] : undefined) ?? behaviours['decline']!;
}
