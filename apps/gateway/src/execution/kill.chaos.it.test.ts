import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createMetrics } from '@marquee/telemetry';
import { eventually, times } from '@marquee/testkit';
import {
  ask,
  readinessOf,
  startFakePlatform,
  type Answer,
  type FakePlatform,
} from '../fake-platform.test-support.ts';

const file = fileURLToPath(new URL('./service-process.test-support.ts', import.meta.url));
const metrics = createMetrics();
const children = new Map<string, ChildProcess>();
const ports = new Map<string, number>();
let platform: FakePlatform;
let token: string;

async function startProcess(name: string): Promise<void> {
  const child = spawn(process.execPath, [file, name, String(ports.get(name))], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.set(name, child);
  await once(child.stdout!, 'data');
}

beforeAll(async () => {
  platform = await startFakePlatform({ metrics });
  token = await platform.issuer.sign();
  for (const [name, service] of Object.entries(platform.services)) {
    // Their places are taken by processes: what is killed with SIGKILL answers nobody, and closes nothing in order.
    ports.set(name, service.port);
    await service.drain();
    await startProcess(name);
  }
});

afterAll(async () => {
  for (const child of children.values()) child.kill('SIGKILL');
  await platform?.stop();
});

const query = '{ venues { name } occurrences { id } }';
const rootOf: Readonly<Record<string, string>> = { venues: 'venues', events: 'occurrences' };

/** Clients that ask without pause until told to stop; answers all that they were answered. */
function startLoad(clients: number): { stop(): Promise<readonly Answer[]> } {
  let running = true;
  const answers: Answer[] = [];
  const loops = Array.from({ length: clients }, async () => {
    while (running) answers.push(await ask(platform.gateway, query, { token }));
  });
  return {
    stop: async () => {
      running = false;
      await Promise.all(loops);
      return answers;
    },
  };
}

const stateOf = async (name: string) =>
  (await readinessOf(platform.gateway)).details.breakers.find((breaker) => breaker.name === name)?.state;

test.each(['venues', 'events'])(
  'with %s killed under load the rest is answered, what is missing is typed, and it is back soon after it returned',
  async (name) => {
    const other = name === 'venues' ? 'events' : 'venues';
    for (let round = 0; round < times({ test: 1, soak: 20 }); round++) {
      await eventually(async () =>
        expect((await ask(platform.gateway, query, { token })).body.errors).toBeUndefined(),
      );
      const load = startLoad(4);
      const child = children.get(name)!;
      child.kill('SIGKILL');
      await once(child, 'exit');
      await eventually(async () => expect(await stateOf(name)).not.toBe('closed'));
      expect(await stateOf(other)).toBe('closed');
      expect(metrics.text()).toMatch(
        new RegExp(`marquee_outbound_breaker_state\\{outbound="${name}"\\} [12]`),
      );
      await startProcess(name);
      const backAtMs = performance.now();
      await eventually(async () =>
        expect((await ask(platform.gateway, query, { token })).body.errors).toBeUndefined(),
      );
      const seconds = (performance.now() - backAtMs) / 1_000;
      process.stderr.write(`${name} killed: answers again ${seconds.toFixed(2)} s after it is back\n`);
      const answers = await load.stop();
      // A soak has the machine to itself; elsewhere other tests take their share of it.
      expect(seconds).toBeLessThanOrEqual(times({ test: 60, soak: 2 }));

      const broken = answers.filter(({ body }) => body.errors !== undefined);
      expect(broken.length).toBeGreaterThan(0);
      for (const { status, body } of answers) {
        expect(status).toBe(200);
        expect(body.data![rootOf[other]!]).toHaveLength(1);
      }
      for (const { body } of broken) {
        expect(body.data![rootOf[name]!]).toBeNull();
        for (const error of body.errors) {
          expect(error).toMatchObject({
            path: [rootOf[name]],
            extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: name },
          });
          // No address, port, stack or error of a library.
          expect(JSON.stringify(error)).not.toMatch(/127\.0\.0\.1|localhost|ECONN|undici|\.ts:/);
        }
      }
    }
  },
  times({ test: 180_000, soak: 600_000 }),
);
