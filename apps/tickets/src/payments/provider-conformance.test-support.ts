import { describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { PaymentFact, PaymentProvider, WebhookRequest } from './provider.ts';

const amount = { amountMinor: 5000n, currency: 'EUR' };
const never = () => new AbortController().signal;

/** A webhook as the provider would post it. */
export type SentWebhook = Pick<WebhookRequest, 'rawBody' | 'headers'>;

export type ProviderUnderTest = {
  readonly provider: PaymentProvider;
  /** Another that authorizes first and captures later, where that is a setting and not a token. */
  readonly capturing?: PaymentProvider;
  readonly organisationId: string;
  readonly tokens: {
    readonly approve: string;
    readonly decline: string;
    readonly silence: string;
    readonly redirect: string;
    readonly authorize: string;
  };
  /** Waits until the provider has made up its mind about an unanswered charge. */
  readonly untilLateAnswer: () => Promise<void>;
  /** The payer approves or declines on the page to which it was sent. */
  readonly completeAction: (reference: string, redirectUrl: string, approved: boolean) => Promise<void>;
  /** The payer's bank takes the money back, or the dispute about that ends. */
  readonly dispute: (reference: string, status: 'OPEN' | 'WON' | 'LOST') => Promise<void>;
  /** What the provider has posted of this payment so far. */
  readonly webhooks: (reference: string) => Promise<readonly SentWebhook[]>;
};

/** What every payment provider promises, proved the same way for each. */
export function describeProvider(name: string, setUp: () => ProviderUnderTest): void {
  describe(`the payment provider ${name}`, () => {
    describeCharges(setUp);
    describeLaterSteps(setUp);
    describeRefunds(setUp);
    describeWebhooks(setUp);
  });
}

/** One payment, and everything that can be asked of it. */
function aPayment({ provider, organisationId }: ProviderUnderTest, paymentId = newUuid()) {
  let started: Promise<{ readonly reference: string }> | undefined;
  const start = () => (started ??= provider.start({ organisationId, paymentId, amount }, never()));
  const named = async () => ({ organisationId, paymentId, ...(await start()) });
  return {
    paymentId,
    reference: async () => (await start()).reference,
    confirm: async (token: string, signal = never()) =>
      provider.confirm({ ...(await named()), amount, token, returnUrl: 'https://shop.example/back' }, signal),
    find: async () => provider.find(await named(), never()),
    capture: async () => provider.capture(await named(), never()),
    cancel: async () => provider.cancel(await named(), never()),
    refund: async (amountMinor: bigint, refundId = newUuid(), refundReference: string | null = null) =>
      provider.refund(
        { ...(await named()), refundId, refundReference, amount: { amountMinor, currency: 'EUR' } },
        never(),
      ),
  };
}

function describeCharges(setUp: () => ProviderUnderTest): void {
  test('names a payment without charging it, the same whenever asked', async () => {
    const world = setUp();
    const payment = aPayment(world);
    const again = aPayment(world, payment.paymentId);
    expect(await again.reference()).toBe(await payment.reference());
    expect(await payment.find()).toEqual({ status: 'UNKNOWN' });
  });

  test('approves, and still knows when asked later', async () => {
    const payment = aPayment(setUp());
    expect(await payment.confirm(setUp().tokens.approve)).toEqual({ status: 'APPROVED' });
    expect(await payment.find()).toEqual({ status: 'APPROVED' });
  });

  test('answers a decline, with a reason, and never throws it', async () => {
    const payment = aPayment(setUp());
    const answer = await payment.confirm(setUp().tokens.decline);
    expect(answer).toEqual({ status: 'DECLINED', reason: expect.any(String) });
    expect(await payment.find()).toEqual(answer);
    expect((await aPayment(setUp()).confirm('no_such_means_of_payment')).status).toBe('DECLINED');
  });

  test('charges a payment once, whatever is asked for it afterwards', async () => {
    const { tokens } = setUp();
    const payment = aPayment(setUp());
    const answers = await Promise.all([1, 2, 3].map(() => payment.confirm(tokens.approve)));
    expect(answers.every(({ status }) => status === 'APPROVED')).toBe(true);
    expect(await payment.confirm(tokens.decline)).toEqual({ status: 'APPROVED' });
    expect(await payment.refund(5001n)).toMatchObject({ status: 'FAILED' });
    expect(await payment.refund(5000n)).toMatchObject({ status: 'DONE' });
  });

  test('may fall silent, ends when told to, and is found to have approved later', async () => {
    const { tokens, untilLateAnswer } = setUp();
    const payment = aPayment(setUp());
    const caller = new AbortController();
    const silent = payment.confirm(tokens.silence, caller.signal).catch(() => ({ status: 'PENDING' }));
    await untilArrived(() => payment.find());
    caller.abort();
    expect(await silent).toEqual({ status: 'PENDING' });
    await untilLateAnswer();
    expect(await payment.find()).toEqual({ status: 'APPROVED' });
  });
}

function describeLaterSteps(setUp: () => ProviderUnderTest): void {
  test('sends the payer away to agree, and answers the same way until it has', async () => {
    const { tokens, completeAction } = setUp();
    const payment = aPayment(setUp());
    const answer = await payment.confirm(tokens.redirect);
    expect(answer).toEqual({ status: 'ACTION_REQUIRED', redirectUrl: expect.stringMatching(/^https?:/) });
    expect(await payment.confirm(tokens.redirect)).toEqual(answer);
    expect(await payment.refund(1n)).toMatchObject({ status: 'FAILED' });
    const { redirectUrl } = answer as { redirectUrl: string };
    await completeAction(await payment.reference(), redirectUrl, true);
    expect(await payment.confirm(tokens.redirect)).toEqual({ status: 'APPROVED' });
    expect(await payment.cancel()).toEqual({ status: 'APPROVED' });
  });

  test('may be declined where the payer was sent, or cancelled while it is away', async () => {
    const { tokens, completeAction } = setUp();
    const declined = aPayment(setUp());
    const answer = (await declined.confirm(tokens.redirect)) as { redirectUrl: string };
    await completeAction(await declined.reference(), answer.redirectUrl, false);
    expect(await declined.find()).toMatchObject({ status: 'DECLINED' });
    const left = aPayment(setUp());
    const away = (await left.confirm(tokens.redirect)) as { redirectUrl: string };
    expect(await left.cancel()).toEqual({ status: 'CANCELLED' });
    await completeAction(await left.reference(), away.redirectUrl, true);
    expect(await left.find()).toEqual({ status: 'CANCELLED' });
  });

  test('authorizes first where that is wanted, and captures or gives up later', async () => {
    const world = setUp();
    const { tokens, capturing = world.provider } = world;
    const taken = aPayment({ ...world, provider: capturing });
    expect(await taken.confirm(tokens.authorize)).toEqual({ status: 'AUTHORIZED' });
    expect(await taken.refund(1n)).toMatchObject({ status: 'FAILED' });
    expect(await taken.capture()).toEqual({ status: 'APPROVED' });
    expect(await taken.capture()).toEqual({ status: 'APPROVED' });
    const given = aPayment({ ...world, provider: capturing });
    await given.confirm(tokens.authorize);
    expect(await given.cancel()).toEqual({ status: 'CANCELLED' });
    expect(await given.capture()).toEqual({ status: 'CANCELLED' });
  });

  test('never charges what was cancelled before it was confirmed', async () => {
    const payment = aPayment(setUp());
    expect(await payment.cancel()).toEqual({ status: 'CANCELLED' });
    expect((await payment.confirm(setUp().tokens.approve)).status).toBe('CANCELLED');
  });
}

function describeRefunds(setUp: () => ProviderUnderTest): void {
  test('gives back in parts, each once, and never more than was charged', async () => {
    const payment = aPayment(setUp());
    const refundId = newUuid();
    await payment.confirm(setUp().tokens.approve);
    const first = await payment.refund(3000n, refundId);
    expect(first).toMatchObject({ status: 'DONE', reference: expect.any(String) });
    expect(await payment.refund(3000n, refundId)).toEqual(first);
    const { reference } = first as { reference: string };
    expect(await payment.refund(3000n, refundId, reference)).toEqual(first);
    expect(await payment.refund(2001n)).toMatchObject({ status: 'FAILED', reason: expect.any(String) });
    expect(await payment.refund(2000n)).toMatchObject({ status: 'DONE' });
  });

  test('gives nothing back of a declined charge, or of one that was never confirmed', async () => {
    const payment = aPayment(setUp());
    await payment.confirm(setUp().tokens.decline);
    expect(await payment.refund(1n)).toMatchObject({ status: 'FAILED' });
    expect(await aPayment(setUp()).refund(1n)).toMatchObject({ status: 'FAILED' });
  });
}

function describeWebhooks(setUp: () => ProviderUnderTest): void {
  const factsOf = async (reference: string): Promise<PaymentFact[]> => {
    const { provider, webhooks } = setUp();
    return (await webhooks(reference)).flatMap((sent) => {
      const read = provider.readWebhook({ ...sent, now: new Date() });
      if (!read.ok || !read.value) throw new Error('a webhook of the provider was not understood');
      expect(read.value.paymentReference).toBe(reference);
      return read.value.fact;
    });
  };

  test('tells by webhook what became of a payment, and of a dispute about it', async () => {
    const { tokens, completeAction, dispute } = setUp();
    const payment = aPayment(setUp());
    const answer = (await payment.confirm(tokens.redirect)) as { redirectUrl: string };
    const reference = await payment.reference();
    await completeAction(reference, answer.redirectUrl, true);
    await dispute(reference, 'OPEN');
    await dispute(reference, 'LOST');
    expect(await factsOf(reference)).toEqual(
      expect.arrayContaining([
        { kind: 'succeeded', amount },
        expect.objectContaining({ kind: 'disputed', status: 'OPEN', amount }),
        expect.objectContaining({ kind: 'disputed', status: 'LOST', amount }),
      ]),
    );
    const failed = aPayment(setUp());
    const again = (await failed.confirm(tokens.redirect)) as { redirectUrl: string };
    await completeAction(await failed.reference(), again.redirectUrl, false);
    expect(await factsOf(await failed.reference())).toContainEqual({
      kind: 'failed',
      reason: expect.any(String),
    });
  });

  test('is believed only what it signed itself, of late, byte for byte', async () => {
    const { provider, tokens, completeAction, webhooks } = setUp();
    const payment = aPayment(setUp());
    const answer = (await payment.confirm(tokens.redirect)) as { redirectUrl: string };
    await completeAction(await payment.reference(), answer.redirectUrl, true);
    const [sent] = await webhooks(await payment.reference());
    const read = (change: Partial<WebhookRequest>) =>
      provider.readWebhook({ ...sent!, now: new Date(), ...change });
    expect(read({}).ok).toBe(true);
    expect(read({ rawBody: `${sent!.rawBody} ` }).ok).toBe(false);
    expect(read({ rawBody: '' }).ok).toBe(false);
    expect(read({ headers: {} }).ok).toBe(false);
    expect(read({ now: new Date(Date.now() + 10 * 60_000) }).ok).toBe(false);
    expect(read({ now: new Date(Date.now() - 10 * 60_000) }).ok).toBe(false);
    const forged = Object.fromEntries(
      Object.entries(sent!.headers).map(([name, value]) => [
        name,
        String(value).replaceAll(/(?<=v1=)./g, (digit) => (digit === '0' ? '1' : '0')),
      ]),
    );
    expect(forged).not.toEqual(sent!.headers);
    expect(read({ headers: forged }).ok).toBe(false);
  });
}

/** A charge is on its way for a moment before the provider knows of it. */
async function untilArrived(ask: () => Promise<{ readonly status: string }>): Promise<void> {
  while ((await ask()).status === 'UNKNOWN');
}
