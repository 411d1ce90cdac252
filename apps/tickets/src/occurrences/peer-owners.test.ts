import { describe, expect, test } from '@jest/globals';
import { encodeId, newUuid } from '@marquee/kernel';
import type { Peer, Viewer } from '@marquee/subgraph';
import { peerOwners } from './owners.ts';

const viewer: Viewer = { subject: 's', organisationId: newUuid(), role: 'GUEST', scopes: [] };
const [id, eventId, spaceId, sectionId, seatId, mapId, areaId] = Array.from({ length: 7 }, () => newUuid());

const wireOccurrence = {
  id: encodeId('Occurrence', id!),
  startsAt: '2027-03-20T18:00:00.000Z',
  endsAt: '2027-03-20T20:00:00.000Z',
  timeZone: 'Europe/Berlin',
  status: 'SCHEDULED',
  spaceId: encodeId('Space', spaceId!),
  revision: 3,
  event: { id: encodeId('Event', eventId!), title: 'An Evening', status: 'PUBLISHED' },
};

function asking(answer: unknown, asked: unknown[] = []) {
  const peer = {
    query: async (_: Viewer, __: string, variables: unknown) => {
      asked.push(variables);
      return typeof answer === 'function' ? answer(variables) : answer;
    },
  } as unknown as Peer;
  return peerOwners({ events: peer, venues: peer, guests: peer });
}

describe('asking the owners', () => {
  test('for an occurrence reads it into what is kept here', async () => {
    expect(await asking({ occurrence: wireOccurrence }).occurrence(viewer, id!)).toEqual({
      id,
      eventId,
      eventTitle: 'An Evening',
      eventStatus: 'PUBLISHED',
      spaceId,
      startsAt: new Date('2027-03-20T18:00:00Z'),
      endsAt: new Date('2027-03-20T20:00:00Z'),
      timeZone: 'Europe/Berlin',
      status: 'SCHEDULED',
      revision: 3,
    });
    expect(await asking({ occurrence: null }).occurrence(viewer, id!)).toBeNull();
  });

  test('for an event reads every page of its occurrences', async () => {
    const page = (hasNextPage: boolean) => ({
      event: {
        occurrences: {
          edges: [{ node: { ...wireOccurrence, spaceId: null } }],
          pageInfo: { hasNextPage, endCursor: 'next' },
        },
      },
    });
    const asked: unknown[] = [];
    const owners = asking(({ after }: { after: string | null }) => page(after === null), asked);
    expect(await owners.eventOccurrences(viewer, eventId!)).toHaveLength(2);
    expect(asked).toEqual([
      expect.objectContaining({ after: null }),
      expect.objectContaining({ after: 'next' }),
    ]);
    expect(await asking({ event: null }).eventOccurrences(viewer, eventId!)).toBeNull();
  });

  test('for a seat map reads sections, rows and areas', async () => {
    const seatMap = {
      id: encodeId('SeatMap', mapId!),
      version: 2,
      sections: [
        {
          id: encodeId('Section', sectionId!),
          name: 'Stalls',
          rows: [{ label: 'A', seats: [{ id: encodeId('Seat', seatId!), label: '1' }] }],
        },
      ],
      generalAdmissionAreas: [{ id: encodeId('GeneralAdmissionArea', areaId!), name: 'Floor' }],
    };
    expect(await asking({ space: { seatMap } }).seatMap(viewer, spaceId!)).toEqual({
      spaceId,
      seatMapId: mapId,
      version: 2,
      sections: [{ id: sectionId, name: 'Stalls', seats: [{ id: seatId, rowLabel: 'A', label: '1' }] }],
      areas: [{ id: areaId, name: 'Floor' }],
    });
    expect(await asking({ space: { seatMap: null } }).seatMap(viewer, spaceId!)).toBeNull();
    expect(await asking({ space: null }).seatMap(viewer, spaceId!)).toBeNull();
  });

  test('for a guest answers its id, or what is wrong with the input as this service names it', async () => {
    const guest = { email: 'ada@example.com', name: 'Ada' };
    const registered = { registerGuest: { __typename: 'GuestRegistered', guestId: encodeId('Guest', id!) } };
    expect(await asking(registered).ensureGuest(viewer, guest)).toEqual({ ok: true, value: id });
    const refused = { registerGuest: { __typename: 'InvalidInput', field: 'email', message: 'is not one' } };
    expect(await asking(refused).ensureGuest(viewer, guest)).toMatchObject({
      refusal: { field: 'guest.email' },
    });
  });

  test('takes no id that is not one', async () => {
    const broken = { occurrence: { ...wireOccurrence, id: 'evt_nonsense' } };
    await expect(asking(broken).occurrence(viewer, id!)).rejects.toThrow('evt_nonsense');
  });
});
