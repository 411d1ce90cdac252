import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { createMetrics, deadlineHeader, remainingTimeMs, silentLogger } from '@marquee/telemetry';
import { schemaPrelude } from './load-schema.ts';
import { runSubgraph, type RunningSubgraph } from './run-subgraph.ts';
import { signViewer, viewerHeader } from './viewer.ts';

const secret = 'a secret that only this test shares';
const viewer = { subject: 'acc_1', organisationId: newUuid(), role: 'OWNER' as const, scopes: [] };

let subgraph: RunningSubgraph;
let begun = 0;

beforeAll(async () => {
  subgraph = await runSubgraph({
    name: 'waits',
    host: '127.0.0.1',
    port: 0,
    internalSecret: secret,
    schema: `${schemaPrelude()} extend type Query { left: Int never: Int }`,
    resolvers: {
      Query: {
        left: () => remainingTimeMs() ?? null,
        never: () => {
          begun += 1;
          return new Promise(() => undefined);
        },
      },
    },
    context: () => ({}),
    readiness: {},
    metrics: createMetrics(),
    logger: silentLogger,
    onDrain: async () => undefined,
    stopOnSignals: false,
  });
});

afterAll(() => subgraph.drain());

async function ask(query: string, deadline?: string): Promise<{ status: number; text: string }> {
  const headers = {
    'content-type': 'application/json',
    [viewerHeader]: signViewer(viewer, secret),
    ...(deadline !== undefined && { [deadlineHeader]: deadline }),
  };
  const response = await fetch(subgraph.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return { status: response.status, text: await response.text() };
}

test('what is left of the time is known to whatever the service asks in turn', async () => {
  const { text } = await ask('{ left }', '5000');
  const { data } = JSON.parse(text) as { data: { left: number } };
  expect(data.left).toBeGreaterThan(0);
  expect(data.left).toBeLessThanOrEqual(5_000);
  for (const none of [undefined, 'soon', '-1', '9999999']) {
    expect(JSON.parse((await ask('{ left }', none)).text)).toEqual({ data: { left: null } });
  }
});

test('a caller who stops waiting is told so, and with no time left nothing is begun', async () => {
  const late = await ask('{ never }', '1000');
  expect(late.status).toBe(504);
  expect(late.text).toContain('DEADLINE_EXCEEDED');
  expect(begun).toBe(1);
  expect((await ask('{ never }', '0')).status).toBe(504);
  expect(begun).toBe(1);
});
