import type { Logger } from '@marquee/telemetry';
import {
  connect,
  Events,
  type ConnectionOptions,
  type NatsConnection,
  type QueuedIterator,
  type Status,
} from 'nats';
import { backoffMs, pause } from './timing.ts';

/** One connection to NATS that is sought for ever. */
export type Link = {
  /** The connection, while it is up. */
  current(): NatsConnection | null;
  /** Waits for the connection; undefined when the signal fires first. */
  connected(signal: AbortSignal): Promise<NatsConnection | undefined>;
  /** Fires when the connection as it is now ends, even if it comes back: what is read through it starts anew. */
  down(): AbortSignal;
  /** Calls `listener` on each connection, now if it is up. */
  onUp(listener: (connection: NatsConnection) => void): void;
  close(): Promise<void>;
};

/**
 * Calls `listener` once with each connection: the client keeps its subscriptions when one comes back, so that another
 * would hear everything twice.
 */
export function onNewConnection(link: Link, listener: (connection: NatsConnection) => void): void {
  const met = new WeakSet<NatsConnection>();
  link.onUp((connection) => {
    if (met.has(connection)) return;
    met.add(connection);
    listener(connection);
  });
}

/** Never rejects for want of a server: the search goes on behind it. */
export function openLink(options: {
  readonly url: string;
  readonly name: string;
  readonly logger: Logger;
}): Link {
  const stop = new AbortController();
  const listeners = new Set<(connection: NatsConnection) => void>();
  let connection: NatsConnection | null = null;
  let up = false;
  let downSignal = AbortSignal.abort();
  let downNow = () => {};

  const cameUp = (to: NatsConnection) => {
    const life = new AbortController();
    downSignal = life.signal;
    downNow = () => life.abort();
    up = true;
    options.logger.info({ server: to.getServer() }, 'NATS connected');
    listeners.forEach((listener) => listener(to));
  };
  const wentDown = (error?: unknown) => {
    if (!up) return;
    up = false;
    downNow();
    if (!stop.signal.aborted) options.logger.warn({ error }, 'NATS disconnected; reconnecting');
  };
  const keep = async () => {
    for (let attempt = 1; !stop.signal.aborted; attempt++) {
      try {
        connection = await connect(settings(options));
        attempt = 0;
        // Closed while this was connecting.
        if (stop.signal.aborted) return await connection.close();
        cameUp(connection);
        await watch(connection, cameUp, wentDown);
        wentDown(await connection.closed());
      } catch (error) {
        if (attempt % 20 === 1) options.logger.warn({ error }, 'NATS cannot be reached; trying on');
      }
      await pause(backoffMs(attempt + 1), stop.signal);
    }
  };
  const kept = keep();

  return {
    current: () => (up ? connection : null),
    down: () => downSignal,
    connected: async (signal) => {
      while (!up && !signal.aborted && !stop.signal.aborted) await pause(20, signal);
      return up && !signal.aborted ? connection! : undefined;
    },
    onUp: (listener) => {
      listeners.add(listener);
      if (up) listener(connection!);
    },
    close: async () => {
      stop.abort();
      if (up) await Promise.race([connection!.drain().catch(() => undefined), pause(2000, downSignal)]);
      await connection?.close();
      await kept;
    },
  };
}

/** The client takes no credentials from a URL: `nats://user:password@host` or `nats://token@host` gives them apart. */
export function settings({ url, name }: { readonly url: string; readonly name: string }): ConnectionOptions {
  const servers = url
    .split(',')
    .map((server) => new URL(server.includes('://') ? server : `nats://${server}`));
  const [user, pass] = [servers[0]!.username, servers[0]!.password].map(decodeURIComponent);
  return {
    servers: servers.map((server) => server.host),
    ...(user && (pass ? { user, pass } : { token: user })),
    ...(servers[0]!.protocol === 'tls:' && { tls: {} }),
    name,
    // One write a batch of the relay's, not one for every 32 KiB of it.
    ...{ pendingLimit: 256 * 1024 },
    // A stack taken with each request, for an error that seldom comes.
    noAsyncTraces: true,
    timeout: 2000,
    reconnect: true,
    maxReconnectAttempts: -1,
    reconnectDelayHandler: () => 50 + Math.random() * 200,
    // A server that vanished without closing its sockets is noticed within 15 seconds.
    pingInterval: 5000,
    maxPingOut: 2,
    ignoreAuthErrorAbort: true,
  };
}

async function watch(
  connection: NatsConnection,
  cameUp: (connection: NatsConnection) => void,
  wentDown: (error?: unknown) => void,
): Promise<void> {
  const status = connection.status() as QueuedIterator<Status>;
  // The client leaves this iterator open when the connection closes.
  void connection.closed().then(() => status.stop());
  for await (const { type, data } of status) {
    if (type === Events.Disconnect) wentDown(data);
    if (type === Events.Reconnect) cameUp(connection);
  }
}
