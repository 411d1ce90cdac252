import { setTimeout as sleep } from 'node:timers/promises';

const pollMs = 300;

/** A subscription or a relay as its service's `/health/ready` tells of it; `lag` is null where it does not know. */
type Consumer = {
  readonly name?: string;
  readonly lag?: number | null;
  readonly oldestAgeMs: number;
  readonly lastError: string | null;
};

/**
 * Resolves when no service has an event of another left to handle (three looks in a row, since handling one may make
 * another), and rejects when nothing has moved for `stillMs`.
 */
export async function waitUntilSettled(serviceUrls: readonly string[], stillMs: number): Promise<void> {
  let movedAtMs = performance.now();
  let before = '';
  for (let quiet = 0; quiet < 3;) {
    await sleep(pollMs);
    const left = (await Promise.all(serviceUrls.map(leftOf))).flat();
    quiet = left.length === 0 ? quiet + 1 : 0;
    const now = left.map(({ what }) => what).join('; ');
    if (now !== before) movedAtMs = performance.now();
    before = now;
    if (left.length > 0 && performance.now() - movedAtMs > stillMs)
      throw new Error(`nothing has moved for ${stillMs / 1000} s: ${left.map(describe).join('; ')}`);
  }
}

type Left = { readonly what: string; readonly lastError: string | null };

/** What the service has still to handle or to publish; of what it has in hand only that it has, as its age grows by itself. */
async function leftOf(serviceUrl: string): Promise<Left[]> {
  const answer: unknown = await (await fetch(`${serviceUrl}/health/ready`)).json();
  return consumersIn(answer)
    .filter(({ lag, oldestAgeMs }) => (lag !== undefined && lag !== 0) || oldestAgeMs > 0)
    .map(({ name = 'relay', lag, lastError }) => ({
      what: `${serviceUrl} ${name} ${lag === undefined ? 'has some' : `has ${lag ?? 'an unknown number'}`}`,
      lastError,
    }));
}

function consumersIn(value: unknown): Consumer[] {
  if (typeof value !== 'object' || value === null) return [];
  return 'oldestAgeMs' in value ? [value as Consumer] : Object.values(value).flatMap(consumersIn);
}

function describe({ what, lastError }: Left): string {
  return lastError ? `${what} (${lastError})` : what;
}
