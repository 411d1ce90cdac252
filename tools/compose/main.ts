import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { composeApplications } from './compose.ts';

const repository = join(import.meta.dirname, '../..');
const file = join(repository, 'apps/gateway/src/generated/supergraph.graphql');

const usage = `Composes the schemas of all applications into ${relative(repository, file)}.

  node tools/compose/main.ts [--check] [--hints]

  --check   writes nothing; exits 1 where the file is not what it would be
  --hints   shows what composition remarks on, too
`;

function run(options: { readonly check: boolean; readonly hints: boolean }): number {
  const composition = composeApplications(join(repository, 'apps'));
  if (!composition.ok) {
    process.stderr.write(
      `The schemas do not compose:\n${composition.errors.map((error) => `  ${error}\n`).join('')}`,
    );
    return 1;
  }
  if (options.hints) process.stdout.write(composition.hints.map((hint) => `${hint}\n`).join(''));
  const upToDate = existsSync(file) && readFileSync(file, 'utf8') === composition.supergraph;
  if (!upToDate && !options.check) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, composition.supergraph);
  }
  const verdict = upToDate ? 'is up to date' : options.check ? 'is stale: run `npm run generate`' : 'written';
  process.stdout.write(`${relative(repository, file)} ${verdict} (${composition.services.join(', ')})\n`);
  return upToDate || !options.check ? 0 : 1;
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    hints: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) process.stdout.write(usage);
else process.exitCode = run(values);
