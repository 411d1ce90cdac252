import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { systemScope, type Database } from '@marquee/postgres';
import { hash, verify } from '@node-rs/argon2';

/** OWASP's figures for argon2id, which is the library's default: 19 MiB, two passes, one lane; about 20 ms here. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };
const shortest = 8;
const longest = 200;

let breached: ReadonlySet<string> | undefined;

/** The 49,000 passwords that most often stand in leaked lists; read when the first password is set. */
function breachedPasswords(): ReadonlySet<string> {
  const list = createRequire(import.meta.url).resolve('@zxcvbn-ts/language-common/src/passwords.json');
  return (breached ??= new Set(JSON.parse(readFileSync(list, 'utf8')) as string[]));
}

/** What may become a password: long enough, in no list of leaked ones, and not made of the person's address. */
export function parsePassword(field: string, given: string, email: string): Outcome<string, InvalidInput> {
  const password = given.normalize('NFKC');
  if (password.length < shortest || password.length > longest)
    return invalid(field, `must have ${shortest} to ${longest} characters`);
  const plain = password.toLowerCase();
  const local = email.toLowerCase().split('@')[0]!;
  if (
    new Set(plain).size < 4 ||
    plain === email.toLowerCase() ||
    (local.length > 3 && plain.startsWith(local))
  )
    return invalid(field, 'is too easy to guess');
  if (breachedPasswords().has(plain)) return invalid(field, 'is known from leaked lists; choose another');
  return accept(password);
}

export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

let unknown: Promise<string> | undefined;

/**
 * The account that has this address and password, or null. For an address that nobody has, or an account without a
 * password, the same work is done: the time taken tells nothing.
 */
export async function accountByPassword(
  database: Database,
  email: string,
  password: string,
): Promise<string | null> {
  const [account] = await database.read(systemScope, (tx) =>
    tx.rows<{ id: string; hash: string | null }>(
      'select id, password_hash as hash from account where email_key = $1',
      [email.toLowerCase()],
    ),
  );
  const known = account?.hash ?? (await (unknown ??= hashPassword('no account has this')));
  if (password.length > longest) return null;
  const matches = await verify(known, password.normalize('NFKC'));
  return matches && account?.hash ? account.id : null;
}

export async function storePassword(database: Database, accountId: string, password: string): Promise<void> {
  const made = await hashPassword(password);
  await database.transaction(systemScope, (tx) =>
    tx.execute('update account set password_hash = $2 where id = $1', [accountId, made]),
  );
}
