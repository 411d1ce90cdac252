/** Each resolves where what it stands for can be used, and throws where it cannot. */
export type ReadinessChecks = Readonly<Record<string, () => Promise<void>>>;

export type CheckResult = { readonly ok: boolean; readonly durationMs: number; readonly error?: string };

/** A check that says nothing for this long is a failed one: whoever asks waits no longer either. */
const checkTimeoutMs = 2_000;

async function runCheck(check: () => Promise<void>): Promise<CheckResult> {
  const startedAtMs = performance.now();
  const elapsedMs = () => Math.round(performance.now() - startedAtMs);
  let timer: NodeJS.Timeout | undefined;
  try {
    const timeout = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${checkTimeoutMs} ms`)), checkTimeoutMs);
    });
    await Promise.race([check(), timeout]);
    return { ok: true, durationMs: elapsedMs() };
  } catch (error) {
    // The code alone where there is one: a driver's message may hold a host or a user.
    const { code, message } = error as { code?: unknown; message?: unknown };
    return { ok: false, durationMs: elapsedMs(), error: String(code ?? message ?? 'failed') };
  } finally {
    clearTimeout(timer);
  }
}

/** Runs all checks at once. */
export async function checkReadiness(
  checks: ReadinessChecks,
): Promise<{ readonly ready: boolean; readonly checks: Record<string, CheckResult> }> {
  const entries = await Promise.all(
    Object.entries(checks).map(async ([name, check]) => [name, await runCheck(check)] as const),
  );
  return { ready: entries.every(([, result]) => result.ok), checks: Object.fromEntries(entries) };
}
