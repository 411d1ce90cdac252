// A receiver with node:http alone.
import { createServer, type Server } from 'node:http';
import { verifyWebhook, type MarqueeEvent } from '../src/index.ts';

/** Answers quickly and works afterwards; `seen` keeps a message that comes twice from being handled twice. */
export function receiveWebhooks(secret: string, handle: (event: MarqueeEvent) => void): Server {
  const seen = new Set<string>();
  return createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    try {
      const event = await verifyWebhook(secret, request.headers, Buffer.concat(chunks));
      response.writeHead(204).end();
      const id = String(request.headers['webhook-id']);
      if (!seen.has(id)) handle(event);
      seen.add(id);
    } catch {
      response.writeHead(400).end();
    }
  });
}
