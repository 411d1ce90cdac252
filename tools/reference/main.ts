import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Supergraph } from '@apollo/federation-internals';
import { writePages } from '../docs/write-pages.ts';
import { workspaceRoot } from '../start/config.ts';
import { restPage } from './rest-page.ts';
import { schemaPages } from './schema-pages.ts';

const usage = `node tools/reference/main.ts [--check]

Writes docs/reference/schema, from the composed graph, and docs/front-end/rest.md, from the documents of the REST facade.

  --check   writes nothing; exits 1 where a page is not what it would be
  --help
`;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else {
  const file = join(workspaceRoot, 'apps/gateway/src/generated/supergraph.graphql');
  const schema = Supergraph.build(readFileSync(file, 'utf8')).apiSchema().toGraphQLJSSchema();
  await writePages([...schemaPages(schema), restPage(schema)], values);
}
