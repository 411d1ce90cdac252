import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { catalogue, type EventType } from '@marquee/contracts';
import { typesMatching } from '@marquee/event-bus';
import type { EventInterceptor } from '@marquee/event-log';
import type { Database } from '@marquee/postgres';
import { createMetrics, type Logger, type Metrics } from '@marquee/telemetry';
import { WebSocketServer, type WebSocket } from 'ws';
import { isStreamPosition, type StreamPosition } from './client/position.ts';
import { openLogTail, type LogTail } from './log-tail.ts';
import { parseResume, readResume } from './resume.ts';
import { serveSession, type Wire } from './session.ts';
import { sseWire, webSocketWire } from './wires.ts';

/** What a client may see. */
export type Permission = {
  readonly organisationId: string;
  /** Types it may see at most; default all. */
  readonly types?: readonly EventType[];
  /** When its permission ends, such as its token's expiry; it is then disconnected, and may come back with a new one. */
  readonly until?: Date;
};

export type EventStreamOptions = {
  /** Of the service whose log is streamed. */
  readonly database: Database;
  /** Who asks? `null` answers 401. What it throws answers 503. */
  readonly authorise: (request: IncomingMessage) => Promise<Permission | null>;
  readonly logger: Logger;
  readonly metrics?: Metrics;
  /** How long an event can wait when its `wake` was lost. Default 50. */
  readonly pollMs?: number;
  /** Default 15,000. */
  readonly heartbeatMs?: number;
  /** A client that takes nothing for so long is disconnected. Default 10,000. */
  readonly slowMs?: number;
  /** Default 5,000; more are answered 503. */
  readonly maxClients?: number;
  /** Run over every event before it is sent, such as what deciphers. */
  readonly interceptors?: readonly EventInterceptor[];
};

export interface EventStream {
  /** Server-sent events, for a GET. `Last-Event-ID` or `?after=` resumes; `?types=a,b.*` filters. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** WebSocket, for an HTTP server's `upgrade`. The client's first message is a `Resume`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void>;
  /** Says that events were committed: call it from `tx.afterCommit`. */
  wake(): void;
  status(): { readonly clients: number; readonly lastError: string | null };
  /** Sends every client away in order (each is told to come back) and stops reading. */
  drain(): Promise<void>;
}

type Request = { readonly after: StreamPosition | undefined; readonly types: readonly string[] };

/** The typed events of a service's log, for browsers: authorised per tenant, resumable, bounded per client. */
export async function createEventStream(options: EventStreamOptions): Promise<EventStream> {
  const { database, authorise, logger, pollMs = 50, maxClients = 5_000, interceptors = [] } = options;
  const limits = { heartbeatMs: options.heartbeatMs ?? 15_000, slowMs: options.slowMs ?? 10_000 };
  const tail = await openLogTail({ database, pollMs, interceptors });
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 64 * 1024, clientTracking: false });
  const draining = new AbortController();
  const sessions = new Set<Promise<void>>();
  const count = countClients(options.metrics ?? createMetrics());

  const serve = (wire: Wire, permission: Permission, request: Request): Promise<void> => {
    const session = runSession({ wire, tail, permission, request, limits, draining: draining.signal })
      .then((end) => count.ended(end))
      .catch((error: unknown) => {
        count.ended('failed');
        logger.error({ error }, 'a client of the event stream was cut off');
        wire.cut();
      })
      .finally(() => void sessions.delete(session));
    sessions.add(session);
    count.open(sessions.size);
    return session.finally(() => count.open(sessions.size));
  };
  /** The permission, or the status to refuse with. */
  const admit = async (request: IncomingMessage): Promise<Permission | number> => {
    if (draining.signal.aborted || sessions.size >= maxClients) return 503;
    try {
      return (await authorise(request)) ?? 401;
    } catch (error) {
      logger.warn({ error }, 'the event stream could not authorise a client');
      return 503;
    }
  };

  return {
    handle: async (request, response) => {
      const permission = await admit(request);
      const wanted = parseQuery(request);
      const status =
        typeof permission === 'number' ? permission : request.method !== 'GET' ? 405 : wanted ? 200 : 400;
      if (status !== 200) return void response.writeHead(status, { 'cache-control': 'no-store' }).end();
      await serve(sseWire(response), permission as Permission, wanted!);
    },
    upgrade: async (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const permission = await admit(request);
      if (typeof permission === 'number') return refuseUpgrade(socket, permission);
      const client = await new Promise<WebSocket>((resolve) =>
        sockets.handleUpgrade(request, socket, head, resolve),
      );
      const wire = webSocketWire(client);
      const resume = await readResume(client, limits.slowMs);
      if (!resume) return client.close(1008, 'the first message must be a valid resume');
      await serve(wire, permission, resume);
    },
    wake: () => tail.wake(),
    status: () => ({ clients: sessions.size, lastError: tail.lastError }),
    drain: async () => {
      draining.abort();
      await Promise.all(sessions);
      await tail.stop();
    },
  };
}

async function runSession(options: {
  readonly wire: Wire;
  readonly tail: LogTail;
  readonly permission: Permission;
  readonly request: Request;
  readonly limits: { readonly heartbeatMs: number; readonly slowMs: number };
  readonly draining: AbortSignal;
}): Promise<string> {
  const { permission, request, ...rest } = options;
  const allowed = new Set(permission.types ?? (Object.keys(catalogue) as EventType[]));
  const types = new Set([...typesMatching(request.types)].filter((type) => allowed.has(type)));
  const isFiltered = types.size < Object.keys(catalogue).length;
  // A timer of Node takes no more than 24 days; a permission that long is checked again on coming back.
  const leftMs = Math.min(Math.max((permission.until?.getTime() ?? Infinity) - Date.now(), 0), 2_000_000_000);
  return serveSession({
    ...rest,
    wanted: { organisationId: permission.organisationId, types, isFiltered },
    after: request.after,
    expired: AbortSignal.timeout(leftMs),
  });
}

/** From the header and the query; undefined where they make no sense. */
function parseQuery(request: IncomingMessage): Request | undefined {
  const { searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const header = request.headers['last-event-id'];
  // The header is the newer of the two: a browser repeats the query when it comes back by itself.
  const after = (isStreamPosition(header) ? header : undefined) ?? searchParams.get('after') ?? undefined;
  const types = searchParams.get('types')?.split(',');
  return parseResume({ kind: 'resume', ...(after && { after }), ...(types && { types }) });
}

function refuseUpgrade(socket: Duplex, status: number): void {
  const text = status === 401 ? 'Unauthorized' : 'Service Unavailable';
  socket.end(`HTTP/1.1 ${status} ${text}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function countClients(metrics: Metrics) {
  const clients = metrics.gauge('marquee_event_stream_clients', 'Clients of the event stream');
  const ends = metrics.counter(
    'marquee_event_stream_ends_total',
    'Clients that left the event stream, by reason',
  );
  return {
    open: (amount: number) => clients.set(amount),
    ended: (reason: string) => ends.add(1, { reason }),
  };
}
