import type { Environment } from './environment.ts';
import { parseFrame, type Frame, type Resume } from './frames.ts';
import type { StreamPosition } from './position.ts';

export type LinkState = 'connecting' | 'open' | 'waiting' | 'closed';

export type LinkOptions = {
  /** Asked for each connection, so that a token in it can be fresh. `http(s):` for SSE, `ws(s):` for WebSocket. */
  readonly url: () => string | Promise<string>;
  readonly types: readonly string[];
  readonly environment: Environment;
  readonly backOff: { readonly baseMs: number; readonly capMs: number };
  readonly position: () => StreamPosition | undefined;
  readonly onFrame: (frame: Frame) => void;
  readonly onState: (state: LinkState) => void;
};

export interface Link {
  /** Leaves the connection and makes another at once, from the position of that moment. */
  restart(): void;
  close(): void;
}

/** Heartbeats that may be missed before a connection is taken for dead. */
const missedHeartbeats = 3;
const firstFrameMs = 15_000;

/** A connection that comes back by itself, with jittered back-off, where it left off. */
export function openLink(options: LinkOptions): Link {
  const { environment, backOff, onState } = options;
  let attempt = 0;
  let closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let leave = () => undefined as void;

  const again = () => {
    if (closed) return;
    onState('waiting');
    // Full jitter: a thousand clients of a server that restarts do not come back in one moment.
    const ceilingMs = Math.min(backOff.capMs, backOff.baseMs * 2 ** attempt);
    attempt = Math.min(attempt + 1, 30);
    timer = setTimeout(restart, Math.random() * ceilingMs);
  };
  const onHello = () => {
    attempt = 0;
    onState('open');
  };
  const restart = () => {
    if (closed) return;
    clearTimeout(timer);
    leave();
    onState('connecting');
    leave = connectOnce(options, { onHello, onLost: again });
  };
  environment.addEventListener?.('online', restart);
  restart();
  return {
    restart,
    close: () => {
      closed = true;
      clearTimeout(timer);
      leave();
      environment.removeEventListener?.('online', restart);
      onState('closed');
    },
  };
}

/** One connection. `onLost` is called at most once, and never after it was left; answers how to leave. */
function connectOnce(
  options: LinkOptions,
  { onHello, onLost }: { onHello(): void; onLost(): void },
): () => void {
  let current = true;
  let quietMs = firstFrameMs;
  let silence: ReturnType<typeof setTimeout> | undefined;
  let leaveTransport = () => undefined as void;
  const leave = () => {
    current = false;
    clearTimeout(silence);
    leaveTransport();
  };
  const lost = () => {
    if (!current) return;
    leave();
    onLost();
  };
  const listen = () => {
    clearTimeout(silence);
    silence = setTimeout(lost, quietMs);
  };
  const receive = (text: string) => {
    const frame = current ? parseFrame(text) : undefined;
    if (!frame) return;
    if (frame.kind === 'bye') return lost();
    if (frame.kind === 'hello') {
      quietMs = frame.heartbeatMs * missedHeartbeats;
      onHello();
    }
    listen();
    options.onFrame(frame);
  };
  const connect = async () => {
    const url = await options.url();
    if (!current) return;
    const ask = { after: options.position(), types: options.types };
    leaveTransport = openTransport(options.environment, url, ask, { receive, lost });
  };
  listen();
  connect().catch(lost);
  return leave;
}

type Ask = { readonly after: StreamPosition | undefined; readonly types: readonly string[] };
type Ears = { receive(text: string): void; lost(): void };

/** Answers how to leave. */
function openTransport(environment: Environment, url: string, ask: Ask, ears: Ears): () => void {
  return url.startsWith('ws')
    ? openWebSocket(environment, url, ask, ears)
    : openEventSource(environment, url, ask, ears);
}

function openWebSocket(environment: Environment, url: string, { after, types }: Ask, ears: Ears): () => void {
  const { WebSocket } = environment;
  if (!WebSocket) throw new Error('there is no WebSocket here');
  const socket = new WebSocket(url);
  const resume: Resume = { kind: 'resume', types, ...(after !== undefined && { after }) };
  socket.addEventListener('open', () => socket.send(JSON.stringify(resume)));
  socket.addEventListener('message', ({ data }) => ears.receive(String(data)));
  socket.addEventListener('close', () => ears.lost());
  socket.addEventListener('error', () => ears.lost());
  return () => socket.close();
}

function openEventSource(
  environment: Environment,
  url: string,
  { after, types }: Ask,
  ears: Ears,
): () => void {
  const { EventSource } = environment;
  if (!EventSource) throw new Error('there is no EventSource here');
  const query = [
    `types=${encodeURIComponent(types.join(','))}`,
    ...(after === undefined ? [] : [`after=${after}`]),
  ];
  const source = new EventSource(`${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`);
  source.addEventListener('message', ({ data }) => ears.receive(String(data)));
  // Its own way of coming back knows no back-off.
  source.addEventListener('error', () => ears.lost());
  return () => source.close();
}
