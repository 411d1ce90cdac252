import { Type } from 'typebox';
import { event, instant, nullable, text, uuid } from './schemas.ts';

/** Ids alone: who a person is stays with identity, which is asked for it. */
const member = {
  membershipId: uuid,
  accountId: uuid,
  role: text(20),
  /** Null: all that the role may do. */
  scopes: nullable(Type.Array(text(100), { maxItems: 100 })),
  /** Null: every event. */
  eventIds: nullable(Type.Array(uuid, { maxItems: 100 })),
};

const apiKey = { apiKeyId: uuid, scopes: Type.Array(text(100), { maxItems: 100 }) };

export const identityEvents = {
  'identity.organisation-created.v1': event('An organisation exists: a tenant of the platform.', {
    name: text(200),
  }),
  'identity.organisation-updated.v1': event(
    'What is known of an organisation changed. All of it, as it is.',
    {
      name: text(200),
      /** Roles that must sign in with a second factor. */
      secondFactorRoles: Type.Array(text(20), { maxItems: 10 }),
    },
  ),
  'identity.member-invited.v1': event('Somebody was asked, by mail, to join the organisation.', {
    invitationId: uuid,
    role: text(20),
    expiresAt: instant,
  }),
  'identity.invitation-revoked.v1': event('An invitation cannot be accepted any more.', {
    invitationId: uuid,
  }),
  'identity.member-joined.v1': event('Somebody became a member of the organisation.', {
    ...member,
    /** Null for who founded the organisation. */
    invitationId: nullable(uuid),
  }),
  'identity.member-changed.v1': event('What a member may do changed. All of it, as it now is.', member),
  'identity.member-removed.v1': event('Somebody is no member of the organisation any more.', {
    membershipId: uuid,
    accountId: uuid,
  }),
  'identity.session-started.v1': event('Somebody signed in to the organisation.', {
    sessionId: uuid,
    accountId: uuid,
    /** How, as RFC 8176 names it. */
    methods: Type.Array(text(20), { maxItems: 10 }),
  }),
  'identity.session-revoked.v1': event('A session ended before its time; its tokens are good for nothing.', {
    sessionId: uuid,
    accountId: uuid,
    /** `signed-out`, `revoked`, `token-reused`, `member-changed`. */
    because: text(50),
  }),
  'identity.api-key-created.v1': event('A program may act for the organisation, by a key.', {
    ...apiKey,
    expiresAt: nullable(instant),
    /** Of a plugin's app, which alone is given it. */
    pluginId: Type.Optional(uuid),
  }),
  'identity.api-key-rotated.v1': event('A key has a new secret; the old one works until then.', {
    apiKeyId: uuid,
    oldSecretUntil: instant,
  }),
  'identity.audit-trail-exported.v1': event('An owner took out the audit trail.', {
    /** `JSON_LINES` or `CSV`. */
    format: text(20),
    /** Since when; null for all of it. */
    since: nullable(instant),
  }),
  'identity.organisation-removal-requested.v1': event(
    'An organisation is to be removed. Until it is, or that is cancelled, nothing acts for it by itself.',
    { removalId: uuid },
  ),
  'identity.organisation-removal-cancelled.v1': event('The organisation stays after all.', {
    removalId: uuid,
  }),
  'identity.organisation-removed.v1': event(
    'An organisation is gone. Who has anything of it erases that; what its log has that is personal cannot be read any more.',
    { removalId: uuid },
  ),
  'identity.order-link-sent.v1': event('Who bought without an account was mailed a link to the order.', {
    linkId: uuid,
    orderId: uuid,
  }),
  'identity.order-links-revoked.v1': event('The links to an order lead nowhere any more.', {
    orderId: uuid,
    /** `asked`, or `erased` where the guest was. */
    because: text(50),
  }),
  'identity.api-key-revoked.v1': event('A key works no more.', { apiKeyId: uuid }),
};
