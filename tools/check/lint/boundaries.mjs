// Who may import whom: house rules as lint configuration. Each one is broken on purpose in boundaries.test.ts.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ruleFiles } from './rule-files.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const tests = ['**/*.test.ts', '**/*.scenario.ts', '**/*.test-support.ts'];
const platformAndBelow = ['layer:platform', 'layer:contracts', 'layer:kernel'];
const infrastructure = ['typeorm', 'pg', 'nats', '@nats-io/*', 'opossum', '@apollo/*', '@opentelemetry/*'];

/** Projects by layer. Apps and tools reach the testkit from tests alone. */
function layerConstraints({ testkit }) {
  const extra = testkit ? ['layer:testkit'] : [];
  return [
    {
      sourceTag: 'layer:kernel',
      onlyDependOnLibsWithTags: extra,
      bannedExternalImports: testkit ? infrastructure : ['*'],
    },
    {
      sourceTag: 'layer:contracts',
      onlyDependOnLibsWithTags: ['layer:kernel', ...extra],
      bannedExternalImports: infrastructure,
    },
    { sourceTag: 'layer:platform', onlyDependOnLibsWithTags: [...platformAndBelow, ...extra] },
    { sourceTag: 'layer:testkit', onlyDependOnLibsWithTags: [...platformAndBelow, 'layer:testkit'] },
    {
      sourceTag: 'layer:plugin',
      onlyDependOnLibsWithTags: ['layer:plugin-sdk', 'layer:contracts', 'layer:kernel', ...extra],
    },
    {
      sourceTag: 'layer:plugin-sdk',
      onlyDependOnLibsWithTags: ['layer:contracts', 'layer:kernel', ...extra],
    },
    {
      sourceTag: 'layer:app',
      onlyDependOnLibsWithTags: [...platformAndBelow, 'layer:plugin-sdk', ...extra],
      bannedExternalImports: ['nats', '@nats-io/*', 'opossum'],
    },
    {
      sourceTag: 'layer:tool',
      onlyDependOnLibsWithTags: [...platformAndBelow, 'layer:plugin-sdk', ...extra],
    },
  ];
}

/**
 * What apps open to the tools by its path: their migrations, what the gateway adds to the composed graph, how it names
 * and reads registered documents, how it records what of the graph is used, and its REST facade.
 */
const opened = [
  '^(\.\./)+apps/[^/]+/src/migrations/index\.ts$',
  '^(\.\./)+apps/gateway/src/node/node-schema\.ts$',
  '^(\.\./)+apps/gateway/src/(abuse|documents|usage|rest)/[^/]+\.ts$',
  // Jest's own set-up runs before Jest resolves anything.
  '^\.\./\.\./libs/testkit/src/[^/]+\.ts$',
];

/** The testkit uses the platform libraries, whose tests use the testkit: a circle of projects, never of files. */
const circle = readdirSync(join(root, 'libs'))
  .filter((lib) => lib !== 'testkit')
  .map((lib) => ['@marquee/testkit', `@marquee/${lib}`]);

function moduleBoundaries({ testkit, allow = [] }) {
  return [
    'error',
    {
      allow,
      // An import that happens late is still an import; whether it is worth it is not for Nx to say.
      checkDynamicDependenciesExceptions: ['.*'],
      depConstraints: layerConstraints({ testkit }),
      ignoredCircularDependencies: circle,
    },
  ];
}

/**
 * Further entries of libraries, each named in its exports map: what runs in a browser must not bring the server along,
 * nor every test a subgraph's server.
 */
const furtherEntries = ['event-stream/client', 'testkit/graph', 'testkit/pdf'].join('|');

const deepImport = {
  regex: `^@marquee/(?!(?:${furtherEntries})$)[^/]+/`,
  message: 'A lib is its index.ts: no deep imports.',
};

