import { parseArgs } from 'node:util';
import { explain, UsageError } from '../cli/errors.ts';
import { locate } from '../cli/sources.ts';
import type { Database } from '@marquee/postgres';
import { checkInvariants, openForCheck, recogniseService, type Checked } from './check.ts';
import { formatFindings } from './report.ts';

const usage = `Checks on a live platform that nothing is broken that never may be: all invariants of the domain, each with the
rows that were looked at and the violations found. Reads only, and each database as it is at one instant.

  npm run invariants -- [options]

  --service NAME     of this service only; again for several (default: all of the running platform)
  --database URL     this database and not those of the running platform; again for several. Whose it is shows by its
                     tables. Invariants of services that are left out are said to have nothing to look at.
  --all              every single check, not only the fifteen
  --json             one JSON object on stdout
  --help

Exit codes: 0 all hold, 1 something is broken or could not be checked, 2 a fault of the command line.
`;

function readOptions(args: readonly string[]) {
  const { values } = parseArgs({
    args: [...args],
    options: {
      service: { type: 'string', multiple: true, default: [] },
      database: { type: 'string', multiple: true, default: [] },
      all: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.service.length > 0 && values.database.length > 0) {
    throw new UsageError('--service is of the running platform: leave it out beside --database.');
  }
  for (const url of values.database) {
    if (!URL.canParse(url) || !/^postgres(ql)?:$/.test(new URL(url).protocol))
      throw new UsageError(
        '--database must be a URL such as postgres://user:password@127.0.0.1:5432/marquee_tickets.',
      );
  }
  return values;
}

async function openAll(
  options: ReturnType<typeof readOptions>,
  opened: Database[],
): Promise<readonly Checked[]> {
  const open = async (url: string) => {
    const database = await openForCheck(url);
    opened.push(database);
    return database;
  };
  const checked: Checked[] = [];
  if (options.database.length === 0) {
    const located = locate({ all: () => options.service, text: () => undefined });
    for (const { service, url } of located) checked.push({ service, database: await open(url) });
    return checked;
  }
  for (const url of options.database) {
    const database = await open(url);
    const service = await recogniseService(database);
    if (service === null)
      throw new UsageError(
        `${new URL(url).pathname.slice(1)} is no service's database: its tables are missing.`,
      );
    checked.push({ service, database });
  }
  return checked;
}

async function run(args: readonly string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    process.stdout.write(usage);
    return 0;
  }
  const opened: Database[] = [];
  try {
    const findings = await checkInvariants(await openAll(options, opened));
    process.stdout.write(`${options.json ? JSON.stringify(findings) : formatFindings(findings, options)}\n`);
    return findings.ok ? 0 : 1;
  } finally {
    await Promise.all(opened.map((database) => database.close()));
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  const isUsage = (error as { code?: string }).code?.startsWith('ERR_PARSE_ARGS') ?? false;
  const { text, exitCode } = explain(error);
  process.stderr.write(`${isUsage ? (error as Error).message : text}\n`);
  if (isUsage || exitCode === 2) process.stderr.write('See npm run invariants -- --help.\n');
  process.exitCode = isUsage ? 2 : exitCode;
}
