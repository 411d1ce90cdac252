import type { Analysis, Measurement } from './controller.ts';

/** One that does not answer says nothing about the version it was asked about. */
const queryTimeoutMs = 10_000;

type Answer = {
  readonly status: string;
  readonly error?: string;
  readonly data?: { readonly result: readonly { readonly value: readonly [number, string] }[] };
};

/** The first sample of a query; null where there is none. */
export async function ask(url: string, query: string): Promise<number | null> {
  const answer = await fetch(`${url}/api/v1/query`, {
    method: 'POST',
    body: new URLSearchParams({ query }),
    signal: AbortSignal.timeout(queryTimeoutMs),
  });
  const { status, error, data } = (await answer.json()) as Answer;
  if (status !== 'success') throw new Error(`Prometheus refused ${query}: ${error}`);
  const value = data?.result[0]?.value[1];
  return value === undefined ? null : Number(value);
}

/** What Prometheus says to each question of an analysis. */
export async function measure(url: string, analysis: Analysis): Promise<Measurement> {
  const values = analysis.metrics.map(async ({ name, query }) => [name, await ask(url, query)] as const);
  return new Map(await Promise.all(values));
}
