import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { newUuid } from '@marquee/kernel';
import { signBody } from '../signature.ts';

/**
 * A stand-in that follows the shape of Stripe's public API as far as payments go: PaymentIntents, refunds, disputes,
 * idempotency keys (the stored answer again, a conflict for other parameters), errors (402 card_declined, 429, 500),
 * form-encoded requests, signed events. Test cards: pm_card_visa, pm_card_visa_chargeDeclined,
 * pm_card_threeDSecure2Required, and pm_card_silent, which is approved but never answered.
 */
export type StripeStandIn = {
  readonly url: string;
  readonly secretKey: string;
  readonly webhookSecret: string;
  /** Requests as they came: `POST /v1/payment_intents`. */
  readonly asked: string[];
  /** The next requests that change something are answered with these statuses instead. */
  failNext(...statuses: number[]): void;
  /** The payer comes back from the page to which it was sent. */
  completeAction(reference: string, approved: boolean): void;
  /** Someone gives money back at Stripe's own desk. */
  refundByHand(reference: string, amount: number): void;
  dispute(reference: string, status: 'needs_response' | 'won' | 'lost'): void;
  /** The events so far that name this PaymentIntent, as they would be posted. */
  events(reference: string): { readonly rawBody: string; readonly signature: string }[];
  close(): Promise<void>;
};

type Intent = Record<string, unknown> & {
  id: string;
  amount: number;
  currency: string;
  status: string;
  capture_method: string;
};
type Refund = Record<string, unknown> & { id: string; amount: number; payment_intent: string };
type Answer = { readonly status: number; readonly body: unknown; readonly replayed?: boolean };
type Kept = { readonly asked: string; readonly answer: Answer };

const error = (status: number, type: string, message: string, more: object = {}): Answer => ({
  status,
  body: { error: { type, message, ...more } },
});

