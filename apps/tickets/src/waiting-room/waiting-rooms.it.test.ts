import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { silentLogger } from '@marquee/telemetry';
import {
  accepted,
  createWorld,
  eventTypes,
  givenOccurrence,
  givenTicketType,
  newViewer,
  refused,
  system,
  type World,
} from '../harness.test-support.ts';
import { holdTickets } from '../holds/hold-tickets.ts';
import type { Services } from '../services.ts';
import { setWaitingRoom } from './set-waiting-room.ts';
import { calm, createWaitingRooms, type WaitingRooms } from './waiting-rooms.ts';
import type { WaitingRoom } from './waiting-room.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld({ poolSize: 20 });
});
afterAll(() => world.drop());

/** One process of the service. */
function newProcess(now?: () => Date): { readonly rooms: WaitingRooms; readonly services: Services } {
  const rooms = createWaitingRooms({
    database: world.database,
    secret: 'a-secret-that-all-processes-share',
    pressure: () => calm,
    wake: () => undefined,
    logger: silentLogger,
    ...(now && { now }),
  });
  return { rooms, services: { ...world.services, waitingRooms: rooms } };
}

const visitor = () => newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
const inAnHour = () => new Date(Date.now() + 3_600_000);

async function givenRoom(
  services: Services,
  over: Partial<Parameters<typeof setWaitingRoom>[2]> = {},
): Promise<{ readonly occurrenceId: string; readonly room: WaitingRoom }> {
  const occurrence = await givenOccurrence(world);
  const room = await accepted(
    setWaitingRoom(services, world.viewer, {
      occurrenceId: occurrence.id,
      enabled: true,
      opensAt: inAnHour(),
      maxPerSecond: 10_000,
      passMinutes: 10,
      ...over,
    }),
  );
  return { occurrenceId: occurrence.id, room };
}

/** Lets the hour come, and seconds pass. */
async function openNow({ rooms }: { readonly rooms: WaitingRooms }, occurrenceId: string): Promise<void> {
  await system(world, (tx) =>
    tx.execute(`update waiting_room set opens_at = now() where occurrence_id = $1`, [occurrenceId]),
  );
  rooms.forget();
  await rooms.step();
}
async function pass(seconds: number, occurrenceId: string, { rooms }: { readonly rooms: WaitingRooms }) {
  await system(world, (tx) =>
    tx.execute(
      `update waiting_room set stepped_at = stepped_at - make_interval(secs => $2) where occurrence_id = $1`,
      [occurrenceId, seconds],
    ),
  );
  await rooms.step();
}
const roomOf = async ({ rooms }: { readonly rooms: WaitingRooms }, occurrenceId: string) => {
  rooms.forget();
  return (await rooms.room(world.viewer, occurrenceId))!;
};

describe('a hold behind a waiting room', () => {
  test('is refused without a pass and granted with one; the box office needs none', async () => {
    const one = newProcess();
    const { occurrenceId } = await givenRoom(one.services);
    const occurrence = world.owners.occurrences.get(occurrenceId)!;
    const type = await givenTicketType(world, occurrence);
    const viewer = visitor();
    const ask = (as: typeof viewer, admissionPass: string | null) =>
      holdTickets(one.services, as, {
        idempotencyKey: newUuid(),
        occurrenceId,
        items: [{ ticketTypeId: type.id, quantity: 1, seatIds: [] }],
        admissionPass,
      });
    expect((await refused(ask(viewer, null))).kind).toBe('WaitingRoomRequired');
    expect((await accepted(ask(world.viewer, null))).status).toBe('ACTIVE');

    const token = await accepted(one.rooms.join(viewer, occurrenceId));
    expect(await one.rooms.place(viewer, occurrenceId, token)).toMatchObject({ state: 'GATHERING' });
    await openNow(one, occurrenceId);
    await pass(2, occurrenceId, one);
    const place = await one.rooms.place(viewer, occurrenceId, token);
    expect(place).toMatchObject({ state: 'ADMITTED', admissionPass: expect.any(String) });
    expect((await accepted(ask(viewer, place!.admissionPass))).status).toBe('ACTIVE');
    // Neither the place nor the pass is worth anything to another, or as the other, or altered.
    expect((await refused(ask(visitor(), place!.admissionPass))).kind).toBe('WaitingRoomRequired');
    expect((await refused(ask(viewer, token))).kind).toBe('WaitingRoomRequired');
    const altered = place!.admissionPass!.replace(
      /.{2}$/,
      (end) => (end.startsWith('x') ? 'y' : 'x') + end[1],
    );
    expect((await refused(ask(viewer, altered))).kind).toBe('WaitingRoomRequired');
    expect(await one.rooms.place(visitor(), occurrenceId, token)).toBeNull();
    expect(await one.rooms.place(newViewer('GUEST'), occurrenceId, token)).toBeNull();

    // However often it is asked for, the pass ends when the turn does; then the place is someone else's.
    const later = newProcess(() => new Date(Date.now() + 11 * 60_000));
    expect(await later.rooms.place(viewer, occurrenceId, token)).toMatchObject({
      state: 'MISSED',
      admissionPass: null,
    });
    const late = await refused(
      holdTickets(later.services, viewer, {
        idempotencyKey: newUuid(),
        occurrenceId,
        items: [{ ticketTypeId: type.id, quantity: 1, seatIds: [] }],
        admissionPass: place!.admissionPass,
      }),
    );
    expect(late.message).toMatch(/over/);
  });
});

