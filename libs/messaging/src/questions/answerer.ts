import { faultsOf, type AnswerOf, type Question, type RequestOf } from '@marquee/contracts';
import type { Keyring } from '@marquee/kernel';
import {
  correlationHeaders,
  newCorrelationId,
  parseCorrelationId,
  parseTraceparent,
  runWithCorrelation,
  SpanKind,
  withSpan,
  type Correlation,
  type Logger,
  type Metrics,
} from '@marquee/telemetry';
import type { Msg, MsgHdrs, NatsConnection, Subscription } from 'nats';
import { describe } from '../faults.ts';
import { onNewConnection, type Link } from '../link.ts';
import { anySignal, pause } from '../timing.ts';
import type { Topology } from '../topology.ts';
import { runWithin } from './deadline.ts';
import { instrumentsOf, type QuestionInstruments } from './instruments.ts';
import { answerHeaders, readAsking, type AnswerStatus, type Asking } from './wire.ts';

/** What a handler knows of a question besides its content. */
export type AskedBy = {
  /** Whose data is asked for: the scope of the handler's transaction. */
  readonly organisationId: string;
  /** The service that asks, proven by its signature. */
  readonly asker: string;
  /** Fires when the answer would come too late, and when this process has waited long enough for it at its end. */
  readonly signal: AbortSignal;
};

export type Answering<Q extends Question> = (request: RequestOf<Q>, by: AskedBy) => Promise<AnswerOf<Q>>;

export type AnswerOptions = {
  /** Questions of this name being answered at once, 1 to 1,000; default 32. More are refused at once: `OVERLOADED`. */
  readonly maxInFlight?: number;
};

export type AnswererOptions = {
  readonly service: string;
  readonly topology: Topology;
  readonly link: Link;
  readonly logger: Logger;
  readonly metrics?: Metrics | undefined;
  readonly keys: Keyring;
};

const patienceMs = 5000;
const lastPatienceMs = 1000;

/** Answers one question, beside the service's other processes (a queue group): each is asked once, of one of them. */
export class Answerer<Q extends Question = Question> {
  readonly #question: Q;
  readonly #handler: Answering<Q>;
  readonly #maxInFlight: number;
  readonly #options: AnswererOptions;
  readonly #instruments: QuestionInstruments;
  readonly #subject: string;
  readonly #listening = new Set<Subscription>();
  readonly #inFlight = new Set<Promise<void>>();
  readonly #stop = new AbortController();
  #stopped = false;

