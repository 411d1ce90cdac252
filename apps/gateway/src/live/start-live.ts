import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Logger } from '@marquee/telemetry';
import type { TokenVerifier } from '../access/verify-tokens.ts';
import { createLive, type Live, type LiveOptions } from './live.ts';
import { serveOverWebSocket } from './over-websocket.ts';
import { createSessions, type Sessions } from './sessions.ts';

export type RunningLive = {
  readonly live: Live;
  readonly sessions: Sessions;
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  drain(withinMs: number): Promise<void>;
};

export type StartLiveOptions = LiveOptions & {
  readonly tokens: TokenVerifier;
  readonly maxConnections: number;
  readonly maxConnectionsOfOneViewer: number;
  readonly trustedProxies: number;
  readonly allowsOrigin: (origin: string | undefined) => boolean;
  readonly logger: Logger;
};

const closesWithinMs = 200;

/** Subscriptions over WebSocket and server-sent events, both at /graphql. */
export function startLive(options: StartLiveOptions): RunningLive {
  const live = createLive(options);
  const sessions = createSessions(options.tokens, { maxOfOneViewer: options.maxConnectionsOfOneViewer });
  const webSocket = serveOverWebSocket({
    ...{ ...options, live, sessions, path: '/graphql' },
    takes: (address) => options.gatekeeper.arrive(address) === null,
  });
  return {
    live,
    sessions,
    upgrade: webSocket.upgrade,
    drain: async (withinMs) => {
      webSocket.refuse();
      await sessions.drain(withinMs);
      // The closing handshakes of the last; who does not answer is cut off.
      await new Promise((resolve) => setTimeout(resolve, closesWithinMs));
      await webSocket.close();
    },
  };
}