export async function startStripeStandIn(): Promise<StripeStandIn> {
  const world = createWorld();
  const kept = new Map<string, Kept>();
  const asked: string[] = [];
  const failures: number[] = [];
  const secretKey = `sk_test_${newUuid()}`;

  const handle = async (request: IncomingMessage): Promise<Answer | 'silence'> => {
    const { method = 'GET', url = '/' } = request;
    asked.push(`${method} ${url}`);
    if (request.headers.authorization !== `Bearer ${secretKey}`)
      return error(401, 'invalid_request_error', 'Invalid API Key provided.');
    const form = await readForm(request);
    if (method === 'GET') return world.retrieve(url);
    const failure = failures.shift();
    if (failure !== undefined)
      return error(failure, failure === 429 ? 'invalid_request_error' : 'api_error', 'Try again.');
    const key = String(request.headers['idempotency-key'] ?? '');
    const hash = createHash('sha256').update(`${url} ${form}`).digest('hex');
    const before = kept.get(key);
    if (before && before.asked !== hash)
      return error(
        400,
        'idempotency_error',
        'Keys for idempotent requests can only be used with the same parameters.',
      );
    const answer = before?.answer ?? world.change(url, form);
    if (key !== '' && answer.status < 500) kept.set(key, { asked: hash, answer: structuredClone(answer) });
    if (form.get('payment_method') === 'pm_card_silent') return 'silence';
    return before ? { ...answer, replayed: true } : answer;
  };

  const server = createServer((request, response) => {
    void handle(request).then((answer) => {
      if (answer === 'silence') return;
      response.writeHead(answer.status, {
        'content-type': 'application/json',
        'request-id': `req_${newUuid()}`,
        ...(answer.replayed && { 'idempotent-replayed': 'true' }),
      });
      response.end(JSON.stringify(answer.body));
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    secretKey,
    webhookSecret: world.webhookSecret,
    asked,
    failNext: (...statuses) => void failures.push(...statuses),
    completeAction: world.completeAction,
    refundByHand: world.refundByHand,
    dispute: world.dispute,
    events: world.events,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readForm(request: IncomingMessage): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return new URLSearchParams(text);
}

/** What Stripe remembers, and how it answers. */
function createWorld() {
  const intents = new Map<string, Intent>();
  const refunds = new Map<string, Refund>();
  const disputes = new Map<string, Record<string, unknown>>();
  const events: { readonly reference: string; readonly rawBody: string }[] = [];
  const webhookSecret = `whsec_${newUuid()}`;
  const tell = (type: string, reference: string, object: object) => {
    const created = Math.floor(Date.now() / 1000);
    const event = { id: `evt_${newUuid()}`, object: 'event', type, created, data: { object } };
    events.push({ reference, rawBody: JSON.stringify(event, null, 2) });
  };
  const missing = (what: string, param: string) =>
    error(404, 'invalid_request_error', `No such ${what}`, { code: 'resource_missing', param });
  const unexpected = (intent: Intent) =>
    error(400, 'invalid_request_error', `This PaymentIntent's status is ${intent.status}.`, {
      code: 'payment_intent_unexpected_state',
      payment_intent: intent,
    });

  const succeed = (intent: Intent) => {
    const manual = intent.capture_method === 'manual' && intent.status !== 'requires_capture';
    Object.assign(
      intent,
      manual ? { status: 'requires_capture' } : { status: 'succeeded', amount_received: intent.amount },
    );
    intent['next_action'] = null;
    tell(manual ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded', intent.id, intent);
    return { status: 200, body: { ...intent } };
  };
  const fail = (intent: Intent): Answer => {
    const decline = { type: 'card_error', code: 'card_declined', message: 'Your card was declined.' };
    Object.assign(intent, {
      status: 'requires_payment_method',
      last_payment_error: decline,
      next_action: null,
    });
    tell('payment_intent.payment_failed', intent.id, intent);
    return error(402, 'card_error', decline.message, { code: decline.code, payment_intent: { ...intent } });
  };

  const create = (form: URLSearchParams): Answer => {
    const amount = Number(form.get('amount'));
    if (!Number.isSafeInteger(amount) || amount < 1 || amount > 99_999_999)
      return error(400, 'invalid_request_error', 'Invalid integer', {
        code: 'parameter_invalid_integer',
        param: 'amount',
      });
    const intent: Intent = {
      id: `pi_${newUuid().replaceAll('-', '')}`,
      object: 'payment_intent',
      amount,
      amount_received: 0,
      currency: form.get('currency') ?? '',
      capture_method: form.get('capture_method') ?? 'automatic',
      metadata: metadataOf(form),
      status: 'requires_payment_method',
      last_payment_error: null,
      next_action: null,
    };
    intents.set(intent.id, intent);
    return { status: 200, body: { ...intent } };
  };

  const confirm = (intent: Intent, form: URLSearchParams): Answer => {
    if (intent.status !== 'requires_payment_method') return unexpected(intent);
    switch (form.get('payment_method')) {
      case 'pm_card_visa':
      case 'pm_card_silent':
        return succeed(intent);
      case 'pm_card_visa_chargeDeclined':
        return fail(intent);
      case 'pm_card_threeDSecure2Required': {
        const url = `https://hooks.stripe.example/${intent.id}`;
        const redirect = { url, return_url: form.get('return_url') };
        Object.assign(intent, {
          status: 'requires_action',
          next_action: { type: 'redirect_to_url', redirect_to_url: redirect },
        });
        tell('payment_intent.requires_action', intent.id, intent);
        return { status: 200, body: { ...intent } };
      }
      default:
        return missing('PaymentMethod', 'payment_method');
    }
  };

  const refundedOf = (reference: string) =>
    [...refunds.values()]
      .filter((refund) => refund.payment_intent === reference)
      .reduce((sum, { amount }) => sum + amount, 0);
  const refund = (reference: string, amount: number, metadata: object): Answer => {
    const intent = intents.get(reference);
    if (!intent) return missing('payment_intent', 'payment_intent');
    if (intent.status !== 'succeeded')
      return error(
        400,
        'invalid_request_error',
        'This PaymentIntent does not have a successful charge to refund.',
      );
    if (refundedOf(reference) + amount > intent.amount)
      return error(
        400,
        'invalid_request_error',
        'Refund amount is greater than unrefunded amount on charge',
        {
          code: 'charge_already_refunded',
        },
      );
    const made: Refund = {
      id: `re_${newUuid().replaceAll('-', '')}`,
      object: 'refund',
      amount,
      currency: intent.currency,
      payment_intent: reference,
      metadata,
      status: 'succeeded',
    };
    refunds.set(made.id, made);
    tell('refund.created', reference, made);
    return { status: 200, body: { ...made } };
  };

  const change = (url: string, form: URLSearchParams): Answer => {
    if (url === '/v1/payment_intents') return create(form);
    if (url === '/v1/refunds')
      return refund(form.get('payment_intent') ?? '', Number(form.get('amount')), metadataOf(form));
    const [, reference = '', action = ''] = /^\/v1\/payment_intents\/(\w+)\/(\w+)$/.exec(url) ?? [];
    const intent = intents.get(reference);
    if (!intent) return missing('payment_intent', 'intent');
    if (action === 'confirm') return confirm(intent, form);
    if (action === 'capture')
      return intent.status === 'requires_capture' ? succeed(intent) : unexpected(intent);
    if (action !== 'cancel') return missing('path', 'path');
    if (intent.status === 'succeeded' || intent.status === 'canceled') return unexpected(intent);
    intent.status = 'canceled';
    tell('payment_intent.canceled', intent.id, intent);
    return { status: 200, body: { ...intent } };
  };

  return {
    webhookSecret,
    change,
    retrieve: (url: string): Answer => {
      const id = url.split('/').at(-1) ?? '';
      const found = url.startsWith('/v1/refunds/') ? refunds.get(id) : intents.get(id);
      return found ? { status: 200, body: { ...found } } : missing('object', 'intent');
    },
    completeAction: (reference: string, approved: boolean) => {
      const intent = intents.get(reference);
      if (intent?.status === 'requires_action') void (approved ? succeed(intent) : fail(intent));
    },
    refundByHand: (reference: string, amount: number) => void refund(reference, amount, {}),
    dispute: (reference: string, status: 'needs_response' | 'won' | 'lost') => {
      const intent = intents.get(reference)!;
      const made = disputes.get(reference) ?? {
        id: `dp_${newUuid().replaceAll('-', '')}`,
        object: 'dispute',
        amount: intent.amount,
        currency: intent.currency,
        payment_intent: reference,
        reason: 'fraudulent',
      };
      Object.assign(made, { status });
      disputes.set(reference, made);
      tell(`charge.dispute.${status === 'needs_response' ? 'created' : 'closed'}`, reference, made);
    },
    events: (reference: string) =>
      events
        .filter((event) => event.reference === reference)
        .map(({ rawBody }) => ({ rawBody, signature: signBody(rawBody, webhookSecret, new Date()) })),
  };
}

function metadataOf(form: URLSearchParams): Record<string, string> {
  const entries = [...form].flatMap(([name, value]) => {
    const key = /^metadata\[(\w+)\]$/.exec(name)?.[1];
    return key ? [[key, value] as const] : [];
  });
  return Object.fromEntries(entries);
}
