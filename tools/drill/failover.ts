import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Operator, StreamState } from '@marquee/messaging';
import type { DrillOptions } from './backup.ts';
import { atLeast, atMost, seconds, type Drilled } from './gates.ts';
import { layOut, takeBackup } from './physical-backup.ts';
import {
  lookAfter,
  lostOrders,
  sold,
  startDrillNats,
  startDrillPostgres,
  startWorld,
  superuserPassword,
  withAdmin,
  withOperator,
  type NatsNode,
} from './world.ts';

const replicas = 3;
const streamName = 'MARQUEE_tickets';

async function streamNow({ streams }: Operator): Promise<StreamState | undefined> {
  return (await streams.list()).find(({ name }) => name === streamName);
}

/** Polls until it is so; answers null while the servers have nobody to answer. */
async function until<T>(what: string, look: () => Promise<T | undefined>, timeoutMs = 60_000): Promise<T> {
  for (const endMs = performance.now() + timeoutMs; performance.now() < endMs;) {
    const found = await look().catch(() => undefined);
    if (found) return found;
    await sleep(25);
  }
  throw new Error(`${what}: not within ${timeoutMs / 1_000} s`);
}

const nameOf = ({ cluster }: NatsNode) => `marquee-${cluster?.port}`;

/** Which of the servers leads the stream of tickets. */
async function leaderOf(nodes: readonly NatsNode[], operator: Operator): Promise<NatsNode> {
  const stream = await until('every stream whole on three servers', async () => {
    const all = await operator.streams.list();
    // What a service makes only when it first needs it, such as its records, has one replica until an operator says more.
    const isWhole = all.every((each) => each.replicas < replicas || (each.leader && each.isCurrent));
    return isWhole ? all.find(({ name }) => name === streamName) : undefined;
  });
  const node = nodes.find((each) => nameOf(each) === stream.leader);
  if (!node) throw new Error(`${stream.leader} is none of ${nodes.map(nameOf).join(', ')}`);
  return node;
}

/** The leader of a stream of three replicas is killed under traffic. */
export async function drillBroker(options: DrillOptions): Promise<Drilled> {
  const world = await startWorld({ ...options, natsNodes: 3 });
  const { nats: nodes, postgres, traffic } = world;
  await withOperator(nodes[0]!.url, ({ streams }) => streams.setReplicas(replicas));
  const killed = await withOperator(nodes[0]!.url, (operator) => leaderOf(nodes, operator));
  const rest = nodes.filter((node) => node !== killed);
  await sleep(options.seconds * 1_000);
  const gap = await withOperator(rest[0]!.url, async (operator) => {
    const before = (await streamNow(operator))!;
    options.say(`killing ${nameOf(killed)}, which leads ${streamName} with ${before.messages} messages`);
    const atMs = performance.now();
    process.kill(killed.pid, 'SIGKILL');
    const elected = await until('another leader', async () => {
      const now = await streamNow(operator);
      return now?.leader && now.leader !== nameOf(killed) ? now : undefined;
    });
    const electedMs = performance.now() - atMs;
    await until(
      'the next message',
      async () => ((await streamNow(operator))?.lastSequence ?? 0) > elected.lastSequence,
    );
    return { before, elected, electedMs, publishedMs: performance.now() - atMs };
  });
  await sold(traffic, 20);
  const back = await startDrillNats(options.directory, killed.home, killed.cluster);
  options.stops.later(() => back.stop());
  const caughtUpMs = await withOperator(rest[0]!.url, async (operator) => {
    const startedMs = performance.now();
    await leaderOf([...rest, back], operator);
    return performance.now() - startedMs;
  });
  const lost = await lostOrders(postgres.url, traffic.ledger.paid);
  const after = await lookAfter(world, postgres.url, rest[0]!.url);
  return {
    drill: 'failover of NATS',
    measured: {
      'messages when its leader was killed': gap.before.messages,
      'another leader after': seconds(gap.electedMs),
      'the next event in the stream after': seconds(gap.publishedMs),
      'the killed server caught up in': seconds(caughtUpMs),
      'orders paid in all': traffic.ledger.paid.length,
      'rows looked at by the invariants': after.looked,
    },
    gates: [
      atMost('gap in the stream', gap.publishedMs, 10_000, seconds),
      atMost(
        'acknowledged messages lost',
        Math.max(0, gap.before.lastSequence - gap.elected.lastSequence),
        0,
      ),
      atMost('streams made anew', gap.before.createdAt === gap.elected.createdAt ? 0 : 1, 0),
      atMost('paid orders lost', lost, 0),
      atMost('events missing in streams at the end', after.missing, 0),
      atMost('violations of invariants', after.violations, 0),
    ],
  };
}

/** The primary is killed under traffic, its synchronous replica is promoted. */
export async function drillDatabase(options: DrillOptions): Promise<Drilled> {
  const { directory, stops, say } = options;
  const world = await startWorld({ ...options, postgresSettings: { wal_keep_size: '512MB' } });
  const { postgres, traffic, network } = world;
  say('making the replica');
  const backup = await takeBackup(
    postgres.url,
    join(directory, 'postgres', 'cluster'),
    join(directory, 'backup'),
  );
  layOut(backup, join(directory, 'replica'), 'standby.signal');
  const replica = await startDrillPostgres(directory, 'replica', {
    primary_conninfo: `host=127.0.0.1 port=${postgres.port} user=postgres password=${superuserPassword} application_name=replica`,
  });
  stops.later(() => replica.stop());
  await withAdmin(postgres.url, async (admin) => {
    await admin.query(`alter system set synchronous_standby_names = 'replica'`);
    await admin.query('select pg_reload_conf()');
    await until('a synchronous replica', async () => {
      const { rows } = await admin.query(`select 1 from pg_stat_replication where sync_state = 'sync'`);
      return rows.length > 0;
    });
  });
  await sleep(options.seconds * 1_000);
  const before = traffic.ledger.paid.length;
  say('killing the primary');
  const atMs = performance.now();
  process.kill(postgres.pid, 'SIGKILL');
  await postgres.exited;
  await withAdmin(replica.url, async (admin) => {
    await admin.query('select pg_promote(wait => true)');
    // It waits for nobody: a primary without its replica would answer no commit.
    await admin.query(`alter system reset synchronous_standby_names`);
    await admin.query('select pg_reload_conf()');
  });
  const promotedMs = performance.now() - atMs;
  network.postgres.leadTo(replica.port);
  await sold(traffic, 1);
  const gapMs = performance.now() - atMs;
  await sold(traffic, 20);
  const lost = await lostOrders(replica.url, traffic.ledger.paid);
  const after = await lookAfter(world, replica.url, world.nats[0]!.url);
  return {
    drill: 'failover of PostgreSQL',
    measured: {
      'orders paid before': before,
      'replica promoted after': seconds(promotedMs),
      'next order paid after': seconds(gapMs),
      'orders paid in all': traffic.ledger.paid.length,
      'rows looked at by the invariants': after.looked,
    },
    gates: [
      atLeast('orders paid before', before, 1),
      atMost('paid orders lost', lost, 0),
      atMost('gap in selling', gapMs, 30_000, seconds),
      atMost('violations of invariants', after.violations, 0),
      atMost('events missing in streams at the end', after.missing, 0),
    ],
  };
}
