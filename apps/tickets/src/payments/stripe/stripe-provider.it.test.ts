import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createOutbound } from '@marquee/outbound';
import { createMetrics, silentLogger } from '@marquee/telemetry';
import { describeProvider } from '../provider-conformance.test-support.ts';
import { guardProvider } from '../provider.ts';
import { createStripeProvider } from './stripe-provider.ts';
import { startStripeStandIn, type StripeStandIn } from './stripe-stand-in.test-support.ts';

let stripe: StripeStandIn;
beforeAll(async () => {
  stripe = await startStripeStandIn();
});
afterAll(() => stripe.close());

const provider = (capture: 'automatic' | 'manual' = 'automatic') =>
  createStripeProvider({
    secretKey: stripe.secretKey,
    webhookSecrets: ['whsec_old', stripe.webhookSecret],
    apiUrl: stripe.url,
    returnUrl: 'https://tickets.example/paid',
    capture,
  });
const organisationId = newUuid();

describeProvider('stripe', () => ({
  provider: provider(),
  capturing: provider('manual'),
  organisationId,
  tokens: {
    approve: 'pm_card_visa',
    decline: 'pm_card_visa_chargeDeclined',
    silence: 'pm_card_silent',
    redirect: 'pm_card_threeDSecure2Required',
    authorize: 'pm_card_visa',
  },
  untilLateAnswer: async () => undefined,
  completeAction: async (reference, _, approved) => stripe.completeAction(reference, approved),
  dispute: async (reference, status) =>
    stripe.dispute(reference, ({ OPEN: 'needs_response', WON: 'won', LOST: 'lost' } as const)[status]),
  webhooks: async (reference) =>
    stripe
      .events(reference)
      .map(({ rawBody, signature }) => ({ rawBody, headers: { 'stripe-signature': signature } })),
}));

function guardedStripe(attempts: number) {
  const outbound = createOutbound({
    name: 'stripe',
    timeoutMs: 10_000,
    retry: { attempts, safe: true },
    logger: silentLogger,
    metrics: createMetrics(),
  });
  const faults: unknown[] = [];
  return { guarded: guardProvider(provider(), outbound, (error) => faults.push(error)), faults, outbound };
}

const payment = (amountMinor = 5000n, currency = 'EUR') => ({
  organisationId,
  paymentId: newUuid(),
  amount: { amountMinor, currency },
});

test('Stripe in trouble (rate limit, 500) is asked again with the same key, and charged once', async () => {
  const { guarded, outbound } = guardedStripe(4);
  stripe.failNext(429, 500);
  const request = payment();
  const started = (await guarded.start(request))!;
  stripe.failNext(500);
  const confirm = { ...request, ...started, token: 'pm_card_visa', returnUrl: null };
  expect(await guarded.confirm(confirm)).toEqual({ status: 'APPROVED' });
  expect(stripe.events(started.reference)).toHaveLength(1);
  await outbound.close();
});

test('Stripe that stays in trouble is no decline: what became of it is asked later', async () => {
  const { guarded, faults, outbound } = guardedStripe(1);
  const request = payment();
  const started = (await guarded.start(request))!;
  stripe.failNext(500);
  const confirm = { ...request, ...started, token: 'pm_card_visa', returnUrl: null };
  expect(await guarded.confirm(confirm)).toEqual({ status: 'PENDING' });
  expect(await guarded.find({ ...request, ...started })).toEqual({ status: 'UNKNOWN' });
  // What is logged of it never shows the key.
  expect(JSON.stringify(faults.map((fault) => [String(fault), fault]))).not.toContain(stripe.secretKey);
  await outbound.close();
});

test('amounts are sent in the units that Stripe counts in; what it cannot take is declined', async () => {
  const signal = new AbortController().signal;
  const confirm = async (amountMinor: bigint, currency: string) => {
    const request = payment(amountMinor, currency);
    const { reference } = await provider().start(request, signal);
    const answer = await provider().confirm(
      { ...request, reference, token: 'pm_card_visa', returnUrl: null },
      signal,
    );
    const [event] = stripe.events(reference);
    const read =
      event &&
      provider().readWebhook({
        rawBody: event.rawBody,
        headers: { 'stripe-signature': event.signature },
        now: new Date(),
      });
    return { answer, fact: read?.ok ? read.value?.fact : undefined };
  };
  for (const [amountMinor, currency] of [
    [700n, 'JPY'],
    [12_340n, 'KWD'],
    [900n, 'ISK'],
  ] as const)
    expect(await confirm(amountMinor, currency)).toEqual({
      answer: { status: 'APPROVED' },
      fact: { kind: 'succeeded', amount: { amountMinor, currency } },
    });
  expect((await confirm(12_345n, 'KWD')).answer).toMatchObject({ status: 'DECLINED' });
});

test('money given back at the desk of Stripe is known by its webhook', async () => {
  const signal = new AbortController().signal;
  const request = payment();
  const { reference } = await provider().start(request, signal);
  await provider().confirm({ ...request, reference, token: 'pm_card_visa', returnUrl: null }, signal);
  stripe.refundByHand(reference, 2000);
  const sent = stripe.events(reference).at(-1)!;
  const read = provider().readWebhook({
    rawBody: sent.rawBody,
    headers: { 'stripe-signature': sent.signature },
    now: new Date(),
  });
  expect(read).toMatchObject({
    value: { fact: { kind: 'refunded', refundId: null, status: 'DONE', amount: { amountMinor: 2000n } } },
  });
});
