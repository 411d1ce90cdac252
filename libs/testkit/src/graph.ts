import { signViewer, viewerHeader, type Viewer } from '@marquee/subgraph';
import { createMetrics, silentLogger } from '@marquee/telemetry';

/** What the tests' gateway and subgraphs share, at least 32 characters. */
export const internalSecret = 'a secret of the tests, long enough for the signature';

export type GraphAnswer = {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- each test knows the shape of what it asks for
  readonly data?: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
};

/** How a test serves a subgraph: on a free port of the loopback, saying nothing, until the test drains it. */
export const servedForTest = () => ({
  host: '127.0.0.1',
  port: 0,
  internalSecret,
  readiness: {},
  metrics: createMetrics(),
  logger: silentLogger,
  onDrain: async () => undefined,
  stopOnSignals: false,
});

/** Asks the subgraph at this URL as the gateway does: over HTTP, with the viewer signed. */
export const askGraph =
  (url: string) =>
  async (viewer: Viewer, query: string, variables: object = {}): Promise<GraphAnswer> => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', [viewerHeader]: signViewer(viewer, internalSecret) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as GraphAnswer;
  };
