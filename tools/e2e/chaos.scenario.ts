import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { eventually } from '@marquee/testkit';
import { expectKept, expectStatsAgree } from './books.test-support.ts';
import { expectInvariants } from './invariants.ts';
import { planEvent, type PlannedEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import { startTraffic, type Traffic } from './traffic.ts';

/** A question that this service alone answers. */
const probes = {
  venues: '{ venues(first: 1) { edges { cursor } } }',
  events: '{ events(first: 1) { edges { cursor } } }',
  guests: '{ viewer { id } }',
  tickets: '{ orders(first: 1) { edges { cursor } } }',
  analytics: '{ organisationStats { ticketsSold } }',
  identity: '{ myAccount { id } }',
  hub: '{ webhookEndpoints(first: 1) { edges { cursor } } }',
} as const;

type Service = keyof typeof probes;
const services = Object.keys(probes) as Service[];

/** Everything is killed once, under traffic. Then the books are compared. */
export function describeChaos(platform: () => TestPlatform): void {
  describe('when something is killed', () => {
    const organisationId = newUuid();
    let owner: string;
    let event: PlannedEvent;
    let traffic: Traffic;

    beforeAll(async () => {
      const { client, tokens } = platform();
      owner = await tokens.token({ role: 'owner', organisationId });
      event = await planEvent(client, owner, 'Chaos', 100_000);
      traffic = startTraffic(client, owner, event);
      await eventually(() => expect(traffic.ledger.paid.length).toBeGreaterThan(5));
    });

    afterAll(() => traffic?.stop());

    const gives = async (document: string): Promise<boolean> => {
      const { data, errors } = await platform().client.send(document, {}, { token: owner });
      return data !== null && errors.length === 0;
    };
    const answers = (service: Service) => gives(probes[service]);
    let asked = 0;
    /** Each under a name of its own: what is alike the gateway asks once for all, or has kept. */
    const answersAnew = (service: Service) => gives(probes[service].replace('{', `{ probe${asked++}: `));
    const isUp = (service: Service) => eventually(async () => expect(await answers(service)).toBe(true));
    const sellsAgain = async () => {
      const sold = traffic.ledger.paid.length;
      await eventually(() => expect(traffic.ledger.paid.length).toBeGreaterThan(sold + 3));
    };

    test.each(services)(
      '%s: the others stay up, its breaker opens and closes, and it comes back',
      async (victim) => {
        const before = platform().running.pids();
        platform().running.kill(victim, 'SIGKILL');
        const others = services.filter((service) => service !== victim);
        const states = new Set<string>();
        await Promise.all([
          watchBreaker(platform(), victim, states, () => answersAnew(victim)),
          ...others.map(async (service) =>
            expect({ service, up: await answers(service) }).toEqual({ service, up: true }),
          ),
        ]);
        await isUp(victim);
        await eventually(async () => expect(await breakerState(platform(), victim)).toBe('closed'));
        // Half-open says that it was open before, which a look now and then may miss.
        expect([...states].some((state) => state !== 'closed')).toBe(true);
        expectUntouched(platform(), before, [...others, 'gateway']);
        expect(platform().running.pids()[victim]).not.toBe(before[victim]);
        await sellsAgain();
      },
    );

    test('NATS: selling goes on without it', async () => {
      const before = platform().running.pids();
      platform().running.kill('nats', 'SIGKILL');
      await sellsAgain();
      await platform().running.waitUntilReady(30_000);
      expectUntouched(platform(), before, services);
    });

    test('PostgreSQL: every service waits for it and goes on', async () => {
      const before = platform().running.pids();
      platform().running.kill('postgres', 'SIGKILL');
      await eventually(() => expect(platform().running.pids()['postgres']).not.toBe(before['postgres']));
      for (const service of services) await isUp(service);
      expectUntouched(platform(), before, [...services, 'gateway']);
      await sellsAgain();
    });

    test('the gateway: it comes back, and nobody else notices', async () => {
      const before = platform().running.pids();
      platform().running.kill('gateway', 'SIGKILL');
      await eventually(() => expect(platform().running.pids()['gateway']).not.toBe(before['gateway']));
      await sellsAgain();
      expectUntouched(platform(), before, services);
    });

    test('nothing that was acknowledged is lost, and the statistics agree with the ticket database', async () => {
      await traffic.stop();
      const { ledger } = traffic;
      expect(ledger.faults).toBeGreaterThan(0);
      await expectKept(platform(), organisationId, ledger);
      await expectInvariants(platform());
      for (const id of event.occurrenceIds) {
        await expectStatsAgree(platform(), owner, id);
      }
    });
  });
}

/** These processes are the ones that they were; the log of one that is not says why it ended. */
function expectUntouched(
  platform: TestPlatform,
  before: Readonly<Record<string, number>>,
  names: readonly string[],
): void {
  const after = platform.running.pids();
  const restarted = names.filter((name) => after[name] !== before[name]);
  expect(restarted.map((name) => `${name} was started again\n${platform.logEnd(name)}`)).toEqual([]);
}

/**
 * Asks the victim again and again, so that its breaker hears of it, until it is seen open or the victim is back. Forty
 * at a time: the failures must outweigh the answers of the last ten seconds before the victim is up again.
 */
async function watchBreaker(
  platform: TestPlatform,
  victim: Service,
  states: Set<string>,
  ask: () => Promise<boolean>,
): Promise<void> {
  for (let round = 0; round < 40 && !states.has('open'); round++) {
    await Promise.all(Array.from({ length: 40 }, () => ask().catch(() => false)));
    states.add(await breakerState(platform, victim));
  }
}

async function breakerState(platform: TestPlatform, service: Service): Promise<string> {
  const response = await fetch(`${platform.running.urls.gateway}/health/ready`);
  const health = (await response.json()) as {
    details?: { breakers: readonly { name: string; state: string }[] };
  };
  return health.details?.breakers.find(({ name }) => name === service)?.state ?? 'unknown';
}
