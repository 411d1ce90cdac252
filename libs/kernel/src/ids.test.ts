import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decodeId, encodeId, idPrefixes, isUuid, newUuid, parseId, type EntityType } from './index.ts';

const types = Object.keys(idPrefixes) as EntityType[];

describe('a wire id', () => {
  test('gives back its type and uuid', () => {
    fc.assert(
      fc.property(fc.uuid(), fc.constantFrom(...types), (uuid, type) => {
        const id = encodeId(type, uuid);
        expect(id).toMatch(/^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/);
        expect(parseId(id)).toEqual({ type, uuid });
        expect(decodeId(type, id)).toBe(uuid);
      }),
    );
  });

  test('is that of the TypeID specification', () => {
    // valid.yml of the specification: "min-uuid", "max-valid"-style suffixes and one UUIDv7
    expect(encodeId('Event', '00000000-0000-0000-0000-000000000000')).toBe('evt_00000000000000000000000000');
    expect(encodeId('Event', 'ffffffff-ffff-ffff-ffff-ffffffffffff')).toBe('evt_7zzzzzzzzzzzzzzzzzzzzzzzzz');
    expect(encodeId('Event', '01890a5d-ac96-774b-bcce-b302099a8057')).toBe('evt_01h455vb4pex5vsknk084sn02q');
  });

  test('of another type is none of this one', () => {
    expect(decodeId('Venue', encodeId('Event', newUuid()))).toBeNull();
  });

  test.each([
    ['nothing', ''],
    ['no prefix', '01h455vb4pex5vsknk084sn02q'],
    ['an empty prefix', '_01h455vb4pex5vsknk084sn02q'],
    ['an unknown prefix', 'cow_01h455vb4pex5vsknk084sn02q'],
    ['capitals', 'evt_01H455VB4PEX5VSKNK084SN02Q'],
    ['a letter that base 32 leaves out', 'evt_01h455vb4pex5vsknk084sn02u'],
    ['more than 128 bits', 'evt_8zzzzzzzzzzzzzzzzzzzzzzzzz'],
    ['one place less', 'evt_01h455vb4pex5vsknk084sn02'],
    ['one place more', 'evt_01h455vb4pex5vsknk084sn02qq'],
    ['a bare uuid', '01890a5d-ac96-774b-bcce-b302099a8057'],
  ])('with %s is none', (_, id) => expect(parseId(id)).toBeNull());

  test('is never made of what is no uuid', () => {
    expect(() => encodeId('Event', 'not a uuid')).toThrow(TypeError);
  });

  test('has a prefix that no other type has', () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(types.length);
  });
});

test('a new uuid is of version 7, carries its time, and sorts by it', () => {
  const uuids = Array.from({ length: 1_000 }, (_, index) => newUuid(1_700_000_000_000 + index));
  expect(uuids.every(isUuid)).toBe(true);
  expect(uuids.every((uuid) => /^.{14}7.{4}[89ab]/.test(uuid))).toBe(true);
  expect(uuids).toEqual(uuids.toSorted());
  expect(parseInt(uuids[7]!.replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_007);
});
