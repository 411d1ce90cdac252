// A receiver for workers at the edge, Deno and Bun: a function from Request to Response.
import { verifyWebhook, type MarqueeEvent } from '../src/index.ts';

export async function handleRequest(
  request: Request,
  secret: string,
  onPaid: (event: MarqueeEvent<'tickets.order-paid.v1'>) => Promise<void>,
): Promise<Response> {
  try {
    const event = await verifyWebhook(secret, request.headers, await request.arrayBuffer());
    // The type tells what is in `data`.
    if (event.type === 'tickets.order-paid.v1') await onPaid(event);
    return new Response(null, { status: 204 });
  } catch {
    return new Response(null, { status: 400 });
  }
}
