import { systemScope, type Database } from '@marquee/postgres';
import { createLoader, type Loader, type Viewer } from '@marquee/subgraph';
import { accountIdOf } from '../viewer.ts';
import { accountsById } from './account-rows.ts';
import type { Account } from './account.ts';

/** Accounts by id; null for one that the viewer may not read: neither its own nor a fellow member's. */
export function createAccountLoader(database: Database, viewer: Viewer): Loader<string, Account | null> {
  const own = accountIdOf(viewer);
  return createLoader(async (ids: readonly string[]) => {
    const others = ids.filter((id) => id !== own);
    const members =
      others.length === 0 || !viewer.scopes.includes('members:read')
        ? []
        : await database.read(viewer, (tx) =>
            tx.rows<{ id: string }>(
              'select account_id as id from membership where account_id = any($1::uuid[])',
              [others],
            ),
          );
    const readable = [...(own !== null && ids.includes(own) ? [own] : []), ...members.map(({ id }) => id)];
    if (readable.length === 0) return ids.map(() => null);
    const accounts = await database.read(systemScope, (tx) => accountsById(tx, readable));
    const byId = new Map(accounts.map((account) => [account.id, account]));
    return ids.map((id) => byId.get(id) ?? null);
  });
}
