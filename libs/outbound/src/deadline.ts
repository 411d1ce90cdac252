/**
 * One deadline over all the attempts of a call. Its signal also follows the caller's own. A plain controller is used
 * rather than `AbortSignal.any`, whose signals outlive the call when the caller's signal is long-lived.
 */
export type Deadline = {
  readonly signal: AbortSignal;
  /** Why the signal fired, or undefined while it has not. */
  fired(): 'deadline' | 'caller' | undefined;
  /** Settles as `work` does, or rejects when the signal fires, whether or not `work` heeds it. */
  race<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves after `ms`, or rejects when the signal fires. */
  wait(ms: number): Promise<void>;
  end(): void;
};

export function startDeadline(timeoutMs: number, caller?: AbortSignal): Deadline {
  const controller = new AbortController();
  const { signal } = controller;
  let why: 'deadline' | 'caller' | undefined;
  const fire = (reason: 'deadline' | 'caller', cause: unknown) => {
    why ??= reason;
    controller.abort(cause);
  };
  const timer = setTimeout(
    () => fire('deadline', new DOMException('The deadline passed', 'TimeoutError')),
    timeoutMs,
  );
  const onCaller = () => fire('caller', caller?.reason);
  if (caller?.aborted) onCaller();
  else caller?.addEventListener('abort', onCaller, { once: true });
  const race = async <T>(work: () => Promise<T>): Promise<T> => {
    signal.throwIfAborted();
    const { promise, reject } = Promise.withResolvers<never>();
    const onAbort = () => reject(signal.reason);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return await Promise.race([work(), promise]);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  };
  const wait = (ms: number): Promise<void> => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const pause = setTimeout(resolve, ms);
    return race(() => promise).finally(() => clearTimeout(pause));
  };
  return {
    signal,
    fired: () => why,
    race,
    wait,
    end: () => {
      clearTimeout(timer);
      caller?.removeEventListener('abort', onCaller);
    },
  };
}
