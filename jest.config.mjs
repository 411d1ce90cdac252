import { existsSync, readdirSync } from 'node:fs';

const common = {
  testEnvironment: 'node',
  transform: {},
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
      rootDir: directory,
      testMatch: ['<rootDir>/**/*.test.ts'],
    })),
  globalSetup: './tools/test/global-setup.mjs',
  globalTeardown: './tools/test/global-teardown.mjs',
  // Tests wait on conditions, so this is only met by what hangs; two busy cores take seconds for a server's start.
  testTimeout: 30_000,
  coverageProvider: 'v8',
  // Wiring runs in processes of its own, where this coverage does not look.
  collectCoverageFrom: [
    '{apps,libs}/*/src/**/*.ts',
    '!**/*.{test,test-support}.ts',
    '!**/{generated,migrations}/**',
    '!**/{main,config}.ts',
  ],
};
