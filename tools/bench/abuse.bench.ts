import {
  attacks,
  honest,
  type Attack,
  type Target,
} from '../../apps/gateway/src/abuse/attacks.test-support.ts';
import { median } from '../client/statistics.ts';
import { startGatewayWorld, usageOf, type GatewayWorld, type RunningGateway } from './gateway-world.ts';
import { row, type Bench, type BenchOptions, type BenchRow } from './harness.ts';

const cpu = { name: 'CPU ms', better: 'less' } as const;
/** Linux counts in hundredths of a second: one attack alone would cost nothing, or ten milliseconds. */
const batch = 40;

type Sent = Pick<Attack, 'name' | 'send'>;

/** What the gateway's process spends on one, its connection included: the least of what is sent is no attack at all. */
export const abuseBench: Bench = {
  name: 'abuse',
  summary: 'processor time of refusing each attack of the abuse suite, against bare Apollo',
  async run(options) {
    const world = await startGatewayWorld();
    const gateways: RunningGateway[] = [];
    try {
      for (const name of ['marquee', 'apollo'] as const) gateways.push(await world.start(name));
      const rows: BenchRow[] = [];
      for (const sent of [{ name: 'no attack', send: honest }, ...attacks]) {
        rows.push(await measureAll(world, gateways, sent, options));
      }
      return rows;
    } finally {
      for (const gateway of gateways) gateway.stop();
      world.stop();
    }
  },
};

async function measureAll(
  { guestToken: token }: GatewayWorld,
  gateways: readonly RunningGateway[],
  sent: Sent,
  { runs, quick, log }: BenchOptions,
): Promise<BenchRow> {
  const [ours, apollo] = await Promise.all(
    gateways.map(async (gateway) => {
      const target = { url: gateway.url, token };
      // What is compiled at the first time is no cost of the attack.
      await sendMany(target, sent, quick ? 1 : batch / 4);
      return { gateway, target, samples: [] as number[] };
    }),
  );
  for (let run = 0; run < runs; run++) {
    for (const each of [ours!, apollo!]) {
      const before = usageOf(each.gateway.pid).cpuMs;
      await sendMany(each.target, sent, batch);
      each.samples.push((usageOf(each.gateway.pid).cpuMs - before) / batch);
    }
  }
  log(sent.name);
  return row(sent.name, median(ours!.samples), cpu, 'bare Apollo', median(apollo!.samples));
}

async function sendMany(target: Target, { send }: Sent, count: number): Promise<void> {
  for (let time = 0; time < count; time++) await send(target);
}
