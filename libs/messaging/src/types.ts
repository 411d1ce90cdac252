import type { AnswerOf, DomainEvent, EventType, Question, RequestOf } from '@marquee/contracts';
import type { Database, Transaction } from '@marquee/postgres';
import type { AnyInterceptor } from '@marquee/event-bus';
import type { Logger, Metrics } from '@marquee/telemetry';
import type { Answering, AnswerOptions } from './questions/answerer.ts';
import type { Channel } from './channel.ts';
import type { Changes, ChangesListener } from './changes.ts';
import type { LiveSettings } from './live-settings.ts';
import type { MqttOptions } from './mqtt.ts';
import type { Queue, QueueOptions } from './queue.ts';
import type { Records, RecordsOptions } from './records.ts';
import type { PersonalOptions } from './personal.ts';
import type { AskOptions } from './questions/asker.ts';

export type MessagingOptions = {
  /** Such as `nats://127.0.0.1:4222`; several separated by commas are one cluster. */
  readonly url: string;
  /** Keeps installations (and tests) on one server apart. Default `marquee`. */
  readonly namespace?: string;
  /** The service's name: the first part of the types of the events in its log. */
  readonly service: string;
  /** Where its log, checkpoints and inbox are; without it messages cannot be relayed or handled. */
  readonly database?: Database;
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** Shared by the services, never with a client; questions are signed with it, and cannot be asked without. */
  readonly internalSecret?: string;
  /** Whether the breaker of this name (`tickets questions`) holds; asked before each question. Default: each does. */
  readonly isBreakerOn?: ((name: string) => boolean) | undefined;
  /**
   * For a log whose personal fields are enciphered: the relay withholds them, so that the broker never has them, and the
   * readers named are told by the service itself. Needs `internalSecret`.
   */
  readonly personal?: PersonalOptions;
  /**
   * Around every publication of the relay (which may not leave an event out), and around every handling: inside the
   * handler's transaction, under its tenant and correlation; one that does not go on leaves the event unhandled, for ever.
   */
  readonly interceptors?: {
    readonly publish?: readonly AnyInterceptor[];
    readonly handle?: readonly AnyInterceptor[];
  };
};

/** Handlers by event type. Each translates the event and calls a use case; `prepared` is what `prepare` answered. */
export type Handlers = {
  readonly [Type in EventType]?: (
    event: DomainEvent<Type>,
    tx: Transaction,
    prepared?: unknown,
  ) => Promise<void>;
};

export type ProjectionOptions = {
  /** Unique in the service and stable for ever: the checkpoint is kept under it. */
  readonly name: string;
  readonly events: Handlers;
  /**
   * Instead of the handlers, one call for all events of one organisation that a transaction takes, in order (up to 1,000,
   * of all the types in `events`). It must do what the handlers do one after the other: they still handle an event that
   * is tried alone after a fault, and dead letters.
   */
  readonly handleMany?: (
    events: readonly DomainEvent[],
    tx: Transaction,
    prepared: readonly unknown[],
  ) => Promise<void>;
  /** Inside those of `connectMessaging`. */
  readonly interceptors?: readonly AnyInterceptor[];
  /**
   * Runs before the transaction of an event, once a try: for what must not happen inside a transaction, such as
   * asking another service. What it answers is the handler's third argument.
   */
  readonly prepare?: (event: DomainEvent) => Promise<unknown>;
  /**
   * The handlers need what is personal in the events: it is asked of the services that withhold it, before each
   * transaction. Without it they get what readers of erased data get. Needs `internalSecret`. Default false.
   */
  readonly personal?: boolean;
  /**
   * Handling events again from any earlier place, in order, leads to the same state and tells nobody anything new: an
   * upsert that keeps the highest revision is such, a counter or a reaction that appends events is not. An operator
   * may then replay (`npx marquee events replay`). Default false.
   */
  readonly replayable?: boolean;
  /**
   * All that the handlers do is write rows that follow from the events and are only read. The commit then does not wait
   * for the disk: what a crash of PostgreSQL takes back, rows and checkpoint together, is handled again from the stream.
   * A transaction that appends events waits nevertheless. Default that of `replayable`.
   */
  readonly derived?: boolean;
};

export type WorkOptions = {
  readonly name: string;
  readonly events: Handlers;
  /** Events handled at once by this process, 1 to 100. */
  readonly concurrency: number;
  readonly prepare?: (event: DomainEvent) => Promise<unknown>;
  /**
   * The handlers need what is personal in the events: it is asked of the services that withhold it, before each
   * transaction. Without it they get what readers of erased data get. Needs `internalSecret`. Default false.
   */
  readonly personal?: boolean;
  readonly interceptors?: readonly AnyInterceptor[];
  /** How often the inbox is rid of rows that no message can need any more; default 30,000. */
  readonly sweepMs?: number;
};

export type SubscriptionState =
  /** Not connected, or a source's stream is not there yet. */
  | 'waiting'
  /** Another process is the active one. */
  | 'standby'
  | 'running'
  /** The last try failed; it goes on trying. */
  | 'failing'
  | 'stopped';

