import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const tools = join(import.meta.dirname, '..');

/** In this order: the supergraph is composed of schemas whose types are known to be right. */
const generators = [
  'contracts',
  'codegen',
  'compose',
  'backbone',
  'errors',
  'client-types',
  'reference',
  'slo',
  'charts',
];

const usage = `npm run generate -- [--check]

Writes what is generated and committed: the catalogue of events as JSON Schema and as a page, resolver types of each
app, the composed supergraph, the types of the client, the pages of the event flow, the command line, the errors, the
schema and the REST facade, rules, dashboards and runbooks, and what the charts render.

  --check   writes nothing; exits 1 where a file is not what it would be
  --help
`;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else {
  const flags = values.check ? ['--check'] : [];
  for (const generator of generators) {
    const script = join(tools, generator, 'main.ts');
    const { status } = spawnSync(process.execPath, [script, ...flags], { stdio: 'inherit' });
    if (status !== 0) process.exitCode = 1;
  }
}
