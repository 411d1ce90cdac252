import type { ReadinessChecks } from '@marquee/subgraph';
import { Agent, request } from 'undici';
import type { Subgraph } from './execution/subgraph-service.ts';

type Readiness = {
  readonly status?: string;
  readonly checks?: Readonly<Record<string, { readonly ok: boolean }>>;
};

/** Past the breaker on purpose: whether a service is ready is a question about now, not about the last ten seconds. */
async function askReadiness(subgraph: Subgraph, dispatcher: Agent): Promise<void> {
  const { statusCode, body } = await request(new URL('/health/ready', subgraph.url), {
    dispatcher,
    headersTimeout: 2_000,
    bodyTimeout: 2_000,
  });
  const readiness = (await body.json().catch(() => ({}))) as Readiness;
  if (statusCode === 200) return;
  const failed = Object.entries(readiness.checks ?? {})
    .filter(([, check]) => !check.ok)
    .map(([name]) => name);
  throw new Error(
    failed.length > 0 ? `not ready: ${failed.join(', ')}` : (readiness.status ?? `status ${statusCode}`),
  );
}

/** One check for each service: the gateway is ready when the whole platform is. */
export function createPlatformReadiness(subgraphs: readonly Subgraph[]): {
  readonly checks: ReadinessChecks;
  close(): Promise<void>;
} {
  const dispatcher = new Agent({ connections: 2, connectTimeout: 1_000 });
  const checks = Object.fromEntries(
    subgraphs.map((subgraph) => [subgraph.name, () => askReadiness(subgraph, dispatcher)]),
  );
  return { checks, close: () => dispatcher.close() };
}
