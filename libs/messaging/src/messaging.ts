import type { AnswerOf, Question, RequestOf } from '@marquee/contracts';
import { keyring } from '@marquee/kernel';
import { systemRole, type Database } from '@marquee/postgres';
import { openChannel, type Channel } from './channel.ts';
import { listenToChanges, tellChanges, type Changes, type ChangesListener } from './changes.ts';
import { serveControl } from './control.ts';
import { onNewConnection, openLink } from './link.ts';
import { MqttReader, type MqttOptions } from './mqtt.ts';
import { createInstruments } from './observe.ts';
import type { Context } from './context.ts';
import { tellPersonal } from './personal.ts';
import { Projection } from './projection.ts';
import { Answerer, type Answering, type AnswerOptions } from './questions/answerer.ts';
import { Asker, type AskOptions } from './questions/asker.ts';
import { watchLiveSettings, type LiveSettings } from './live-settings.ts';
import { openQueue, type Queue, type QueueOptions } from './queue.ts';
import { createRecords, type Records, type RecordsOptions } from './records.ts';
import { LogRelay } from './relay.ts';
import { openSession, type Session } from './session.ts';
import { createTopology } from './topology.ts';
import type { Messaging, MessagingHealth, MessagingOptions, Subscription } from './types.ts';
import { Worker } from './worker.ts';

/**
 * A service's door to NATS. Resolves at once, also when NATS or PostgreSQL cannot be reached: both are sought for
 * ever, and everything goes on from its checkpoint when they are there.
 */
export async function connectMessaging(options: MessagingOptions): Promise<Messaging> {
  return new MessagingOfService(options);
}

class MessagingOfService implements Messaging {
  readonly #options: MessagingOptions;
  readonly #context: Omit<Context, 'database' | 'session'>;
  readonly #subscriptions = new Map<string, Subscription>();
  readonly #replayable = new Set<string>();
  readonly #answerers = new Map<string, Answerer>();
  readonly #mqttReaders = new Map<string, MqttReader>();
  readonly #queues: Queue[] = [];
  #asker: Asker | null = null;
  #session: Session | null = null;
  #relay: LogRelay | null = null;
  #draining: Promise<void> | null = null;

