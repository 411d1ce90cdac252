import { parseArgs } from 'node:util';
import { writePages } from '../docs/write-pages.ts';
import { errorsPage } from './errors-page.ts';

const usage = `node tools/errors/main.ts [--check]

Writes docs/front-end/errors.md: every error code from libs/subgraph, every refusal from the composed graph.

  --check   writes nothing; exits 1 where the page is not what it would be
  --help
`;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else await writePages([{ path: 'docs/front-end/errors.md', text: errorsPage() }], values);
