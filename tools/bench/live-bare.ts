import { createServer } from 'node:http';
import { buildSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { serveTasks } from './worker-process.ts';

/** A bare graphql-ws server: one schema in memory, one event for all, no token, no graph behind it. */
const schema = buildSchema('type Query { a: Int } type Subscription { availabilityChanged: Int }');
const waiting = new Set<() => void>();
let value = 0;

async function* changes() {
  for (;;) {
    yield { availabilityChanged: value };
    await new Promise<void>((resolve) => waiting.add(resolve));
  }
}

const http = createServer();
const server = new WebSocketServer({ server: http, perMessageDeflate: false });
useServer({ schema, roots: { subscription: { availabilityChanged: changes } } }, server);

export type BareTask = { readonly task: 'listen' } | { readonly task: 'change' };

async function perform({ task }: BareTask): Promise<unknown> {
  if (task === 'listen') {
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', () => resolve()));
    return { port: (http.address() as { port: number }).port, pid: process.pid };
  }
  value += 1;
  const all = [...waiting];
  waiting.clear();
  for (const wake of all) wake();
  return null;
}

serveTasks(perform, async () => undefined);
