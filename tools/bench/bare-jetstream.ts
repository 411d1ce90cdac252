// The peer: the client and a stream, and nothing of ours between them.
// eslint-disable-next-line no-restricted-imports -- what libs/messaging adds is measured beside what it stands on
import { AckPolicy, connect, DeliverPolicy, StorageType, type NatsConnection } from 'nats';
import { holdPlaced } from './log-world.ts';
import { clockMs, cpuUs, openLoop, serveTasks } from './worker-process.ts';

export type BareTask =
  | { readonly task: 'connect'; readonly natsUrl: string; readonly stream: string }
  | { readonly task: 'publish'; readonly perSecond: number; readonly forMs: number }
  | { readonly task: 'flood'; readonly events: number }
  | { readonly task: 'consume' }
  | { readonly task: 'consumed'; readonly events: number }
  | { readonly task: 'arrivals' }
  | { readonly task: 'cpu' };

let connection: NatsConnection | null = null;
let stream = '';
let sent = 0;
let consumed = 0;
let arrivals = new Map<string, number>();
const windowSize = 1000;
const encoder = new TextEncoder();

serveTasks<BareTask>(perform, async () => connection?.close());

async function perform(task: BareTask): Promise<unknown> {
  switch (task.task) {
    case 'connect': {
      connection = await connect({ servers: task.natsUrl });
      stream = task.stream;
      const jsm = await connection.jetstreamManager();
      await jsm.streams.add({ name: stream, subjects: [`${stream}.>`], storage: StorageType.File });
      return undefined;
    }
    case 'publish':
      return publish(task);
    case 'flood':
      return flood(task.events);
    case 'consume':
      void consume();
      return undefined;
    case 'consumed':
      while (consumed < task.events) await new Promise((resolve) => setTimeout(resolve, 5));
      return clockMs();
    case 'cpu':
      return cpuUs();
    case 'arrivals': {
      const noted = arrivals;
      arrivals = new Map();
      return noted;
    }
  }
}

function message(): [string, Uint8Array] {
  const key = `${process.pid}-${++sent}`;
  return [`${stream}.${key}`, encoder.encode(JSON.stringify(holdPlaced()))];
}

async function publish(plan: { perSecond: number; forMs: number }): Promise<Map<string, number>> {
  const js = connection!.jetstream();
  const times = new Map<string, number>();
  await openLoop(plan, async () => {
    const [subject, payload] = message();
    times.set(subject, clockMs());
    await js.publish(subject, payload);
  });
  return times;
}

/** As quick as the client can, a thousand unanswered at a time. */
async function flood(events: number): Promise<number> {
  const js = connection!.jetstream();
  const startMs = clockMs();
  let left = events;
  const lane = async () => {
    while (left-- > 0) await js.publish(...message());
  };
  await Promise.all(Array.from({ length: windowSize }, lane));
  return startMs;
}

async function consume(): Promise<void> {
  const jsm = await connection!.jetstreamManager();
  const { name } = await jsm.consumers.add(stream, {
    ack_policy: AckPolicy.None,
    deliver_policy: DeliverPolicy.All,
    mem_storage: true,
  });
  const consumer = await connection!.jetstream().consumers.get(stream, name);
  await consumer.consume({
    max_messages: windowSize,
    callback: (one) => {
      consumed += 1;
      arrivals.set(one.subject, clockMs());
    },
  });
}
