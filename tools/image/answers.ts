import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '@marquee/embedded';
import { environmentOf } from '../charts/environment.ts';
import { renderResources } from '../charts/helm.ts';
import { makeSecrets, neededSecrets } from '../charts/secrets.ts';
import { startChild, untilReady } from '../rehearse/child.ts';
import { compileCache } from './warm.ts';

/**
 * Starts each service from the laid-out folder, with the environment that the chart gives its pod and no database, and
 * asks whether it lives. Answers the faults.
 */
export async function answers(
  out: string,
  services: readonly string[],
  directory: string,
): Promise<string[]> {
  mkdirSync(directory, { recursive: true });
  const resources = renderResources({ examples: ['minimal'] });
  // Nobody listens there: a service must live, and wait.
  const secrets = makeSecrets(neededSecrets(resources), '127.0.0.1:9');
  const faults: string[] = [];
  for (const service of services) {
    const port = await findFreePort(0);
    const env = {
      ...environmentOf(resources, service, secrets, directory),
      ...compileCache,
      NODE_COMPILE_CACHE: join(out, compileCache.NODE_COMPILE_CACHE),
      HOST: '127.0.0.1',
      PORT: `${port}`,
      NATS_URL: 'nats://127.0.0.1:9',
    };
    const logFile = join(directory, `${service}.log`);
    const child = startChild(process.execPath, [join(out, 'apps', service, 'src/main.ts')], { env, logFile });
    try {
      await untilReady(`http://127.0.0.1:${port}/health/live`, child);
    } catch (error) {
      const said = readFileSync(logFile, 'utf8').trim().slice(-1_000);
      faults.push(`${service}: ${(error as Error).message}\n${said}`);
    } finally {
      await child.stop();
    }
  }
  return faults;
}
