import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { chmod, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDirectory } from '@marquee/testkit';
import { createFileKeyManagement, keyManagementConformance } from '../index.ts';

const owner = { organisationId: '01970000-0000-7000-8000-000000000001', subject: 'guest-1' };
const dataKey = () => Buffer.alloc(32, 7);

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
let path: string;
beforeEach(async () => {
  directory = await temporaryDirectory();
  path = join(directory.path, 'keys.json');
});
afterEach(() => directory.remove());

describe('keys in a file', () => {
  test.each(keyManagementConformance)('$name', async ({ check }) =>
    check(await createFileKeyManagement({ path })),
  );

  test.each(keyManagementConformance)('$name, after a rotation too', async ({ check }) => {
    const keys = await createFileKeyManagement({ path });
    await keys.rotate();
    await check(keys);
  });

  test('are their owner’s alone to read, made once however many start at the same time, and nothing else is left', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => createFileKeyManagement({ path })));
    expect(new Set(await Promise.all(all.map((keys) => keys.currentKeyId()))).size).toBe(1);
    await all[0]!.rotate();
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(directory.path)).toEqual(['keys.json']);
  });

  test('are refused where others could read them', async () => {
    await createFileKeyManagement({ path });
    await chmod(path, 0o640);
    await expect(createFileKeyManagement({ path })).rejects.toMatchObject({ code: 'UNSAFE_FILE' });
  });

  test('open what was wrapped before a rotation, in every process, until the old one is destroyed', async () => {
    const [one, other] = [await createFileKeyManagement({ path }), await createFileKeyManagement({ path })];
    const old = await one.wrap(dataKey(), owner);
    await one.rotate();
    const anew = await one.wrap(dataKey(), owner);
    expect(anew.keyEncryptionKeyId).not.toBe(old.keyEncryptionKeyId);
    expect(await other.unwrap(old, owner)).toEqual(dataKey());
    expect(await other.unwrap(anew, owner)).toEqual(dataKey());
    await expect(one.destroy(anew.keyEncryptionKeyId)).rejects.toThrow('rotate first');
    await one.destroy(old.keyEncryptionKeyId);
    await expect(one.unwrap(old, owner)).rejects.toMatchObject({ code: 'UNKNOWN_KEY' });
    expect(await readFile(path, 'utf8')).not.toContain(old.keyEncryptionKeyId);
    expect(await one.unwrap(anew, owner)).toEqual(dataKey());
  });
});
