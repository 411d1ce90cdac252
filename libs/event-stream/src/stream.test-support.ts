import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendEvents, eventLogMigrations, streamId } from '@marquee/event-log';
import { newUuid } from '@marquee/kernel';
import { platformMigrations } from '@marquee/postgres';
import { silentLogger } from '@marquee/telemetry';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import type { Frame } from './client/frames.ts';
import { createEventStream, type EventStream, type EventStreamOptions } from './index.ts';

export const ada = newUuid();
export const bob = newUuid();

export type World = {
  readonly fixture: TestDatabase;
  readonly stream: EventStream;
  readonly server: Server;
  /** Without a scheme: `127.0.0.1:port`. */
  readonly host: string;
  /** Logs events of one stream with these titles, and answers them. */
  log(organisationId: string, ...titles: readonly string[]): Promise<void>;
  close(): Promise<void>;
};

/** A service's log behind a server on a port of its own; the token `?token=` is the organisation's id. */
export async function openWorld(options: Partial<EventStreamOptions> = {}): Promise<World> {
  const fixture = await testDatabase({
    name: 'event-stream',
    migrations: [...platformMigrations, ...eventLogMigrations],
  });
  const stream = await createEventStream({
    database: fixture.database,
    authorise: async (request) => {
      const token = new URL(request.url!, 'http://localhost').searchParams.get('token');
      return token ? { organisationId: token } : null;
    },
    logger: silentLogger,
    ...options,
  });
  const server = createServer((request, response) => void stream.handle(request, response));
  server.on('upgrade', (request, socket, head) => void stream.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    fixture,
    stream,
    server,
    host: `127.0.0.1:${port}`,
    log: async (organisationId, ...titles) => {
      await fixture.database.transaction({ organisationId }, (tx) =>
        appendEvents(tx, {
          streamId: streamId('series', newUuid()),
          events: titles.map((title) => ({
            type: 'events.series-created.v1',
            data: { seriesId: newUuid(), title },
          })),
        }),
      );
      stream.wake();
    },
    close: async () => {
      await stream.drain();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await fixture.drop();
    },
  };
}

export type Ear = {
  readonly frames: readonly Frame[];
  /** Titles of the events, in order. */
  readonly titles: readonly string[];
  readonly ended: Promise<void>;
  leave(): void;
};

function record() {
  const frames: Frame[] = [];
  const titles: string[] = [];
  const hear = (text: string) => {
    const frame = JSON.parse(text) as Frame;
    frames.push(frame);
    if (frame.kind === 'event') titles.push((frame.event.data as { title: string }).title);
  };
  return { frames, titles, hear };
}

/** Listens over server-sent events, as a browser does. */
export async function listenSse(
  url: string,
  headers: Record<string, string> = {},
): Promise<Ear & { status: number }> {
  const leaving = new AbortController();
  const { frames, titles, hear } = record();
  const response = await fetch(url, { headers, signal: leaving.signal });
  const pump = async () => {
    let text = '';
    for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) {
      text += chunk;
      const messages = text.split('\n\n');
      text = messages.pop()!;
      for (const message of messages) hear(/^data: (.*)$/m.exec(message)![1]!);
    }
  };
  const ended = pump().catch(() => undefined);
  return { frames, titles, ended, leave: () => leaving.abort(), status: response.status };
}

/** Listens over WebSocket. */
export async function listenWebSocket(
  url: string,
  resume: unknown = { kind: 'resume' },
): Promise<Ear & { closed: Promise<number> }> {
  const { frames, titles, hear } = record();
  const socket = new WebSocket(url);
  const closed = new Promise<number>((resolve) =>
    socket.addEventListener('close', ({ code }) => resolve(code)),
  );
  socket.addEventListener('message', ({ data }) => hear(String(data)));
  socket.addEventListener('open', () =>
    socket.send(typeof resume === 'string' ? resume : JSON.stringify(resume)),
  );
  return { frames, titles, closed, ended: closed.then(() => undefined), leave: () => socket.close() };
}
