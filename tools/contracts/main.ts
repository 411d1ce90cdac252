import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { catalogueSchemas, findBreaks, type CatalogueSchemas } from '@marquee/contracts';
import { format } from 'prettier';
import { asyncApiDocument } from './asyncapi.ts';
import { breaksText } from './breaks-text.ts';
import { eventTypesModule } from './event-types.ts';
import { eventsPage } from './events-page.ts';
import { snapshotPath } from './snapshot.ts';

const repository = join(import.meta.dirname, '../..');

const usage = `Writes the catalogue of events as JSON Schema (${snapshotPath}) and as a page (docs/backbone/events.md),
as AsyncAPI (docs/integrators/asyncapi.json) and as types (libs/sdk).
Writes nothing where an event changed in a way that its version does not allow.

  node tools/contracts/main.ts [--check]

  --check   writes nothing; exits 1 where a file is not what it would be
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help) return print(usage, 0);
  const schemas = catalogueSchemas();
  const snapshot = join(repository, snapshotPath);
  if (existsSync(snapshot)) {
    const kept = JSON.parse(readFileSync(snapshot, 'utf8')) as CatalogueSchemas;
    const breaks = findBreaks(kept, schemas);
    if (breaks.length > 0) return print(breaksText(breaks), 1);
  }
  const wanted = {
    [snapshotPath]: `${JSON.stringify(schemas, null, 2)}\n`,
    'docs/backbone/events.md': await eventsPage(schemas),
    'docs/integrators/asyncapi.json': await format(JSON.stringify(asyncApiDocument(schemas)), {
      parser: 'json',
      printWidth: 110,
    }),
    'libs/sdk/src/generated/events.ts': await eventTypesModule(schemas),
  };
  const results = Object.entries(wanted).map(([path, content]) =>
    update(join(repository, path), content, values.check),
  );
  return values.check && results.includes(false) ? 1 : 0;
}

/** Whether the file on disk was already right; writes it unless only checking. */
function update(file: string, wanted: string, checkOnly: boolean): boolean {
  const upToDate = existsSync(file) && readFileSync(file, 'utf8') === wanted;
  if (!upToDate && !checkOnly) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, wanted);
  }
  const verdict = upToDate ? 'is up to date' : checkOnly ? 'is stale: run `npm run generate`' : 'written';
  print(`${relative(repository, file)} ${verdict}\n`, 0);
  return upToDate;
}

function print(text: string, code: number): number {
  process.stdout.write(text);
  return code;
}

process.exitCode = await main();
