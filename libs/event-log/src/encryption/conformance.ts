import { deepEqual, equal, notDeepEqual, ok, rejects } from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { KeyManagement } from './key-management.ts';

const owner = { organisationId: '01970000-0000-7000-8000-000000000001', subject: 'guest-1' };
const bytes = (key: Uint8Array) => Buffer.from(key);

/**
 * What every adapter to a key management service promises, each as a check that throws. Run them in whatever runner:
 * `test.each(keyManagementConformance)('$name', ({ check }) => check(adapter))`.
 */
export const keyManagementConformance: readonly {
  readonly name: string;
  check(keys: KeyManagement): Promise<void>;
}[] = [
  {
    name: 'gives back the key it wrapped',
    check: async (keys) => {
      const key = randomBytes(32);
      deepEqual(bytes(await keys.unwrap(await keys.wrap(Buffer.from(key), owner), owner)), key);
    },
  },
  {
    name: 'names the current key in what it wraps',
    check: async (keys) =>
      equal((await keys.wrap(randomBytes(32), owner)).keyEncryptionKeyId, await keys.currentKeyId()),
  },
  {
    name: 'wraps the same key differently each time, and never as it is',
    check: async (keys) => {
      const key = randomBytes(32);
      const [one, other] = [
        await keys.wrap(Buffer.from(key), owner),
        await keys.wrap(Buffer.from(key), owner),
      ];
      notDeepEqual(bytes(one.wrapped), bytes(other.wrapped));
      ok(!bytes(one.wrapped).includes(key));
    },
  },
  {
    name: 'does not unwrap for another subject or tenant',
    check: async (keys) => {
      const wrapped = await keys.wrap(randomBytes(32), owner);
      await rejects(keys.unwrap(wrapped, { ...owner, subject: 'guest-2' }));
      await rejects(
        keys.unwrap(wrapped, { ...owner, organisationId: '01970000-0000-7000-8000-000000000002' }),
      );
    },
  },
  {
    name: 'does not unwrap what was changed, cut off or wrapped by a key it does not have',
    check: async (keys) => {
      const good = await keys.wrap(randomBytes(32), owner);
      const flipped = bytes(good.wrapped);
      flipped[flipped.length >> 1]! ^= 1;
      await rejects(keys.unwrap({ ...good, wrapped: flipped }, owner));
      await rejects(keys.unwrap({ ...good, wrapped: bytes(good.wrapped).subarray(0, 10) }, owner));
      await rejects(keys.unwrap({ ...good, keyEncryptionKeyId: 'no such key' }, owner));
    },
  },
  {
    name: 'serves many at once',
    check: async (keys) => {
      const all = Array.from({ length: 50 }, () => randomBytes(32));
      const wrapped = await Promise.all(all.map((key) => keys.wrap(Buffer.from(key), owner)));
      const back = await Promise.all(wrapped.map((each) => keys.unwrap(each, owner)));
      deepEqual(back.map(bytes), all);
    },
  },
];
