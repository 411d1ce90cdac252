import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findFreePort } from '@marquee/embedded';
import { environmentOf } from '../charts/environment.ts';
import { renderResources } from '../charts/helm.ts';
import { makeSecrets, neededSecrets } from '../charts/secrets.ts';
import { startChild, untilReady } from '../rehearse/child.ts';
import { v8Flags } from '../start/node-options.ts';
import { jailFaults, makeJail, mayJail, systemPath, type Jail } from './jail.ts';
import { nodeSettings } from './warm.ts';

/** Where an image's files are, and how one of them is run. */
type Place = Pick<Jail, 'command' | 'inside' | 'give'> & { readonly app: string; readonly keys: string };

/** Root can start services as they run in a container; who is not starts them from the folder. */
function placeOf(out: string, directory: string): { readonly place: Place; readonly faults: string[] } {
  if (!mayJail()) {
    const asIs = {
      command: (args: readonly string[]): [string, string[]] => [process.execPath, [...args]],
      inside: (path: string) => path,
      give: () => undefined,
    };
    return { place: { ...asIs, app: out, keys: join(directory, 'keys') }, faults: [] };
  }
  const jail = makeJail(out, join(directory, 'root'));
  return { place: { ...jail, app: '/app', keys: join(jail.root, 'keys') }, faults: jailFaults(jail) };
}

/**
 * Starts each service from the laid-out image, with the environment that the chart gives its pod and no database, and asks
 * whether it lives: as root in a root directory of its own, which nobody can write to, as an unprivileged user. Answers the
 * faults.
 */
export async function answers(
  out: string,
  services: readonly string[],
  directory: string,
): Promise<string[]> {
  mkdirSync(directory, { recursive: true });
  const { place, faults } = placeOf(out, directory);
  mkdirSync(place.keys);
  const resources = renderResources({ examples: ['minimal'] });
  // Nobody listens there: a service must live, and wait.
  const secrets = makeSecrets(neededSecrets(resources), '127.0.0.1:9');
  for (const service of services) {
    const port = await findFreePort(0);
    const given = Object.entries(environmentOf(resources, service, secrets, place.keys));
    place.give(place.keys);
    const env = {
      ...Object.fromEntries(given.map(([name, value]) => [name, place.inside(value)])),
      ...nodeSettings(place.app),
      ...systemPath,
      HOST: '127.0.0.1',
      PORT: `${port}`,
      NATS_URL: 'nats://127.0.0.1:9',
    };
    const logFile = join(directory, `${service}.log`);
    const [command, args] = place.command([...v8Flags, join(place.app, 'apps', service, 'src/main.ts')]);
    const child = startChild(command, args, { env, logFile });
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
