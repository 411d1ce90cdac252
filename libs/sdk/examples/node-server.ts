// A receiver with node:http alone.
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { verifyWebhook, type MarqueeEvent } from '../src/index.ts';

/** Answers quickly and works afterwards; `seen` keeps a message that comes twice from being handled twice. */
export function receiveWebhooks(secret: string, handle: (event: MarqueeEvent) => void): Server {
  const seen = new Set<string>();

  const receive = async (request: IncomingMessage): Promise<number> => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const event = await verifyWebhook(secret, request.headers, Buffer.concat(chunks));
    const id = String(request.headers['webhook-id']);
    if (!seen.has(id)) setImmediate(handle, event);
    seen.add(id);
    return 204;
  };

  return createServer((request, response) => {
    void receive(request)
      .catch(() => 400)
      .then((status) => response.writeHead(status).end());
  });
}
