import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const hostFile = fileURLToPath(new URL('../../libs/testkit/src/host.ts', import.meta.url));

/**
 * Once a Jest run: starts the process that will start PostgreSQL and NATS when a test first asks, so that a run of
 * pure tests starts neither. It holds our end of a pipe, and ends with the servers when this process does, even
 * killed. MARQUEE_TEST_POSTGRES_URL and MARQUEE_TEST_NATS_URL name servers to use instead. What tests write for a while
 * goes into one directory of the run, which global-teardown.mjs removes.
 */
export default async function globalSetup() {
  process.env.MARQUEE_TEST_RUN = randomBytes(4).toString('hex');
  // Packages see Node's own environment, not what a test sets in the copy that Jest gives it: they would report to their vendor.
  process.env.APOLLO_TELEMETRY_DISABLED = 'true';
  await startHost();
  process.env.TMPDIR = mkdtempSync(join(tmpdir(), 'marquee-run-'));
  // A server under another account may have its directory in here.
  chmodSync(process.env.TMPDIR, 0o755);
}

async function startHost() {
  if (process.env.MARQUEE_TEST_POSTGRES_URL && process.env.MARQUEE_TEST_NATS_URL) return;
  const host = spawn(process.execPath, [hostFile], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
  const lines = createInterface({ input: host.stdout });
  process.env.MARQUEE_TEST_SERVERS = await new Promise((resolve, reject) => {
    lines.once('line', resolve);
    host.once('error', reject);
    host.once('exit', (code) => reject(new Error(`the host of the test servers ended with ${code}`)));
  });
  lines.close();
  host.unref();
  globalThis.marqueeTestHost = host;
}
