import { decodeId } from '@marquee/kernel';
import type { Database } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import type { Account } from '../accounts/account.ts';

/** Names of those who act, by their ids in the logs: of members and keys of the viewer's organisation, of nobody else. */
export function createActorLoader(
  database: Database,
  viewer: Viewer,
  accounts: Loader<string, Account | null>,
): Loader<string, string | null> {
  return createLoader(async (actors: readonly string[]) => {
    const keyIds = actors.map((actor) => decodeId('ApiKey', actor)).filter((id) => id !== null);
    const keys =
      keyIds.length === 0
        ? []
        : await database.read(viewer, (tx) =>
            tx.rows<{ id: string; name: string }>('select id, name from api_key where id = any($1::uuid[])', [
              keyIds,
            ]),
          );
    const names = new Map(keys.map(({ id, name }) => [id, name]));
    return Promise.all(
      actors.map(async (actor) => {
        const [accountId, keyId] = [decodeId('Account', actor), decodeId('ApiKey', actor)];
        if (accountId !== null) return (await accounts.load(accountId))?.name ?? null;
        return keyId === null ? null : (names.get(keyId) ?? null);
      }),
    );
  });
}
