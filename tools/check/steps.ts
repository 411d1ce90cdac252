import { join } from 'node:path';

export type Step = {
  readonly name: string;
  /** What a person does when it fails. */
  readonly remedy: string;
  /** Arguments for Node, from the root of the workspace. */
  readonly command: readonly string[];
  /** Steps that must have ended first. */
  readonly after?: readonly string[];
};

const bin = (...path: string[]) => join('node_modules', ...path);
const tool = (...path: string[]) => join('tools', ...path);

/** Everything that a change must pass beside the tests. Each reads only the checkout. */
export const steps: readonly Step[] = [
  {
    // ESLint reads Nx's graph from its cache and keeps silent about boundaries without one.
    name: 'project graph',
    remedy: 'see the message of Nx',
    command: [bin('nx', 'dist', 'bin', 'nx.js'), 'show', 'projects'],
  },
  {
    name: 'types',
    remedy: 'mend the types',
    command: [bin('typescript', 'bin', 'tsc'), '-p', 'tsconfig.json', '--pretty', 'false'],
  },
  {
    name: 'lint',
    remedy: 'npx eslint --fix mends some of it',
    command: [bin('eslint', 'bin', 'eslint.js'), '.', '--max-warnings=0'],
    after: ['project graph'],
  },
  {
    name: 'formatting',
    remedy: 'npm run format',
    command: [bin('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level=warn', '.'],
  },
  { name: 'catalogue', remedy: 'npm run generate', command: [tool('contracts', 'main.ts'), '--check'] },
  {
    name: 'compatibility',
    remedy: 'add a version of the event and an upcaster: libs/contracts/README.md',
    command: [tool('contracts', 'compatibility.ts')],
  },
  { name: 'generated types', remedy: 'npm run generate', command: [tool('codegen', 'main.ts'), '--check'] },
  { name: 'backbone pages', remedy: 'npm run generate', command: [tool('backbone', 'main.ts'), '--check'] },
  { name: 'alerts', remedy: 'npm run generate', command: [tool('slo', 'main.ts'), '--check'] },
  {
    name: 'client types',
    remedy: 'npm run generate',
    command: [tool('client-types', 'main.ts'), '--check'],
  },
  {
    name: 'reference pages',
    remedy: 'npm run generate',
    command: [tool('reference', 'main.ts'), '--check'],
  },
  { name: 'charts', remedy: 'npm run generate', command: [tool('charts', 'main.ts'), '--check'] },
  {
    name: 'schema changes',
    remedy: 'keep what is used and mark it @deprecated: docs/front-end/schema-changes.md',
    command: [tool('schema-check', 'main.ts'), '--baseline'],
  },
  { name: 'composition', remedy: 'npm run generate', command: [tool('compose', 'main.ts'), '--check'] },
];
