import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ruleFiles } from './rule-files.mjs';

const root = join(import.meta.dirname, '..', '..', '..');
const boundary = '@nx/enforce-module-boundaries';
const imports = 'no-restricted-imports';
const syntax = 'no-restricted-syntax';

type Sample = { name: string; path: string; text: string; rule: string };

const use = (specifier: string) => `import * as it from '${specifier}';\nit.toString();\n`;
const long = (lines: number) =>
  Array.from({ length: lines }, (_, line) => `globalThis.x${line}();`).join('\n');

const [rule = ''] = ruleFiles(root);
const [, app = ''] = rule.split('/');
const feature = rule.split('/').slice(0, -1).join('/');
const otherApp = app === 'venues' ? 'events' : 'venues';

/** Every boundary of the house, each broken once. */
const broken: Sample[] = [
  sample('the kernel imports no lib', 'libs/kernel/src/x.ts', use('@marquee/contracts'), boundary),
  sample('the kernel imports no package', 'libs/kernel/src/x.ts', use('pino'), boundary),
  sample(
    'the contracts import no platform lib',
    'libs/contracts/src/x.ts',
    use('@marquee/postgres'),
    boundary,
  ),
  ...['typeorm', 'pg', 'nats', 'opossum', '@apollo/server', '@opentelemetry/api'].flatMap((name) => [
    sample(`the kernel does without ${name}`, 'libs/kernel/src/x.ts', use(name), boundary),
    sample(`the contracts do without ${name}`, 'libs/contracts/src/x.ts', use(name), boundary),
  ]),
  sample('a platform lib imports no app', 'libs/postgres/src/x.ts', use('@marquee/venues'), imports),
  sample('a platform lib imports no tool', 'libs/postgres/src/x.ts', use('@marquee/tools'), imports),
  sample('an app imports no app', `apps/${app}/src/x.ts`, use(`@marquee/${otherApp}`), imports),
  sample(
    'an app reaches no app by a path',
    `apps/${app}/src/x.ts`,
    use(`../../${otherApp}/src/config.ts`),
    boundary,
  ),
  sample('an app leaves nats to messaging', `apps/${app}/src/x.ts`, use('nats'), boundary),
  sample('an app leaves opossum to outbound', `apps/${app}/src/x.ts`, use('opossum'), boundary),
  sample('an app keeps the testkit to its tests', `apps/${app}/src/x.ts`, use('@marquee/testkit'), boundary),
  sample('a lib keeps the testkit to its tests', 'libs/postgres/src/x.ts', use('@marquee/testkit'), boundary),
  sample('a tool keeps the testkit to its tests', 'tools/x.ts', use('@marquee/testkit'), boundary),
  sample('a tool imports no app', 'tools/x.ts', use('@marquee/venues'), imports),
  sample('a tool reaches no app by a path', 'tools/x/x.ts', use('../../apps/venues/src/config.ts'), boundary),
  sample('only messaging imports nats', 'libs/postgres/src/x.ts', use('nats'), imports),
  sample('only outbound imports opossum', 'libs/subgraph/src/x.ts', use('opossum'), imports),
  sample('nobody imports a lib deeply', `apps/${app}/src/x.ts`, use('@marquee/kernel/src/money.ts'), imports),
  sample(
    'nobody imports the parts of the browser client',
    `apps/${app}/src/x.ts`,
    use('@marquee/event-stream/client/link.ts'),
    imports,
  ),
  sample(
    'nobody imports another folder of the event stream',
    `apps/${app}/src/x.ts`,
    use('@marquee/event-stream/src/client/index.ts'),
    imports,
  ),
  sample('a rule file does without the platform', rule, use('@marquee/postgres'), imports),
  sample(
    'a rule file does without what runs sagas',
    rule,
    "import { startSaga } from '@marquee/sagas';\nstartSaga;",
    imports,
  ),
  sample('a rule file does without packages', rule, use('pino'), imports),
  sample('a rule file does without input and output', rule, use('node:fs'), imports),
  sample('a rule file does without its use case', rule, use('./some-use-case.ts'), imports),
  sample('a resolver does without typeorm', `${feature}/x.resolvers.ts`, use('typeorm'), imports),
  sample('a resolver does without pg', `${feature}/x.resolvers.ts`, use('pg'), imports),
  sample('a resolver does without entities', `${feature}/x.resolvers.ts`, use('./x.entity.ts'), imports),
  sample(
    'only config reads the environment',
    `apps/${app}/src/x.ts`,
    'globalThis.x = process.env.X;\n',
    syntax,
  ),
  sample('a name is exported, not a default', `apps/${app}/src/x.ts`, 'export default 1;\n', syntax),
  sample(
    'a breaker can be switched off',
    `apps/${app}/src/x.ts`,
    "createOutbound({ name: 'x', timeoutMs: 1 });\n",
    syntax,
  ),
  sample('there is no enum', `apps/${app}/src/x.ts`, 'export enum Colour { Red }\n', syntax),
  sample(
    'a function has 70 lines',
    `apps/${app}/src/x.ts`,
    `export function f() {\n${long(70)}\n}\n`,
    'max-lines-per-function',
  ),
  sample('a file has 300 lines', `apps/${app}/src/x.ts`, `${long(301)}\n`, 'max-lines'),
  sample('no test is skipped', 'libs/kernel/src/x.test.ts', "test.skip('x', () => {});\n", syntax),
  sample('no test sleeps', 'libs/kernel/src/x.test.ts', use('node:timers/promises'), syntax),
];

