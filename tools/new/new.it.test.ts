import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testServers } from '@marquee/testkit';
import { copyWorkspace } from './workspace-copy.test-support.ts';

/** In a copy of the workspace: each generated slice must pass what a change of ours must pass. */
let workspace: ReturnType<typeof copyWorkspace>;
let env: NodeJS.ProcessEnv;

beforeAll(async () => {
  const { postgresUrl, natsUrl } = await testServers();
  env = { ...process.env, MARQUEE_TEST_POSTGRES_URL: postgresUrl, MARQUEE_TEST_NATS_URL: natsUrl };
  workspace = copyWorkspace();
  for (const words of [
    ['service', 'loyalty', 'rewards', '--no-lock', '--no-generate'],
    ['feature', 'venues', 'turnstiles', '--no-generate'],
    ['feature', 'tickets', 'voucher-batches', '--no-generate'],
    ['event', 'venues.turnstile-locked.v1'],
  ]) {
    const { status, output } = node('tools/new/main.ts', ...words);
    if (status !== 0) throw new Error(output);
  }
}, 180_000);

afterAll(() => {
  workspace?.remove();
});

function node(...args: string[]): { readonly status: number | null; readonly output: string } {
  const options = { cwd: workspace.root, env, encoding: 'utf8', maxBuffer: 1 << 26 } as const;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  return { status, output: stdout + stderr };
}

const generated = [
  'apps/loyalty',
  'apps/venues/src/turnstiles',
  'apps/tickets/src/voucher-batches',
  'libs/contracts/src/venues-turnstile-locked-v1.test.ts',
];

describe('what npm run new writes', () => {
  test('passes its own tests, on a real database', () => {
    expect(node('tools/test/main.ts', ...generated)).toEqual({
      status: 0,
      output: expect.stringMatching(/^\d\d passed, 0 failed$/m),
    });
  }, 240_000);

  test('type-checks, and so does what it was added to', () => {
    const include = ['apps/loyalty', 'apps/venues', 'apps/tickets', 'libs/contracts'].map(
      (path) => `${path}/src`,
    );
    const config = JSON.stringify({ extends: './tsconfig.base.json', include });
    writeFileSync(join(workspace.root, 'tsconfig.new.json'), config);
    const compiled = node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.new.json');
    expect(compiled).toEqual({ status: 0, output: '' });
  });

  test('passes lint and is formatted', () => {
    node('node_modules/nx/dist/bin/nx.js', 'show', 'projects');
    expect(node('node_modules/eslint/bin/eslint.js', ...generated)).toEqual({ status: 0, output: '' });
    const edited = ['apps/venues/src/context.ts', 'apps/tickets/src/resolvers.ts', 'libs/kernel/src/ids.ts'];
    const formatted = node('node_modules/prettier/bin/prettier.cjs', '--check', ...generated, ...edited);
    expect(formatted.output).not.toContain('[warn]');
  });

  test('is part of the graph', () => {
    const supergraph = readFileSync(
      join(workspace.root, 'apps/gateway/src/generated/supergraph.graphql'),
      'utf8',
    );
    expect(supergraph).toMatch(/LOYALTY @join__graph/);
    expect(supergraph).toMatch(/createVoucherBatch\(input: CreateVoucherBatchInput!\)/);
  });
});

describe('what cannot be generated', () => {
  test.each([
    [['service', 'venues'], 'apps/venues is there already'],
    [['feature', 'nowhere', 'things'], 'There is no service nowhere'],
    [['feature', 'venues', 'spaces'], 'The graph has a type Space already'],
    [['feature', 'analytics', 'reports'], 'analytics only reads'],
    [['feature', 'venues', 'sheep'], '--one'],
    [['event', 'venues.gate.v1'], 'is no event type'],
    [['event', 'venues.space-created.v1'], 'is in libs/contracts/src/venues.ts already'],
    [['feature', 'venues', 'Bad Name'], 'must be lower-case words'],
  ])('%j is refused, and nothing is written', (words, message) => {
    const { status, output } = node('tools/new/main.ts', ...words);
    expect(status).toBe(1);
    expect(output).toContain(message);
    expect(existsSync(join(workspace.root, 'apps', 'nowhere'))).toBe(false);
  });
});
