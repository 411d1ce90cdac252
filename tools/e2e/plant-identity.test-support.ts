import { encodeId, newUuid, parseId } from '@marquee/kernel';
import { decodeJwt } from 'jose';
import { newKey } from './organisation.ts';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

type Planted = { readonly organisationId: string; readonly accountId: string; readonly membershipId: string };

/**
 * The organisation of an owner's token, written past the graph: a development token names one that nobody founded. The
 * log says that its owner joined.
 */
export async function plantOrganisation(
  { rows }: TestPlatform,
  token: string,
  marker: string,
): Promise<Planted> {
  const organisationId = String(decodeJwt(token)['org']);
  const accountId = parseId(decodeJwt(token).sub!)!.uuid;
  const membershipId = newUuid();
  await rows('identity', 'insert into account (id, email, name) values ($1, $2, $3) on conflict do nothing', [
    accountId,
    `${marker}-owner@example.com`,
    marker,
  ]);
  await rows('identity', 'insert into organisation (organisation_id, name) values ($1, $2)', [
    organisationId,
    marker,
  ]);
  await rows(
    'identity',
    `insert into membership (organisation_id, id, account_id, role) values ($1, $2, $3, 'OWNER')`,
    [organisationId, membershipId, accountId],
  );
  await rows(
    'identity',
    `insert into event_stream (organisation_id, stream_id, version, last_tx)
     values ($1, 'membership-' || $2::uuid, 1, pg_current_xact_id())`,
    [organisationId, membershipId],
  );
  await rows(
    'identity',
    `insert into event_log (event_id, organisation_id, stream_id, version, type, data, occurred_at, correlation_id, actor)
     values (uuidv7(), $1, 'membership-' || $2::uuid, 1, 'identity.member-joined.v1',
             jsonb_build_object('membershipId', $2::uuid, 'accountId', $3::uuid, 'role', 'OWNER', 'scopes', null,
                                'eventIds', null, 'invitationId', null), now(), $2::uuid, 'plant')`,
    [organisationId, membershipId, accountId],
  );
  return { organisationId, accountId, membershipId };
}

/** A sign-in of a moment ago, by password; answers its bare uuid. */
export async function plantSession(
  { rows }: TestPlatform,
  { organisationId, accountId }: Pick<Planted, 'organisationId' | 'accountId'>,
  agent: string,
): Promise<string> {
  const sessionId = newUuid();
  await rows(
    'identity',
    `insert into session (organisation_id, id, account_id, grant_id, client_id, methods, agent, expires_at)
     values ($1, $2, $3, $2::uuid::text, 'plant', '{pwd}', $4, now() + interval '1 day')`,
    [organisationId, sessionId, accountId, agent],
  );
  return sessionId;
}

/** The organisation itself and one of each thing in it. */
export async function plantIdentity(
  platform: TestPlatform,
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const { organisationId, accountId, membershipId } = await plantOrganisation(platform, token, marker);
  const [invitationId, keyId] = [newUuid(), newUuid()];
  const sessionId = await plantSession(platform, { organisationId, accountId }, marker);
  const insert = (sql: string, ...parameters: unknown[]) => platform.rows('identity', sql, parameters);
  await insert(
    `insert into event_stream (organisation_id, stream_id, version, last_tx)
     values ($1, 'session-' || $2::uuid, 1, pg_current_xact_id())`,
    organisationId,
    sessionId,
  );
  await insert(
    `insert into event_log (event_id, organisation_id, stream_id, version, type, data, occurred_at, correlation_id, actor)
     values (uuidv7(), $1, 'session-' || $2::uuid, 1, 'identity.session-started.v1',
             jsonb_build_object('sessionId', $2::uuid, 'accountId', $3::uuid, 'methods', '[]'::jsonb), now(), $2::uuid, 'plant')`,
    organisationId,
    sessionId,
    accountId,
  );
  await insert(
    `insert into invitation (organisation_id, id, email, role, digest, invited_by, expires_at)
     values ($1, $2, $3, 'SCANNER', $4, 'plant', now() + interval '1 day')`,
    organisationId,
    invitationId,
    `${marker}@example.com`,
    Buffer.from(invitationId),
  );
  await insert(
    `insert into api_key (organisation_id, id, name, role, scopes, created_by)
     values ($1, $2, $3, 'OWNER', '{}', 'plant')`,
    organisationId,
    keyId,
    marker,
  );
  return {
    Account: encodeId('Account', accountId),
    Organisation: encodeId('Organisation', organisationId),
    Membership: encodeId('Membership', membershipId),
    Invitation: encodeId('Invitation', invitationId),
    SignInSession: encodeId('SignInSession', sessionId),
    ApiKey: encodeId('ApiKey', keyId),
  };
}

type Created = {
  readonly createApiKey: { readonly secret: string; readonly apiKey: { readonly id: string } };
};

/** An API key with these scopes, of the owner's organisation, which is planted. */
export async function givenApiKey(
  { client }: TestPlatform,
  owner: string,
  scopes: readonly string[],
): Promise<{ readonly secret: string; readonly keyId: string }> {
  const input = { idempotencyKey: newKey(), name: 'import', scopes };
  const { createApiKey } = await client.query<Created>(
    `mutation ($input: CreateApiKeyInput!) {
      createApiKey(input: $input) { ... on ApiKeyCreated { secret apiKey { id } } } }`,
    { input },
    { token: owner },
  );
  return { secret: createApiKey.secret, keyId: createApiKey.apiKey.id };
}