/** What must stay allowed, so that a rule is known to be no wider than meant. */
const kept: Sample[] = [
  sample('contracts import the kernel', 'libs/contracts/src/x.ts', use('@marquee/kernel'), boundary),
  sample('an app imports platform libs', `apps/${app}/src/x.ts`, use('@marquee/postgres'), boundary),
  ...[imports, boundary].map((rule) =>
    sample(
      `an app imports the event stream's client for browsers (${rule})`,
      `apps/${app}/src/x.ts`,
      use('@marquee/event-stream/client'),
      rule,
    ),
  ),
  sample('messaging imports nats', 'libs/messaging/src/x.ts', use('nats'), imports),
  sample('outbound imports opossum', 'libs/outbound/src/x.ts', use('opossum'), imports),
  sample("an app's test imports the testkit", `apps/${app}/src/x.test.ts`, use('@marquee/testkit'), boundary),
  sample(
    "a lib's test imports the testkit",
    'libs/postgres/src/x.test.ts',
    use('@marquee/testkit'),
    boundary,
  ),
  sample(
    'a rule file defines a saga',
    rule,
    "import { defineSaga } from '@marquee/sagas';\ndefineSaga;",
    imports,
  ),
  sample('a rule file imports the kernel', rule, use('@marquee/kernel'), imports),
  sample('a rule file imports a rule file', rule, use(`./${rule.split('/').pop()}`), imports),
  sample(
    'config reads the environment',
    `apps/${app}/src/config.ts`,
    'globalThis.x = process.env.X;\n',
    syntax,
  ),
];

let found: { path: string; messages: { rule: string; message: string }[] }[];

beforeAll(() => {
  const bin = join(root, 'node_modules', '.bin');
  // The rule reads a cached project graph and says nothing without one.
  spawnSync(join(bin, 'nx'), ['show', 'projects'], { cwd: root });
  const script = join(import.meta.dirname, 'lint-text.mjs');
  const input = JSON.stringify(
    [...broken, ...kept].map(({ path, text }) => ({ path: join(root, path), text })),
  );
  const child = spawnSync(join(bin, 'node'), [script], {
    cwd: root,
    input,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (child.status !== 0) throw new Error(child.stderr);
  found = JSON.parse(child.stdout);
});

function sample(name: string, path: string, text: string, rule: string): Sample {
  return { name, path, text, rule };
}

function rulesAt(index: number): string[] {
  return found[index]!.messages.map((message) => message.rule);
}

test('there are rule files to guard', () => {
  expect(ruleFiles(root).length).toBeGreaterThan(2);
});

describe('A broken boundary is an error:', () => {
  test.each(broken.map((one, index) => ({ ...one, index })))('$name ($path)', ({ rule, index }) => {
    expect(rulesAt(index)).toContain(rule);
  });
});

describe('What the house allows stays allowed:', () => {
  test.each(kept.map((one, index) => ({ ...one, index: broken.length + index })))(
    '$name',
    ({ rule, index }) => {
      expect(rulesAt(index)).not.toContain(rule);
    },
  );
});
