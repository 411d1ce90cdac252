/** The inside of a worker process: does its tasks one after the other, and ends when nobody tells it more. */
export function serveTasks<Task extends object>(
  perform: (task: Task) => Promise<unknown>,
  end: () => Promise<void>,
): void {
  process.on('message', (task: Task) => {
    void perform(task)
      .then(
        (value) => ({ value }),
        (error: unknown) => ({
          fault: error instanceof Error ? (error.stack ?? error.message) : String(error),
        }),
      )
      .then((answer) => process.send?.(answer));
  });
  process.once('disconnect', () => void end().finally(() => process.exit(0)));
}

/** Milliseconds on a clock that all processes of a machine share. */
export function clockMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** Microseconds of CPU that this process has used. */
export function cpuUs(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

/** Calls `send` so often a second, at its time and not after the last was answered. */
export async function openLoop(
  plan: { readonly perSecond: number; readonly forMs: number },
  send: (index: number) => Promise<void>,
): Promise<void> {
  const startMs = clockMs();
  const count = Math.round((plan.perSecond * plan.forMs) / 1000);
  const sending: Promise<void>[] = [];
  for (let next = 0; next < count;) {
    const due = Math.min(count, Math.floor(((clockMs() - startMs) * plan.perSecond) / 1000) + 1);
    for (; next < due; next++) sending.push(send(next));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await Promise.all(sending);
}