/** Nx sees no edge here, because an app exports nothing that the name could stand for. */
function notALib() {
  const names = [...readdirSync(join(root, 'apps')), 'tools'].join('|');
  return { regex: `^@marquee/(?:${names})(?:/|$)`, message: 'Apps and tools are not libraries.' };
}

const soleImporters = [
  { lib: 'messaging', group: ['nats', 'nats/*', '@nats-io/*'] },
  { lib: 'outbound', group: ['opossum', 'opossum/*'] },
];

/** The parts of `no-restricted-imports` that hold for a file of this place; ESLint does not merge them by itself. */
function restrictedImports({ lib, extra = [] } = {}) {
  const soles = soleImporters
    .filter((sole) => sole.lib !== lib)
    .map((sole) => ({ group: sole.group, message: `Only libs/${sole.lib} imports ${sole.group[0]}.` }));
  return ['error', { patterns: [deepImport, notALib(), ...soles, ...extra] }];
}

const noTypeOrm = {
  group: ['typeorm', 'typeorm/*', 'pg', '**/*.entity.ts'],
  message: 'Resolvers translate; they never touch the database.',
};

/** A rule file takes what it needs as arguments: it imports the kernel and its neighbours that are rules too. */
function ruleFileBoundary(file, files) {
  const app = file.split('/').slice(0, 2).join('/');
  const neighbours = files
    .filter((other) => other.startsWith(`${app}/`))
    .map((other) => other.split('/').pop());
  const names = neighbours.map((name) => name.replaceAll('.', '\\.')).join('|');
  const message = 'A rule file imports only the kernel and other rule files (decision 0005).';
  return {
    name: `marquee/rules of ${file}`,
    files: [file],
    rules: {
      'no-restricted-imports': restrictedImports({
        extra: [
          { regex: `^(?!@marquee/(?:kernel|sagas)$|${calculation}|\\.{1,2}/(?:.*/)?(?:${names})$)`, message },
          { regex: '^@marquee/sagas$', allowImportNames: sagaRules, message },
        ],
      }),
    },
  };
}

/** Of sagas, what defines one: pure functions from state and input to what follows. */
const sagaRules = ['defineSaga', 'SagaCommand', 'SagaInput', 'SagaStep', 'SagaTypes'];

/** Libraries that only calculate, so that a rule stays pure with them. */
const calculation = ['ical\\.js', 'rrule-temporal', 'temporal-polyfill', 'windows-iana']
  .map((name) => `${name}(?:/|$)`)
  .join('|');

export function boundaries() {
  const files = ruleFiles(root);
  return [
    {
      name: 'marquee/boundaries',
      rules: {
        '@nx/enforce-module-boundaries': moduleBoundaries({ testkit: false }),
        'no-restricted-imports': restrictedImports(),
      },
    },
    ...soleImporters.map(({ lib }) => ({
      name: `marquee/sole importer ${lib}`,
      files: [`libs/${lib}/**`],
      rules: { 'no-restricted-imports': restrictedImports({ lib }) },
    })),
    {
      name: 'marquee/resolvers',
      files: ['apps/**/*.resolvers.ts'],
      rules: { 'no-restricted-imports': restrictedImports({ extra: [noTypeOrm] }) },
    },
    ...files.map((file) => ruleFileBoundary(file, files)),
    {
      name: 'marquee/boundaries of tests',
      files: tests,
      rules: { '@nx/enforce-module-boundaries': moduleBoundaries({ testkit: true }) },
    },
    {
      name: 'marquee/boundaries of tools',
      files: ['tools/**'],
      ignores: tests,
      rules: { '@nx/enforce-module-boundaries': moduleBoundaries({ testkit: false, allow: opened }) },
    },
    {
      name: "marquee/boundaries of the tools' tests",
      files: tests.map((glob) => `tools/${glob}`),
      rules: { '@nx/enforce-module-boundaries': moduleBoundaries({ testkit: true, allow: opened }) },
    },
  ];
}