  constructor(options: MessagingOptions) {
    const { service, url, metrics, interceptors = {} } = options;
    const logger = options.logger.child({ component: 'messaging' });
    this.#options = options;
    this.#context = {
      service,
      logger,
      topology: createTopology(options.namespace ?? 'marquee'),
      link: openLink({ url, name: service, logger }),
      instruments: createInstruments(metrics),
      ask: (question, request, asking) => this.ask(question, request, asking),
      withholds: options.personal !== undefined,
      interceptors: { publish: interceptors.publish ?? [], handle: interceptors.handle ?? [] },
    };
    const { database } = options;
    if (!database) return;
    if (options.personal) {
      const { question, handler } = tellPersonal(service, database, options.personal);
      this.answer(question, handler);
    }
    serveControl(
      { ...this.#context, database },
      {
        health: () => this.health(),
        find: (name) => this.#subscriptions.get(name),
        replayable: () => [...this.#replayable],
      },
    );
  }

  startRelay(options: { readonly pollMs?: number } = {}): LogRelay {
    if (this.#relay) throw new Error('the relay has been started already');
    const { link, topology, service } = this.#context;
    const context = this.#withDatabase();
    const relay = new LogRelay(context, this.#openSession(context.database, 'relay', readsWholeLog), options);
    this.#relay = relay;
    // Of a service's processes only one has the relay's lead; the others' commits reach it by this message.
    onNewConnection(link, (connection) => {
      connection.subscribe(topology.wake(service), { callback: () => relay.wake() });
    });
    return relay;
  }

  /** Bound: it is handed on as what a commit calls. */
  readonly wake = (): void => {
    const { link, topology, service } = this.#context;
    const relay = this.#relay;
    relay?.wake();
    if (relay?.status().state !== 'leading') link.current()?.publish(topology.wake(service));
  };

  project(options: Parameters<Messaging['project']>[0]): Subscription {
    if (options.replayable) this.#replayable.add(options.name);
    if (options.personal) this.#withSecret();
    return this.#add(options.name, (context) => new Projection(context, options));
  }

  work(options: Parameters<Messaging['work']>[0]): Subscription {
    if (options.personal) this.#withSecret();
    return this.#add(options.name, (context) => new Worker(context, options));
  }

  async ask<Q extends Question>(
    question: Q,
    request: RequestOf<Q>,
    options: AskOptions,
  ): Promise<AnswerOf<Q>> {
    this.#asker ??= new Asker(this.#withSecret());
    return this.#asker.ask(question, request, options);
  }

  answer<Q extends Question>(question: Q, handler: Answering<Q>, options: AnswerOptions = {}): void {
    if (this.#draining) throw new Error('messaging is draining');
    const { name } = question;
    if (this.#answerers.has(name)) throw new Error(`${name} is answered already`);
    const answerer = new Answerer(question, handler, options, this.#withSecret());
    this.#answerers.set(name, answerer as unknown as Answerer);
  }

  readMqtt(options: MqttOptions): void {
    if (this.#draining) throw new Error('messaging is draining');
    if (this.#mqttReaders.has(options.name)) throw new Error(`${options.name} is read already`);
    this.#mqttReaders.set(options.name, new MqttReader(this.#context, options));
  }

  listenToChanges(listener: ChangesListener): void {
    listenToChanges(this.#context.link, this.#context.topology, listener);
  }

  /** Bound: it is handed on as what a commit calls. */
  readonly tellChanges = (organisationId: string, ids: Changes['ids']): void => {
    const { link, topology, service } = this.#context;
    const connection = link.current();
    if (connection) tellChanges(connection, topology, { service, organisationId, ids });
  };

  records(options: RecordsOptions): Records {
    return createRecords(() => this.#context.link.current(), this.#context.topology, options);
  }

  watchSettings(name: string, onSettings: (settings: LiveSettings) => void): void {
    const { link, topology, logger } = this.#context;
    watchLiveSettings(link, topology, name, onSettings, logger);
  }

  queue(options: QueueOptions): Queue {
    if (this.#draining) throw new Error('messaging is draining');
    const queue = openQueue(this.#context, options);
    this.#queues.push(queue);
    return queue;
  }

  openChannel(name: string): Channel {
    const { link, topology, service } = this.#context;
    return openChannel(link, topology, service, name);
  }

  health(): MessagingHealth {
    return {
      connected: this.#context.link.current() !== null,
      relay: this.#relay?.status() ?? null,
      subscriptions: [...this.#subscriptions.values()].map((subscription) => subscription.status()),
    };
  }

  async ready(): Promise<void> {
    if (!this.#context.link.current()) throw new Error('NATS is not connected');
  }

  drain(): Promise<void> {
    this.#draining ??= this.#drain();
    return this.#draining;
  }

  async #drain(): Promise<void> {
    // Answers and handlers first: both may still ask others, and what they appended is still published by the relay's last pass.
    const ending = [
      ...this.#answerers.values(),
      ...this.#mqttReaders.values(),
      ...this.#queues,
      ...this.#subscriptions.values(),
    ];
    await Promise.all(ending.map((each) => each.stop()));
    await this.#relay?.stop();
    await this.#asker?.close();
    await this.#session?.close();
    await this.#context.link.close();
  }

  #add(name: string, make: (context: Context) => Subscription): Subscription {
    if (this.#draining) throw new Error('messaging is draining');
    if (this.#subscriptions.has(name)) throw new Error(`there is a subscription ${name} already`);
    const subscription = make(this.#withDatabase());
    this.#subscriptions.set(name, subscription);
    return subscription;
  }

  #withSecret() {
    const { internalSecret: secret, isBreakerOn, metrics } = this.#options;
    if (!secret) throw new Error('questions are asked and answered only with an internalSecret');
    const { service, topology, link, logger } = this.#context;
    return { service, topology, link, logger, metrics, isBreakerOn, keys: keyring(secret) };
  }

  #withDatabase(): Context {
    const { database } = this.#options;
    if (!database) throw new Error('messages are relayed and handled only with a database');
    this.#session ??= this.#openSession(database, 'locks');
    return { ...this.#context, database, session: this.#session };
  }

  #openSession(database: Database, purpose: string, prepare?: string): Session {
    const { url } = database.dataSource.options as { readonly url?: string };
    if (!url) throw new Error('the database was opened without a URL');
    const { service, logger } = this.#context;
    return openSession({ url, name: `${service} ${purpose}`, logger, ...(prepare && { prepare }) });
  }
}

/**
 * All tenants' events, through the index whatever the statistics say: a scan of the whole table, planned while it was
 * small, cost the relay two thirds of its rate. Its checkpoint is not waited for on disk, five times a second and in the
 * way of what is to be read next: the end of the stream says where to go on.
 */
const readsWholeLog = `set role ${systemRole}; set enable_seqscan = off; set synchronous_commit = off`;
