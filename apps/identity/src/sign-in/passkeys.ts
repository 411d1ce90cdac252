import { encodeId } from '@marquee/kernel';
import { systemScope } from '@marquee/postgres';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
} from '@simplewebauthn/server';
import type { Services } from '../command.ts';
import { recall, remember } from './one-time.ts';

const minutes = 10;

type Credential = { readonly id: string; readonly response: { readonly clientDataJSON: string } };

/** What a browser answered, as far as it must be trusted before it is verified. */
function parseCredential(json: string): (Credential & Record<string, unknown>) | null {
  try {
    const value = JSON.parse(json) as Credential | null;
    const fits = typeof value?.id === 'string' && typeof value.response?.clientDataJSON === 'string';
    return fits ? (value as Credential & Record<string, unknown>) : null;
  } catch {
    return null;
  }
}

function challengeOf({ response }: Credential): string {
  try {
    const data = JSON.parse(Buffer.from(response.clientDataJSON, 'base64url').toString('utf8')) as {
      challenge?: unknown;
    };
    // The challenge holds our token: base64url of its text.
    return Buffer.from(String(data.challenge), 'base64url').toString('utf8');
  } catch {
    return '';
  }
}

/** A challenge that is good once; the browser signs it. */
async function newChallenge(
  { database }: Services,
  purpose: string,
  data: object,
): Promise<Uint8Array<ArrayBuffer>> {
  const token = await database.transaction(systemScope, (tx) => remember(tx, purpose, data, minutes));
  return new Uint8Array(Buffer.from(token, 'utf8'));
}

const siteOf = ({ publicUrl }: Services) => ({
  expectedOrigin: new URL(publicUrl).origin,
  expectedRPID: new URL(publicUrl).hostname,
});

/** For the browser's `navigator.credentials.get`: any passkey of this site, so that nobody learns who has one. */
export async function passkeyRequest(services: Services, uid: string) {
  return generateAuthenticationOptions({
    rpID: siteOf(services).expectedRPID,
    userVerification: 'required',
    challenge: await newChallenge(services, 'passkey-sign-in', { uid }),
  });
}

type StoredPasskey = {
  readonly accountId: string;
  readonly publicKey: Buffer;
  readonly counter: string;
};

/** The account of the passkey that signed, or null where anything about it is not right. */
export async function accountByPasskey(
  services: Services,
  uid: string,
  json: string,
): Promise<string | null> {
  const { database } = services;
  const response = parseCredential(json);
  if (!response) return null;
  const token = challengeOf(response);
  const asked = await recall<{ uid: string }>(database, 'passkey-sign-in', token);
  if (asked?.uid !== uid) return null;
  const [known] = await database.read(systemScope, (tx) =>
    tx.rows<StoredPasskey>(
      'select account_id as "accountId", public_key as "publicKey", counter from passkey where id = $1',
      [response.id],
    ),
  );
  if (!known) return null;
  const verified = await verifyAuthenticationResponse({
    response: response as unknown as AuthenticationResponseJSON,
    expectedChallenge: Buffer.from(token, 'utf8').toString('base64url'),
    ...siteOf(services),
    requireUserVerification: true,
    credential: {
      id: response.id,
      publicKey: new Uint8Array(known.publicKey),
      counter: Number(known.counter),
    },
  }).catch(() => ({ verified: false as const, authenticationInfo: undefined }));
  if (!verified.verified || !verified.authenticationInfo) return null;
  const { newCounter } = verified.authenticationInfo;
  await database.transaction(systemScope, (tx) =>
    tx.execute('update passkey set counter = $2, last_used_at = now() where id = $1', [
      response.id,
      newCounter,
    ]),
  );
  return known.accountId;
}

export async function hasPasskey({ database }: Services, accountId: string): Promise<boolean> {
  const rows = await database.read(systemScope, (tx) =>
    tx.rows('select from passkey where account_id = $1 limit 1', [accountId]),
  );
  return rows.length > 0;
}

/** For the browser's `navigator.credentials.create`. */
export async function passkeyCreation(
  services: Services,
  account: { readonly id: string; readonly email: string; readonly name: string },
) {
  const known = await services.database.read(systemScope, (tx) =>
    tx.rows<{ id: string }>('select id from passkey where account_id = $1', [account.id]),
  );
  return generateRegistrationOptions({
    rpName: 'Marquee',
    rpID: siteOf(services).expectedRPID,
    userID: new Uint8Array(Buffer.from(encodeId('Account', account.id))),
    userName: account.email,
    userDisplayName: account.name,
    excludeCredentials: known.map(({ id }) => ({ id })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    challenge: await newChallenge(services, 'passkey-creation', { accountId: account.id }),
  });
}

/** Adds the passkey that a browser made; its id, or null where anything about it is not right. */
export async function addPasskey(
  services: Services,
  accountId: string,
  { credential: json, name }: { readonly credential: string; readonly name: string },
): Promise<string | null> {
  const { database } = services;
  const response = parseCredential(json);
  if (!response) return null;
  const token = challengeOf(response);
  const asked = await recall<{ accountId: string }>(database, 'passkey-creation', token);
  if (asked?.accountId !== accountId) return null;
  const verified = await verifyRegistrationResponse({
    response: response as unknown as RegistrationResponseJSON,
    expectedChallenge: Buffer.from(token, 'utf8').toString('base64url'),
    ...siteOf(services),
    requireUserVerification: true,
  }).catch(() => null);
  if (!verified?.verified) return null;
  const { id, publicKey, counter, transports } = verified.registrationInfo.credential;
  const added = await database.transaction(systemScope, (tx) =>
    tx.execute(
      `insert into passkey (id, account_id, public_key, counter, transports, name) values ($1, $2, $3, $4, $5, $6)
       on conflict do nothing`,
      [id, accountId, Buffer.from(publicKey), counter, transports ?? [], name],
    ),
  );
  return added === 1 ? id : null;
}