export type SubscriptionStatus = {
  readonly name: string;
  readonly state: SubscriptionState;
  /** Events not yet handled, over all sources; null while unknown. */
  readonly lag: number | null;
  /** Events in a transaction, or waiting for their next try. */
  readonly inFlight: number;
  /** Age of the oldest event that is in hand; 0 when none is. */
  readonly oldestAgeMs: number;
  readonly handled: number;
  readonly deadLetters: number;
  readonly lastError: string | null;
};

export type Subscription = {
  status(): SubscriptionStatus;
  /**
   * From zero: `clear` empties what the handlers wrote (all tenants; the transaction is the system's), and in the
   * same transaction the checkpoint goes back to the start. Resolves when that is committed; the handling follows.
   */
  rebuild(clear: (tx: Transaction) => Promise<void>): Promise<void>;
  /**
   * Handles a dead letter again, in one transaction with its removal. Rejects with the handler's fault; answers
   * false where there is no such dead letter.
   */
  retryDeadLetter(eventId: string): Promise<boolean>;
  /** Finishes what is being handled and stops. */
  stop(): Promise<void>;
};

export type RelayStatus = {
  readonly state: 'waiting' | 'standby' | 'leading' | 'failing' | 'stopped';
  readonly published: number;
  /** Age of the oldest event seen in the log and not yet in the stream; 0 when none is. */
  readonly oldestAgeMs: number;
  readonly lastError: string | null;
};

export type Relay = {
  status(): RelayStatus;
  /** Publishes what is committed (at most two seconds long) and stops. */
  stop(): Promise<void>;
};

export type MessagingHealth = {
  readonly connected: boolean;
  readonly relay: RelayStatus | null;
  readonly subscriptions: readonly SubscriptionStatus[];
};

export type Messaging = {
  /**
   * Publishes the service's log to its stream in order. Of several processes one leads; the others stand by.
   * `pollMs` (default 25) is how long an event can wait when its wake-up was lost; four times that after a rest.
   */
  startRelay(options?: { readonly pollMs?: number }): Relay;
  /** Says that events were committed: call it from `tx.afterCommit`. Cheap, and harmless when nothing is there. */
  wake(): void;
  /**
   * Handles events in order, each exactly once in effect: the checkpoint moves in the handlers' transaction, in which
   * each has the tenant of its event. One transaction takes up to 1,000 events and as many as fit a quarter of a second;
   * those of one organisation (so of every stream) in the order of the log, one organisation after the other. One process of the service is active; within it handlers never overlap. An event that
   * fails five times becomes a dead letter and the next one's turn comes.
   */
  project(options: ProjectionOptions): Subscription;
  /**
   * Handles events by competing workers, in no order, each exactly once in effect: an inbox row is written in the
   * handler's transaction.
   */
  work(options: WorkOptions): Subscription;
  /**
   * Asks another service and answers what it says, now: for what no replica can know. Throws QuestionUnavailableError
   * where no answer came in time, QuestionRefusedError where asking again cannot help.
   */
  ask<Q extends Question>(question: Q, request: RequestOf<Q>, options: AskOptions): Promise<AnswerOf<Q>>;
  /**
   * Answers a question to this service; of several processes one is asked. The handler reads and changes nothing: a
   * question may be asked twice. What it throws is logged here and is FAILED there.
   */
  answer<Q extends Question>(question: Q, handler: Answering<Q>, options?: AnswerOptions): void;
  /**
   * Hears what the events of all services change, by ids alone, soon after their commit: for caches and live views,
   * which ask anew what they show. At most once, so each gap is told; needs no database.
   */
  listenToChanges(listener: ChangesListener): void;
  /**
   * Tells those who listen to changes of one that no event of this service tells of: rows that follow from others' events.
   * At most once; lost where NATS is not connected.
   */
  tellChanges(organisationId: string, ids: Changes['ids']): void;
  /** A way to the other processes of this service, such as `rate-limits`: at most once, nothing kept, no database. */
  openChannel(name: string): Channel;
  /**
   * Reads what MQTT clients publish to NATS's own listener, at least once, kept while no process of the service is there.
   * An answer goes out and the message is done with once the handler has come back, which is after its commit.
   */
  readMqtt(options: MqttOptions): void;
  /** What services hand to another at least once, kept while that one is away; ended by `drain`. Needs no database. */
  queue(options: QueueOptions): Queue;
  /** Small records that this service's processes share and that outlive them; needs no database. */
  records(options: RecordsOptions): Records;
  /**
   * Tells settings that operators change at run time (`Operator.setSetting`), all services the same: all of them with each
   * connection and after each change. While NATS is away nothing is told, and what was told last holds. Needs no database.
   */
  watchSettings(name: string, onSettings: (settings: LiveSettings) => void): void;
  health(): MessagingHealth;
  /** Rejects while NATS is not connected; for a readiness check. */
  ready(): Promise<void>;
  /** Stops the subscriptions and the relay, each after what it has in hand, then closes the connections. */
  drain(): Promise<void>;
};
