import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { readEnvironment, LaunchError, workspaceRoot } from '../start/config.ts';
import { readRunning } from '../start/run-state.ts';
import { loadSecrets } from '../start/secrets.ts';
import { rebuildEnvironment } from './environment.ts';

const usage = `Counts a service's projections anew from the first event, beside the live ones, then replaces those.
The platform must be running, and goes on running.

  npm run rebuild -- SERVICE

  SERVICE   ${rebuildable().join(', ')}
  --help

Where it fails the live projections stay as they are, and it exits with 1.
`;

function entryOf(service: string): string {
  return join(workspaceRoot, 'apps', service, 'src', 'rebuild.ts');
}

function rebuildable(): string[] {
  return readdirSync(join(workspaceRoot, 'apps')).filter((service) => existsSync(entryOf(service)));
}

/** The exit code of the service's own command, which is given its own environment and this terminal. */
function runRebuild(service: string): Promise<number> {
  const environment = readEnvironment(workspaceRoot);
  const running = readRunning(environment.home);
  if (!running?.servers) {
    throw new LaunchError('The platform is not running (or only starting) on this home. Start it: npm start');
  }
  const secrets = loadSecrets(environment.home);
  const child = spawn(process.execPath, [entryOf(service)], {
    stdio: 'inherit',
    env: rebuildEnvironment(service, environment, running.servers, secrets.passwordFor),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function run(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { help: { type: 'boolean', short: 'h', default: false } },
  });
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  const [service, ...more] = positionals;
  if (service === undefined || more.length > 0 || !rebuildable().includes(service)) {
    process.stderr.write(usage);
    return 1;
  }
  return runRebuild(service);
}

try {
  process.exitCode = await run();
} catch (error) {
  const expected =
    error instanceof LaunchError || String((error as { code?: string }).code).startsWith('ERR_PARSE_ARGS');
  if (!expected) throw error;
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
