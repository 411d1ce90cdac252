import type { DomainEvent, EventType } from '@marquee/contracts';
import type { EventPattern, MatchingType } from '@marquee/event-bus';
import type { Environment } from './environment.ts';
import type { Frame } from './frames.ts';
import { openLink, type LinkState } from './link.ts';
import { comparePositions, type StreamPosition } from './position.ts';
import { shareConnection } from './sharing.ts';

export type { Environment, LinkState, StreamPosition };

export type EventStreamClientOptions = {
  /**
   * Where the server is: `ws(s)://…` for WebSocket, `http(s)://…` for server-sent events. A function is asked for each
   * connection, so that a token in it can be fresh.
   */
  readonly url: string | (() => string | Promise<string>);
  /** What the server sends at all: types and patterns such as `tickets.*`. Default everything that is permitted. */
  readonly types?: readonly (EventType | `${string}*`)[];
  /** Resumes after this position, such as one kept from before. Default: from now on. */
  readonly after?: StreamPosition;
  /** Tabs of the same origin and name share one connection; it names who is signed in, too. `false`: one a tab. */
  readonly share: string | false;
  /** Waits between attempts, each random between 0 and a ceiling that doubles. Default 500 and 30,000. */
  readonly backOff?: { readonly baseMs: number; readonly capMs: number };
  /** Told what a handler threw. Default: reported to the browser as any fault that nobody caught. */
  readonly onFault?: (error: unknown) => void;
  /** Default: the browser. */
  readonly environment?: Environment;
};

export type ClientState = LinkState;

export interface EventStreamClient extends AsyncDisposable {
  readonly state: ClientState;
  /** The last event this tab has given to its subscriptions, or what the server said lies behind it. */
  readonly position: StreamPosition | undefined;
  /** Whether this tab holds the connection for the others. */
  readonly isLeader: boolean;
  /** Called with the state now, and with each that follows. */
  onState(listener: (state: ClientState) => void): Disposable;
  /**
   * Calls the handler with each event of the pattern, one after the other in the order of the log, none twice.
   * Disposing of it waits for the handler at work, and leaves out what it had not come to.
   */
  subscribe<Pattern extends EventPattern>(
    pattern: Pattern,
    handler: (event: DomainEvent<MatchingType<Pattern>>) => void | Promise<void>,
  ): AsyncDisposable;
  close(): Promise<void>;
}

type Subscription = AsyncDisposable & { offer(event: DomainEvent): void };

/** Typed events in the browser, resumed wherever a connection or a tab ends. Without dependencies. */
export function connectEventStream(options: EventStreamClientOptions): EventStreamClient {
  const environment = options.environment ?? (globalThis as unknown as Environment);
  const { types = ['*'], backOff = { baseMs: 500, capMs: 30_000 }, onFault = reportLater } = options;
  const { url } = options;
  const listeners = new Set<(state: ClientState) => void>();
  const subscriptions = new Set<Subscription>();
  let state: ClientState = 'connecting';
  let position = options.after;

  const onState = (next: ClientState) => {
    if (next === state) return;
    state = next;
    for (const listener of listeners) listener(state);
  };
  const onFrame = (frame: Frame, from: StreamPosition | undefined) => {
    if (!('position' in frame)) return;
    // Had it already, of another leader or before a rewind.
    if (position !== undefined && comparePositions(frame.position, position) <= 0) return;
    // Something between this tab's last event and this one went past it: it waits for the leader to send that again.
    if (position !== undefined && from !== undefined && comparePositions(from, position) > 0)
      return share.behind(position);
    position = frame.position;
    if (frame.kind === 'event') for (const subscription of subscriptions) subscription.offer(frame.event);
  };
  const share = shareConnection({
    name: `marquee-events:${options.share || ''}:${types.join(',')}`,
    environment: options.share === false ? { ...pick(environment) } : environment,
    openLink: ({ rewindTo, ...heard }) =>
      openLink({
        ...heard,
        url: typeof url === 'string' ? () => url : url,
        types,
        environment,
        backOff,
        position: rewindTo,
      }),
    position: () => position,
    onFrame,
    onState,
  });
  const close = async () => {
    share.close();
    await Promise.all([...subscriptions].map((subscription) => subscription[Symbol.asyncDispose]()));
  };
  return {
    get state() {
      return state;
    },
    get position() {
      return position;
    },
    get isLeader() {
      return share.isLeader();
    },
    onState: (listener) => {
      listeners.add(listener);
      listener(state);
      return { [Symbol.dispose]: () => void listeners.delete(listener) };
    },
    subscribe: (pattern, handler) => {
      const subscription = openSubscription(pattern, handler as (event: DomainEvent) => void, onFault, () =>
        subscriptions.delete(subscription),
      );
      subscriptions.add(subscription);
      return subscription;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** Events that may wait for one slow handler: beyond, it is ended and told of, not the memory filled. */
const maxQueued = 10_000;

function openSubscription(
  pattern: string,
  handler: (event: DomainEvent) => void | Promise<void>,
  onFault: (error: unknown) => void,
  onEnd: () => void,
): Subscription {
  const queue: DomainEvent[] = [];
  let atWork: Promise<void> | undefined;
  const matches = (type: string) =>
    pattern.endsWith('*') ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
  const work = async () => {
    for (let event = queue.shift(); event; event = queue.shift()) {
      try {
        await handler(event);
      } catch (error) {
        onFault(error);
      }
    }
    atWork = undefined;
  };
  const end = () => {
    onEnd();
    queue.length = 0;
  };
  return {
    offer: (event) => {
      if (!matches(event.type)) return;
      if (queue.length >= maxQueued) {
        end();
        return onFault(
          new Error(`a subscription to ${pattern} was ended: ${maxQueued} events wait for its handler`),
        );
      }
      queue.push(event);
      atWork ??= work();
    },
    [Symbol.asyncDispose]: async () => {
      end();
      await atWork;
    },
  };
}

/** Without the means to share. */
function pick({ WebSocket, EventSource }: Environment): Environment {
  return { ...(WebSocket && { WebSocket }), ...(EventSource && { EventSource }) };
}

function reportLater(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}
