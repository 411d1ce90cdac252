import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMetrics, silentLogger, type Metrics } from '@marquee/telemetry';
import { createOutbound, isUnavailable, type Outbound, type OutboundOptions } from './index.ts';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** A server that is asked, and those who ask it. */
export type World = {
  readonly server: Server;
  readonly requests: IncomingMessage[];
  readonly metrics: Metrics;
  url: string;
  handler: Handler;
  outbound(options?: Partial<OutboundOptions>): Outbound;
  listen(port?: number): Promise<void>;
  stopListening(): Promise<void>;
  close(): Promise<void>;
};

export async function openWorld(): Promise<World> {
  const opened: Outbound[] = [];
  const requests: IncomingMessage[] = [];
  const metrics = createMetrics();
  const server = createServer((request, response) => {
    requests.push(request);
    world.handler(request, response);
  });
  const world: World = {
    server,
    requests,
    metrics,
    url: '',
    handler: answer(200),
    outbound: (options) => {
      const common = { name: 'guests', timeoutMs: 60_000, logger: silentLogger, metrics };
      const made = createOutbound({ ...common, ...options });
      opened.push(made);
      return made;
    },
    listen: async (port = 0) => {
      await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
      world.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
    },
    stopListening: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
    close: async () => {
      await Promise.all(opened.map((outbound) => outbound.close()));
      await world.stopListening();
    },
  };
  await world.listen();
  return world;
}

export const answer =
  (status: number, body = '{"ok":true}', headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(status, headers).end(body);

/** Answers the first ones with these statuses, then 200. */
export const statuses = (...list: number[]): Handler => {
  return (request, response) => answer(list.shift() ?? 200)(request, response);
};

/** The error's code, for a fault that is `OutboundUnavailableError`. */
export const codeOf = async (work: Promise<unknown>): Promise<string> => {
  const error: unknown = await work.then(
    () => new Error('it did not fail'),
    (fault: unknown) => fault,
  );
  if (!isUnavailable(error)) throw error;
  return error.code;
};
