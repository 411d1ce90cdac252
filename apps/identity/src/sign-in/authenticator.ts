import { randomBytes } from 'node:crypto';
import { systemScope, type Transaction } from '@marquee/postgres';
import { Secret, TOTP } from 'otpauth';
import type { Services } from '../command.ts';
import { digestOf } from '../secrets.ts';

const recoveryCodes = 10;
/** Letters and digits that are not taken for one another. */
const letters = '23456789abcdefghjkmnpqrstuvwxyz';

export type NewAuthenticator = {
  /** In base 32, for who cannot scan. */
  readonly secret: string;
  /** `otpauth://…`, for the app. */
  readonly uri: string;
};

function totpOf(secret: string, label: string): TOTP {
  return new TOTP({ issuer: 'Marquee', label, secret: Secret.fromBase32(secret) });
}

/** A secret that counts once a code of it was given back; one that was confirmed stays until then. */
export async function beginAuthenticator(
  { database, secrets }: Services,
  account: { readonly id: string; readonly email: string },
): Promise<NewAuthenticator | null> {
  const secret = new Secret({ size: 20 }).base32;
  const changed = await database.transaction(systemScope, (tx) =>
    tx.execute(
      `insert into authenticator (account_id, secret) values ($1, $2)
       on conflict (account_id) do update set secret = excluded.secret where authenticator.confirmed_at is null`,
      [account.id, secrets.seal(secret, `authenticator ${account.id}`)],
    ),
  );
  return changed === 1 ? { secret, uri: totpOf(secret, account.email).toString() } : null;
}

/** The secret that waits for its first code. */
export async function unconfirmedAuthenticator(
  { database, secrets }: Services,
  account: { readonly id: string; readonly email: string },
): Promise<NewAuthenticator | null> {
  const [row] = await database.read(systemScope, (tx) =>
    tx.rows<{ secret: Buffer }>(
      'select secret from authenticator where account_id = $1 and confirmed_at is null',
      [account.id],
    ),
  );
  if (!row) return null;
  const secret = secrets.open(row.secret, `authenticator ${account.id}`);
  return { secret, uri: totpOf(secret, account.email).toString() };
}

export async function hasAuthenticator({ database }: Services, accountId: string): Promise<boolean> {
  const rows = await database.read(systemScope, (tx) =>
    tx.rows('select from authenticator where account_id = $1 and confirmed_at is not null', [accountId]),
  );
  return rows.length > 0;
}

/** Whether the code is right and was not used before. The row is locked: a code that is read over a shoulder counts once. */
async function takeCode(
  tx: Transaction,
  { secrets, clock }: Services,
  accountId: string,
  code: string,
): Promise<boolean> {
  const [row] = await tx.rows<{ secret: Buffer; last: string }>(
    'select secret, last_step as last from authenticator where account_id = $1 for update',
    [accountId],
  );
  if (!row || !/^\d{6}$/.test(code)) return false;
  const totp = totpOf(secrets.open(row.secret, `authenticator ${accountId}`), '');
  const timestamp = clock.now().getTime();
  const delta = totp.validate({ token: code, timestamp, window: 1 });
  if (delta === null) return false;
  const step = totp.counter({ timestamp }) + delta;
  if (step <= Number(row.last)) return false;
  await tx.execute('update authenticator set last_step = $2 where account_id = $1', [accountId, step]);
  return true;
}

/** Confirms the secret by its first code; answers recovery codes, which are shown this once. Null: the code is wrong. */
export async function confirmAuthenticator(
  services: Services,
  accountId: string,
  code: string,
): Promise<readonly string[] | null> {
  return services.database.transaction(systemScope, async (tx) => {
    if (!(await takeCode(tx, services, accountId, code.trim()))) return null;
    await tx.execute(
      'update authenticator set confirmed_at = coalesce(confirmed_at, now()) where account_id = $1',
      [accountId],
    );
    return renewRecoveryCodes(tx, accountId);
  });
}

async function renewRecoveryCodes(tx: Transaction, accountId: string): Promise<readonly string[]> {
  const codes = Array.from({ length: recoveryCodes }, newRecoveryCode);
  await tx.execute('delete from recovery_code where account_id = $1', [accountId]);
  await tx.execute('insert into recovery_code (account_id, digest) select $1, unnest($2::bytea[])', [
    accountId,
    codes.map((code) => digestOf(`${accountId} ${code}`)),
  ]);
  return codes;
}

/** Ten characters, about 50 bits: guessed against the limits of attempts, never. */
function newRecoveryCode(): string {
  let code = '';
  while (code.length < 10)
    for (const byte of randomBytes(16)) if (byte < 248 && code.length < 10) code += letters[byte % 31]!;
  return `${code.slice(0, 5)}-${code.slice(5)}`;
}

/** Whether this is a second factor of the account: a code of the authenticator, or a recovery code, each good once. */
export async function checkSecondFactor(
  services: Services,
  accountId: string,
  given: string,
): Promise<boolean> {
  const code = given.trim().toLowerCase().replaceAll(' ', '');
  return services.database.transaction(systemScope, async (tx) => {
    if (await takeCode(tx, services, accountId, code)) return true;
    const used = await tx.execute(
      'update recovery_code set used_at = now() where account_id = $1 and digest = $2 and used_at is null',
      [accountId, digestOf(`${accountId} ${code}`)],
    );
    return used === 1;
  });
}

export async function removeAuthenticator({ database }: Services, accountId: string): Promise<void> {
  await database.transaction(systemScope, async (tx) => {
    await tx.execute('delete from recovery_code where account_id = $1', [accountId]);
    await tx.execute('delete from authenticator where account_id = $1', [accountId]);
  });
}
