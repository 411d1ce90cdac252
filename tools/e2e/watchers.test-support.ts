import type { ExecutionResult } from 'graphql';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWebSocketClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { WalkedField } from './schema-walk.ts';

/** What one listener was told through one subscription. */
export type Heard = {
  readonly who: string;
  readonly field: WalkedField;
  readonly results: ExecutionResult<Record<string, unknown>>[];
  /** Why it ended before it was left; null while it is open. */
  ended: unknown;
};

type Listener = {
  readonly who: string;
  /** Null for one without. */
  readonly token: string | null;
  readonly over: 'WebSocket' | 'SSE';
  readonly fields: readonly WalkedField[];
};

type Watchers<Group extends string> = {
  readonly heard: Readonly<Record<Group, readonly Heard[]>>;
  close(): Promise<void>;
};

/** Has listeners subscribe, all at once, each over one WebSocket or one stream of events a subscription. */
export function openWatchers<Group extends string>(
  gatewayUrl: string,
  groups: Readonly<Record<Group, readonly Listener[]>>,
): Watchers<Group> {
  const clients: { dispose(): void | Promise<void> }[] = [];
  const entries = Object.entries<readonly Listener[]>(groups).map(([group, listeners]) => {
    const heard = listeners.flatMap((listener) => {
      const client = connect(`${gatewayUrl}/graphql`, listener);
      clients.push(client);
      return listener.fields.map((field) => subscribe(client, listener, field));
    });
    return [group, heard] as const;
  });
  return {
    heard: Object.fromEntries(entries) as unknown as Watchers<Group>['heard'],
    close: async () => {
      for (const client of clients) await client.dispose();
    },
  };
}

function connect(url: string, { token, over }: Listener) {
  const authorization = token ? { authorization: `Bearer ${token}` } : {};
  return over === 'SSE'
    ? createSseClient({ url, headers: authorization, retryAttempts: 0 })
    : createWebSocketClient({
        url: url.replace('http', 'ws'),
        webSocketImpl: WebSocket,
        connectionParams: authorization,
        retryAttempts: 0,
      });
}

/** A service that did not answer in time: its answer comes later. */
const passing = /"(SUBGRAPH_UNAVAILABLE|INTERNAL_SERVER_ERROR|DATA_INCOMPLETE)"/;

function subscribe(client: ReturnType<typeof connect>, { who, over }: Listener, field: WalkedField): Heard {
  const heard: Heard = { who: `${who} by ${over}`, field, results: [], ended: null };
  client.subscribe<Record<string, unknown>>(
    { query: field.document, variables: { ...field.variables } },
    {
      next: (result) => {
        if (!passing.test(JSON.stringify(result.errors ?? [])))
          heard.results.push(result as Heard['results'][number]);
      },
      error: (error) => (heard.ended = error ?? 'an error'),
      complete: () => (heard.ended ??= 'complete'),
    },
  );
  return heard;
}

/** For who reads a failed test. */
export function summaryOf({ who, field, results, ended }: Heard): string {
  return `${who}: ${field.name} ${JSON.stringify([results, ended]).slice(0, 500)}`;
}
