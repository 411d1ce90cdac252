import { setTimeout as sleep } from 'node:timers/promises';
import type { DrillOptions } from './backup.ts';
import { atLeast, atMost, seconds, type Drilled } from './gates.ts';
import { lookAfter, lostOrders, sold, startWorld, type World } from './world.ts';

type Blow = { readonly name: string; strike(world: World): Promise<void> };

const forMs = 3_000;

/** Something that is so for a while, and then no longer. */
async function meanwhile(begin: () => void, end: () => void): Promise<void> {
  begin();
  await sleep(forMs);
  end();
}

const killed = (service: string): Blow => ({
  name: `kill -9 ${service}`,
  strike: async ({ platform }) => platform.kill(service, 'SIGKILL'),
});
const stopped = (service: string): Blow => ({
  name: `SIGSTOP ${service}`,
  strike: ({ platform }) =>
    meanwhile(
      () => platform.kill(service, 'SIGSTOP'),
      () => platform.kill(service, 'SIGCONT'),
    ),
});
type Server = 'postgres' | 'nats';
const late = (server: Server): Blow => ({
  name: `100 ms late: ${server}`,
  strike: ({ network }) =>
    meanwhile(
      () => network[server].delay(100),
      () => network[server].delay(0),
    ),
});
const reset = (server: Server): Blow => ({
  name: `connections reset: ${server}`,
  strike: async ({ network }) => network[server].reset(),
});
const parted = (server: Server): Blow => ({
  name: `partition: ${server}`,
  strike: async ({ network }) => {
    await meanwhile(
      () => network[server].partition(true),
      () => network[server].partition(false),
    );
    // After a partition connections are seldom what they were.
    network[server].reset();
  },
});
const crashed = (server: Server): Blow => ({
  name: `kill -9 ${server}`,
  strike: (world) => world.crash(server),
});

/** Each once, in an order in which a fault meets what another has left. */
const blows: readonly Blow[] = [
  killed('tickets'),
  late('postgres'),
  stopped('events'),
  reset('postgres'),
  parted('nats'),
  killed('gateway'),
  stopped('tickets'),
  parted('postgres'),
  killed('guests'),
  reset('nats'),
  crashed('nats'),
  late('nats'),
  killed('analytics'),
  crashed('postgres'),
  killed('hub'),
  killed('venues'),
];

/** Everything that can go wrong on one machine, one thing after the other, while people buy. */
export async function drillChaos(options: DrillOptions): Promise<Drilled> {
  const world = await startWorld(options);
  const { traffic } = world;
  let longestMs = 0;
  let longest = '';
  for (const blow of blows) {
    options.say(blow.name);
    const startedMs = performance.now();
    await blow.strike(world);
    await sold(traffic, 3);
    const ms = performance.now() - startedMs;
    if (ms > longestMs) [longestMs, longest] = [ms, blow.name];
    await sleep(options.seconds * 1_000);
  }
  const { paid, held, faults } = traffic.ledger;
  const after = await lookAfter(world, world.postgres.url, world.nats[0]!.url);
  const lost = await lostOrders(world.postgres.url, paid);
  return {
    drill: 'chaos',
    measured: {
      'faults made': blows.length,
      'orders paid': paid.length,
      'holds placed': held.length,
      'requests without an answer, asked again': faults,
      'longest until it sold again': `${seconds(longestMs)} (${longest})`,
      'rows looked at by the invariants': after.looked,
    },
    gates: [
      atLeast('requests that met a fault', faults, 1),
      atMost('paid orders lost', lost, 0),
      atMost('violations of invariants', after.violations, 0),
      atMost('events missing in streams at the end', after.missing, 0),
      atMost('events in streams and no log at the end', after.surplus, 0),
    ],
  };
}