describe('the draw of those who came early', () => {
  test('follows lots that anyone can compute from the seed, by the function of the documentation', async () => {
    const processes = [newProcess(), newProcess()];
    const { occurrenceId, room } = await givenRoom(processes[0]!.services, { maxPerSecond: 100 });
    const visitors = Array.from({ length: 200 }, visitor);
    const tokens = await Promise.all(
      visitors.map((viewer, place) => accepted(processes[place % 2]!.rooms.join(viewer, occurrenceId))),
    );
    await openNow(processes[0]!, occurrenceId);
    // 100 a second at most, a quarter of it at first.
    await pass(1, occurrenceId, processes[0]!);
    const opened = await roomOf(processes[1]!, occurrenceId);
    expect(opened).toMatchObject({ early: 200, commitment: room.commitment });

    const page = readFileSync(new URL('../../../../docs/front-end/waiting-room.md', import.meta.url), 'utf8');
    const source = /```js\n([^]*?)```/.exec(page)![1]!;
    const { lot } = (await import(`data:text/javascript,${encodeURIComponent(source)}`)) as {
      lot: (of: object) => number;
    };
    const lots = tokens.map((token) => lot({ ...opened, token, earlyArrivals: 200 }));
    expect(new Set(lots).size).toBe(200);
    for (const [place, viewer] of visitors.entries()) {
      const found = await processes[1]!.rooms.place(viewer, occurrenceId, tokens[place]!);
      const position = Math.floor(lots[place]! * 200);
      expect(found).toMatchObject(
        position < opened.admitted
          ? { state: 'ADMITTED', position: 0 }
          : { state: 'WAITING', position: Math.ceil(position - opened.admitted) },
      );
    }
    expect(() => lot({ token: tokens[0], ...opened, seed: 'ff'.repeat(32), earlyArrivals: 200 })).toThrow(
      /another seed/,
    );
    expect(await eventTypes(world, `waiting-room-${occurrenceId}`)).toEqual([
      'waiting-room-set',
      'waiting-room-opened',
    ]);
  });

  test('counts everybody as early or as later, never as both, while ten processes open it at once', async () => {
    const processes = Array.from({ length: 10 }, () => newProcess());
    const { occurrenceId } = await givenRoom(processes[0]!.services);
    const joined: string[] = [];
    let openings: Promise<unknown> = Promise.resolve();
    await Promise.all(
      processes.map(async (each, place) => {
        for (let count = 0; count < 30; count++) {
          joined.push(await accepted(each.rooms.join(visitor(), occurrenceId)));
          if (place === 0 && count === 10)
            openings = Promise.all(processes.map((other) => openNow(other, occurrenceId)));
        }
      }),
    );
    await openings;
    joined.push(await accepted(processes[3]!.rooms.join(visitor(), occurrenceId)));
    const { early, arrived } = await roomOf(processes[0]!, occurrenceId);
    const kinds = joined.map((token) => Buffer.from(token.slice(4), 'base64url'));
    const later = kinds.filter((bytes) => bytes[2] === 1).map((bytes) => bytes.readUIntBE(3, 6));
    expect(later.length).toBeGreaterThan(0);
    expect(early).toBe(joined.length - later.length);
    expect(later.toSorted((a, b) => a - b)).toEqual(Array.from({ length: arrived }, (_, place) => place));
    expect(await eventTypes(world, `waiting-room-${occurrenceId}`)).toEqual([
      'waiting-room-set',
      'waiting-room-opened',
    ]);
  });
});

