import { describe, expect, test } from '@jest/globals';
import { decodeId, encodeId, newUuid } from '@marquee/kernel';
import { PeerError, PeerUnavailableError, type Peer } from '@marquee/subgraph';
import { newViewer } from '../harness.test-support.ts';
import { createAskVenues } from './ask-venues.ts';

const viewer = newViewer();
const [spaceId, venueId, occurrenceId] = [newUuid(), newUuid(), newUuid()];
const ranges = [{ startsAt: new Date('2027-03-20T18:00Z'), endsAt: new Date('2027-03-20T20:00Z') }];

type Asked = { spaceId: string; ranges: readonly unknown[]; except: readonly string[] };

function peer(answer: (asked: Asked) => unknown): Peer {
  return {
    name: 'venues',
    query: async (_viewer, _document, variables) => answer(variables as Asked) as never,
  };
}

const space = {
  id: encodeId('Space', spaceId),
  name: 'Hall',
  capacity: 80,
  venue: {
    id: encodeId('Venue', venueId),
    name: 'House',
    timeZone: 'Europe/Berlin',
    address: { city: 'Berlin' },
  },
};

describe('asking venues', () => {
  test('gives the space and what is in the way', async () => {
    const conflict = { startsAt: '2027-03-20T19:00:00.000Z', endsAt: '2027-03-20T21:00:00.000Z' };
    const asked: Asked[] = [];
    const ask = createAskVenues(
      peer((question) => {
        asked.push(question);
        return { spaceConflicts: { space, conflicts: [conflict] } };
      }),
    );
    expect(await ask(viewer, { spaceId, ranges, exceptOccurrenceIds: [occurrenceId] })).toEqual({
      kind: 'known',
      space: {
        spaceId,
        venueId,
        name: 'Hall',
        capacity: 80,
        venueName: 'House',
        city: 'Berlin',
        timeZone: 'Europe/Berlin',
      },
      conflicts: [{ startsAt: new Date(conflict.startsAt), endsAt: new Date(conflict.endsAt) }],
    });
    expect(decodeId('Occurrence', asked[0]!.except[0]!)).toBe(occurrenceId);
    // Only times go out: venues would refuse a field that it does not know.
    expect(asked[0]!.ranges).toEqual(ranges);
  });

  test('tells an unknown space from silence, and lets a fault of our own through', async () => {
    const answering = (answer: () => unknown) => createAskVenues(peer(answer))(viewer, { spaceId, ranges });
    expect(await answering(() => ({ spaceConflicts: null }))).toEqual({ kind: 'unknown' });
    const silent = () => {
      throw new PeerUnavailableError('venues', 'did not answer');
    };
    expect(await answering(silent)).toEqual({ kind: 'unavailable' });
    const forbidden = () => {
      throw new PeerError('venues', 'FORBIDDEN', 'no');
    };
    await expect(answering(forbidden)).rejects.toThrow('no');
  });

  test('sends no more ranges than venues takes', async () => {
    const many = Array.from({ length: 1_500 }, () => ranges[0]!);
    let count = 0;
    const ask = createAskVenues(
      peer((asked) => {
        count = asked.ranges.length;
        return { spaceConflicts: null };
      }),
    );
    await ask(viewer, { spaceId, ranges: many });
    expect(count).toBe(1_000);
  });
});
