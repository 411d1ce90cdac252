import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import pLimit from 'p-limit';
import { newUuid } from '@marquee/kernel';
import { serverCpuMs } from '../bench/server-cpu.ts';
import { createGraphClient, type GraphClient } from '../client/graph-client.ts';
import { operation } from '../client/journey.ts';
import { waitUntilSettled } from '../client/settled.ts';
import { createTokens } from '../client/tokens.ts';
import { buy, newKey, planEvent } from '../e2e/organisation.ts';
import { startPlatform, type RunningPlatform } from '../start/platform.ts';
import type { Measured } from './plan.ts';

const usage = `npm run --silent capacity:measure > FILE

Measures on a platform of its own what one operation costs each process and server, and prints it as the file that
npm run capacity reads (tools/capacity/measured.json). The whole of it counts: what a sale causes in analytics, guests and
the hub is its cost, too. It takes some minutes, in which the machine should do nothing else.

  --help
`;

const atOnce = 16;
const warmUps = 100;
/** An account's tick is 10 ms: of fewer the smallest costs would be none. */
const counted = 1_000;
/** Three ticks: less is the chance of the account. */
const leastMs = 0.03;
/** Of `npm run bench -- live`: what one open subscription adds to a gateway's resident memory. */
const subscriptionKiB = 20;

type Operations = Readonly<Record<string, () => Promise<unknown>>>;

async function operationsOf(
  client: GraphClient,
  tokens: ReturnType<typeof createTokens>,
): Promise<Operations> {
  const organisationId = newUuid();
  const organiser = await tokens.token({ role: 'organiser', organisationId });
  const visitor = await tokens.token({ role: 'guest', organisationId });
  const event = await planEvent(client, organiser, 'Measured', 100_000);
  const [sold, awaited] = event.occurrenceIds as [string, string];
  const items = [{ ticketTypeId: event.standingId, quantity: 1 }];
  const guest = { email: 'ada@example.com', name: 'Ada Lovelace' };
  const room = { occurrenceId: awaited, enabled: true, opensAt: new Date().toISOString(), maxPerSecond: 1 };
  await client.query(
    'mutation ($input: SetWaitingRoomInput!) { setWaitingRoom(input: $input) { __typename } }',
    { input: room },
    { token: organiser },
  );
  const { joinWaitingRoom } = await client.query<{ joinWaitingRoom: { token: string } }>(
    'mutation ($id: ID!) { joinWaitingRoom(occurrenceId: $id) { ... on WaitingRoomJoined { token } } }',
    { id: awaited },
    { token: visitor },
  );
  const ask =
    'query ($id: ID!, $token: String!) { waitingRoom(occurrenceId: $id, token: $token) { state position } }';
  const tickets: string[] = [];
  return {
    browse: () => client.query(operation('UpcomingOccurrences'), { first: 10 }, { token: visitor }),
    waitingRoomAsk: () =>
      client.query(ask, { id: awaited, token: joinWaitingRoom.token }, { token: visitor }),
    sale: async () => {
      const bought = await buy(client, organiser, { occurrenceId: sold, items, guest });
      tickets.push(...bought.tickets.map(({ credential }) => credential));
    },
    scan: () => {
      const credential = tickets[Math.floor(Math.random() * tickets.length)]!;
      const input = { occurrenceId: sold, credential, nonce: newKey(), scannedAt: new Date().toISOString() };
      return client.query(
        operation('ScanTicket'),
        { input: { ...input, deviceId: 'door' } },
        { token: organiser },
      );
    },
  };
}

function cpuOf(running: RunningPlatform): Map<string, number> {
  return new Map(Object.entries(running.pids()).map(([name, pid]) => [name, serverCpuMs(pid) ?? 0]));
}

function memoryOf(running: RunningPlatform): Record<string, number> {
  const resident = (pid: number) =>
    Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1_024;
  const processes = Object.entries(running.pids()).filter(
    ([name]) => name in running.urls.services || name === 'gateway',
  );
  return Object.fromEntries(processes.map(([name, pid]) => [name, Math.ceil(resident(pid))]));
}

async function costOf(
  running: RunningPlatform,
  work: () => Promise<unknown>,
): Promise<Record<string, number>> {
  const limit = pLimit(atOnce);
  const many = (count: number) => Promise.all(Array.from({ length: count }, () => limit(work)));
  const settled = () => waitUntilSettled(Object.values(running.urls.services), 150_000);
  await many(warmUps);
  await settled();
  const before = cpuOf(running);
  const startedAtMs = performance.now();
  await many(counted);
  await settled();
  const idle = await idleCost(running, performance.now() - startedAtMs, before);
  return Object.fromEntries([...idle].filter(([, cpuMs]) => cpuMs >= leastMs));
}

/** What processes use while nobody asks (looking for work, timers) is not the operation's: as long again, idle. */
async function idleCost(running: RunningPlatform, forMs: number, before: Map<string, number>) {
  const after = cpuOf(running);
  await new Promise((resolve) => setTimeout(resolve, forMs));
  const later = cpuOf(running);
  return new Map(
    [...after].map(([name, cpuMs]) => {
      const own = cpuMs - before.get(name)! - (later.get(name)! - cpuMs);
      return [name, Number((own / counted).toFixed(3))];
    }),
  );
}

async function measure(running: RunningPlatform, client: GraphClient, home: string): Promise<Measured> {
  const cpuMs: Record<string, Record<string, number>> = {};
  for (const [name, work] of Object.entries(await operationsOf(client, createTokens(home)))) {
    process.stderr.write(`${counted} of ${name}\n`);
    cpuMs[name] = await costOf(running, work);
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} cores of ${cpus()[0]!.model}, everything on one machine, Node ${process.version}`,
    how: `npm run capacity:measure: ${counted} of each operation, ${atOnce} at once, CPU of processes less what they use idle`,
    cpuMs,
    memoryMiB: memoryOf(running),
    subscriptionKiB,
  };
}

async function main(): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'marquee-capacity-'));
  let running: RunningPlatform | undefined;
  let client: GraphClient | undefined;
  try {
    running = await startPlatform({
      home,
      port: 0,
      demo: false,
      logLevel: 'warn',
      env: { NODE_ENV: 'production', MARQUEE_SANDBOX_PAYMENTS: 'true', MARQUEE_RATE_LIMITS: 'report' },
    });
    client = createGraphClient({ url: running.urls.graph });
    process.stdout.write(`${JSON.stringify(await measure(running, client, home), null, 2)}\n`);
  } finally {
    await client?.close();
    await running?.stop();
    rmSync(home, { recursive: true, force: true });
  }
}

try {
  const { values } = parseArgs({ options: { help: { type: 'boolean', default: false } } });
  if (values.help) process.stdout.write(usage);
  else await main();
} catch (error) {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
  process.stderr.write(`${message}\n\n${usage}`);
  process.exitCode = 2;
}
