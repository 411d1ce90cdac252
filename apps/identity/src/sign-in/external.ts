import { newUuid } from '@marquee/kernel';
import { systemScope, type Transaction } from '@marquee/postgres';
import { parseEmail, type HttpAnswer } from '@marquee/subgraph';
import type { Logger } from '@marquee/telemetry';
import * as client from 'openid-client';
import { accountByEmail, insertAccount, markEmailVerified } from '../accounts/account-rows.ts';
import type { Services } from '../command.ts';
import { peek, recall, remember } from './one-time.ts';
import { deadEndPage } from './pages.ts';
import { secondsOf } from './sign-in.ts';

/** Another OpenID provider whose word on who somebody is we take. */
export type ExternalIssuer = {
  /** In paths: lower-case letters, digits and hyphens. */
  readonly name: string;
  readonly label: string;
  /** Its issuer URL, from which all else is discovered. */
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
};

export type ExternalIssuers = {
  list(): readonly Pick<ExternalIssuer, 'name' | 'label'>[];
  /**
   * Where to send the browser; null for an issuer that is unknown or does not answer. `fresh`: the issuer is to have the
   * person prove anew who it is, whether or not it knows the browser.
   */
  begin(uid: string, name: string, asking: { readonly fresh: boolean }): Promise<string | null>;
  /** The issuer sent the browser back: on to the sign-in that it began with. */
  returned(answer: URLSearchParams): Promise<HttpAnswer>;
  /**
   * Who came back, with an account that is made where it is new; `stale` where that had to be proved anew and the issuer
   * does not say that it was; null where anything else about the answer is not right.
   */
  complete(uid: string, answer: URLSearchParams): Promise<Arrival | 'stale' | null>;
};

type Arrival = {
  readonly accountId: string;
  /** When the issuer had the person prove who it is, in seconds since 1970; null where it does not say. */
  readonly provedAt: number | null;
};

type Begun = {
  readonly uid: string;
  readonly name: string;
  readonly verifier: string;
  readonly nonce: string;
  /** Since when the person has to have proved who it is, in seconds since 1970; null: whenever. */
  readonly freshSince: number | null;
};

const minutes = 15;
const timeoutSeconds = 10;
/** By which two clocks may differ. */
const toleranceSeconds = 30;

export function createExternalIssuers(
  services: Services,
  issuers: readonly ExternalIssuer[],
  logger: Logger,
): ExternalIssuers {
  const { clock, database, publicUrl } = services;
  const redirectUri = `${publicUrl}/sign-in/external`;
  const configurationOf = createDiscovery(issuers);

  const begin = async (uid: string, name: string, fresh: boolean): Promise<string | null> => {
    const configuration = await configurationOf(name);
    if (!configuration) return null;
    const [verifier, nonce] = [client.randomPKCECodeVerifier(), client.randomNonce()];
    const freshSince = fresh ? secondsOf(clock) : null;
    const state = await database.transaction(systemScope, (tx) =>
      remember(tx, 'external', { uid, name, verifier, nonce, freshSince } satisfies Begun, minutes),
    );
    const code_challenge = await client.calculatePKCECodeChallenge(verifier);
    return client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid email profile',
      code_challenge,
      code_challenge_method: 'S256',
      state,
      nonce,
      // Either asks for it; the second has the identity token say when it was, where the issuer knows it.
      ...(fresh && { prompt: 'login', max_age: '0' }),
    }).href;
  };

  const complete = async (uid: string, answer: URLSearchParams): Promise<Arrival | 'stale' | null> => {
    const state = answer.get('state') ?? '';
    const begun = await recall<Begun>(database, 'external', state);
    const configuration = begun?.uid === uid ? await configurationOf(begun.name) : null;
    if (!begun || !configuration) return null;
    const tokens = await client.authorizationCodeGrant(
      configuration,
      new URL(`${redirectUri}?${answer.toString()}`),
      {
        pkceCodeVerifier: begun.verifier,
        expectedState: state,
        expectedNonce: begun.nonce,
        idTokenExpected: true,
      },
    );
    const claims = tokens.claims();
    if (!claims) return null;
    const provedAt = claims.auth_time === undefined ? null : Math.min(claims.auth_time, secondsOf(clock));
    const { freshSince } = begun;
    // Not by the library, which would count the time that the person spends there on anything else.
    if (freshSince && (provedAt === null || provedAt < freshSince - toleranceSeconds)) return 'stale';
    const accountId = await database.transaction(systemScope, (tx) => linkedAccount(tx, claims));
    return accountId === null ? null : { accountId, provedAt };
  };

  return {
    list: () => issuers.map(({ name, label }) => ({ name, label })),
    begin: (uid, name, { fresh }) => begin(uid, name, fresh).catch((error: unknown) => failed(logger, error)),
    complete: (uid, answer) => complete(uid, answer).catch((error: unknown) => failed(logger, error)),
    returned: async (answer) => {
      const begun = await peek<Begun>(database, 'external', answer.get('state') ?? '');
      if (!begun) return deadEndPage();
      const location = `/sign-in/${begun.uid}/external?${answer.toString()}`;
      return { status: 303, headers: { location, 'cache-control': 'no-store' } };
    },
  };
}