  constructor(question: Q, handler: Answering<Q>, limits: AnswerOptions, options: AnswererOptions) {
    const { service, topology, link } = options;
    const { maxInFlight = 32 } = limits;
    if (!question.name.startsWith(`${service}.`)) {
      throw new Error(`${question.name} is not a question to ${service}`);
    }
    if (!(Number.isInteger(maxInFlight) && maxInFlight >= 1 && maxInFlight <= 1000)) {
      throw new RangeError(`maxInFlight of ${question.name} must be 1 to 1000, not ${maxInFlight}`);
    }
    this.#question = question;
    this.#handler = handler;
    this.#maxInFlight = maxInFlight;
    this.#options = options;
    this.#instruments = instrumentsOf(options.metrics);
    this.#subject = topology.question(question.name);
    onNewConnection(link, (connection) => this.#listen(connection));
  }

  /** Takes no more questions and gives the answers under way; one that takes longer than five seconds is told to end. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(
      [...this.#listening].map((subscription) => subscription.drain().catch(() => undefined)),
    );
    const answered = Promise.all(this.#inFlight);
    const over = new AbortController();
    void answered.then(() => over.abort());
    await pause(patienceMs, over.signal);
    this.#stop.abort();
    // A handler that does not heed its signal does not hold the process.
    await pause(lastPatienceMs, over.signal);
  }

  #listen(connection: NatsConnection): void {
    if (this.#stopped) return;
    const subscription = connection.subscribe(this.#subject, {
      queue: this.#options.service,
      callback: (error, message) => {
        if (!error) this.#take(message);
      },
    });
    this.#listening.add(subscription);
  }

  #take(message: Msg): void {
    const asking = readAsking(this.#subject, message, this.#options.keys);
    if (!asking) return this.#give(message, '', 'FORBIDDEN', null);
    if (this.#inFlight.size >= this.#maxInFlight) return this.#give(message, asking.id, 'OVERLOADED', null);
    const work = this.#answer(message, asking).finally(() => {
      this.#inFlight.delete(work);
      this.#noteOpen();
    });
    this.#inFlight.add(work);
    this.#noteOpen();
  }

  async #answer(message: Msg, asking: Asking): Promise<void> {
    const { name } = this.#question;
    const startedAtMs = performance.now();
    const late = new AbortController();
    const timer = setTimeout(() => late.abort(), asking.remainingMs);
    const either = anySignal(late.signal, this.#stop.signal);
    try {
      const attributes = {
        'messaging.system': 'nats',
        'marquee.question': name,
        'peer.service': asking.asker,
      };
      const [status, value] = await runWithCorrelation(correlationOf(message.headers), () =>
        withSpan(`${name} answer`, attributes, () => this.#judge(message, asking, either.signal), {
          kind: SpanKind.SERVER,
        }),
      );
      // Nobody waits any more; what is counted as late is what the handler took too long for.
      if (late.signal.aborted) this.#count('late');
      else this.#give(message, asking.id, status, value);
    } finally {
      clearTimeout(timer);
      either.end();
      this.#instruments.answerSeconds.observe((performance.now() - startedAtMs) / 1000, { question: name });
    }
  }

  async #judge(message: Msg, asking: Asking, signal: AbortSignal): Promise<[AnswerStatus, unknown]> {
    const { name, request: schema, answer } = this.#question;
    const { organisationId, asker, remainingMs } = asking;
    try {
      const request = JSON.parse(message.string()) as RequestOf<Q>;
      const faults = faultsOf(schema, request);
      if (faults.length > 0) return ['INVALID_REQUEST', faults];
      const value = await runWithin(remainingMs, () =>
        this.#handler(request, { organisationId, asker, signal }),
      );
      const wrong = faultsOf(answer, value);
      if (wrong.length === 0) return ['ok', value];
      throw new Error(`the answer does not fit: ${wrong.map(({ path, message: why }) => `${path} ${why}`)}`);
    } catch (error) {
      this.#options.logger.error({ error, question: name, asker }, 'a question could not be answered');
      return ['FAILED', null];
    }
  }

  #give(message: Msg, id: string, status: AnswerStatus, value: unknown): void {
    try {
      const body = new TextEncoder().encode(JSON.stringify(value));
      message.respond(body, { headers: answerHeaders(id, status, body, this.#options.keys) });
      this.#count(status.toLowerCase());
    } catch (error) {
      // Larger than the server takes, or the connection is going.
      this.#options.logger.error(
        { question: this.#question.name, fault: describe(error) },
        'an answer could not be sent',
      );
      this.#count('unsent');
      if (status === 'ok') this.#give(message, id, 'FAILED', null);
    }
  }

  #count(outcome: string): void {
    this.#instruments.answered.add(1, { question: this.#question.name, outcome });
  }

  #noteOpen(): void {
    const labels = { side: 'answered', question: this.#question.name };
    this.#instruments.open.set(this.#inFlight.size, labels);
  }
}

function correlationOf(headers?: MsgHdrs): Correlation {
  const traceparent = parseTraceparent(headers?.get(correlationHeaders.traceparent));
  return {
    correlationId: parseCorrelationId(headers?.get(correlationHeaders.correlationId)) ?? newCorrelationId(),
    actor: decodeActor(headers?.get(correlationHeaders.actor)),
    ...(traceparent && { traceparent }),
  };
}

function decodeActor(text: string | undefined): string {
  try {
    return decodeURIComponent(text ?? '') || 'system';
  } catch {
    return 'system';
  }
}
