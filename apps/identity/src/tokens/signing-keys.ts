import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';
import type { Services } from '../command.ts';
import { orderLinkDays } from '../order-links/order-link.ts';

/** The keys of the issuer, the one that signs first; all of them are published. */
export type SigningKeys = { readonly keys: readonly JWK[]; readonly kids: readonly string[] };

/**
 * What a key signs. Those of access tokens are published; what is signed by the others is read here alone, and could
 * not pass for a token whatever it says.
 */
export type KeyPurpose = 'access' | 'order-link';

/** Verifiers read the set anew at least this often: a key is published so long before it signs. */
export const publishedBeforeMs = 10 * 60_000;
/** Longer than any token lives that an old key signed. */
export const publishedAfterMs = 2 * 3_600_000;

/** How long before it signs a key has to be known, and how long afterwards. */
const lives: Readonly<Record<KeyPurpose, { readonly beforeMs: number; readonly afterMs: number }>> = {
  access: { beforeMs: publishedBeforeMs, afterMs: publishedAfterMs },
  'order-link': { beforeMs: 0, afterMs: (orderLinkDays + 1) * 86_400_000 },
};

type Row = { readonly kid: string; readonly sealed: Buffer; readonly signs: boolean };

/** Keys in use, made where there is none. Of instances that start at once, one makes the first key. */
export async function loadSigningKeys(
  services: Services,
  purpose: KeyPurpose = 'access',
): Promise<SigningKeys> {
  const { database, secrets } = services;
  const rows = await database.transaction(systemScope, async (tx) => {
    await tx.execute(`select pg_advisory_xact_lock(hashtext('signing-key'))`);
    const known = await readRows(tx, purpose);
    if (known.some(({ signs }) => signs)) return known;
    await insertKey(tx, services, purpose, 0);
    return readRows(tx, purpose);
  });
  const keys = rows.map(({ kid, sealed }) => JSON.parse(secrets.open(sealed, `signing-key ${kid}`)) as JWK);
  return { keys, kids: rows.map(({ kid }) => kid) };
}

/** The newest key that may sign by now comes first: the issuer signs with the first. */
async function readRows(tx: Transaction, purpose: KeyPurpose): Promise<Row[]> {
  return tx.rows<Row>(
    `select kid, private_key as sealed, signs_from <= now() as signs from signing_key
      where purpose = $1 and (retires_at is null or retires_at > now())
      order by signs_from <= now() desc, signs_from desc, kid`,
    [purpose],
  );
}

async function insertKey(
  tx: Transaction,
  { secrets }: Services,
  purpose: KeyPurpose,
  signsInMs: number,
): Promise<string> {
  const { publicKey, privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const [secret, open] = [await exportJWK(privateKey), await exportJWK(publicKey)];
  const kid = await calculateJwkThumbprint(open);
  const marks = { kid, alg: 'EdDSA', use: 'sig' };
  await tx.execute(
    `insert into signing_key (kid, private_key, public_key, signs_from, purpose)
     values ($1, $2, $3, now() + make_interval(secs => $4), $5)`,
    [
      kid,
      secrets.seal(JSON.stringify({ ...secret, ...marks }), `signing-key ${kid}`),
      { ...open, ...marks },
      signsInMs / 1000,
      purpose,
    ],
  );
  return kid;
}

/**
 * Adds a key that is published at once and signs in ten minutes; the ones before stay published until what they signed
 * has expired. No token is refused at any moment of it. Does nothing while an earlier rotation is under way, unless
 * `signsInMs` is given: 0 is for a key that became known to others, where waiting is worse than a refused token.
 */
export async function rotateSigningKey(
  services: Services,
  { signsInMs, purpose = 'access' }: { readonly signsInMs?: number; readonly purpose?: KeyPurpose } = {},
): Promise<string | null> {
  const { beforeMs, afterMs } = lives[purpose];
  const waitMs = signsInMs ?? beforeMs;
  return services.database.transaction(systemScope, async (tx) => {
    await tx.execute(`select pg_advisory_xact_lock(hashtext('signing-key'))`);
    const waiting = await tx.rows('select from signing_key where purpose = $1 and signs_from > now()', [
      purpose,
    ]);
    if (waiting.length > 0 && signsInMs === undefined) return null;
    const retiresInMs = waitMs + afterMs;
    await tx.execute(
      `update signing_key set retires_at = coalesce(retires_at, now() + make_interval(secs => $1))
        where purpose = $2`,
      [retiresInMs / 1000, purpose],
    );
    return insertKey(tx, services, purpose, waitMs);
  });
}

/** Rotates where the newest key of a purpose is older than so many days, and forgets keys that retired. */
export async function rotateWhenDue(services: Services, days: number): Promise<void> {
  const due = await services.database.transaction(systemScope, async (tx) => {
    await tx.execute('delete from signing_key where retires_at < now()');
    return tx.rows<{ purpose: KeyPurpose }>(
      `select purpose from signing_key group by purpose
       having max(created_at) <= now() - make_interval(days => $1)`,
      [days],
    );
  });
  for (const { purpose } of due) await rotateSigningKey(services, { purpose });
}

/** The public keys, as the JWK set that verifiers read. */
export async function publicKeys(
  database: Database,
  purpose: KeyPurpose = 'access',
): Promise<{ readonly keys: JWK[] }> {
  const rows = await database.read(systemScope, (tx) =>
    tx.rows<{ key: JWK }>(
      `select public_key as key from signing_key where purpose = $1 and (retires_at is null or retires_at > now())
        order by signs_from desc, kid`,
      [purpose],
    ),
  );
  return { keys: rows.map(({ key }) => key) };
}
