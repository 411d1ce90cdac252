import { fileURLToPath } from 'node:url';
import { Piscina } from 'piscina';
import type { SandboxAnswer, SandboxCall, SandboxFault } from './run-code.ts';

/**
 * The plugin's code did not answer, and whose fault it is: too slow, too big, not code at all, an exception, or an answer
 * that cannot be sent. `BUSY`: nobody's; too many calls wait. Match on `code`.
 */
export class SandboxError extends Error {
  override readonly name = 'SandboxError';
  readonly code: SandboxFault | 'BUSY';

  constructor(code: SandboxError['code'], message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.code = code;
  }
}

export type Sandbox = {
  /**
   * Calls a function that the code (an ES module without imports) exports, with JSON. The code has no network, files,
   * timers or modules, and no memory of earlier calls. Throws SandboxError.
   */
  call(
    code: string,
    name: string,
    args: readonly unknown[],
    options?: { deadlineMs?: number },
  ): Promise<unknown>;
  close(): Promise<void>;
};

/** What a call has by itself, and the most that it can be given: of processor time. */
export const sandboxDeadlineMs = 50;
/** For what does not even heed its interrupt: the thread is ended, and another takes its place. */
const terminateAfterMs = 500;
/** While threads start, which is no fault of the plugin's that is called first. */
const startMs = 5_000;
/** Beyond it calls are refused at once: they would only meet their deadline in the queue. */
const mostWaiting = 200;

export function createSandbox({ threads = 2 }: { readonly threads?: number } = {}): Sandbox {
  const pool = new Piscina<SandboxCall, SandboxAnswer>({
    filename: fileURLToPath(new URL('run-code.ts', import.meta.url)),
    name: 'runCode',
    minThreads: threads,
    maxThreads: threads,
    maxQueue: mostWaiting,
    env: {},
    argv: [],
    execArgv: [],
    // Not of the young generation: at 16 MiB a call took half as much processor time again, for collecting.
    resourceLimits: { maxOldGenerationSizeMb: 128, stackSizeMb: 4 },
  });
  let warmAtMs = performance.now() + startMs;
  const run = async (call: SandboxCall): Promise<SandboxAnswer> => {
    const stop = new AbortController();
    const timer = setTimeout(() => stop.abort(), Math.max(terminateAfterMs, warmAtMs - performance.now()));
    try {
      return await pool.run(call, { signal: stop.signal });
    } catch (error) {
      if (!stop.signal.aborted) throw describe(error as Error);
      warmAtMs = performance.now() + startMs;
      throw new SandboxError('DEADLINE', 'It was stopped by force.', error);
    } finally {
      clearTimeout(timer);
    }
  };
  return {
    call: async (code, name, args, { deadlineMs = sandboxDeadlineMs } = {}) => {
      const call = { code, name, args: JSON.stringify(args), deadlineMs };
      const answer = await run(call);
      if ('fault' in answer) throw new SandboxError(answer.fault, answer.message);
      return JSON.parse(answer.json) as unknown;
    },
    close: () => pool.destroy(),
  };
}

function describe(error: Error): SandboxError {
  if (error.message.includes('queue')) return new SandboxError('BUSY', 'Too many calls wait.', error);
  return new SandboxError('MEMORY', `The sandbox ended: ${error.message}`, error);
}
