import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startDraft, type Draft } from './draft.ts';
import { draftEvent } from './event.ts';
import { draftFeature } from './feature.ts';
import { finish } from './finish.ts';
import { namesOf, NewError, parseKebab } from './names.ts';
import { draftService } from './service.ts';

const usage = `npm run new -- service NAME [FEATURE]      a service with its first feature (NAME unless told)
npm run new -- feature SERVICE NAME        a feature: schema, resolvers, rule, use case, SQL, migration, event, tests
npm run new -- event TYPE                  a domain event with its test, such as tickets.hold-placed.v1

Names are lower-case words joined by hyphens; a feature's is a plural (check-in-lists).

  --one NAME      the feature's singular where it is irregular
  --no-generate   leave what is generated alone: run npm run generate after the last of several
  --no-lock       leave package-lock.json alone
  --help
`;

type Options = { readonly one?: string };

function plan(draft: Draft, root: string, words: readonly string[], { one }: Options): string {
  const [kind, first, second] = words;
  if (kind === 'event' && words.length === 2) {
    draftEvent(draft, first!);
    return `Next: add to its data in libs/contracts/src, and append it where it happens.`;
  }
  if (kind === 'feature' && words.length === 3) {
    const names = namesOf(parseKebab('A service', first), parseKebab('A feature', second), one);
    draftFeature(draft, root, names, Date.now());
    return `Next: npm test -- apps/${first}/src/${second}`;
  }
  if (kind === 'service' && (words.length === 2 || words.length === 3)) {
    const service = parseKebab('A service', first);
    draftService(draft, root, namesOf(service, parseKebab('A feature', second ?? service), one), Date.now());
    return `Next: npm install, then npm test -- apps/${first}; npm start runs it with the others.`;
  }
  throw new NewError(usage);
}

function main(): void {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      one: { type: 'string' },
      root: { type: 'string', default: join(import.meta.dirname, '..', '..') },
      'no-generate': { type: 'boolean', default: false },
      'no-lock': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(usage);
  const { root } = values;
  const draft = startDraft(root);
  const next = plan(draft, root, positionals, values.one ? { one: parseKebab('--one', values.one) } : {});
  const paths = draft.write();
  finish(root, paths, {
    generate: !values['no-generate'],
    lock: positionals[0] === 'service' && !values['no-lock'],
  });
  process.stdout.write(`${paths.map((path) => `  ${path}\n`).join('')}${next}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof NewError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
