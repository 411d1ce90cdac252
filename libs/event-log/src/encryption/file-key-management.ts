import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import { chmod, link, open, readFile, rename, stat, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { assert, newUuid } from '@marquee/kernel';
import { dataKeyBytes, decipher, encipher } from './cipher.ts';
import { KeyManagementError, type KeyContext, type KeyManagement } from './key-management.ts';

export interface FileKeyManagement extends KeyManagement {
  /** Makes a new key-encryption key the current one. The old ones still unwrap. Answers its id. */
  rotate(): Promise<string>;
  /** Those that are not the current one. */
  oldKeyIds(): Promise<string[]>;
  /**
   * Removes an old key-encryption key: whatever is still wrapped by it, also in backups of the database, is lost. Wrap
   * anew first (`rewrapSubjectKeys`). Refuses for the current one.
   */
  destroy(keyId: string): Promise<void>;
}

type KeyFile = { readonly current: string; readonly keys: Readonly<Record<string, string>> };

/**
 * Key-encryption keys in a file that its owner alone can read (mode 0600; another mode is refused), made where there is
 * none. For development and for one machine: who has the file has every key that is not erased. Keep it out of the
 * database's backups. Any number of processes read it; one at a time changes it.
 */
export async function createFileKeyManagement({
  path,
}: {
  readonly path: string;
}): Promise<FileKeyManagement> {
  await createIfMissing(path);
  let file = await load(path);
  const keyOf = async (id: string): Promise<KeyObject> => {
    // Another process may have rotated since.
    if (!file.keys.has(id)) file = await load(path);
    const key = file.keys.get(id);
    if (!key) throw new KeyManagementError('UNKNOWN_KEY', `there is no key-encryption key ${id}`);
    return key;
  };
  const change = async (next: (old: KeyFile) => KeyFile) => {
    await replace(path, next(await read(path)));
    file = await load(path);
  };
  return {
    currentKeyId: async () => (file = await load(path)).current,
    wrap: async (dataKey, context) => {
      const keyEncryptionKeyId = file.current;
      const key = await keyOf(keyEncryptionKeyId);
      return { keyEncryptionKeyId, wrapped: encipher(key, dataKey, contextText(context)) };
    },
    unwrap: async ({ keyEncryptionKeyId, wrapped }, context) => {
      const key = await keyOf(keyEncryptionKeyId);
      try {
        return decipher(key, wrapped, contextText(context));
      } catch (error) {
        throw new KeyManagementError('FORGED', 'a wrapped key does not open here', { cause: error });
      }
    },
    rotate: async () => {
      const id = newUuid();
      await change(({ keys }) => ({ current: id, keys: { ...keys, [id]: newKey() } }));
      return id;
    },
    oldKeyIds: async () => {
      const { current, keys } = await read(path);
      return Object.keys(keys).filter((id) => id !== current);
    },
    destroy: (id) =>
      change(({ current, keys }) => {
        assert(id !== current, 'the current key-encryption key cannot be destroyed: rotate first');
        return { current, keys: Object.fromEntries(Object.entries(keys).filter(([each]) => each !== id)) };
      }),
  };
}

const newKey = () => randomBytes(dataKeyBytes).toString('base64');
const contextText = ({ organisationId, subject }: KeyContext) => JSON.stringify([organisationId, subject]);

async function createIfMissing(path: string): Promise<void> {
  if (await stat(path).catch(() => null)) return;
  const id = newUuid();
  const draft = `${path}.${id}`;
  await write(draft, { current: id, keys: { [id]: newKey() } });
  try {
    // Of several processes that start at once one makes the file, whole; the others take it.
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    await unlink(draft);
  }
}

async function read(path: string): Promise<KeyFile> {
  const { mode } = await stat(path);
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new KeyManagementError('UNSAFE_FILE', `${path} can be read by others than its owner: chmod 600 it`);
  return JSON.parse(await readFile(path, 'utf8')) as KeyFile;
}

async function load(
  path: string,
): Promise<{ readonly current: string; readonly keys: Map<string, KeyObject> }> {
  const { current, keys } = await read(path);
  const entries = Object.entries(keys).map(
    ([id, key]) => [id, createSecretKey(Buffer.from(key, 'base64'))] as const,
  );
  return { current, keys: new Map(entries) };
}

/** Whole or not at all, also in a power cut: written beside, forced to disk, then renamed. */
async function replace(path: string, file: KeyFile): Promise<void> {
  const draft = `${path}.${newUuid()}`;
  await write(draft, file);
  await rename(draft, path);
  const directory = await open(dirname(path), 'r');
  await directory.sync().finally(() => directory.close());
}

async function write(path: string, file: KeyFile): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(JSON.stringify(file));
    await handle.sync();
  } finally {
    await handle.close();
  }
  await chmod(path, 0o600); // whatever the umask says
}
