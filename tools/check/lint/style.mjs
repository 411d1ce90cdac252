// The house's conventions that a machine can see.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'No default exports: a name is searched for, a default is not.',
};
const noEnum = { selector: 'TSEnumDeclaration', message: 'No enum: use a union of literals.' };
const noEnvironment = {
  selector: [
    "MemberExpression[object.name='process'][property.name='env']",
    "ImportDeclaration[source.value=/^(node:)?process$/] ImportSpecifier[imported.name='env']",
    "VariableDeclarator[init.name='process'] > ObjectPattern > Property[key.name='env']",
  ].join(', '),
  message: 'Only config.ts reads process.env: take the value as an argument.',
};
const noDeafOutbound = {
  selector:
    "CallExpression[callee.name='createOutbound'] > ObjectExpression:not(:has(> Property[key.name='breaker']))",
  message: 'Say `breaker: { isOn }`, so that operators can switch it off: docs/sre/flags.md.',
};
const noFocus = {
  selector:
    'CallExpression[callee.object.name=/^(test|it|describe)$/][callee.property.name=/^(only|skip|todo|failing)$/]',
  message: 'No focused, skipped or unfinished tests.',
};
const noSleep = {
  selector: "ImportDeclaration[source.value='node:timers/promises']",
  message: 'Tests wait on conditions (testkit `eventually`), they never sleep.',
};

const limits = { skipBlankLines: true, skipComments: true };

export const style = [
  {
    name: 'marquee/style',
    rules: {
      'max-lines': ['error', { max: 300, ...limits }],
      'max-lines-per-function': ['error', { max: 70, ...limits }],
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, noEnvironment, noDeafOutbound],
      'no-warning-comments': ['error', { terms: ['todo', 'fixme', 'xxx'], location: 'start' }],
      'object-shorthand': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-param-reassign': 'error',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', caughtErrorsIgnorePattern: '^_' },
      ],
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
    },
  },
  {
    name: 'marquee/no console in services',
    files: ['apps/**', 'libs/**'],
    rules: { 'no-console': 'error' },
  },
  {
    name: 'marquee/tests',
    files: ['**/*.test.ts', '**/*.scenario.ts', '**/*.test-support.ts'],
    rules: {
      // A describe callback is a table of contents, not a function.
      'max-lines-per-function': 'off',
      'no-restricted-syntax': ['error', noDefaultExport, noEnum, noFocus, noSleep],
    },
  },
  {
    name: 'marquee/config',
    files: ['**/config.ts'],
    rules: { 'no-restricted-syntax': ['error', noDefaultExport, noEnum] },
  },
  {
    name: 'marquee/plain JavaScript at the edges of the toolchain',
    files: ['**/*.mjs'],
    rules: { 'no-restricted-syntax': 'off' },
  },
];

/** Rules that need types: promises nobody waits for are the faults that tests miss. */
export const typedStyle = {
  name: 'marquee/typed',
  files: ['**/*.ts'],
  // One program for all: with one for each of twenty projects, linting needed more than 4 GB.
  languageOptions: { parserOptions: { project: 'tsconfig.json', tsconfigRootDir: root } },
  rules: {
    '@typescript-eslint/await-thenable': 'error',
    '@typescript-eslint/no-floating-promises': 'error',
    '@typescript-eslint/no-misused-promises': 'error',
    '@typescript-eslint/only-throw-error': 'error',
    '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
  },
};
