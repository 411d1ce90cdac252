import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@marquee/telemetry';
import type { ExecutionArgs } from 'graphql';
import { CloseCode, GRAPHQL_TRANSPORT_WS_PROTOCOL } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer, type WebSocket } from 'ws';
import { clientAddress } from '../access/client-address.ts';
import type { Headers } from '../usage/client.ts';
import type { Live } from './live.ts';
import type { Results } from './room.ts';
import type { EndOfSession, Session, Sessions } from './sessions.ts';

export type OverWebSocket = {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Takes nobody from now on. */
  refuse(): void;
  /** Ends what is left when the sessions have ended. */
  close(): Promise<void>;
};

export type OverWebSocketOptions = {
  readonly live: Live;
  readonly sessions: Sessions;
  readonly path: string;
  readonly maxConnections: number;
  /** How many proxies stand before this gateway. */
  readonly trustedProxies: number;
  /** False where this address sends too many requests. */
  readonly takes: (address: string) => boolean;
  readonly allowsOrigin: (origin: string | undefined) => boolean;
  readonly logger: Logger;
};

type Extra = { session?: Session; headers?: Headers };

/** In the protocol's range; `graphql-ws` has it for another kind of too many. */
const tooManyConnections = 4429;

const maxMessageBytes = 64 * 1024;
const maxSubscriptions = 100;
const initWithinMs = 5_000;
const keepAliveMs = 12_000;
/** RFC 6455 and the registry of its codes: come back in a moment. */
const serviceRestart = 1012;

/** The token in what a client sends first: `{ "authorization": "Bearer …" }`, as front ends' libraries do. */
function tokenIn(parameters: Readonly<Record<string, unknown>> | undefined): string | null {
  const value = parameters?.['authorization'] ?? parameters?.['Authorization'];
  const match = typeof value === 'string' ? /^\s*bearer\s+(\S+)\s*$/i.exec(value) : null;
  return match?.[1] ?? null;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
}

/** Speaks the protocol on each connection. Nothing of graphql-js is executed: what is answered is made by rooms. */
function speakGraphql(server: WebSocketServer, { live, sessions, trustedProxies }: OverWebSocketOptions) {
  const addressOf = ({ headers, socket: { remoteAddress } }: IncomingMessage) =>
    clientAddress({ headers, ...(remoteAddress && { remoteAddress }) }, trustedProxies);
  return useServer<Record<string, unknown>, Extra>(
    {
      connectionInitWaitTimeout: initWithinMs,
      execute: () => ({ errors: [] }),
      subscribe: (args: ExecutionArgs) => (args.contextValue as { results: Results }).results,
      onConnect: async ({ connectionParams, extra }) => {
        const token = tokenIn(connectionParams);
        const { socket, request } = extra;
        const session = token ? await sessions.open(token, addressOf(request)) : null;
        if (session && 'tooMany' in session) socket.close(tooManyConnections, 'Too many connections');
        if (!session || 'refused' in session) return false;
        // The client may have gone meanwhile; then nobody else would close it.
        if (socket.readyState !== socket.OPEN) session.close();
        extra.session = session;
        // A page cannot send headers with a WebSocket: what names the client stands beside the token.
        extra.headers = connectionParams ?? {};
        session.signal.addEventListener('abort', () =>
          sendAway(socket, session.signal.reason as EndOfSession),
        );
        return true;
      },
      onSubscribe: async ({ extra, subscriptions }, _id, payload) => {
        const { session } = extra;
        const schema = live.schema();
        if (!session || !schema) throw new Error('a subscription before its session');
        if (Object.keys(subscriptions).length > maxSubscriptions) {
          extra.socket.close(CloseCode.BadRequest, `At most ${maxSubscriptions} subscriptions a connection`);
          return [];
        }
        const { query, operationName, variables, extensions } = payload;
        const request = {
          ...(query && { query }),
          ...(operationName && { operationName }),
          ...(variables && { variables }),
          ...(extensions && { extensions }),
        };
        const subscribed = await live.subscribe(session.viewer, request, session.signal, extra.headers ?? {});
        if (!('results' in subscribed)) return subscribed;
        const { results, document } = subscribed;
        return { schema, document, operationName: request.operationName, contextValue: { results } };
      },
      onClose: ({ extra }) => extra.session?.close(),
    },
    server,
    keepAliveMs,
  );
}

/** Subscriptions by the `graphql-transport-ws` protocol (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). */
export function serveOverWebSocket(options: OverWebSocketOptions): OverWebSocket {
  const { path, maxConnections, allowsOrigin, takes, trustedProxies, logger } = options;
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: maxMessageBytes,
    // Frames are small and many: a compressor for each connection costs more memory than all else of it.
    perMessageDeflate: false,
    handleProtocols: (offered) =>
      offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
  });
  let draining = false;

  const closing = speakGraphql(server, options);
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      const url = request.url ?? '';
      if ((url.split('?')[0] ?? '') !== path) return refuse(socket, '404 Not Found');
      if (draining) return refuse(socket, '503 Service Unavailable');
      if (!allowsOrigin(request.headers.origin)) return refuse(socket, '403 Forbidden');
      if (server.clients.size >= maxConnections) {
        logger.warn({ connections: server.clients.size }, 'refused a live connection: there are too many');
        return refuse(socket, '503 Service Unavailable');
      }
      const { remoteAddress } = request.socket;
      const from = { headers: request.headers, ...(remoteAddress && { remoteAddress }) };
      if (!takes(clientAddress(from, trustedProxies))) return refuse(socket, '429 Too Many Requests');
      server.handleUpgrade(request, socket, head, (client) => server.emit('connection', client, request));
    },
    refuse: () => {
      draining = true;
    },
    close: async () => {
      for (const client of server.clients) client.terminate();
      await closing.dispose();
    },
  };
}

function sendAway(socket: WebSocket, why: EndOfSession): void {
  if (why === 'restart') socket.close(serviceRestart, 'Restarting');
  else socket.close(CloseCode.Forbidden, 'Forbidden');
}
