import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { decodeId, newUuid } from '@marquee/kernel';
import { eventually, times } from '@marquee/testkit';
import { expectKept, expectStatsAgree } from './books.test-support.ts';
import { expectInvariants } from './invariants.ts';
import { planEvent, type PlannedEvent } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import { startTraffic, type Traffic } from './traffic.ts';

const victims = ['tickets', 'postgres', 'nats'] as const;
type Victim = (typeof victims)[number];

const kills = times({ test: 3, soak: 20 });
/** What is promised; a machine that runs other tests beside this one may take its time. */
const statsWithinMs = times({ test: 60_000, soak: 5_000 });
const places = 25;
const buyers = 8;

/** Each at least once, then whichever chance names. */
function planVictims(): Victim[] {
  const first = victims.toSorted(() => Math.random() - 0.5);
  const more = Array.from({ length: Math.max(0, kills - first.length) }, () => {
    return victims[Math.floor(Math.random() * victims.length)]!;
  });
  return [...first, ...more].slice(0, kills);
}

/**
 * A rush for few places, again and again, and in the midst of each something is killed as by `kill -9`. Then it is sold
 * out, and the books are compared with what was promised to the buyers.
 */
export function describeRush(platform: () => TestPlatform): void {
  describe('a rush in which something is killed', () => {
    const organisationId = newUuid();
    const rushes: { readonly event: PlannedEvent; readonly ledger: Traffic['ledger'] }[] = [];
    let owner: string;
    let traffic: Traffic | undefined;

    beforeAll(async () => {
      owner = await platform().tokens.token({ role: 'owner', organisationId });
    });
    afterAll(() => traffic?.stop());

    test.each(planVictims().map((victim, place) => [place + 1, victim] as const))(
      'kill %i, of %s: it sells on until nothing is left, and no more',
      async (place, victim) => {
        const { client, running } = platform();
        const event = await planEvent(client, owner, `Rush ${place}`, places);
        traffic = startTraffic(client, owner, event, buyers);
        rushes.push({ event, ledger: traffic.ledger });
        const { ledger } = traffic;
        await eventually(() => expect(ledger.paid.length).toBeGreaterThan(3));
        running.kill(victim, 'SIGKILL');
        // Whatever is down, in the end every place is held or sold: a buyer who is told so looked at all of them.
        await eventually(() => expect(ledger.soldOut).toBeGreaterThan(buyers * event.occurrenceIds.length), {
          timeoutMs: 90_000,
        });
        await traffic.stop();
        await running.waitUntilReady(60_000);
        const recovered = performance.now();
        for (const id of event.occurrenceIds)
          await expectStatsAgree(platform(), owner, id, { timeoutMs: statsWithinMs });
        const seconds = ((performance.now() - recovered) / 1_000).toFixed(1);
        process.stderr.write(`kill ${place}, of ${victim}: statistics agree ${seconds} s after recovery\n`);
      },
      240_000,
    );

    test('nothing was sold twice, and nothing that was promised is lost', async () => {
      for (const { event, ledger } of rushes) {
        await expectKept(platform(), organisationId, ledger);
        const sold = await platform().rows<{ id: string; live: number }>(
          'tickets',
          `select occurrence_id as id, (held + sold) as live from quota_bucket b join ticket_type_quota q using (organisation_id, quota_id)
           where q.ticket_type_id = $1`,
          [decodeId('TicketType', event.standingId)],
        );
        expect(sold).toHaveLength(event.occurrenceIds.length);
        for (const { live } of sold) expect(live).toBeLessThanOrEqual(places);
      }
      await expectInvariants(platform());
    }, 240_000);
  });
}
