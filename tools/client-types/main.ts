import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { parse } from 'graphql';
import { resolveConfig } from 'prettier';
import { workspaceRoot } from '../start/config.ts';
import { generateClient } from './generate-client.ts';

const file = join(workspaceRoot, 'libs/client/src/generated/operations.ts');
const gateway = join(workspaceRoot, 'apps/gateway/src');

const usage = `Writes ${relative(workspaceRoot, file)} from the composed graph and the operations of the contract.

  node tools/client-types/main.ts [--check]

  --check   writes nothing; exits 1 where the file is not what it would be
  --help
`;

async function run(checkOnly: boolean): Promise<number> {
  const sdl = readFileSync(join(gateway, 'generated/supergraph.graphql'), 'utf8');
  const schema = Supergraph.build(sdl).apiSchema().toGraphQLJSSchema();
  const document = parse(readFileSync(join(gateway, 'contract/journey.graphql'), 'utf8'));
  const wanted = await generateClient(schema, document, (await resolveConfig(file)) ?? {});
  const upToDate = existsSync(file) && readFileSync(file, 'utf8') === wanted;
  if (!upToDate && !checkOnly) writeFileSync(file, wanted);
  const verdict = upToDate ? 'is up to date' : checkOnly ? 'is stale: run `npm run generate`' : 'written';
  process.stdout.write(`${relative(workspaceRoot, file)} ${verdict}\n`);
  return upToDate || !checkOnly ? 0 : 1;
}

const { values } = parseArgs({
  options: {
    check: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  },
});
if (values.help) process.stdout.write(usage);
else process.exitCode = await run(values.check);
