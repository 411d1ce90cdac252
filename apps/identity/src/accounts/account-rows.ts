import type { Transaction } from '@marquee/postgres';
import type { Account } from './account.ts';

const columns = `id, email, name, email_verified_at as "emailVerifiedAt", created_at as "createdAt"`;

/** Every function here needs a transaction in the system scope: people belong to no organisation. */
export async function accountsById(tx: Transaction, ids: readonly string[]): Promise<Account[]> {
  return tx.rows<Account>(`select ${columns} from account where id = any($1::uuid[])`, [ids]);
}

export async function accountByEmail(tx: Transaction, email: string): Promise<Account | null> {
  const [account] = await tx.rows<Account>(`select ${columns} from account where email_key = $1`, [
    email.toLowerCase(),
  ]);
  return account ?? null;
}

/** Null where the address has an account already. */
export async function insertAccount(
  tx: Transaction,
  account: Pick<Account, 'id' | 'email' | 'name' | 'emailVerifiedAt'>,
): Promise<Account | null> {
  const [made] = await tx.rows<Account>(
    `insert into account (id, email, name, email_verified_at) values ($1, $2, $3, $4)
     on conflict on constraint account_email_key do nothing returning ${columns}`,
    [account.id, account.email, account.name, account.emailVerifiedAt],
  );
  return made ?? null;
}

export async function markEmailVerified(tx: Transaction, accountId: string): Promise<void> {
  await tx.execute(
    'update account set email_verified_at = coalesce(email_verified_at, now()) where id = $1',
    [accountId],
  );
}
