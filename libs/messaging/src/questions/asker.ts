import { faultsOf, type AnswerOf, type Question, type RequestOf } from '@marquee/contracts';
import { newUuid, type Keyring } from '@marquee/kernel';
import { createOutbound, isUnavailable, type Outbound } from '@marquee/outbound';
import { createMetrics, SpanKind, withSpan, type Logger, type Metrics } from '@marquee/telemetry';
import type { Msg, NatsConnection } from 'nats';
import type { Link } from '../link.ts';
import { pause } from '../timing.ts';
import type { Topology } from '../topology.ts';
import { withinDeadline } from './deadline.ts';
import { QuestionRefusedError, QuestionUnavailableError } from './errors.ts';
import { instrumentsOf, type QuestionInstruments } from './instruments.ts';
import { askingHeaders, longestMs, readStatus, type Asking } from './wire.ts';

export type AskOptions = {
  /** Whose data is asked for. */
  readonly organisationId: string;
  /** Longest wait, 1 to 30,000; default 2,000. Shorter where this is asked while answering a question. */
  readonly timeoutMs?: number;
  /** The caller's own wish to stop. */
  readonly signal?: AbortSignal;
};

export type AskerOptions = {
  readonly service: string;
  readonly topology: Topology;
  readonly link: Link;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
  readonly keys: Keyring;
  readonly isBreakerOn?: ((name: string) => boolean) | undefined;
  /** Questions open at once; default 1,000. */
  readonly maxOpen?: number;
};

/** Asked again, where time is left: a process that is being replaced, or one of several that is full. */
const attempts = 3;
const encoder = new TextEncoder();

/** Failures that say nothing about the other side are answered as values, past the breaker. */
type Exchange = { readonly value: unknown } | { readonly error: Error };

/** Asks other services' questions: signed, bounded, each under its deadline and behind its service's breaker. */
export class Asker {
  readonly #options: AskerOptions;
  readonly #instruments: QuestionInstruments;
  readonly #breakers = new Map<string, Outbound>();
  #open = 0;

  constructor(options: AskerOptions) {
    this.#options = options;
    this.#instruments = instrumentsOf(options.metrics);
  }

  async ask<Q extends Question>(
    question: Q,
    request: RequestOf<Q>,
    options: AskOptions,
  ): Promise<AnswerOf<Q>> {
    const { name } = question;
    const faults = faultsOf(question.request, request);
    if (faults.length > 0) throw new QuestionRefusedError(name, 'INVALID_REQUEST', faults);
    const maxOpen = this.#options.maxOpen ?? 1000;
    const startedAtMs = performance.now();
    let outcome = 'ok';
    this.#open += 1;
    this.#instruments.open.set(this.#open, { side: 'asked' });
    try {
      if (this.#open > maxOpen) throw unavailable(question, 'OVERLOADED', `${maxOpen} questions are open`);
      const attributes = { 'messaging.system': 'nats', 'marquee.question': name };
      return await withSpan(`${name} ask`, attributes, () => this.#ask(question, request, options), {
        kind: SpanKind.CLIENT,
      });
    } catch (error) {
      outcome = String((error as { code?: unknown }).code ?? 'ERROR').toLowerCase();
      throw error;
    } finally {
      this.#open -= 1;
      this.#instruments.open.set(this.#open, { side: 'asked' });
      this.#instruments.asked.add(1, { question: name, outcome });
      this.#instruments.askSeconds.observe((performance.now() - startedAtMs) / 1000, { question: name });
    }
  }

