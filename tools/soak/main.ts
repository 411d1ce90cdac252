import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { soakEnvironment } from './config.ts';

const usage = `npm run soak -- [PATH ...] [options of Jest]

Runs the race, chaos and model-based tests with the repetitions that find what is rare: thousands of races, dozens of
kills. The ordinary "npm test" runs the same tests with few repetitions. Expect an hour for all of them on two cores.

  PATH     only tests whose path contains this, such as apps/tickets/src/races
  --help
`;

/** Their names say what they are: `x.race.it.test.ts`, `x.chaos.it.test.ts`, `x.model.test.ts`. */
const everySoak = ['race.it.test', 'chaos.it.test', 'model.test', 'model.it.test'];

function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const named = args.some((arg) => !arg.startsWith('-'));
  const { status } = spawnSync(
    process.execPath,
    [
      join(import.meta.dirname, '..', 'test', 'main.ts'),
      '--no-coverage',
      ...(named ? [] : everySoak),
      ...args,
    ],
    { stdio: 'inherit', env: soakEnvironment() },
  );
  return status ?? 1;
}

process.exitCode = main(process.argv.slice(2));
