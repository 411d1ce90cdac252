import { setImmediate } from 'node:timers/promises';
import type { Records } from '@marquee/messaging';
import type { Logger, Metrics } from '@marquee/telemetry';
import type { GraphQLSchema, OperationDefinitionNode } from 'graphql';
import pLimit from 'p-limit';
import type { OperationFacts } from '../documents/document-facts.ts';
import { hashOf } from '../documents/document-store.ts';
import type { WatchedDocuments } from '../documents/trusted-documents.ts';
import { clientOf, type Headers } from './client.ts';
import { useOf, type OperationUse } from './coordinates.ts';
import { join, keyOf, parseRecord, type Client, type UsageRecord } from './usage-record.ts';

/** What is counted of an operation. */
type Used = Pick<OperationFacts, 'document' | 'operation'>;

export type FieldUsage = {
  /** An operation was sent with these headers. Costs a count: what it uses is looked into later. */
  saw(headers: Headers, source: string, facts: Used): void;
  /** Writes what was seen, at most a batch; what cannot be written now is written later. */
  flush(): Promise<void>;
  /** Writes once more and ends. */
  stop(): Promise<void>;
};

export type FieldUsageOptions = {
  /** As clients see it; undefined until it is loaded. */
  readonly schema: () => GraphQLSchema | undefined;
  readonly trusted: Pick<WatchedDocuments, 'registeredBy'>;
  readonly records: Records;
  readonly metrics: Metrics;
  readonly logger: Logger;
  readonly everyMs?: number;
};

type Seen = {
  readonly source: string;
  readonly facts: Used;
  requests: number;
  readonly firstMs: number;
  lastMs: number;
};

const writtenEveryMs = 10_000;
/** Operations looked into and written at a time; the others wait. */
const mostWritten = 500;
const writtenAtOnce = 8;
/** Beyond these, operations are not recorded until the next ones are written: clients choose names and texts. */
const mostSeen = 2_000;
const mostWaiting = 5_000;
/** For the life of a process: further clients are counted as one. */
const mostClients = 1_000;
type Counter = ReturnType<Metrics['counter']>;

const others: Client = { name: '(others)', version: '' };

/** Counts in memory, until they are taken. */
function createCounts(dropped: Counter) {
  const clients = new Map<string, Client>();
  let seen = new Map<Client, Map<OperationDefinitionNode, Seen>>();
  let count = 0;

  /** One object for each name and version, so that counting compares no text but theirs. */
  const known = (named: Client): Client => {
    const key = `${named.name}\n${named.version}`;
    const client = clients.get(key);
    if (client) return client;
    if (clients.size >= mostClients) return others;
    clients.set(key, named);
    return named;
  };
  return {
    add: (named: Client, source: string, facts: Used) => {
      const client = known(named);
      let operations = seen.get(client);
      if (!operations) seen.set(client, (operations = new Map()));
      const nowMs = Date.now();
      const former = operations.get(facts.operation);
      if (former) {
        former.requests += 1;
        former.lastMs = nowMs;
      } else if (count >= mostSeen) dropped.add(1);
      else {
        count += 1;
        operations.set(facts.operation, { source, facts, requests: 1, firstMs: nowMs, lastMs: nowMs });
      }
    },
    take: () => {
      const taken = seen;
      seen = new Map();
      count = 0;
      return [...taken].flatMap(([client, operations]) =>
        [...operations.values()].map((each) => ({ client, each })),
      );
    },
  };
}

/** What operations use, found out once for each schema. */
function createUses() {
  let uses = new WeakMap<OperationDefinitionNode, OperationUse | null>();
  let usesOf: GraphQLSchema | undefined;
  return async (schema: GraphQLSchema, { document, operation }: Used) => {
    if (usesOf !== schema) {
      usesOf = schema;
      uses = new WeakMap();
    }
    const known = uses.get(operation);
    if (known !== undefined) return known;
    // A text that is met for the first time costs milliseconds: requests are answered in between.
    await setImmediate();
    const use = useOf(schema, document, operation);
    uses.set(operation, use);
    return use;
  };
}

/** Records that are to be written, in batches; what fails waits for the next one. */
function createWriting({ records, logger }: FieldUsageOptions, dropped: Counter) {
  const waiting = new Map<string, UsageRecord>();
  const add = (record: UsageRecord) => {
    const key = keyOf(record);
    const former = waiting.get(key);
    if (!former && waiting.size >= mostWaiting) return void dropped.add(1);
    waiting.set(key, former ? join(former, record) : record);
  };
  const write = async (key: string, record: UsageRecord) => {
    waiting.delete(key);
    try {
      await records.merge(key, (kept) => {
        const former = kept === undefined ? null : parseRecord(kept);
        return JSON.stringify(former ? join(former, record) : record);
      });
    } catch (error) {
      add(record);
      throw error;
    }
  };
  return {
    add,
    writeBatch: async () => {
      const limit = pLimit(writtenAtOnce);
      const batch = [...waiting].slice(0, mostWritten);
      try {
        await Promise.all(batch.map(([key, record]) => limit(() => write(key, record))));
      } catch (error) {
        // Those not begun are not tried either: while NATS is away each would wait for its time-out.
        limit.clearQueue();
        logger.warn({ error, records: waiting.size }, 'field usage waits to be written');
      }
    },
  };
}

/**
 * Who still uses which field: counts operations by client in memory and writes them, every ten seconds, as records that
 * all gateways share and that outlive them. Operations that are not valid use nothing.
 */
export function createFieldUsage(options: FieldUsageOptions): FieldUsage {
  const { schema, trusted, metrics } = options;
  const dropped = metrics.counter(
    'marquee_field_usage_dropped_total',
    'Operations whose use of fields was not recorded: there were too many different ones',
  );
  const counts = createCounts(dropped);
  const usesOf = createUses();
  const writing = createWriting(options, dropped);

  const flush = async () => {
    const current = schema();
    if (!current) return;
    for (const { client, each } of counts.take()) {
      const use = await usesOf(current, each.facts);
      if (!use) continue;
      // Without headers the client is the one that alone registered the document.
      const registered = client.name === '' ? trusted.registeredBy(hashOf(each.source)) : [];
      const { name, version } = registered.length === 1 ? registered[0]! : client;
      writing.add({
        ...use,
        client: name || 'unknown',
        version,
        requests: each.requests,
        firstSeenAt: new Date(each.firstMs).toISOString(),
        lastSeenAt: new Date(each.lastMs).toISOString(),
      });
    }
    await writing.writeBatch();
  };

  let running: Promise<void> | undefined;
  const flushOnce = () => (running ??= flush().finally(() => (running = undefined)));
  const timer = setInterval(() => void flushOnce(), options.everyMs ?? writtenEveryMs).unref();
  return {
    saw: (headers, source, facts) => counts.add(clientOf(headers), source, facts),
    flush: flushOnce,
    stop: async () => {
      clearInterval(timer);
      await running;
      await flushOnce();
    },
  };
}