/** What an issuer says of itself, asked once, and again where that failed; null for one that is unknown. */
function createDiscovery(issuers: readonly ExternalIssuer[]) {
  const discovered = new Map<string, client.Configuration>();
  return async (name: string): Promise<client.Configuration | null> => {
    const issuer = issuers.find((each) => each.name === name);
    if (!issuer) return null;
    const known = discovered.get(name);
    if (known) return known;
    const url = new URL(issuer.issuer);
    // Plain HTTP only to this machine: for development and tests.
    const local = url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname);
    const made = await client.discovery(url, issuer.clientId, issuer.clientSecret, undefined, {
      timeout: timeoutSeconds,
      ...(local && { execute: [client.allowInsecureRequests] }),
    });
    discovered.set(name, made);
    return made;
  };
}

function failed(logger: Logger, error: unknown): null {
  // Neither codes nor tokens are in what the library throws, but its cause may hold the whole answer.
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  logger.warn({ code, message }, 'an external issuer did not say who somebody is');
  return null;
}

type Claims = Readonly<Record<string, unknown>> & { readonly iss: string; readonly sub: string };

/**
 * The account that this person of that issuer has here. By address only where the issuer says that it is verified: else
 * anyone could become anyone by writing an address down there.
 */
async function linkedAccount(tx: Transaction, claims: Claims): Promise<string | null> {
  const [linked] = await tx.rows<{ accountId: string }>(
    'select account_id as "accountId" from external_identity where issuer = $1 and subject = $2',
    [claims.iss, claims.sub],
  );
  if (linked) return linked.accountId;
  const email = parseEmail('email', String(claims['email'] ?? ''));
  if (!email.ok || claims['email_verified'] !== true) return null;
  const name =
    typeof claims['name'] === 'string' && claims['name'] ? claims['name'].slice(0, 200) : email.value;
  await insertAccount(tx, { id: newUuid(), email: email.value, name, emailVerifiedAt: new Date() });
  const account = (await accountByEmail(tx, email.value))!;
  // Whoever made an account with this address and never confirmed it set a password that is not this person's.
  if (!account.emailVerifiedAt)
    await tx.execute('update account set password_hash = null where id = $1', [account.id]);
  await markEmailVerified(tx, account.id);
  await tx.execute(
    'insert into external_identity (issuer, subject, account_id) values ($1, $2, $3) on conflict do nothing',
    [claims.iss, claims.sub, account.id],
  );
  return account.id;
}

/** The issuers of a settings file; throws where one lacks something. */
export function parseIssuers(given: unknown): readonly ExternalIssuer[] {
  const list = (given ?? []) as readonly ExternalIssuer[];
  for (const issuer of list) {
    const { name, label, clientId, clientSecret } = issuer;
    const complete = [label, clientId, clientSecret].every(
      (value) => typeof value === 'string' && value !== '',
    );
    if (!/^[a-z0-9-]{1,40}$/.test(name) || !complete || !URL.canParse(issuer.issuer))
      throw new Error(
        'each issuer needs name (a-z, 0-9, -), label, issuer (a URL), clientId and clientSecret',
      );
  }
  return list;
}