  async close(): Promise<void> {
    await Promise.all([...this.#breakers.values()].map((breaker) => breaker.close()));
  }

  async #ask<Q extends Question>(
    question: Q,
    request: RequestOf<Q>,
    { organisationId, timeoutMs = 2000, signal }: AskOptions,
  ): Promise<AnswerOf<Q>> {
    const allowedMs = withinDeadline(Math.min(Math.max(timeoutMs, 1), longestMs));
    const endsAtMs = performance.now() + allowedMs;
    const body = encoder.encode(JSON.stringify(request));
    for (let attempt = 1; ; attempt++) {
      const remainingMs = endsAtMs - performance.now();
      if (remainingMs <= 0) throw unavailable(question, 'TIMEOUT', 'no time is left to ask');
      const asking = { id: newUuid(), organisationId, asker: this.#options.service, remainingMs };
      try {
        return (await this.#throughBreaker(question, body, asking, signal)) as AnswerOf<Q>;
      } catch (error) {
        const code = (error as { code?: unknown }).code;
        const passing = code === 'NO_RESPONDERS' || code === 'OVERLOADED';
        const waitMs = 20 + Math.random() * 80 * attempt;
        if (!passing || attempt >= attempts || performance.now() + waitMs > endsAtMs) throw error;
        await pause(waitMs, signal ?? new AbortController().signal);
        signal?.throwIfAborted();
      }
    }
  }

  async #throughBreaker(
    question: Question,
    body: Uint8Array,
    asking: Asking,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const connection = this.#options.link.current();
    if (!connection) throw unavailable(question, 'NOT_CONNECTED', 'NATS is not connected');
    signal?.throwIfAborted();
    const work = () => this.#exchange(connection, question, body, asking, signal);
    const exchange = await this.#breakerOf(question)
      .run(work)
      .catch((error: unknown) => {
        if (!isUnavailable(error)) throw error;
        throw error.code === 'BREAKER_OPEN'
          ? unavailable(question, 'BREAKER_OPEN', 'too many questions went unanswered', error)
          : unavailable(question, 'TIMEOUT', 'no answer in time', error);
      });
    if ('error' in exchange) throw exchange.error;
    return exchange.value;
  }

  async #exchange(
    connection: NatsConnection,
    question: Question,
    body: Uint8Array,
    asking: Asking,
    signal?: AbortSignal,
  ): Promise<Exchange> {
    const { topology, keys } = this.#options;
    const subject = topology.question(question.name);
    const answered = connection
      .request(subject, body, {
        headers: askingHeaders(subject, body, asking, keys),
        timeout: Math.max(1, asking.remainingMs),
      })
      .catch((error: unknown) => {
        throw this.#noAnswer(question, error);
      });
    const message = await unlessAborted(answered, signal);
    if (!message) return { error: signal!.reason as Error };
    return this.#read(question, asking, message);
  }

  #read(question: Question, asking: Asking, message: Msg): Exchange {
    const status = readStatus(asking.id, message, this.#options.keys);
    switch (status) {
      case 'ok': {
        const value = parse(message);
        const faults = faultsOf(question.answer, value);
        if (faults.length === 0) return { value };
        const where = faults.map(({ path, message: why }) => `${path || '/'} ${why}`).join('; ');
        throw unavailable(question, 'INVALID_ANSWER', `the answer does not fit: ${where}`);
      }
      case 'INVALID_REQUEST':
        return {
          error: new QuestionRefusedError(question.name, status, parse(message) as never),
        };
      case 'FORBIDDEN':
        return { error: new QuestionRefusedError(question.name, status) };
      case 'OVERLOADED':
        throw unavailable(question, status, 'the other side has its hands full');
      case 'FAILED':
        throw unavailable(question, status, 'the other side could not answer');
      case null:
        // One that has another secret cannot sign what we could read: for us it is as if it did not know us.
        return { error: new QuestionRefusedError(question.name, 'FORBIDDEN') };
    }
  }

  #noAnswer(question: Question, error: unknown): QuestionUnavailableError {
    const code = (error as { code?: unknown }).code;
    if (code === '503') return unavailable(question, 'NO_RESPONDERS', 'nobody answers', error);
    if (code === 'TIMEOUT') return unavailable(question, 'TIMEOUT', 'no answer in time', error);
    return unavailable(question, 'NOT_CONNECTED', 'the connection failed', error);
  }

  #breakerOf({ name }: Question): Outbound {
    const service = name.slice(0, name.indexOf('.'));
    const known = this.#breakers.get(service);
    if (known) return known;
    const { logger, metrics = createMetrics(), isBreakerOn = () => true } = this.#options;
    const of = `${service} questions`;
    const breaker = { isOn: () => isBreakerOn(of) };
    // The deadline is the question's own; this one is only never to be met.
    const made = createOutbound({ name: of, timeoutMs: longestMs + 1000, breaker, logger, metrics });
    this.#breakers.set(service, made);
    return made;
  }
}

function unavailable(
  { name }: Question,
  code: QuestionUnavailableError['code'],
  message: string,
  cause?: unknown,
): QuestionUnavailableError {
  return new QuestionUnavailableError(name, code, message, cause);
}

/** The client's requests take no signal: the answer that nobody waits for any more is dropped. */
async function unlessAborted<T>(work: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  if (!signal) return work;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const stop = () => resolve(undefined);
  signal.addEventListener('abort', stop, { once: true });
  try {
    return await Promise.race([work, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
    work.catch(() => undefined);
  }
}

function parse(message: Msg): unknown {
  try {
    return JSON.parse(message.string());
  } catch {
    return undefined;
  }
}