describe('those who come later', () => {
  test('are let in in the order of their arrival, without a row for any of them', async () => {
    const one = newProcess();
    const { occurrenceId } = await givenRoom(one.services, { maxPerSecond: 20 });
    await openNow(one, occurrenceId);
    const rows = () =>
      system(world, async (tx) => {
        const [all] = await tx.rows<{ count: string }>(
          `select sum((xpath('/row/c/text()', query_to_xml('select count(*) as c from ' || relname, false, true, '')))[1]::text::bigint)::text as count
           from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace`,
        );
        return Number(all!.count);
      });
    const before = await rows();
    const visitors = Array.from({ length: 2_000 }, visitor);
    let statements = 0;
    const stop = world.database.observe(() => (statements += 1));
    const tokens = await Promise.all(
      visitors.map((viewer) => accepted(one.rooms.join(viewer, occurrenceId))),
    );
    const places = await Promise.all(
      visitors.map((viewer, place) => one.rooms.place(viewer, occurrenceId, tokens[place]!)),
    );
    stop();
    expect(statements).toBeLessThan(100);
    expect(await rows()).toBe(before);
    const positions = places.map((place) => place!.position);
    expect(positions).toEqual(positions.toSorted((a, b) => a! - b!));
    await pass(2, occurrenceId, one);
    const states = await Promise.all(
      visitors.map(
        async (viewer, place) => (await one.rooms.place(viewer, occurrenceId, tokens[place]!))!.state,
      ),
    );
    const admitted = states.filter((state) => state === 'ADMITTED').length;
    expect(admitted).toBeGreaterThan(0);
    expect(states).toEqual(states.map((_, place) => (place < admitted ? 'ADMITTED' : 'WAITING')));
  });

  test('keep their place when they join again', async () => {
    const one = newProcess();
    const { occurrenceId } = await givenRoom(one.services);
    await openNow(one, occurrenceId);
    const viewer = visitor();
    const token = await accepted(one.rooms.join(viewer, occurrenceId));
    expect(await accepted(one.rooms.join(viewer, occurrenceId))).toBe(token);
    expect((await roomOf(one, occurrenceId)).arrived).toBe(1);
  });

  test('are let in once a second at most, however many processes ask, and nobody is let in ahead', async () => {
    const processes = Array.from({ length: 5 }, () => newProcess());
    const { occurrenceId } = await givenRoom(processes[0]!.services, { maxPerSecond: 40 });
    await openNow(processes[0]!, occurrenceId);
    await pass(5, occurrenceId, processes[0]!);
    expect((await roomOf(processes[0]!, occurrenceId)).admitted).toBe(0);
    await Promise.all(Array.from({ length: 100 }, () => processes[0]!.rooms.join(visitor(), occurrenceId)));
    await system(world, (tx) =>
      tx.execute(
        `update waiting_room set stepped_at = now() - interval '1 second' where occurrence_id = $1`,
        [occurrenceId],
      ),
    );
    await Promise.all(processes.map(({ rooms }) => rooms.step()));
    const { admitted, perSecond } = await roomOf(processes[1]!, occurrenceId);
    expect(admitted).toBeGreaterThan(0);
    expect(admitted).toBeLessThan(perSecond * 2);
  });
});

describe('setting up a room', () => {
  test('keeps the seed while people gather, and begins a new round once it has opened', async () => {
    const one = newProcess();
    const { occurrenceId, room } = await givenRoom(one.services);
    const set = (over: object) =>
      setWaitingRoom(one.services, world.viewer, {
        occurrenceId,
        enabled: true,
        opensAt: inAnHour(),
        maxPerSecond: 10,
        passMinutes: 5,
        ...over,
      });
    const again = await accepted(set({}));
    expect(again).toMatchObject({ round: 1, commitment: room.commitment, maxPerSecond: 10 });
    const viewer = visitor();
    const token = await accepted(one.rooms.join(viewer, occurrenceId));
    await openNow(one, occurrenceId);
    expect(await refused(set({ opensAt: new Date(0) }))).toMatchObject({
      kind: 'InvalidInput',
      field: 'opensAt',
    });
    const next = await accepted(set({}));
    expect(next).toMatchObject({ round: 2, early: 0, openedAt: null });
    expect(next.commitment).not.toBe(room.commitment);
    expect(await one.rooms.place(viewer, occurrenceId, token)).toBeNull();
    const off = await accepted(set({ enabled: false, opensAt: next.opensAt }));
    expect(off).toMatchObject({ round: 2, enabled: false });
    expect(await one.rooms.admit(viewer, occurrenceId, null)).toMatchObject({ ok: true });
    expect((await refused(one.rooms.join(viewer, occurrenceId))).kind).toBe('NotFound');
  });

  test('is for an occurrence that exists', async () => {
    const { services } = newProcess();
    const request = {
      occurrenceId: newUuid(),
      enabled: true,
      opensAt: inAnHour(),
      maxPerSecond: 1,
      passMinutes: 1,
    };
    expect((await refused(setWaitingRoom(services, world.viewer, request))).kind).toBe('NotFound');
  });
});
