import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 300;

/**
 * Resolves when no service has an event of another left to handle (three looks in a row, since handling one may make
 * another), and rejects when that takes longer.
 */
export async function waitUntilSettled(serviceUrls: readonly string[], timeoutMs: number): Promise<void> {
  const untilMs = performance.now() + timeoutMs;
  for (let quiet = 0; quiet < 3;) {
    if (performance.now() > untilMs)
      throw new Error(`events were still under way after ${timeoutMs / 1000} s`);
    await sleep(pollMs);
    const lags = (await Promise.all(serviceUrls.map(lagsOf))).flat();
    quiet = lags.every((lag) => lag === 0) ? quiet + 1 : 0;
  }
}

/** What each subscription of the service has still to handle, and its relay to publish; null where it does not know. */
async function lagsOf(serviceUrl: string): Promise<(number | null)[]> {
  const answer = await (await fetch(`${serviceUrl}/health/ready`)).text();
  return [...answer.matchAll(/"(?:lag|oldestAgeMs)":(\d+|null)/g)].map(([, lag]) =>
    lag === 'null' ? null : Number(lag),
  );
}
