import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { WebSocket } from 'ws';
import type { Wire } from './session.ts';

/** Server-sent events: the frame is the data, its position the id that a browser sends back as `Last-Event-ID`. */
export function sseWire(response: ServerResponse): Wire {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  response.on('error', () => gone.abort());
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Proxies that collect answers would hold events back.
    'x-accel-buffering': 'no',
  });
  return {
    gone: gone.signal,
    send: async (messages) => {
      const text = messages
        .map(({ json, position }) => `${position === undefined ? '' : `id: ${position}\n`}data: ${json}\n\n`)
        .join('');
      if (!response.write(text)) await once(response, 'drain', { signal: gone.signal });
    },
    end: () => void response.end(),
    cut: () => void response.destroy(),
  };
}

/** Tells a client over WebSocket to come back: the code of a server that restarts. */
const serviceRestart = 1012;
const closingMs = 2_000;

export function webSocketWire(socket: WebSocket): Wire {
  const gone = new AbortController();
  socket.once('close', () => gone.abort());
  socket.on('error', () => gone.abort());
  return {
    gone: gone.signal,
    send: async (messages) => {
      const sent = messages.map(
        ({ json }) =>
          new Promise<void>((resolve, reject) =>
            socket.send(json, (error) => (error ? reject(error) : resolve())),
          ),
      );
      await Promise.all(sent);
    },
    end: () => {
      socket.close(serviceRestart);
      // One that does not answer must not keep the process.
      setTimeout(() => socket.terminate(), closingMs).unref();
    },
    cut: () => socket.terminate(),
  };
}
