import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Ends what global-setup.mjs started, waits until it is gone, and removes what tests left. */
export default async function globalTeardown() {
  const host = globalThis.marqueeTestHost;
  if (host && host.exitCode === null) {
    host.ref();
    const exited = new Promise((resolve) => host.once('exit', resolve));
    host.stdin.end();
    await exited;
  }
  if (process.env.MARQUEE_TEST_POSTGRES_URL) {
    // In a process of its own: here Jest's transforms are at work on whatever is loaded.
    const script = fileURLToPath(new URL('drop-databases.ts', import.meta.url));
    const { MARQUEE_TEST_POSTGRES_URL: url, MARQUEE_TEST_RUN: run } = process.env;
    execFileSync(process.execPath, [script, url, run], { stdio: 'inherit' });
  }
  rmSync(process.env.TMPDIR, { recursive: true, force: true, maxRetries: 3 });
}
