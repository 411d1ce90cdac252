import { LaunchError } from './config.ts';

/** A running process that somebody else started and can stop. */
export type Worker = {
  readonly pid: number;
  /** Resolves when it ends, with its exit code or null after a signal. */
  readonly exited: Promise<number | null>;
  stop(): Promise<void>;
};

export type Supervised = {
  readonly name: string;
  /** Undefined between an end and the next start. */
  pid(): number | undefined;
  /** Ends without success since it last lived for long. */
  failures(): number;
  /** The first start; a fault of it is the caller's. */
  start(): Promise<void>;
  /** Stops and starts again, without back-off. */
  restart(): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
};

export type SuperviseOptions = {
  readonly onEnd: (message: string) => void;
  /** Called after every start, with the pid. */
  readonly onStart?: (pid: number) => void;
  readonly firstDelayMs?: number;
};

const longestDelayMs = 30_000;
/** Living this long forgives earlier ends. */
const steadyMs = 20_000;

/**
 * Keeps one process running: whenever it ends unasked it is started again, after 0.2 s at first and twice as long each
 * time, up to half a minute.
 */
export function supervise(
  name: string,
  launch: () => Promise<Worker>,
  options: SuperviseOptions,
): Supervised {
  const firstDelayMs = options.firstDelayMs ?? 200;
  let worker: Worker | null = null;
  let launching: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let failures = 0;

  async function begin(): Promise<void> {
    const began = await launch();
    const startedAt = performance.now();
    worker = began;
    options.onStart?.(began.pid);
    void began.exited.then((code) => {
      if (worker !== began) return;
      worker = null;
      if (performance.now() - startedAt > steadyMs) failures = 0;
      if (!stopped) retry(code === null ? 'was killed' : `ended with exit code ${code}`);
    });
  }

  function begun(): Promise<void> {
    if (stopped) return Promise.reject(new LaunchError(`${name} is stopped`));
    launching ??= begin().finally(() => (launching = null));
    return launching;
  }

  function retry(reason: string): void {
    const delayMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs);
    failures += 1;
    options.onEnd(`${name} ${reason}; starting it again in ${delayMs / 1000} s`);
    timer = setTimeout(() => {
      begun().catch((error: unknown) => {
        if (!stopped) retry(`did not start (${error instanceof Error ? error.message : String(error)})`);
      });
    }, delayMs);
  }

  async function end(): Promise<void> {
    clearTimeout(timer);
    await launching?.catch(() => undefined);
    const ending = worker;
    worker = null;
    await ending?.stop();
  }

  return {
    name,
    pid: () => worker?.pid,
    failures: () => failures,
    start: begun,
    async restart() {
      await end();
      await begun();
    },
    kill(signal) {
      if (worker) process.kill(worker.pid, signal);
    },
    async stop() {
      stopped = true;
      await end();
    },
  };
}
