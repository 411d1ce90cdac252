import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Received = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
};
type Behave = (request: Received, response: ServerResponse) => void;

/** A receiver of webhooks on this machine; each path behaves as it is told, and takes everything until then. */
export async function startReceiver() {
  const received: Received[] = [];
  const behaviours = new Map<string, Behave>();
  const open = new Map<string, ServerResponse[]>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const path = request.url ?? '';
      const message = { path, headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      received.push(message);
      open.set(path, [...(open.get(path) ?? []), response]);
      const behave = behaviours.get(path) ?? ((_, answer) => void answer.end());
      behave(message, response);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    at: (path: string) => received.filter((each) => each.path === path),
    behave: (path: string, behaviour: Behave) => void behaviours.set(path, behaviour),
    status: (path: string, status: number, headers: Record<string, string> = {}) =>
      void behaviours.set(path, (_, response) => void response.writeHead(status, headers).end()),
    /** Ends every exchange at this path, answered or not, and all to come. */
    hangUp: (path: string) => {
      behaviours.set(path, (_, response) => void response.destroy());
      for (const response of open.get(path) ?? []) response.destroy();
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}

export type Receiver = Awaited<ReturnType<typeof startReceiver>>;
