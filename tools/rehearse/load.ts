import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { LoadOrder, LoadSummary } from './load-worker.ts';

export type Load = {
  /** Ends once all is answered; answers the same when it is asked again. */
  stop(): Promise<LoadSummary>;
};

/** Open-loop load from a thread of its own, so that who measures does not hold up who sends. */
export function startLoad(order: LoadOrder): Load {
  const worker = new Worker(new URL('load-worker.ts', import.meta.url), { workerData: order });
  const end = async (): Promise<LoadSummary> => {
    const answer = once(worker, 'message');
    worker.postMessage('stop');
    const [summary] = (await answer) as [LoadSummary];
    await worker.terminate();
    return summary;
  };
  let ending: Promise<LoadSummary> | undefined;
  return { stop: () => (ending ??= end()) };
}
