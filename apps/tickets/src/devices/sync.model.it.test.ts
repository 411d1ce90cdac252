import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { newUuid } from '@marquee/kernel';
import { times } from '@marquee/testkit';
import { judgePassages, type EntryRule } from '../check-in/entry-rule.ts';
import { createCheckInList } from '../check-in/save-list.ts';
import { readingId, type OfflineReading } from '../door/index.ts';
import { accepted, createWorld, system, violations, type World } from '../harness.test-support.ts';
import { givenDevice, givenTickets } from './door.test-support.ts';
import { syncScans } from './sync-scans.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.drop());

const gates = ['North', 'South', 'West'] as const;

/** What each gate read, in batches; and two orders in which the batches come in. */
const sessions = fc.record({
  rule: fc.constantFrom<EntryRule>(
    { entriesPerTicket: 1, exits: false, reEntry: false },
    { entriesPerTicket: 2, exits: false, reEntry: false },
    { entriesPerTicket: 1, exits: true, reEntry: true },
    { entriesPerTicket: null, exits: true, reEntry: false },
  ),
  read: fc.array(
    fc.record({
      gate: fc.nat({ max: gates.length - 1 }),
      ticket: fc.nat({ max: 3 }),
      direction: fc.constantFrom('IN' as const, 'OUT' as const),
      // Few instants, so that readings tie.
      second: fc.nat({ max: 6 }),
      batch: fc.nat({ max: 2 }),
    }),
    { minLength: 4, maxLength: 30 },
  ),
  order: fc.array(fc.nat(), { minLength: 9, maxLength: 9 }),
});
type Session = typeof sessions extends fc.Arbitrary<infer T> ? T : never;

test(
  'whatever the order in which gates sync, the same is let in, conflicts and counts',
  async () => {
    const { occurrence, ticketIds } = await givenTickets(world, 4);
    const atMs = Date.now() - 3_600_000;
    const run = async ({ rule, read, order }: Session) => {
      const list = await givenList(occurrence.id, rule);
      const devices = await Promise.all(gates.map((gate) => givenDevice(world, [list.id], gate)));
      const expected = new Map<string, string>();
      const batches = new Map<string, { deviceId: string; readings: OfflineReading[] }>();
      const passages: { id: string; ticket: number; atMs: number; direction: 'IN' | 'OUT' }[] = [];
      for (const [place, { gate, ticket, direction, second, batch }] of read.entries()) {
        const deviceId = devices[gate]!.id;
        const taken = direction === 'OUT' && !rule.exits ? ('IN' as const) : direction;
        const reading: OfflineReading = {
          number: place + 1,
          direction: taken,
          atMs: atMs + second * 1_000,
          ticketId: ticketIds[ticket]!,
          epoch: 1,
          reason: null,
        };
        const key = `${gate} ${batch}`;
        const known = batches.get(key) ?? { deviceId, readings: [] };
        batches.set(key, { deviceId, readings: [...known.readings, reading] });
        passages.push({ id: readingId(deviceId, place + 1), ticket, atMs: reading.atMs, direction: taken });
      }
      for (const own of Map.groupBy(passages, ({ ticket }) => ticket).values())
        for (const [id, verdict] of judgePassages(rule, own).verdicts)
          expected.set(id, `${verdict.result} ${verdict.reason} ${verdict.winnerId}`);
      const shuffled = [...batches.values()]
        .map((batch, place) => ({ batch, by: order[place] ?? 0 }))
        .toSorted((a, b) => a.by - b.by)
        .map(({ batch }) => batch);
      // The first comes twice, as after an answer that was lost; the last two at the same time.
      const rest = [shuffled[0]!, ...shuffled];
      const last = rest.splice(-2);
      const sync = (batch: { deviceId: string; readings: OfflineReading[] }) =>
        accepted(
          syncScans(world.services, {
            organisationId: world.viewer.organisationId,
            batch: { ...batch, listId: list.id },
            clockBehindMs: 0,
            receivedAt: new Date(),
          }),
        );
      for (const batch of rest) await sync(batch);
      await Promise.all(last.map(sync));
      expect(await standing(list.id)).toEqual(expected);
      expect(await violations(world)).toEqual([]);
    };
    await fc.assert(fc.asyncProperty(sessions, run), { numRuns: times({ test: 6, soak: 500 }) });
  },
  times({ test: 120_000, soak: 3_600_000 }),
);

function givenList(occurrenceId: string, rule: EntryRule) {
  const settings = { name: newUuid(), ticketTypeIds: null, validFrom: null, validUntil: null, ...rule };
  return accepted(
    createCheckInList(world.services, world.viewer, { idempotencyKey: newUuid(), occurrenceId, settings }),
  );
}

async function standing(listId: string): Promise<Map<string, string>> {
  const rows = await system(world, (tx) =>
    tx.rows<{ id: string; stands: string }>(
      `select id, concat_ws(' ', result, coalesce(reason, 'null'), coalesce(winner_id::text, 'null')) as stands
       from scan_standing where list_id = $1`,
      [listId],
    ),
  );
  return new Map(rows.map(({ id, stands }) => [id, stands]));
}
