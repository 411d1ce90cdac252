import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { nodeOptions } from '../start/node-options.ts';

/** A closed loop: every connection sends its next request when the last is answered; or, with a rate, when its time has come. */
export type LoadPlan = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent in turn, one after the other. */
  readonly bodies: readonly string[];
  readonly connections: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Requests a second in all. Latency then counts from when a request was due, so that waiting is not left out. */
  readonly rate?: number;
};

export type LoadResult = {
  /** All that were sent, those of the warm-up too. */
  readonly sent: number;
  readonly requests: number;
  /** Answers that were not 200, or that hold errors: a benchmark of failures measures nothing. */
  readonly failures: number;
  readonly firstFailure: string | null;
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
};

/** Runs the load in a process of its own, so that neither the harness nor a server in it shares its event loop. */
export function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const worker = fileURLToPath(import.meta.resolve('./load-worker.ts'));
  // Its own pauses would be everybody's latency.
  const child = fork(worker, { stdio: 'inherit', execArgv: [...process.execArgv, nodeOptions] });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) =>
      reject(new Error(`the load generator ended with ${code} before its result`)),
    );
    child.once('message', (result) => {
      resolve(result as LoadResult);
      child.disconnect();
    });
    child.send(plan);
  });
}
