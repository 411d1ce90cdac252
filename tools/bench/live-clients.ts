import { WebSocket } from 'ws';
import { clockMs, serveTasks } from './worker-process.ts';

export type LiveTask =
  /** Opens so many subscriptions, each on a connection of its own; answers when each has its first answer. */
  | {
      readonly task: 'open';
      readonly url: string;
      readonly token: string;
      readonly payload: { readonly query: string; readonly variables?: object };
      readonly count: number;
    }
  /** Answers how long after `sinceMs` (of `clockMs`) each subscription had an answer that came after it. */
  | { readonly task: 'heard'; readonly sinceMs: number }
  | { readonly task: 'close' };

/** Handshakes under way at once. */
const opening = 50;
const patienceMs = 60_000;

type Client = { readonly socket: WebSocket; heardAtMs: number };
let clients: Client[] = [];

function open({ url, token, payload }: LiveTask & { readonly task: 'open' }): Promise<Client> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, 'graphql-transport-ws', { perMessageDeflate: false });
    const client: Client = { socket, heardAtMs: 0 };
    const send = (message: object) => socket.send(JSON.stringify(message));
    socket.on('open', () => send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }));
    socket.on('message', (data: Buffer) => {
      const { type, payload: answer } = JSON.parse(data.toString()) as { type: string; payload?: unknown };
      if (type === 'connection_ack') send({ id: '1', type: 'subscribe', payload });
      else if (type === 'next') {
        client.heardAtMs = clockMs();
        resolve(client);
      } else if (type === 'error') reject(new Error(JSON.stringify(answer)));
      else if (type === 'ping') send({ type: 'pong' });
    });
    socket.on('error', reject);
    socket.on('close', (code) => reject(new Error(`closed with ${code}`)));
  });
}

async function perform(task: LiveTask): Promise<unknown> {
  switch (task.task) {
    case 'open': {
      const next = async () => {
        while (clients.length + under < task.count) {
          under += 1;
          const client = await open(task);
          under -= 1;
          clients.push(client);
        }
      };
      let under = 0;
      await Promise.all(Array.from({ length: opening }, next));
      return clients.length;
    }
    case 'heard': {
      const untilMs = clockMs() + patienceMs;
      while (clients.some(({ heardAtMs }) => heardAtMs <= task.sinceMs)) {
        if (clockMs() > untilMs) throw new Error('not every subscription was answered');
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
      return clients.map(({ heardAtMs }) => heardAtMs - task.sinceMs);
    }
    case 'close':
      for (const { socket } of clients) socket.terminate();
      clients = [];
      return null;
  }
}

serveTasks(perform, async () => undefined);
