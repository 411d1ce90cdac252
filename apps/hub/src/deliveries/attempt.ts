import { encodeId } from '@marquee/kernel';
import { isPeerUnavailable } from '@marquee/subgraph';
import {
  outgoingCorrelationHeaders,
  runWithCorrelation,
  SpanKind,
  withSpan,
  type Logger,
} from '@marquee/telemetry';
import type { Dispatcher } from 'undici';
import type { Envelope } from '../catalogue/envelope.ts';
import type { PayloadRequest } from '../selections/payloads.ts';
import type { SecretStore } from '../signing/secrets.ts';
import { signWebhook } from '../signing/sign.ts';
import type { Claimed } from './claim.ts';
import type { EndpointBreakers } from './endpoint-breakers.ts';
import { mostTries, type pauseAfter } from './schedule.ts';
import { sendWebhook, type Sent } from './send.ts';

/** What came of a claim. */
export type Attempted = {
  readonly of: Claimed;
  /** DELIVERED and EXHAUSTED end it; PENDING comes again; POSTPONED comes again too, and no attempt was made. */
  readonly status: 'DELIVERED' | 'PENDING' | 'EXHAUSTED' | 'POSTPONED';
  readonly nextInMs: number;
  readonly startedAt: Date;
  readonly durationMs: number;
  readonly statusCode: number | null;
  readonly error: string | null;
  readonly response: string | null;
  /** The endpoint answered that it is gone for good. */
  readonly gone: boolean;
};

type Judged = Omit<Attempted, 'of' | 'startedAt' | 'durationMs'>;

export type AttemptServices = {
  readonly dispatcher: Dispatcher;
  readonly secrets: SecretStore;
  readonly payloadOf: (request: PayloadRequest) => Promise<string>;
  readonly breakers: EndpointBreakers;
  readonly deadlineMs: number;
  readonly pauseAfter: typeof pauseAfter;
  readonly logger: Logger;
};

/** While an endpoint's breaker is open, or what the payload is made of cannot be asked. */
const postponeMs = 5_000;

/**
 * Makes one attempt at what was claimed, in the trace of what caused its event. Never throws: whatever happens is an
 * outcome that is logged.
 */
export function attempt(services: AttemptServices, of: Claimed): Promise<Attempted> {
  const { correlationid, traceparent } = JSON.parse(of.envelope) as Envelope;
  const correlation = { correlationId: correlationid, actor: 'system', ...(traceparent && { traceparent }) };
  const about = { deliveryId: of.id, endpointId: of.endpointId, eventType: of.eventType };
  const attributes = {
    'marquee.event': about.eventType,
    'marquee.endpoint': about.endpointId,
    'marquee.delivery': about.deliveryId,
    'http.request.method': 'POST',
  };
  return runWithCorrelation(correlation, () =>
    withSpan(
      'webhook attempt',
      attributes,
      async (span) => {
        const attempted = await attemptAndJudge(services, of);
        const { status, statusCode, error } = attempted;
        span.setAttribute('marquee.outcome', status.toLowerCase());
        if (statusCode !== null) span.setAttribute('http.response.status_code', statusCode);
        if (error !== null) services.logger.info({ ...about, status, error }, 'a webhook was not taken');
        return attempted;
      },
      { kind: SpanKind.CLIENT },
    ),
  );
}

async function attemptAndJudge(services: AttemptServices, of: Claimed): Promise<Attempted> {
  const startedAt = new Date();
  const started = performance.now();
  const judge = (sent: Sent, last = false) => judgeSent(sent, of, services.pauseAfter, last);
  const about = () => ({ of, startedAt, durationMs: Math.round(performance.now() - started) });
  const postponed = (error: string): Attempted => ({
    ...about(),
    status: 'POSTPONED',
    nextInMs: postponeMs * (0.8 + 0.4 * Math.random()),
    statusCode: null,
    error,
    response: null,
    gone: false,
  });
  try {
    const body = await services.payloadOf(of);
    const sent = await services.breakers.run(of, async () => send(services, of, body));
    return sent === 'open' ? postponed('The breaker is open.') : { ...about(), ...judge(sent) };
  } catch (error) {
    if (isPeerUnavailable(error)) return postponed('The graph did not answer.');
    services.logger.warn({ error, deliveryId: of.id }, 'a webhook could not be made');
    const last = (error as { code?: string }).code === 'PAYLOAD';
    const failed = { ok: false as const, statusCode: null, response: null, retryAfterMs: null };
    const text = `The message could not be made: ${(error as Error).message}`.slice(0, 1_000);
    return { ...about(), ...judge({ ...failed, error: text.toWellFormed().replaceAll('\0', '') }, last) };
  }
}

async function send(
  { secrets, dispatcher, deadlineMs }: AttemptServices,
  of: Claimed,
  body: string,
): Promise<Sent> {
  const { signing, bearer } = await secrets.keysOf(of.secrets);
  const headers = {
    ...signWebhook(signing, encodeId('Delivery', of.id), new Date(), body),
    ...outgoingCorrelationHeaders(),
    ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
  };
  // What a plugin makes is no CloudEvent, and who takes it may be picky: a chat wants plain JSON.
  const contentType =
    of.pluginId === null ? 'application/cloudevents+json; charset=utf-8' : 'application/json';
  return sendWebhook(dispatcher, { url: of.url, headers, body, contentType, deadlineMs });
}

function judgeSent(sent: Sent, { tries }: Claimed, pauseOf: typeof pauseAfter, last: boolean): Judged {
  const { statusCode, response } = sent;
  if (sent.ok) return { status: 'DELIVERED', nextInMs: 0, statusCode, response, error: null, gone: false };
  const { error, retryAfterMs } = sent;
  const gone = statusCode === 410;
  const pause = pauseOf(tries + 1, retryAfterMs, Math.random());
  // What is gone is disabled; the event is kept, and its turn comes again when the endpoint is resumed.
  if (gone) return { status: 'PENDING', nextInMs: pause ?? 0, statusCode, response, error, gone };
  const exhausted = last || pause === null || tries + 1 >= mostTries;
  return {
    status: exhausted ? 'EXHAUSTED' : 'PENDING',
    nextInMs: pause ?? 0,
    statusCode,
    response,
    error,
    gone,
  };
}
