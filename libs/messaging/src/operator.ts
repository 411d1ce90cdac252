import { connect, RequestStrategy, type Msg, type NatsConnection } from 'nats';
import type { LogPosition } from '@marquee/event-log';
import type { ControlAnswer, ControlRequest, ProcessStatus } from './control.ts';
import { settings } from './link.ts';
import { readLiveSettings, writeLiveSetting, type LiveSettings } from './live-settings.ts';
import { assertShares, sharesSetting, type QueueShares } from './queue-shares.ts';
import { readRecords } from './records.ts';
import { OperatorError } from './operator-error.ts';
import { createStreamKeeper, type StreamKeeper } from './stream-keeper.ts';
import { createTopology, formatPosition } from './topology.ts';

/** Speaks with running services for a person's tool: `npx marquee events`. */
export type Operator = {
  /** Every process of the service that answers; none where it does not run. */
  status(service: string): Promise<ProcessStatus[]>;
  /**
   * Has the process with the handlers handle a dead letter again. False where there is no such dead letter; throws
   * an OperatorError with the handler's fault.
   */
  retryDeadLetter(service: string, subscription: string, messageId: string): Promise<boolean>;
  /**
   * Has a projection handle again what comes after a position of one source's log. Only backwards, and only where
   * its handlers are declared replayable. False where the checkpoint is not beyond the position.
   */
  rewind(service: string, subscription: string, source: string, to: LogPosition): Promise<boolean>;
  /** Every record that a service's processes keep under this name; none where they never kept any. */
  records(name: string): Promise<string[]>;
  /** Settings that services watch under this name. */
  settings(name: string): Promise<LiveSettings>;
  /** Sets one of them for every process that watches, or with null takes it away. */
  setSetting(name: string, key: string, text: string | null): Promise<void>;
  /** Gives each track of a roll-out its share of what is put into a queue from now on. Throws where the shares are not 100 %. */
  shareQueue(queue: string, shares: QueueShares): Promise<void>;
  /** Every stream of the platform: backups, replicas, and whether they are what the logs say. */
  readonly streams: StreamKeeper;
  close(): Promise<void>;
};

/** Processes answer a question within this; a first answer is followed by a short wait for the others. */
const statusMaxWaitMs = 1_500;
const statusJitterMs = 200;
const actionTimeoutMs = 30_000;

/** Throws where NATS cannot be reached. */
export async function connectOperator(options: {
  readonly url: string;
  readonly namespace?: string;
}): Promise<Operator> {
  const topology = createTopology(options.namespace ?? 'marquee');
  const { control } = topology;
  const connection = await open(options.url);

  const status = async (service: string): Promise<ProcessStatus[]> => {
    const replies = await askAll(connection, control(service), { ask: 'status' });
    return replies.map((reply) => readAnswer<ProcessStatus>(reply));
  };
  /** Asks the process in which the subscription is active. */
  const act = async <T>(service: string, request: ControlRequest & { readonly subscription: string }) => {
    const processes = await status(service);
    const active = processes.find(({ subscriptions }) =>
      subscriptions.some(({ name, state }) => name === request.subscription && state !== 'standby'),
    );
    if (!active) throw new OperatorError(noProcess(service, request.subscription, processes));
    const subject = `${control(service)}.${active.instance}`;
    return readAnswer<T>(
      await connection.request(subject, JSON.stringify(request), { timeout: actionTimeoutMs }),
    );
  };
  return {
    status,
    retryDeadLetter: (service, subscription, messageId) =>
      act<boolean>(service, { ask: 'retry-dead-letter', subscription, messageId }),
    rewind: (service, subscription, source, to) =>
      act<boolean>(service, { ask: 'rewind', subscription, source, to: formatPosition(to) }),
    records: (name) => readRecords(connection, topology, name),
    settings: (name) => readLiveSettings(connection, topology, name),
    setSetting: (name, key, text) => writeLiveSetting(connection, topology, name, key, text),
    shareQueue: async (queue, shares) => {
      assertShares(topology, queue, shares);
      await writeLiveSetting(connection, topology, sharesSetting, queue, JSON.stringify(shares));
    },
    streams: createStreamKeeper(connection, topology),
    close: () => connection.close(),
  };
}

async function open(url: string): Promise<NatsConnection> {
  const options = settings({ url, name: 'operator' });
  return connect({ ...options, reconnect: false, timeout: 3_000 }).catch((cause: unknown) => {
    throw new OperatorError('NATS cannot be reached', { cause });
  });
}

async function askAll(connection: NatsConnection, subject: string, request: ControlRequest): Promise<Msg[]> {
  const replies: Msg[] = [];
  try {
    const answers = await connection.requestMany(subject, JSON.stringify(request), {
      strategy: RequestStrategy.JitterTimer,
      maxWait: statusMaxWaitMs,
      jitter: statusJitterMs,
    });
    for await (const reply of answers) replies.push(reply);
  } catch (error) {
    // Nobody listens: the service does not run.
    if ((error as { code?: string }).code !== '503') throw error;
  }
  return replies;
}

function readAnswer<T>(message: Msg): T {
  const answer = message.json<ControlAnswer>();
  if (!answer.ok) throw new OperatorError(answer.message);
  return answer.value as T;
}

function noProcess(service: string, subscription: string, processes: readonly ProcessStatus[]): string {
  if (processes.length === 0) return `${service} does not run: its handlers are needed for this`;
  const names = [...new Set(processes.flatMap((each) => each.subscriptions.map(({ name }) => name)))];
  return `${service} has no active subscription ${subscription}; it has: ${names.join(', ') || 'none'}`;
}
