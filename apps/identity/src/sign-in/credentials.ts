import {
  accept,
  decodeId,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { accountsById } from '../accounts/account-rows.ts';
import type { Account } from '../accounts/account.ts';
import type { Services } from '../command.ts';
import { revokeAllSessions } from '../sessions/revoke-session.ts';
import { accountIdOf } from '../viewer.ts';
import { mayAttempt } from './attempts.ts';
import {
  beginAuthenticator,
  checkSecondFactor,
  confirmAuthenticator,
  removeAuthenticator,
  type NewAuthenticator,
} from './authenticator.ts';
import { addPasskey } from './passkeys.ts';
import { accountByPassword, parsePassword, storePassword } from './passwords.ts';

export type Credentials = {
  readonly hasPassword: boolean;
  readonly hasAuthenticator: boolean;
  readonly recoveryCodes: number;
  readonly passkeys: readonly {
    readonly credentialId: string;
    readonly name: string;
    readonly createdAt: Date;
    readonly lastUsedAt: Date | null;
  }[];
};

export type ProofInvalid = { readonly kind: 'ProofInvalid'; readonly message: string };
export type AuthenticatorExists = { readonly kind: 'AuthenticatorExists'; readonly message: string };

const proofInvalid = () =>
  refuse({
    kind: 'ProofInvalid',
    message: 'That is not right, or there were too many tries: wait a quarter of an hour.',
  });

type Asking = Services & { readonly viewer: Viewer };
type Changed = { readonly accountId: string };

/** The account whose credentials these are: only ever the viewer's own. */
export async function ownAccount({ database, viewer }: Asking): Promise<Account | null> {
  const id = accountIdOf(viewer);
  if (id === null) return null;
  const [account] = await database.read(systemScope, (tx) => accountsById(tx, [id]));
  return account ?? null;
}

export async function credentialsOf({ database }: Services, accountId: string): Promise<Credentials> {
  return database.read(systemScope, async (tx) => {
    const [facts] = await tx.rows<Omit<Credentials, 'passkeys'>>(
      `select a.password_hash is not null as "hasPassword",
              exists (select from authenticator t where t.account_id = a.id and t.confirmed_at is not null)
                as "hasAuthenticator",
              (select count(*)::integer from recovery_code r where r.account_id = a.id and r.used_at is null)
                as "recoveryCodes"
         from account a where a.id = $1`,
      [accountId],
    );
    const passkeys = await tx.rows<Credentials['passkeys'][number]>(
      `select id as "credentialId", name, created_at as "createdAt", last_used_at as "lastUsedAt" from passkey
        where account_id = $1 order by created_at, id`,
      [accountId],
    );
    return { ...facts!, passkeys };
  });
}

async function mayTry({ database }: Services, accountId: string): Promise<boolean> {
  return mayAttempt(database, [{ kind: 'account', of: accountId }]);
}

/** Who knows a session of somebody's must not be able to lock the person out: the current password is asked for. */
export async function setPassword(
  asking: Asking,
  { currentPassword, newPassword }: { readonly currentPassword: string | null; readonly newPassword: string },
): Promise<Outcome<Changed, ProofInvalid | InvalidInput | NotFound>> {
  const account = await ownAccount(asking);
  if (!account) return notFound('Your account');
  const { hasPassword } = await credentialsOf(asking, account.id);
  if (hasPassword) {
    const known =
      (await mayTry(asking, account.id)) &&
      (await accountByPassword(asking.database, account.email, currentPassword ?? ''));
    if (known !== account.id) return proofInvalid();
  }
  const parsed = parsePassword('newPassword', newPassword, account.email);
  if (!parsed.ok) return parsed;
  await storePassword(asking.database, account.id, parsed.value);
  const exceptId = asking.viewer.sessionId ? decodeId('SignInSession', asking.viewer.sessionId) : null;
  await revokeAllSessions(asking, account.id, { exceptId, because: 'password-changed' });
  return accept({ accountId: account.id });
}

export async function beginOwnAuthenticator(
  asking: Asking,
): Promise<Outcome<NewAuthenticator, AuthenticatorExists | NotFound>> {
  const account = await ownAccount(asking);
  if (!account) return notFound('Your account');
  const made = await beginAuthenticator(asking, account);
  const message = 'There is an authenticator already: remove it first.';
  return made ? accept(made) : refuse({ kind: 'AuthenticatorExists', message });
}

export async function confirmOwnAuthenticator(
  asking: Asking,
  code: string,
): Promise<Outcome<string[], ProofInvalid | NotFound>> {
  const account = await ownAccount(asking);
  if (!account) return notFound('Your account');
  if (!(await mayTry(asking, account.id))) return proofInvalid();
  const codes = await confirmAuthenticator(asking, account.id, code);
  return codes ? accept([...codes]) : proofInvalid();
}

export async function removeOwnAuthenticator(
  asking: Asking,
  code: string,
): Promise<Outcome<Changed, ProofInvalid | NotFound>> {
  const account = await ownAccount(asking);
  if (!account) return notFound('Your account');
  const proved = (await mayTry(asking, account.id)) && (await checkSecondFactor(asking, account.id, code));
  if (!proved) return proofInvalid();
  await removeAuthenticator(asking, account.id);
  return accept({ accountId: account.id });
}

export async function addOwnPasskey(
  asking: Asking,
  given: { readonly credential: string; readonly name: string },
): Promise<Outcome<Changed, ProofInvalid | NotFound>> {
  const account = await ownAccount(asking);
  if (!account) return notFound('Your account');
  return (await addPasskey(asking, account.id, given)) ? accept({ accountId: account.id }) : proofInvalid();
}

export async function removeOwnPasskey(
  asking: Asking,
  credentialId: string,
): Promise<Outcome<Changed, NotFound>> {
  const account = await ownAccount(asking);
  const removed = account
    ? await asking.database.transaction(systemScope, (tx) =>
        tx.execute('delete from passkey where id = $1 and account_id = $2', [credentialId, account.id]),
      )
    : 0;
  return account && removed === 1 ? accept({ accountId: account.id }) : notFound('The passkey');
}
