import { encodeId, newUuid, parseId } from '@marquee/kernel';
import { decodeJwt } from 'jose';
import type { TestPlatform } from './platform.ts';
import type { Target } from './schema-walk.ts';

/**
 * The organisation itself and one of each thing in it, written past the graph: a development token names an
 * organisation that nobody founded.
 */
export async function plantIdentity(
  platform: TestPlatform,
  token: string,
  marker: string,
): Promise<Target['ids']> {
  const organisationId = String(decodeJwt(token)['org']);
  const accountId = parseId(decodeJwt(token).sub!)!.uuid;
  const [membershipId, invitationId, sessionId, keyId] = [newUuid(), newUuid(), newUuid(), newUuid()];
  const insert = (sql: string, ...parameters: unknown[]) => platform.rows('identity', sql, parameters);
  await insert(
    'insert into account (id, email, name) values ($1, $2, $3) on conflict do nothing',
    accountId,
    `${marker}-owner@example.com`,
    marker,
  );
  await insert('insert into organisation (organisation_id, name) values ($1, $2)', organisationId, marker);
  await insert(
    `insert into membership (organisation_id, id, account_id, role) values ($1, $2, $3, 'OWNER')`,
    organisationId,
    membershipId,
    accountId,
  );
  await insert(
    `insert into event_stream (organisation_id, stream_id, version, last_tx)
     values ($1, 'membership-' || $2::uuid, 1, pg_current_xact_id()),
            ($1, 'session-' || $3::uuid, 1, pg_current_xact_id())`,
    organisationId,
    membershipId,
    sessionId,
  );
  await insert(
    `insert into event_log (event_id, organisation_id, stream_id, version, type, data, occurred_at, correlation_id, actor)
     values (uuidv7(), $1, 'membership-' || $2::uuid, 1, 'identity.member-joined.v1',
             jsonb_build_object('membershipId', $2::uuid, 'accountId', $4::uuid, 'role', 'OWNER', 'scopes', null,
                                'eventIds', null, 'invitationId', null), now(), $2::uuid, 'plant'),
            (uuidv7(), $1, 'session-' || $3::uuid, 1, 'identity.session-started.v1',
             jsonb_build_object('sessionId', $3::uuid, 'accountId', $4::uuid, 'methods', '[]'::jsonb), now(), $3::uuid, 'plant')`,
    organisationId,
    membershipId,
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
    `insert into session (organisation_id, id, account_id, grant_id, client_id, methods, agent, expires_at)
     values ($1, $2, $3, $2::uuid::text, 'plant', '{pwd}', $4, now() + interval '1 day')`,
    organisationId,
    sessionId,
    accountId,
    marker,
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
