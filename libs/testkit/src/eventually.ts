import { setTimeout as delay } from 'node:timers/promises';

/** Tries until the assertion holds; when the time is up (default 60,000 ms) its last failure is thrown. */
export async function eventually(
  assertion: () => Promise<void> | void,
  { timeoutMs = 60_000, everyMs = 20 }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    try {
      return await assertion();
    } catch (error) {
      if (performance.now() >= deadline) throw error;
    }
    await delay(everyMs);
  }
}
