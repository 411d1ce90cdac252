import { setTimeout } from 'node:timers/promises';
import { queryBy, type GraphClient, type GraphResponse } from '../client/graph-client.ts';

/** More often than this one is not told to wait by a graph that is well. */
const mostTries = 100;
const longestWaitSeconds = 60;

/**
 * The same client, but it waits where it is told that it asks too much in too short a time, and asks again: a long file
 * takes its time, and no row of it is refused for its length. Whatever is sent must be safe to send again.
 */
export function waitingWhereTold(
  client: Pick<GraphClient, 'send'>,
  wait: (ms: number) => Promise<unknown> = setTimeout,
): Pick<GraphClient, 'send' | 'query'> {
  const send: GraphClient['send'] = async <T>(...request: Parameters<GraphClient['send']>) => {
    for (let tries = 1; ; tries++) {
      const answer = await client.send<T>(...request);
      const seconds = secondsToWait(answer);
      if (seconds === null || tries === mostTries) return answer;
      await wait(seconds * 1_000);
    }
  };
  return { send, query: queryBy(send) };
}

function secondsToWait({ errors }: GraphResponse<unknown>): number | null {
  const limited = errors.find(({ extensions }) => extensions?.code === 'RATE_LIMITED');
  if (!limited) return null;
  const told = Number(limited.extensions?.['retryAfterSeconds']);
  return Math.min(Number.isFinite(told) && told > 0 ? told : 1, longestWaitSeconds);
}
