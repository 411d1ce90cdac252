import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { generateTypes } from './generate-types.ts';

const repository = join(import.meta.dirname, '../..');

const usage = `Writes apps/NAME/src/generated/schema.ts from the application's *.graphql files.

  node tools/codegen/main.ts [NAME ...] [--check]

  NAME      one application or more; all of them when none is named
  --check   writes nothing; exits 1 where a file is not what it would be
`;

/** The applications with a schema of their own. The gateway's is composed, not written. */
function applicationsWithSchema(): string[] {
  return readdirSync(join(repository, 'apps'))
    .filter((name) => name !== 'gateway')
    .filter((name) =>
      readdirSync(join(repository, 'apps', name), { recursive: true }).some((file) =>
        String(file).endsWith('.graphql'),
      ),
    );
}

/** Whether the file on disk was already right; writes it unless only checking. */
async function update(name: string, checkOnly: boolean): Promise<boolean> {
  const file = join(repository, 'apps', name, 'src/generated/schema.ts');
  const wanted = await generateTypes(join(repository, 'apps', name));
  const upToDate = existsSync(file) && readFileSync(file, 'utf8') === wanted;
  if (!upToDate && !checkOnly) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
  const verdict = upToDate ? 'is up to date' : checkOnly ? 'is stale: run `npm run generate`' : 'written';
  process.stdout.write(`${relative(repository, file)} ${verdict}\n`);
  return upToDate;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) {
  process.stdout.write(usage);
} else {
  const names = positionals.length > 0 ? positionals : applicationsWithSchema();
  const results = [];
  for (const name of names) results.push(await update(name, values.check));
  if (values.check && results.includes(false)) process.exitCode = 1;
}
