import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { rulesAndUseCases } from '../check/lint/rule-files.mjs';
import { formatRows, summarise, tooLow, type FileCoverage } from './coverage.ts';

const root = join(import.meta.dirname, '..', '..');
const coverageFolder = join(root, 'coverage');
const tallyFile = join(coverageFolder, 'tally.json');
const summaryFile = join(coverageFolder, 'coverage-summary.json');

const usage = `npm test -- [PATH ...] [--no-coverage] [options of Jest]

Runs the tests on real PostgreSQL and NATS, started for the run. The last line is "N passed, N failed".

  PATH            only tests whose path contains this, such as libs/kernel; coverage is left out then
  --no-coverage   do not measure coverage
  --coverage      measure it although only some tests run
`;

type Tally = { readonly passed: number; readonly failed: number; readonly skipped: number };

function main(args: readonly string[]): number {
  if (args.includes('--help')) {
    process.stdout.write(usage);
    return 0;
  }
  const some =
    args.some((arg) => !arg.startsWith('-')) || args.some((arg) => /^(-t|--testNamePattern)/.test(arg));
  const coverage = args.includes('--coverage') || (!some && !args.includes('--no-coverage'));
  const passedOn = args.filter((arg) => arg !== '--coverage' && arg !== '--no-coverage');

  rmSync(coverageFolder, { recursive: true, force: true });
  mkdirSync(coverageFolder, { recursive: true });
  const status = runJest(passedOn, coverage);
  const enough = !coverage || reportCoverage(some);
  const tally = existsSync(tallyFile) ? (JSON.parse(readFileSync(tallyFile, 'utf8')) as Tally) : null;
  const { passed, failed, skipped } = tally ?? { passed: 0, failed: 1, skipped: 0 };
  process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
  return status === 0 && enough ? 0 : 1;
}

/** ES modules in Jest still need a flag, and would say so in every file. */
function runJest(args: readonly string[], coverage: boolean): number {
  const node = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
  const workers = args.some((arg) => /^(-w|--maxWorkers|-i$|--runInBand)/.test(arg))
    ? []
    : [`--maxWorkers=${availableParallelism()}`];
  const reporters = ['--reporters=default', `--reporters=${join(import.meta.dirname, 'tally-reporter.mjs')}`];
  const measured = coverage
    ? ['--coverage', '--coverageReporters=json-summary', '--coverageReporters=lcovonly']
    : [];
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const { status } = spawnSync(
    process.execPath,
    // Paths first: the parser would take one behind an option of several values for one of these.
    [...node, jest, ...args, '--config=jest.config.mjs', ...workers, ...reporters, ...measured],
    { cwd: root, stdio: 'inherit' },
  );
  return status ?? 1;
}

/** Whether it is enough. Of some tests alone it never is, so then it only informs. */
function reportCoverage(some: boolean): boolean {
  if (!existsSync(summaryFile)) return false;
  const summary = JSON.parse(readFileSync(summaryFile, 'utf8')) as Record<string, FileCoverage>;
  const rows = summarise(root, summary, new Set(rulesAndUseCases(root)));
  process.stdout.write(`\n${formatRows(rows)}\n\n`);
  return some || tooLow(rows).length === 0;
}

process.exitCode = main(process.argv.slice(2));
