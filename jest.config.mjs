import { existsSync, readdirSync } from 'node:fs';

/** Jest's own packages are as it loads them, and oidc-provider tells plain objects by their realm's `Object`. */
const sharedPackages = '/node_modules/(?!jest-|@jest/|oidc-provider/).*\\.[cm]?js$';

const common = {
  testEnvironment: `${import.meta.dirname}/tools/test/node-environment.mjs`,
  transform: {
    '\\.ts$': `${import.meta.dirname}/tools/test/strip-types.mjs`,
    [sharedPackages]: `${import.meta.dirname}/tools/test/share-package.mjs`,
  },
  transformIgnorePatterns: [],
  extensionsToTreatAsEsm: ['.ts'],
};

const projectDirectories = ['apps', 'libs'].flatMap((parent) =>
  readdirSync(parent).map((name) => `${parent}/${name}`),
);

/** One root Jest with a project a workspace: three times quicker than one Jest per Nx project. */
export default {
  projects: [...projectDirectories, 'tools']
    .filter((directory) => existsSync(`${directory}/package.json`))
    .map((directory) => ({
      ...common,
      displayName: directory,
      // The root, not the project's folder: Istanbul leaves out what lies outside of it, which would be every library.
      rootDir: import.meta.dirname,
      roots: [`<rootDir>/${directory}`],
      testMatch: [`<rootDir>/${directory}/**/*.test.ts`],
    })),
  globalSetup: './tools/test/global-setup.mjs',
  globalTeardown: './tools/test/global-teardown.mjs',
  // Tests wait on conditions, so this is only met by what hangs: longer than `eventually` waits, and than the slowest test
  // takes on a machine three times slower than ours. What may take longer says so itself.
  testTimeout: 120_000,
  // A worker has nothing open 2 ms after it is told to end (measured), but has up to 1 GB to give back, which takes longer
  // than Jest's half a second on busy cores. One that does leave something open is still told of.
  workerGracefulExitTimeout: 10_000,
  // Counters in our own sources alone. V8's coverage looks at every dependency too and doubles the time of all tests.
  coverageProvider: 'babel',
  // Wiring runs in processes of its own, where this coverage does not look.
  collectCoverageFrom: [
    '{apps,libs}/*/src/**/*.ts',
    '!**/*.{test,test-support}.ts',
    '!**/{generated,migrations}/**',
    '!**/{main,config}.ts',
  ],
};
