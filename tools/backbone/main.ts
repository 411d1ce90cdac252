import { parseArgs } from 'node:util';
import { writePages } from '../docs/write-pages.ts';
import { pages } from './pages.ts';

const usage = `node tools/backbone/main.ts [--check]

Writes the pages of docs/backbone that are generated: event-flow.md from the code, cli.md from the commands' --help.

  --check   writes nothing; exits 1 where a page is not what it would be
  --help
`;

const { values } = parseArgs({
  options: { check: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
});

if (values.help) process.stdout.write(usage);
else await writePages(pages(), values);
