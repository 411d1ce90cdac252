import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { PaymentProvider } from './provider.ts';

const amount = { amountMinor: 5000n, currency: 'EUR' };

/**
 * What every payment provider promises, proved the same way for each: its tokens for an approved, a declined and an
 * unanswered charge are given, and how to wait until the provider has made up its mind about the last one.
 */
export function describeProvider(
  name: string,
  setUp: () => {
    readonly provider: PaymentProvider;
    readonly organisationId: string;
    readonly tokens: { readonly approve: string; readonly decline: string; readonly silence: string };
    readonly untilLateAnswer: () => Promise<void>;
  },
): void {
  const never = () => new AbortController().signal;
  const charge = (paymentId: string, token: string, signal = never()) => {
    const { provider, organisationId } = setUp();
    return provider.charge({ organisationId, paymentId, amount, token }, signal);
  };
  const find = (paymentId: string) => {
    const { provider, organisationId } = setUp();
    return provider.find({ organisationId, paymentId }, never());
  };
  const refund = (paymentId: string, amountMinor: bigint, refundId = newUuid()) => {
    const { provider, organisationId } = setUp();
    const wanted = { amountMinor, currency: 'EUR' };
    return provider.refund({ organisationId, paymentId, refundId, amount: wanted }, never());
  };

  describe(`the payment provider ${name}`, () => {
    test('approves, and still knows when asked later', async () => {
      const paymentId = newUuid();
      expect(await charge(paymentId, setUp().tokens.approve)).toEqual({ status: 'APPROVED' });
      expect(await find(paymentId)).toEqual({ status: 'APPROVED' });
    });

    test('answers a decline, with a reason, and never throws it', async () => {
      const paymentId = newUuid();
      const answer = await charge(paymentId, setUp().tokens.decline);
      expect(answer).toEqual({ status: 'DECLINED', reason: expect.any(String) });
      expect(await find(paymentId)).toEqual(answer);
    });

    test('charges a payment once, whatever is asked for it afterwards', async () => {
      const paymentId = newUuid();
      const { tokens } = setUp();
      const answers = await Promise.all([1, 2, 3].map(() => charge(paymentId, tokens.approve)));
      expect(answers.every(({ status }) => status === 'APPROVED')).toBe(true);
      expect(await charge(paymentId, tokens.decline)).toEqual({ status: 'APPROVED' });
      expect(await refund(paymentId, 5001n)).toMatchObject({ status: 'FAILED' });
      expect(await refund(paymentId, 5000n)).toEqual({ status: 'DONE' });
    });

    test('knows nothing of a charge that never arrived', async () => {
      expect(await find(newUuid())).toEqual({ status: 'UNKNOWN' });
    });

    test('may fall silent, ends when told to, and is found to have approved later', async () => {
      const paymentId = newUuid();
      const caller = new AbortController();
      const { tokens, untilLateAnswer } = setUp();
      const silent = charge(paymentId, tokens.silence, caller.signal).catch(() => ({ status: 'PENDING' }));
      await expect(untilArrived(() => find(paymentId))).resolves.toEqual({ status: 'PENDING' });
      caller.abort();
      expect(await silent).toEqual({ status: 'PENDING' });
      await untilLateAnswer();
      expect(await find(paymentId)).toEqual({ status: 'APPROVED' });
    });

    test('gives back in parts, each once, and never more than was charged', async () => {
      const paymentId = newUuid();
      const refundId = newUuid();
      await charge(paymentId, setUp().tokens.approve);
      expect(await refund(paymentId, 3000n, refundId)).toEqual({ status: 'DONE' });
      expect(await refund(paymentId, 3000n, refundId)).toEqual({ status: 'DONE' });
      expect(await refund(paymentId, 2001n)).toMatchObject({ status: 'FAILED', reason: expect.any(String) });
      expect(await refund(paymentId, 2000n)).toEqual({ status: 'DONE' });
    });

    test('gives nothing back of a declined or unknown charge', async () => {
      const paymentId = newUuid();
      await charge(paymentId, setUp().tokens.decline);
      expect(await refund(paymentId, 1n)).toMatchObject({ status: 'FAILED' });
      expect(await refund(newUuid(), 1n)).toMatchObject({ status: 'FAILED' });
    });
  });
}

/** A charge is on its way for a moment before the provider knows of it. */
async function untilArrived<T extends { readonly status: string }>(ask: () => Promise<T>): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (answer.status !== 'UNKNOWN') return answer;
  }
}
