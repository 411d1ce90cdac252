import { LaunchError } from './config.ts';
import { logTail } from './log-file.ts';
import type { Supervised } from './supervise.ts';
import { waitFor } from './processes.ts';

/** A service that ended this often without living long will not come up by waiting. */
const hopeless = 5;

export type Watched = { readonly supervised: Supervised; readonly url: string; readonly logFile: string };

/** Whether this service says that it is ready. */
export async function isReady(url: string): Promise<boolean> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

/** Waits until every one of these is ready; `onReady` hears of each as it comes up. Throws a LaunchError otherwise. */
export async function waitUntilReady(
  watched: readonly Watched[],
  timeoutMs: number,
  onReady: (name: string) => void,
  signal?: AbortSignal,
): Promise<void> {
  const waiting = new Set(watched);
  await waitFor(async () => {
    for (const one of waiting) assertHope(one);
    await Promise.all(
      [...waiting].map(async (one) => {
        if (!(await isReady(one.url))) return;
        waiting.delete(one);
        onReady(one.supervised.name);
      }),
    );
    return waiting.size === 0 || signal?.aborted === true;
  }, timeoutMs);
  signal?.throwIfAborted();
  if (waiting.size === 0) return;
  const reasons = await Promise.all([...waiting].map(describeUnready));
  throw new LaunchError(`Not ready after ${timeoutMs / 1000} s:\n${reasons.join('\n')}`);
}

function assertHope({ supervised, logFile }: Watched): void {
  if (supervised.failures() < hopeless) return;
  throw new LaunchError(
    `${supervised.name} does not stay up; the end of ${logFile}:\n${logTail(logFile, 12)}`,
  );
}

async function describeUnready({ supervised, url, logFile }: Watched): Promise<string> {
  const answer = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(2_000) })
    .then((response) => response.text())
    .catch(() => 'no answer');
  return `${supervised.name}: ${answer.slice(0, 500)}\n  the end of ${logFile}:\n${logTail(logFile, 5)}`;
}
