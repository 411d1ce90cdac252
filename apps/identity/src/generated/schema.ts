// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Account as AccountModel } from '../accounts/account.ts';
import type { ApiKey as ApiKeyModel } from '../keys/api-key.ts';
import type { Invitation as InvitationModel } from '../invitations/invitation.ts';
import type { Membership as MembershipModel } from '../members/membership.ts';
import type { Organisation as OrganisationModel } from '../organisations/organisation.ts';
import type { Session as SessionModel } from '../sessions/session.ts';
import type { AuditEntry as AuditEntryModel } from '../audit/read-trail.ts';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string };
  String: { input: string; output: string };
  Boolean: { input: boolean; output: boolean };
  Int: { input: number; output: number };
  Float: { input: number; output: number };
  /** An instant as RFC 3339 writes it. Answers are in UTC: `2027-03-20T18:00:00.000Z`. */
  DateTime: { input: Date; output: Date | string };
  /** A date and time on the wall of the place, without an offset: `2027-03-20T19:00`. */
  LocalDateTime: { input: string; output: string };
  /** A whole number of any size, taken as a number or a decimal string; answered as a number while JSON keeps it exact, else as a string. */
  BigInt: { input: bigint; output: bigint | number | string };
};

export type CacheControlScope =
  /** The same for all viewers of an organisation with the same role and scopes. */
  | 'PUBLIC'
  /** The viewer's alone: never kept. */
  | 'PRIVATE';

/** Anything with an id that can be asked for again with `node(id:)`. */
export type Node = {
  id: Scalars['ID']['output'];
};

/** An expected no. Every mutation's result union holds the refusals it may answer. */
export type Refusal = {
  message: Scalars['String']['output'];
};

/** Where a page of a connection stands. Cursors are opaque. */
export type PageInfo = {
  __typename?: 'PageInfo';
  hasNextPage: Scalars['Boolean']['output'];
  hasPreviousPage: Scalars['Boolean']['output'];
  startCursor?: Maybe<Scalars['String']['output']>;
  endCursor?: Maybe<Scalars['String']['output']>;
};

/** What was deleted and can come back for a while; after that it is gone for ever. */
export type Deleted = {
  __typename?: 'Deleted';
  /** Of what it was: the id to restore it by. */
  id: Scalars['ID']['output'];
  /** What people know it by. */
  name: Scalars['String']['output'];
  deletedAt: Scalars['DateTime']['output'];
  restorableUntil: Scalars['DateTime']['output'];
};

/** The last deleted first. */
export type DeletedConnection = {
  __typename?: 'DeletedConnection';
  edges: Array<DeletedEdge>;
  pageInfo: PageInfo;
};

export type DeletedEdge = {
  __typename?: 'DeletedEdge';
  cursor: Scalars['String']['output'];
  node: Deleted;
};

/** An amount in the currency's minor unit (cents; yen have none) and its ISO 4217 code. */
export type Money = {
  __typename?: 'Money';
  amountMinor: Scalars['BigInt']['output'];
  currency: Scalars['String']['output'];
};

/** An amount in the currency's minor unit (cents; yen have none) and its ISO 4217 code. */
export type MoneyInput = {
  amountMinor: Scalars['BigInt']['input'];
  currency: Scalars['String']['input'];
};

/** The input cannot be taken. `field` is the path within the input, such as `price.currency`. */
export type InvalidInput = Refusal & {
  __typename?: 'InvalidInput';
  message: Scalars['String']['output'];
  field: Scalars['String']['output'];
};

/** There is no such thing for this organisation. */
export type NotFound = Refusal & {
  __typename?: 'NotFound';
  message: Scalars['String']['output'];
};

/** This idempotency key was used before for a different request. */
export type IdempotencyConflict = Refusal & {
  __typename?: 'IdempotencyConflict';
  message: Scalars['String']['output'];
};

/** A service that was needed did not answer. Nothing was changed; it is safe to try again. */
export type Unavailable = Refusal & {
  __typename?: 'Unavailable';
  message: Scalars['String']['output'];
};

/** Part of the contract, not of this release. */
export type NotYetAvailable = Refusal & {
  __typename?: 'NotYetAvailable';
  message: Scalars['String']['output'];
};

/** A person who can sign in. Readable by the person, and with `members:read` by the organisations that it is a member of. */
export type Account = Node & {
  __typename?: 'Account';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  email: Scalars['String']['output'];
  /** Since when the address is known to be the person's. */
  emailVerifiedAt?: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
};

export type Query = {
  __typename?: 'Query';
  /** The account of the viewer; null for a program, which has none. */
  myAccount?: Maybe<Account>;
  /**
   * Who did what in the viewer's organisation, in all services, the newest first; for its owners. An entry appears some
   * seconds after it was done, once it is sealed. A filter may answer a page with fewer entries than `first`, or none,
   * while `hasNextPage` says that there is more to look through.
   */
  auditTrail: AuditEntryConnection;
  /** The viewer's organisation; null where identity does not know it (a development token may name any). */
  organisation?: Maybe<Organisation>;
  /** Where the viewer is signed in, in all organisations, the newest first. `first` is at most 100. */
  mySessions: SignInSessionConnection;
  /** How the viewer can sign in; null for a program. */
  myCredentials?: Maybe<Credentials>;
};

export type QueryAuditTrailArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  actor?: InputMaybe<Scalars['String']['input']>;
  subjectId?: InputMaybe<Scalars['ID']['input']>;
  type?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type QueryMySessionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** One thing that was done in the organisation, as the log of the service that did it sealed it. */
export type AuditEntry = {
  __typename?: 'AuditEntry';
  /** The service whose log it stands in, such as `tickets`. */
  log: Scalars['String']['output'];
  /** Its place among the organisation's entries of this log, from 0. None is ever left out or given twice. */
  index: Scalars['BigInt']['output'];
  occurredAt: Scalars['DateTime']['output'];
  /** What was done, such as `tickets.order-paid.v1`. */
  type: Scalars['String']['output'];
  actor: AuditActor;
  subject: AuditSubject;
  /** Of the request that it was done in; other entries of the same request have the same. */
  correlationId: Scalars['String']['output'];
  /** What the event says, as JSON, as it is stored: what is personal in it is enciphered. */
  details: Scalars['String']['output'];
  /** The event's hash in the chain, which the export proves: SHA-256 in hexadecimal digits. */
  hash: Scalars['String']['output'];
};

/** Who did it, as the platform knew the caller. */
export type AuditActor = {
  __typename?: 'AuditActor';
  /** An account, an API key, `service:NAME` for what a service did by itself, or what a token of development names. */
  id: Scalars['String']['output'];
  kind: AuditActorKind;
  /** Of a member, or of a key. Null for who is no member any more, and for services. */
  name?: Maybe<Scalars['String']['output']>;
};

export type AuditActorKind = 'PERSON' | 'API_KEY' | 'SERVICE' | 'OTHER';

/** What it was done to. */
export type AuditSubject = {
  __typename?: 'AuditSubject';
  /** As the log names it: `order-` and a uuid. */
  stream: Scalars['String']['output'];
  /** By which the graph knows it; null for what is no thing of the graph. */
  id?: Maybe<Scalars['ID']['output']>;
};

export type AuditEntryConnection = {
  __typename?: 'AuditEntryConnection';
  edges: Array<AuditEntryEdge>;
  pageInfo: PageInfo;
};

export type AuditEntryEdge = {
  __typename?: 'AuditEntryEdge';
  cursor: Scalars['String']['output'];
  node: AuditEntry;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Answers a link to the whole trail with the proofs that nothing of it was changed: see `npx marquee audit verify`. */
  exportAuditTrail: ExportAuditTrailResult;
  /** Asks somebody by mail to join. The mail's link is good for seven days, once, and for that address alone. */
  inviteMember: InviteMemberResult;
  /** Closes an open invitation, so that its link leads nowhere. */
  revokeInvitation: RevokeInvitationResult;
  /** Makes the viewer a member by the token of the mail, which must have gone to the viewer's address. */
  acceptInvitation: AcceptInvitationResult;
  /** Makes a key that may do no more than the viewer. The answer is the only place where the secret is ever shown. */
  createApiKey: CreateApiKeyResult;
  /** Gives a key a new secret; the old one works for the hours of the overlap. */
  rotateApiKey: RotateApiKeyResult;
  /** Ends a key. It stops working within a second. */
  revokeApiKey: RevokeApiKeyResult;
  /**
   * Gives a member other rights. What is left out is not confined: without `scopes` the member may do all that the role
   * may, without `eventIds` at every event. Its access tokens stop working within seconds; a refreshed one has the new rights.
   */
  changeMember: ChangeMemberResult;
  /** Ends a membership, and every session of the person in this organisation. */
  removeMember: RemoveMemberResult;
  /**
   * Ends every link by which a guest without an account comes to an order, and what was exchanged for them, within a second.
   * `sendNew` mails the guest another. For who came by such a link, and with `tickets:sell`.
   */
  revokeOrderLinks: RevokeOrderLinksResult;
  /** Makes a new organisation whose owner is the viewer. Sign in to it to work in it. */
  createOrganisation: CreateOrganisationResult;
  /** Changes what is given and leaves the rest. */
  updateOrganisation: UpdateOrganisationResult;
  /**
   * Removes the viewer's organisation with all its data: everything is copied into an archive, offered to the owners, and
   * erased some days later. Refused while something is on sale, money is on its way or the platform's invoices are not paid.
   * It is asked for in a sign-in of the last minutes, see `StepUpRequired`.
   */
  removeOrganisation: RemoveOrganisationResult;
  /** Leaves everything as it is, until it is erased. */
  cancelOrganisationRemoval: CancelOrganisationRemovalResult;
  /** Ends a session: its tokens stop working within seconds. One's own; with `members:manage` any of the organisation. */
  revokeSession: RevokeSessionResult;
  /** Sets or changes the viewer's password, and ends all its other sessions. The current one is asked for where there is one. */
  setPassword: SetPasswordResult;
  /**
   * Makes a secret for an authenticator app (TOTP, RFC 6238: SHA-1, 6 digits, 30 s). It counts once a code of it was given to
   * `confirmAuthenticator`.
   */
  beginAuthenticator: BeginAuthenticatorResult;
  /** Switches codes on, and answers ten recovery codes, which are shown this once. */
  confirmAuthenticator: ConfirmAuthenticatorResult;
  /** Switches codes off. Needs a code, or a recovery code. */
  removeAuthenticator: RemoveAuthenticatorResult;
  /** What `PublicKeyCredential.parseCreationOptionsFromJSON` takes, for `navigator.credentials.create`. */
  beginPasskey: BeginPasskeyResult;
  /** Adds the passkey that the browser made. */
  addPasskey: AddPasskeyResult;
  removePasskey: RemovePasskeyResult;
};

export type MutationExportAuditTrailArgs = {
  input: ExportAuditTrailInput;
};

export type MutationInviteMemberArgs = {
  input: InviteMemberInput;
};

export type MutationRevokeInvitationArgs = {
  input: RevokeInvitationInput;
};

export type MutationAcceptInvitationArgs = {
  input: AcceptInvitationInput;
};

export type MutationCreateApiKeyArgs = {
  input: CreateApiKeyInput;
};

export type MutationRotateApiKeyArgs = {
  input: RotateApiKeyInput;
};

export type MutationRevokeApiKeyArgs = {
  input: RevokeApiKeyInput;
};

export type MutationChangeMemberArgs = {
  input: ChangeMemberInput;
};

export type MutationRemoveMemberArgs = {
  input: RemoveMemberInput;
};

export type MutationRevokeOrderLinksArgs = {
  input: RevokeOrderLinksInput;
};

export type MutationCreateOrganisationArgs = {
  input: CreateOrganisationInput;
};

export type MutationUpdateOrganisationArgs = {
  input: UpdateOrganisationInput;
};

export type MutationRemoveOrganisationArgs = {
  input: RemoveOrganisationInput;
};

export type MutationCancelOrganisationRemovalArgs = {
  input: CancelOrganisationRemovalInput;
};

export type MutationRevokeSessionArgs = {
  sessionId: Scalars['ID']['input'];
};

export type MutationSetPasswordArgs = {
  input: SetPasswordInput;
};

export type MutationConfirmAuthenticatorArgs = {
  code: Scalars['String']['input'];
};

export type MutationRemoveAuthenticatorArgs = {
  code: Scalars['String']['input'];
};

export type MutationAddPasskeyArgs = {
  input: AddPasskeyInput;
};

export type MutationRemovePasskeyArgs = {
  credentialId: Scalars['String']['input'];
};

export type AuditExportFormat = 'JSON_LINES' | 'CSV';

export type ExportAuditTrailInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  format: AuditExportFormat;
  /** Only what was done since, or up to a minute before; everything unless given. */
  since?: InputMaybe<Scalars['DateTime']['input']>;
};

export type AuditTrailExported = {
  __typename?: 'AuditTrailExported';
  /** Good for some minutes, by itself: who has it has the trail. */
  url: Scalars['String']['output'];
  expiresAt: Scalars['DateTime']['output'];
};

export type ExportAuditTrailResult = AuditTrailExported | InvalidInput | IdempotencyConflict;

export type InvitationStatus = 'OPEN' | 'ACCEPTED' | 'REVOKED' | 'EXPIRED';

/** Somebody was asked to join the organisation. Readable with `members:read`. */
export type Invitation = Node & {
  __typename?: 'Invitation';
  id: Scalars['ID']['output'];
  email: Scalars['String']['output'];
  role: Role;
  status: InvitationStatus;
  /** The events to which the member will be confined; null where it will not be. */
  eventIds?: Maybe<Array<Scalars['ID']['output']>>;
  createdAt: Scalars['DateTime']['output'];
  expiresAt: Scalars['DateTime']['output'];
};

export type InvitationConnection = {
  __typename?: 'InvitationConnection';
  edges: Array<InvitationEdge>;
  pageInfo: PageInfo;
};

export type InvitationEdge = {
  __typename?: 'InvitationEdge';
  cursor: Scalars['String']['output'];
  node: Invitation;
};

/** A tenant of the platform. Nothing of it is seen by another. */
export type Organisation = Node & {
  __typename?: 'Organisation';
  /** Invitations, the newest first. `first` is at most 100. */
  invitations: InvitationConnection;
  /** API keys, revoked ones too, the newest first. `first` is at most 100. */
  apiKeys: ApiKeyConnection;
  /** The members, in the order in which they joined. `first` is at most 100. */
  members: MembershipConnection;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** Members with these roles must sign in with a second factor: a passkey, or a code beside the password. */
  secondFactorRoles: Array<Role>;
  createdAt: Scalars['DateTime']['output'];
  updatedAt: Scalars['DateTime']['output'];
  /** Null for one that stays. */
  removal?: Maybe<OrganisationRemoval>;
};

/** A tenant of the platform. Nothing of it is seen by another. */
export type OrganisationInvitationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A tenant of the platform. Nothing of it is seen by another. */
export type OrganisationApiKeysArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A tenant of the platform. Nothing of it is seen by another. */
export type OrganisationMembersArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type InviteMemberInput = {
  /** The same key with the same input invites once; with another input it is refused. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  email: Scalars['String']['input'];
  role: Role;
  /** A part of what the role may do, such as `tickets:scan`; all of it unless given. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** 1 to 100 events of the organisation to confine the member to; every event unless given. */
  eventIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type MemberInvited = {
  __typename?: 'MemberInvited';
  invitation: Invitation;
};

export type InviteMemberResult =
  | MemberInvited
  | AlreadyMember
  | BeyondOwnScopes
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type RevokeInvitationInput = {
  invitationId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type InvitationRevoked = {
  __typename?: 'InvitationRevoked';
  invitation: Invitation;
};

export type RevokeInvitationResult = InvitationRevoked | InvalidInput | NotFound | IdempotencyConflict;

export type AcceptInvitationInput = {
  token: Scalars['String']['input'];
};

export type InvitationAccepted = {
  __typename?: 'InvitationAccepted';
  organisationId: Scalars['ID']['output'];
};

export type AcceptInvitationResult = InvitationAccepted | InvitationInvalid | AlreadyMember | InvalidInput;

/**
 * A program's right to act for an organisation: sent as `authorization: Bearer mqk_…`. Readable with `keys:manage`. A plugin
 * with an app has one of its own, which begins, changes and ends with it.
 */
export type ApiKey = Node & {
  __typename?: 'ApiKey';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  scopes: Array<Scalars['String']['output']>;
  /** The events to which it is confined; null where it is not. */
  eventIds?: Maybe<Array<Scalars['ID']['output']>>;
  /** Addresses and networks from which it may be used, such as `203.0.113.0/24`; null: any. */
  networks?: Maybe<Array<Scalars['String']['output']>>;
  createdAt: Scalars['DateTime']['output'];
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** To the minute. */
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What can be shown of its secrets, the newest first; two while it is rotated. */
  secrets: Array<ApiKeySecret>;
};

export type ApiKeySecret = {
  __typename?: 'ApiKeySecret';
  /** The first characters, such as `mqk_4fGh`. */
  prefix: Scalars['String']['output'];
  lastFour: Scalars['String']['output'];
  /** Until when it works; null for the current one. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
};

export type ApiKeyConnection = {
  __typename?: 'ApiKeyConnection';
  edges: Array<ApiKeyEdge>;
  pageInfo: PageInfo;
};

export type ApiKeyEdge = {
  __typename?: 'ApiKeyEdge';
  cursor: Scalars['String']['output'];
  node: ApiKey;
};

export type CreateApiKeyInput = {
  /** The same key with the same input makes one API key; with another input it is refused. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** 1 to 100 characters: what it is for. */
  name: Scalars['String']['input'];
  /** What it may do, such as `tickets:scan`. */
  scopes: Array<Scalars['String']['input']>;
  /** 1 to 100 events of the organisation to confine it to; every event unless given. */
  eventIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** 1 to 50 addresses or networks (CIDR) from which it may be used; any unless given. */
  networks?: InputMaybe<Array<Scalars['String']['input']>>;
  expiresAt?: InputMaybe<Scalars['DateTime']['input']>;
};

export type ApiKeyCreated = {
  __typename?: 'ApiKeyCreated';
  apiKey: ApiKey;
  /** The key itself; null where the idempotency key came again, since it is stored nowhere. */
  secret?: Maybe<Scalars['String']['output']>;
};

export type CreateApiKeyResult =
  ApiKeyCreated | BeyondOwnScopes | InvalidInput | IdempotencyConflict | Unavailable;

export type RotateApiKeyInput = {
  apiKeyId: Scalars['ID']['input'];
  idempotencyKey: Scalars['String']['input'];
  /** 0 to 168: for how long the old secret goes on working. */
  overlapHours?: Scalars['Int']['input'];
};

export type ApiKeyRotated = {
  __typename?: 'ApiKeyRotated';
  apiKey: ApiKey;
  /** The new secret; null where the idempotency key came again, since it is stored nowhere. */
  secret?: Maybe<Scalars['String']['output']>;
};

export type RotateApiKeyResult = ApiKeyRotated | InvalidInput | NotFound | IdempotencyConflict;

export type RevokeApiKeyInput = {
  apiKeyId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type ApiKeyRevoked = {
  __typename?: 'ApiKeyRevoked';
  apiKey: ApiKey;
};

export type RevokeApiKeyResult = ApiKeyRevoked | InvalidInput | NotFound | IdempotencyConflict;

/** What somebody may do in an organisation. */
export type Membership = Node & {
  __typename?: 'Membership';
  id: Scalars['ID']['output'];
  account?: Maybe<Account>;
  role: Role;
  /** What the member may do: all that the role may, or a part of it. */
  scopes: Array<Scalars['String']['output']>;
  /** The events to which the member is confined; null where it is not. Managing, selling and scanning elsewhere is refused. */
  eventIds?: Maybe<Array<Scalars['ID']['output']>>;
  joinedAt: Scalars['DateTime']['output'];
};

export type MembershipConnection = {
  __typename?: 'MembershipConnection';
  edges: Array<MembershipEdge>;
  pageInfo: PageInfo;
};

export type MembershipEdge = {
  __typename?: 'MembershipEdge';
  cursor: Scalars['String']['output'];
  node: Membership;
};

export type ChangeMemberInput = {
  membershipId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  role: Role;
  /** A part of what the role may do, such as `tickets:scan`. */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** 1 to 100 events of the organisation to confine the member to; those that it has already may be deleted ones. */
  eventIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type MemberChanged = {
  __typename?: 'MemberChanged';
  membership: Membership;
};

export type ChangeMemberResult =
  MemberChanged | LastOwner | BeyondOwnScopes | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

export type RemoveMemberInput = {
  membershipId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type MemberRemoved = {
  __typename?: 'MemberRemoved';
  membershipId: Scalars['ID']['output'];
};

export type RemoveMemberResult = MemberRemoved | LastOwner | InvalidInput | NotFound | IdempotencyConflict;

export type RevokeOrderLinksInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  orderId: Scalars['ID']['input'];
  sendNew?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderLinksRevoked = {
  __typename?: 'OrderLinksRevoked';
  orderId: Scalars['ID']['output'];
  /** Whether another is on its way. */
  sendingNew: Scalars['Boolean']['output'];
};

export type RevokeOrderLinksResult = OrderLinksRevoked | InvalidInput | NotFound | IdempotencyConflict;

export type Role = 'OWNER' | 'ORGANISER' | 'FINANCE' | 'BOX_OFFICE' | 'SCANNER' | 'GUEST';

export type CreateOrganisationInput = {
  /** The same key with the same input makes one organisation; with another input it is refused. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  /** 1 to 200 characters. */
  name: Scalars['String']['input'];
};

export type OrganisationCreated = {
  __typename?: 'OrganisationCreated';
  organisationId: Scalars['ID']['output'];
};

export type CreateOrganisationResult = OrganisationCreated | InvalidInput | NotFound | IdempotencyConflict;

export type UpdateOrganisationInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  secondFactorRoles?: InputMaybe<Array<Role>>;
};

export type OrganisationUpdated = {
  __typename?: 'OrganisationUpdated';
  organisation: Organisation;
};

export type UpdateOrganisationResult = OrganisationUpdated | InvalidInput | NotFound | IdempotencyConflict;

/** Without an owner nobody could let anybody in again: make somebody else one first. */
export type LastOwner = Refusal & {
  __typename?: 'LastOwner';
  message: Scalars['String']['output'];
};

/** The person with this e-mail address is a member already. */
export type AlreadyMember = Refusal & {
  __typename?: 'AlreadyMember';
  message: Scalars['String']['output'];
};

/** The invitation was accepted, revoked, has expired, or is for another person's address. */
export type InvitationInvalid = Refusal & {
  __typename?: 'InvitationInvalid';
  message: Scalars['String']['output'];
};

/** Nobody can give to others, or to a key, what it may not do itself. */
export type BeyondOwnScopes = Refusal & {
  __typename?: 'BeyondOwnScopes';
  message: Scalars['String']['output'];
};

export type OrganisationRemovalStatus =
  /** The archive is made. */
  | 'COPYING'
  /** The archive can be fetched, and the removal cancelled. */
  | 'WAITING'
  /** There is no way back. */
  | 'ERASING'
  | 'DONE';

/**
 * An organisation that is on its way out. Its data can be read and taken by its owners; nothing is sold or changed, keys are
 * good for nothing, and members other than owners see what guests see.
 */
export type OrganisationRemoval = {
  __typename?: 'OrganisationRemoval';
  status: OrganisationRemovalStatus;
  requestedAt: Scalars['DateTime']['output'];
  /** When everything is erased; null while the archive is made. */
  erasesAt?: Maybe<Scalars['DateTime']['output']>;
  /** Null while it is made, and once it is erased with everything else. */
  archive?: Maybe<OrganisationArchive>;
};

/** All rows of all services, as JSON lines, with gzip. */
export type OrganisationArchive = {
  __typename?: 'OrganisationArchive';
  /** Good for a quarter of an hour, for anyone who has it. */
  url: Scalars['String']['output'];
  bytes: Scalars['BigInt']['output'];
  /** Of the file as it is downloaded, in hexadecimal. */
  sha256: Scalars['String']['output'];
};

export type RemoveOrganisationInput = {
  idempotencyKey: Scalars['String']['input'];
  /** The organisation's name, as it is: so that nobody does this by mistake. */
  name: Scalars['String']['input'];
};

export type CancelOrganisationRemovalInput = {
  idempotencyKey: Scalars['String']['input'];
};

export type OrganisationRemovalStarted = {
  __typename?: 'OrganisationRemovalStarted';
  organisation: Organisation;
};

export type OrganisationRemovalCancelled = {
  __typename?: 'OrganisationRemovalCancelled';
  organisation: Organisation;
};

/** For this one has to be an owner with all that owners may do, and signed in. */
export type NotOwner = Refusal & {
  __typename?: 'NotOwner';
  message: Scalars['String']['output'];
};

export type OrganisationInBusiness = Refusal & {
  __typename?: 'OrganisationInBusiness';
  message: Scalars['String']['output'];
  /** Published occurrences that are still to come or under way. */
  onSale: Scalars['Int']['output'];
  /** Payments under way, and orders that wait to be paid. */
  openPayments: Scalars['Int']['output'];
  openRefunds: Scalars['Int']['output'];
};

/**
 * Being signed in is not enough for what cannot be undone: sign in once more, and ask again with that token. The authorization
 * request takes `max_age` and, where there are `acrValues`, `acr_values` (OpenID Connect, RFC 9470).
 */
export type StepUpRequired = Refusal & {
  __typename?: 'StepUpRequired';
  message: Scalars['String']['output'];
  /** So old a sign-in may be. */
  maxAgeSeconds: Scalars['Int']['output'];
  /** Empty for who has no second factor: a fresh sign-in is enough. */
  acrValues: Array<Scalars['String']['output']>;
};

/** What the platform invoiced the organisation for is not paid: `platformInvoices` lists it. */
export type InvoicesUnpaid = Refusal & {
  __typename?: 'InvoicesUnpaid';
  message: Scalars['String']['output'];
  invoices: Scalars['Int']['output'];
  /** By currency. */
  due: Array<Money>;
};

export type RemovalTooFar = Refusal & {
  __typename?: 'RemovalTooFar';
  message: Scalars['String']['output'];
};

export type RemoveOrganisationResult =
  | OrganisationRemovalStarted
  | NotOwner
  | StepUpRequired
  | OrganisationInBusiness
  | InvoicesUnpaid
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type CancelOrganisationRemovalResult =
  OrganisationRemovalCancelled | RemovalTooFar | InvalidInput | NotFound | IdempotencyConflict;

/** Somebody's being signed in to an organisation with one device. */
export type SignInSession = Node & {
  __typename?: 'SignInSession';
  id: Scalars['ID']['output'];
  organisationId: Scalars['ID']['output'];
  /** The application that was signed in to. */
  clientId: Scalars['String']['output'];
  /** How the person proved who it is, as RFC 8176 names it: `pwd`, `otp`, `hwk` (a passkey), `mail`, `fed`, `mfa`. */
  methods: Array<Scalars['String']['output']>;
  /** The network address from which it was begun. */
  address?: Maybe<Scalars['String']['output']>;
  /** What the browser said that it is. */
  agent?: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  lastUsedAt: Scalars['DateTime']['output'];
  expiresAt: Scalars['DateTime']['output'];
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type SignInSessionConnection = {
  __typename?: 'SignInSessionConnection';
  edges: Array<SignInSessionEdge>;
  pageInfo: PageInfo;
};

export type SignInSessionEdge = {
  __typename?: 'SignInSessionEdge';
  cursor: Scalars['String']['output'];
  node: SignInSession;
};

export type SessionRevoked = {
  __typename?: 'SessionRevoked';
  sessionId: Scalars['ID']['output'];
};

export type RevokeSessionResult = SessionRevoked | InvalidInput | NotFound;

/** What an account can sign in with, apart from mail, which it always can. */
export type Credentials = {
  __typename?: 'Credentials';
  hasPassword: Scalars['Boolean']['output'];
  /** Whether codes of an authenticator are asked for. */
  hasAuthenticator: Scalars['Boolean']['output'];
  /** Recovery codes that are left. */
  recoveryCodes: Scalars['Int']['output'];
  passkeys: Array<Passkey>;
};

export type Passkey = {
  __typename?: 'Passkey';
  /** The credential's own id. */
  credentialId: Scalars['String']['output'];
  name: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  lastUsedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type SetPasswordInput = {
  /** Left out by who has none yet. */
  currentPassword?: InputMaybe<Scalars['String']['input']>;
  /** 8 to 200 characters, in no list of leaked passwords, not made of the address. */
  newPassword: Scalars['String']['input'];
};

export type CredentialsChanged = {
  __typename?: 'CredentialsChanged';
  credentials: Credentials;
};

/** The code, password or credential is not right; or there were too many tries in the last quarter of an hour. */
export type ProofInvalid = Refusal & {
  __typename?: 'ProofInvalid';
  message: Scalars['String']['output'];
};

export type SetPasswordResult = CredentialsChanged | ProofInvalid | InvalidInput | NotFound;

export type AuthenticatorBegun = {
  __typename?: 'AuthenticatorBegun';
  /** In base 32, to be typed in. */
  secret: Scalars['String']['output'];
  /** `otpauth://…`, to be shown as a QR code. */
  uri: Scalars['String']['output'];
};

/** There is one already: remove it first. */
export type AuthenticatorExists = Refusal & {
  __typename?: 'AuthenticatorExists';
  message: Scalars['String']['output'];
};

export type BeginAuthenticatorResult = AuthenticatorBegun | AuthenticatorExists | NotFound;

export type AuthenticatorConfirmed = {
  __typename?: 'AuthenticatorConfirmed';
  recoveryCodes: Array<Scalars['String']['output']>;
};

export type ConfirmAuthenticatorResult = AuthenticatorConfirmed | ProofInvalid | NotFound;

export type RemoveAuthenticatorResult = CredentialsChanged | ProofInvalid | NotFound;

export type PasskeyBegun = {
  __typename?: 'PasskeyBegun';
  /** As JSON. */
  options: Scalars['String']['output'];
};

export type BeginPasskeyResult = PasskeyBegun | NotFound;

export type AddPasskeyInput = {
  /** What `credential.toJSON()` gave, as JSON. */
  credential: Scalars['String']['input'];
  /** 1 to 100 characters, such as the device. */
  name: Scalars['String']['input'];
};

export type AddPasskeyResult = CredentialsChanged | ProofInvalid | InvalidInput | NotFound;

export type RemovePasskeyResult = CredentialsChanged | NotFound;

export type ResolverTypeWrapper<T> = Promise<T> | T;

export type ReferenceResolver<TResult, TReference, TContext> = (
  reference: TReference,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

type ScalarCheck<T, S> = S extends true ? T : NullableCheck<T, S>;
type NullableCheck<T, S> = Maybe<T> extends T ? Maybe<ListCheck<NonNullable<T>, S>> : ListCheck<T, S>;
type ListCheck<T, S> = T extends (infer U)[] ? NullableCheck<U, S>[] : GraphQLRecursivePick<T, S>;
export type GraphQLRecursivePick<T, S> = { [K in keyof T & keyof S]: ScalarCheck<T[K], S[K]> };

export type Resolver<
  TResult,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = ResolverFn<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<
  TResult,
  TKey extends string,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<
  TTypes,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
> = (parent: TParent, context: TContext, info: GraphQLResolveInfo) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  obj: T,
  context: TContext,
  info: GraphQLResolveInfo,
) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<
  TResult = Record<PropertyKey, never>,
  TParent = Record<PropertyKey, never>,
  TContext = Record<PropertyKey, never>,
  TArgs = Record<PropertyKey, never>,
> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo,
) => TResult | Promise<TResult>;

/** Mapping of federation types */
export type FederationTypes = {
  Account: Account;
  Invitation: Invitation;
  Organisation: Organisation;
  ApiKey: ApiKey;
  Membership: Membership;
  SignInSession: SignInSession;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Account: { __typename: 'Account' } & GraphQLRecursivePick<FederationTypes['Account'], { id: true }>;
  Invitation: { __typename: 'Invitation' } & GraphQLRecursivePick<
    FederationTypes['Invitation'],
    { id: true }
  >;
  Organisation: { __typename: 'Organisation' } & GraphQLRecursivePick<
    FederationTypes['Organisation'],
    { id: true }
  >;
  ApiKey: { __typename: 'ApiKey' } & GraphQLRecursivePick<FederationTypes['ApiKey'], { id: true }>;
  Membership: { __typename: 'Membership' } & GraphQLRecursivePick<
    FederationTypes['Membership'],
    { id: true }
  >;
  SignInSession: { __typename: 'SignInSession' } & GraphQLRecursivePick<
    FederationTypes['SignInSession'],
    { id: true }
  >;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  ExportAuditTrailResult:
    | (AuditTrailExported & { __typename: 'AuditTrailExported' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  InviteMemberResult:
    | (Omit<MemberInvited, 'invitation'> & { invitation: _RefType['Invitation'] } & {
        __typename: 'MemberInvited';
      })
    | (AlreadyMember & { __typename: 'AlreadyMember' })
    | (BeyondOwnScopes & { __typename: 'BeyondOwnScopes' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  RevokeInvitationResult:
    | (Omit<InvitationRevoked, 'invitation'> & { invitation: _RefType['Invitation'] } & {
        __typename: 'InvitationRevoked';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  AcceptInvitationResult:
    | (InvitationAccepted & { __typename: 'InvitationAccepted' })
    | (InvitationInvalid & { __typename: 'InvitationInvalid' })
    | (AlreadyMember & { __typename: 'AlreadyMember' })
    | (InvalidInput & { __typename: 'InvalidInput' });
  CreateApiKeyResult:
    | (Omit<ApiKeyCreated, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'ApiKeyCreated' })
    | (BeyondOwnScopes & { __typename: 'BeyondOwnScopes' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  RotateApiKeyResult:
    | (Omit<ApiKeyRotated, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'ApiKeyRotated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  RevokeApiKeyResult:
    | (Omit<ApiKeyRevoked, 'apiKey'> & { apiKey: _RefType['ApiKey'] } & { __typename: 'ApiKeyRevoked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  ChangeMemberResult:
    | (Omit<MemberChanged, 'membership'> & { membership: _RefType['Membership'] } & {
        __typename: 'MemberChanged';
      })
    | (LastOwner & { __typename: 'LastOwner' })
    | (BeyondOwnScopes & { __typename: 'BeyondOwnScopes' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  RemoveMemberResult:
    | (MemberRemoved & { __typename: 'MemberRemoved' })
    | (LastOwner & { __typename: 'LastOwner' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  RevokeOrderLinksResult:
    | (OrderLinksRevoked & { __typename: 'OrderLinksRevoked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  CreateOrganisationResult:
    | (OrganisationCreated & { __typename: 'OrganisationCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  UpdateOrganisationResult:
    | (Omit<OrganisationUpdated, 'organisation'> & { organisation: _RefType['Organisation'] } & {
        __typename: 'OrganisationUpdated';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  RemoveOrganisationResult:
    | (Omit<OrganisationRemovalStarted, 'organisation'> & { organisation: _RefType['Organisation'] } & {
        __typename: 'OrganisationRemovalStarted';
      })
    | (NotOwner & { __typename: 'NotOwner' })
    | (StepUpRequired & { __typename: 'StepUpRequired' })
    | (OrganisationInBusiness & { __typename: 'OrganisationInBusiness' })
    | (InvoicesUnpaid & { __typename: 'InvoicesUnpaid' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  CancelOrganisationRemovalResult:
    | (Omit<OrganisationRemovalCancelled, 'organisation'> & { organisation: _RefType['Organisation'] } & {
        __typename: 'OrganisationRemovalCancelled';
      })
    | (RemovalTooFar & { __typename: 'RemovalTooFar' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  RevokeSessionResult:
    | (SessionRevoked & { __typename: 'SessionRevoked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SetPasswordResult:
    | (CredentialsChanged & { __typename: 'CredentialsChanged' })
    | (ProofInvalid & { __typename: 'ProofInvalid' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  BeginAuthenticatorResult:
    | (AuthenticatorBegun & { __typename: 'AuthenticatorBegun' })
    | (AuthenticatorExists & { __typename: 'AuthenticatorExists' })
    | (NotFound & { __typename: 'NotFound' });
  ConfirmAuthenticatorResult:
    | (AuthenticatorConfirmed & { __typename: 'AuthenticatorConfirmed' })
    | (ProofInvalid & { __typename: 'ProofInvalid' })
    | (NotFound & { __typename: 'NotFound' });
  RemoveAuthenticatorResult:
    | (CredentialsChanged & { __typename: 'CredentialsChanged' })
    | (ProofInvalid & { __typename: 'ProofInvalid' })
    | (NotFound & { __typename: 'NotFound' });
  BeginPasskeyResult:
    (PasskeyBegun & { __typename: 'PasskeyBegun' }) | (NotFound & { __typename: 'NotFound' });
  AddPasskeyResult:
    | (CredentialsChanged & { __typename: 'CredentialsChanged' })
    | (ProofInvalid & { __typename: 'ProofInvalid' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RemovePasskeyResult:
    (CredentialsChanged & { __typename: 'CredentialsChanged' }) | (NotFound & { __typename: 'NotFound' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: AccountModel | InvitationModel | OrganisationModel | ApiKeyModel | MembershipModel | SessionModel;
  Refusal:
    | InvalidInput
    | NotFound
    | IdempotencyConflict
    | Unavailable
    | NotYetAvailable
    | LastOwner
    | AlreadyMember
    | InvitationInvalid
    | BeyondOwnScopes
    | NotOwner
    | OrganisationInBusiness
    | StepUpRequired
    | InvoicesUnpaid
    | RemovalTooFar
    | ProofInvalid
    | AuthenticatorExists;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  CacheControlScope: CacheControlScope;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  LocalDateTime: ResolverTypeWrapper<Scalars['LocalDateTime']['output']>;
  BigInt: ResolverTypeWrapper<Scalars['BigInt']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  Refusal: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Refusal']>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Deleted: ResolverTypeWrapper<Deleted>;
  DeletedConnection: ResolverTypeWrapper<DeletedConnection>;
  DeletedEdge: ResolverTypeWrapper<DeletedEdge>;
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  NotFound: ResolverTypeWrapper<NotFound>;
  IdempotencyConflict: ResolverTypeWrapper<IdempotencyConflict>;
  Unavailable: ResolverTypeWrapper<Unavailable>;
  NotYetAvailable: ResolverTypeWrapper<NotYetAvailable>;
  Account: ResolverTypeWrapper<AccountModel>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  AuditEntry: ResolverTypeWrapper<AuditEntryModel>;
  AuditActor: ResolverTypeWrapper<string>;
  AuditActorKind: AuditActorKind;
  AuditSubject: ResolverTypeWrapper<string>;
  AuditEntryConnection: ResolverTypeWrapper<
    Omit<AuditEntryConnection, 'edges'> & { edges: Array<ResolversTypes['AuditEntryEdge']> }
  >;
  AuditEntryEdge: ResolverTypeWrapper<Omit<AuditEntryEdge, 'node'> & { node: ResolversTypes['AuditEntry'] }>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  AuditExportFormat: AuditExportFormat;
  ExportAuditTrailInput: ExportAuditTrailInput;
  AuditTrailExported: ResolverTypeWrapper<AuditTrailExported>;
  ExportAuditTrailResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExportAuditTrailResult']>;
  InvitationStatus: InvitationStatus;
  Invitation: ResolverTypeWrapper<InvitationModel>;
  InvitationConnection: ResolverTypeWrapper<
    Omit<InvitationConnection, 'edges'> & { edges: Array<ResolversTypes['InvitationEdge']> }
  >;
  InvitationEdge: ResolverTypeWrapper<Omit<InvitationEdge, 'node'> & { node: ResolversTypes['Invitation'] }>;
  Organisation: ResolverTypeWrapper<OrganisationModel>;
  InviteMemberInput: InviteMemberInput;
  MemberInvited: ResolverTypeWrapper<
    Omit<MemberInvited, 'invitation'> & { invitation: ResolversTypes['Invitation'] }
  >;
  InviteMemberResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['InviteMemberResult']>;
  RevokeInvitationInput: RevokeInvitationInput;
  InvitationRevoked: ResolverTypeWrapper<
    Omit<InvitationRevoked, 'invitation'> & { invitation: ResolversTypes['Invitation'] }
  >;
  RevokeInvitationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeInvitationResult']>;
  AcceptInvitationInput: AcceptInvitationInput;
  InvitationAccepted: ResolverTypeWrapper<InvitationAccepted>;
  AcceptInvitationResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AcceptInvitationResult']>;
  ApiKey: ResolverTypeWrapper<ApiKeyModel>;
  ApiKeySecret: ResolverTypeWrapper<ApiKeySecret>;
  ApiKeyConnection: ResolverTypeWrapper<
    Omit<ApiKeyConnection, 'edges'> & { edges: Array<ResolversTypes['ApiKeyEdge']> }
  >;
  ApiKeyEdge: ResolverTypeWrapper<Omit<ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  CreateApiKeyInput: CreateApiKeyInput;
  ApiKeyCreated: ResolverTypeWrapper<Omit<ApiKeyCreated, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  CreateApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateApiKeyResult']>;
  RotateApiKeyInput: RotateApiKeyInput;
  ApiKeyRotated: ResolverTypeWrapper<Omit<ApiKeyRotated, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  RotateApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RotateApiKeyResult']>;
  RevokeApiKeyInput: RevokeApiKeyInput;
  ApiKeyRevoked: ResolverTypeWrapper<Omit<ApiKeyRevoked, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  RevokeApiKeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeApiKeyResult']>;
  Membership: ResolverTypeWrapper<MembershipModel>;
  MembershipConnection: ResolverTypeWrapper<
    Omit<MembershipConnection, 'edges'> & { edges: Array<ResolversTypes['MembershipEdge']> }
  >;
  MembershipEdge: ResolverTypeWrapper<Omit<MembershipEdge, 'node'> & { node: ResolversTypes['Membership'] }>;
  ChangeMemberInput: ChangeMemberInput;
  MemberChanged: ResolverTypeWrapper<
    Omit<MemberChanged, 'membership'> & { membership: ResolversTypes['Membership'] }
  >;
  ChangeMemberResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangeMemberResult']>;
  RemoveMemberInput: RemoveMemberInput;
  MemberRemoved: ResolverTypeWrapper<MemberRemoved>;
  RemoveMemberResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RemoveMemberResult']>;
  RevokeOrderLinksInput: RevokeOrderLinksInput;
  OrderLinksRevoked: ResolverTypeWrapper<OrderLinksRevoked>;
  RevokeOrderLinksResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeOrderLinksResult']>;
  Role: Role;
  CreateOrganisationInput: CreateOrganisationInput;
  OrganisationCreated: ResolverTypeWrapper<OrganisationCreated>;
  CreateOrganisationResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['CreateOrganisationResult']
  >;
  UpdateOrganisationInput: UpdateOrganisationInput;
  OrganisationUpdated: ResolverTypeWrapper<
    Omit<OrganisationUpdated, 'organisation'> & { organisation: ResolversTypes['Organisation'] }
  >;
  UpdateOrganisationResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['UpdateOrganisationResult']
  >;
  LastOwner: ResolverTypeWrapper<LastOwner>;
  AlreadyMember: ResolverTypeWrapper<AlreadyMember>;
  InvitationInvalid: ResolverTypeWrapper<InvitationInvalid>;
  BeyondOwnScopes: ResolverTypeWrapper<BeyondOwnScopes>;
  OrganisationRemovalStatus: OrganisationRemovalStatus;
  OrganisationRemoval: ResolverTypeWrapper<OrganisationRemoval>;
  OrganisationArchive: ResolverTypeWrapper<OrganisationArchive>;
  RemoveOrganisationInput: RemoveOrganisationInput;
  CancelOrganisationRemovalInput: CancelOrganisationRemovalInput;
  OrganisationRemovalStarted: ResolverTypeWrapper<
    Omit<OrganisationRemovalStarted, 'organisation'> & { organisation: ResolversTypes['Organisation'] }
  >;
  OrganisationRemovalCancelled: ResolverTypeWrapper<
    Omit<OrganisationRemovalCancelled, 'organisation'> & { organisation: ResolversTypes['Organisation'] }
  >;
  NotOwner: ResolverTypeWrapper<NotOwner>;
  OrganisationInBusiness: ResolverTypeWrapper<OrganisationInBusiness>;
  StepUpRequired: ResolverTypeWrapper<StepUpRequired>;
  InvoicesUnpaid: ResolverTypeWrapper<InvoicesUnpaid>;
  RemovalTooFar: ResolverTypeWrapper<RemovalTooFar>;
  RemoveOrganisationResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RemoveOrganisationResult']
  >;
  CancelOrganisationRemovalResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['CancelOrganisationRemovalResult']
  >;
  SignInSession: ResolverTypeWrapper<SessionModel>;
  SignInSessionConnection: ResolverTypeWrapper<
    Omit<SignInSessionConnection, 'edges'> & { edges: Array<ResolversTypes['SignInSessionEdge']> }
  >;
  SignInSessionEdge: ResolverTypeWrapper<
    Omit<SignInSessionEdge, 'node'> & { node: ResolversTypes['SignInSession'] }
  >;
  SessionRevoked: ResolverTypeWrapper<SessionRevoked>;
  RevokeSessionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeSessionResult']>;
  Credentials: ResolverTypeWrapper<Credentials>;
  Passkey: ResolverTypeWrapper<Passkey>;
  SetPasswordInput: SetPasswordInput;
  CredentialsChanged: ResolverTypeWrapper<CredentialsChanged>;
  ProofInvalid: ResolverTypeWrapper<ProofInvalid>;
  SetPasswordResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetPasswordResult']>;
  AuthenticatorBegun: ResolverTypeWrapper<AuthenticatorBegun>;
  AuthenticatorExists: ResolverTypeWrapper<AuthenticatorExists>;
  BeginAuthenticatorResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['BeginAuthenticatorResult']
  >;
  AuthenticatorConfirmed: ResolverTypeWrapper<AuthenticatorConfirmed>;
  ConfirmAuthenticatorResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['ConfirmAuthenticatorResult']
  >;
  RemoveAuthenticatorResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RemoveAuthenticatorResult']
  >;
  PasskeyBegun: ResolverTypeWrapper<PasskeyBegun>;
  BeginPasskeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BeginPasskeyResult']>;
  AddPasskeyInput: AddPasskeyInput;
  AddPasskeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AddPasskeyResult']>;
  RemovePasskeyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RemovePasskeyResult']>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  DateTime: Scalars['DateTime']['output'];
  LocalDateTime: Scalars['LocalDateTime']['output'];
  BigInt: Scalars['BigInt']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  ID: Scalars['ID']['output'];
  Refusal: ResolversInterfaceTypes<ResolversParentTypes>['Refusal'];
  String: Scalars['String']['output'];
  PageInfo: PageInfo;
  Deleted: Deleted;
  DeletedConnection: DeletedConnection;
  DeletedEdge: DeletedEdge;
  Money: Money;
  MoneyInput: MoneyInput;
  InvalidInput: InvalidInput;
  NotFound: NotFound;
  IdempotencyConflict: IdempotencyConflict;
  Unavailable: Unavailable;
  NotYetAvailable: NotYetAvailable;
  Account: AccountModel;
  Query: Record<PropertyKey, never>;
  AuditEntry: AuditEntryModel;
  AuditActor: string;
  AuditSubject: string;
  AuditEntryConnection: Omit<AuditEntryConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['AuditEntryEdge']>;
  };
  AuditEntryEdge: Omit<AuditEntryEdge, 'node'> & { node: ResolversParentTypes['AuditEntry'] };
  Mutation: Record<PropertyKey, never>;
  ExportAuditTrailInput: ExportAuditTrailInput;
  AuditTrailExported: AuditTrailExported;
  ExportAuditTrailResult: ResolversUnionTypes<ResolversParentTypes>['ExportAuditTrailResult'];
  Invitation: InvitationModel;
  InvitationConnection: Omit<InvitationConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['InvitationEdge']>;
  };
  InvitationEdge: Omit<InvitationEdge, 'node'> & { node: ResolversParentTypes['Invitation'] };
  Organisation: OrganisationModel;
  InviteMemberInput: InviteMemberInput;
  MemberInvited: Omit<MemberInvited, 'invitation'> & { invitation: ResolversParentTypes['Invitation'] };
  InviteMemberResult: ResolversUnionTypes<ResolversParentTypes>['InviteMemberResult'];
  RevokeInvitationInput: RevokeInvitationInput;
  InvitationRevoked: Omit<InvitationRevoked, 'invitation'> & {
    invitation: ResolversParentTypes['Invitation'];
  };
  RevokeInvitationResult: ResolversUnionTypes<ResolversParentTypes>['RevokeInvitationResult'];
  AcceptInvitationInput: AcceptInvitationInput;
  InvitationAccepted: InvitationAccepted;
  AcceptInvitationResult: ResolversUnionTypes<ResolversParentTypes>['AcceptInvitationResult'];
  ApiKey: ApiKeyModel;
  ApiKeySecret: ApiKeySecret;
  ApiKeyConnection: Omit<ApiKeyConnection, 'edges'> & { edges: Array<ResolversParentTypes['ApiKeyEdge']> };
  ApiKeyEdge: Omit<ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  CreateApiKeyInput: CreateApiKeyInput;
  ApiKeyCreated: Omit<ApiKeyCreated, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  CreateApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['CreateApiKeyResult'];
  RotateApiKeyInput: RotateApiKeyInput;
  ApiKeyRotated: Omit<ApiKeyRotated, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  RotateApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['RotateApiKeyResult'];
  RevokeApiKeyInput: RevokeApiKeyInput;
  ApiKeyRevoked: Omit<ApiKeyRevoked, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  RevokeApiKeyResult: ResolversUnionTypes<ResolversParentTypes>['RevokeApiKeyResult'];
  Membership: MembershipModel;
  MembershipConnection: Omit<MembershipConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['MembershipEdge']>;
  };
  MembershipEdge: Omit<MembershipEdge, 'node'> & { node: ResolversParentTypes['Membership'] };
  ChangeMemberInput: ChangeMemberInput;
  MemberChanged: Omit<MemberChanged, 'membership'> & { membership: ResolversParentTypes['Membership'] };
  ChangeMemberResult: ResolversUnionTypes<ResolversParentTypes>['ChangeMemberResult'];
  RemoveMemberInput: RemoveMemberInput;
  MemberRemoved: MemberRemoved;
  RemoveMemberResult: ResolversUnionTypes<ResolversParentTypes>['RemoveMemberResult'];
  RevokeOrderLinksInput: RevokeOrderLinksInput;
  OrderLinksRevoked: OrderLinksRevoked;
  RevokeOrderLinksResult: ResolversUnionTypes<ResolversParentTypes>['RevokeOrderLinksResult'];
  CreateOrganisationInput: CreateOrganisationInput;
  OrganisationCreated: OrganisationCreated;
  CreateOrganisationResult: ResolversUnionTypes<ResolversParentTypes>['CreateOrganisationResult'];
  UpdateOrganisationInput: UpdateOrganisationInput;
  OrganisationUpdated: Omit<OrganisationUpdated, 'organisation'> & {
    organisation: ResolversParentTypes['Organisation'];
  };
  UpdateOrganisationResult: ResolversUnionTypes<ResolversParentTypes>['UpdateOrganisationResult'];
  LastOwner: LastOwner;
  AlreadyMember: AlreadyMember;
  InvitationInvalid: InvitationInvalid;
  BeyondOwnScopes: BeyondOwnScopes;
  OrganisationRemoval: OrganisationRemoval;
  OrganisationArchive: OrganisationArchive;
  RemoveOrganisationInput: RemoveOrganisationInput;
  CancelOrganisationRemovalInput: CancelOrganisationRemovalInput;
  OrganisationRemovalStarted: Omit<OrganisationRemovalStarted, 'organisation'> & {
    organisation: ResolversParentTypes['Organisation'];
  };
  OrganisationRemovalCancelled: Omit<OrganisationRemovalCancelled, 'organisation'> & {
    organisation: ResolversParentTypes['Organisation'];
  };
  NotOwner: NotOwner;
  OrganisationInBusiness: OrganisationInBusiness;
  StepUpRequired: StepUpRequired;
  InvoicesUnpaid: InvoicesUnpaid;
  RemovalTooFar: RemovalTooFar;
  RemoveOrganisationResult: ResolversUnionTypes<ResolversParentTypes>['RemoveOrganisationResult'];
  CancelOrganisationRemovalResult: ResolversUnionTypes<ResolversParentTypes>['CancelOrganisationRemovalResult'];
  SignInSession: SessionModel;
  SignInSessionConnection: Omit<SignInSessionConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['SignInSessionEdge']>;
  };
  SignInSessionEdge: Omit<SignInSessionEdge, 'node'> & { node: ResolversParentTypes['SignInSession'] };
  SessionRevoked: SessionRevoked;
  RevokeSessionResult: ResolversUnionTypes<ResolversParentTypes>['RevokeSessionResult'];
  Credentials: Credentials;
  Passkey: Passkey;
  SetPasswordInput: SetPasswordInput;
  CredentialsChanged: CredentialsChanged;
  ProofInvalid: ProofInvalid;
  SetPasswordResult: ResolversUnionTypes<ResolversParentTypes>['SetPasswordResult'];
  AuthenticatorBegun: AuthenticatorBegun;
  AuthenticatorExists: AuthenticatorExists;
  BeginAuthenticatorResult: ResolversUnionTypes<ResolversParentTypes>['BeginAuthenticatorResult'];
  AuthenticatorConfirmed: AuthenticatorConfirmed;
  ConfirmAuthenticatorResult: ResolversUnionTypes<ResolversParentTypes>['ConfirmAuthenticatorResult'];
  RemoveAuthenticatorResult: ResolversUnionTypes<ResolversParentTypes>['RemoveAuthenticatorResult'];
  PasskeyBegun: PasskeyBegun;
  BeginPasskeyResult: ResolversUnionTypes<ResolversParentTypes>['BeginPasskeyResult'];
  AddPasskeyInput: AddPasskeyInput;
  AddPasskeyResult: ResolversUnionTypes<ResolversParentTypes>['AddPasskeyResult'];
  RemovePasskeyResult: ResolversUnionTypes<ResolversParentTypes>['RemovePasskeyResult'];
  Int: Scalars['Int']['output'];
  Boolean: Scalars['Boolean']['output'];
};

export type CacheControlDirectiveArgs = {
  maxAge?: Maybe<Scalars['Int']['input']>;
  scope?: Maybe<CacheControlScope>;
  inheritMaxAge?: Maybe<Scalars['Boolean']['input']>;
};

export type CacheControlDirectiveResolver<
  Result,
  Parent,
  ContextType = Context,
  Args = CacheControlDirectiveArgs,
> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export interface LocalDateTimeScalarConfig extends GraphQLScalarTypeConfig<
  ResolversTypes['LocalDateTime'],
  any
> {
  name: 'LocalDateTime';
}

export interface BigIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['BigInt'], any> {
  name: 'BigInt';
}

export type NodeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node'],
> = {
  __resolveType: TypeResolveFn<
    'Account' | 'Invitation' | 'Organisation' | 'ApiKey' | 'Membership' | 'SignInSession',
    ParentType,
    ContextType
  >;
};

export type RefusalResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal'],
> = {
  __resolveType: TypeResolveFn<
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable'
    | 'NotYetAvailable'
    | 'LastOwner'
    | 'AlreadyMember'
    | 'InvitationInvalid'
    | 'BeyondOwnScopes'
    | 'NotOwner'
    | 'OrganisationInBusiness'
    | 'StepUpRequired'
    | 'InvoicesUnpaid'
    | 'RemovalTooFar'
    | 'ProofInvalid'
    | 'AuthenticatorExists',
    ParentType,
    ContextType
  >;
};

export type PageInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo'],
> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  endCursor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeletedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Deleted'] = ResolversParentTypes['Deleted'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deletedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  restorableUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DeletedConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeletedConnection'] = ResolversParentTypes['DeletedConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['DeletedEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeletedEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeletedEdge'] = ResolversParentTypes['DeletedEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Deleted'], ParentType, ContextType>;
};

export type MoneyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Money'] = ResolversParentTypes['Money'],
> = {
  amountMinor?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvalidInputResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvalidInput'] = ResolversParentTypes['InvalidInput'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotFoundResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotFound'] = ResolversParentTypes['NotFound'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type IdempotencyConflictResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['IdempotencyConflict'] =
    ResolversParentTypes['IdempotencyConflict'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UnavailableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Unavailable'] = ResolversParentTypes['Unavailable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotYetAvailableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotYetAvailable'] = ResolversParentTypes['NotYetAvailable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AccountResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account'],
  FederationReferenceType extends FederationReferenceTypes['Account'] = FederationReferenceTypes['Account'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Account']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  emailVerifiedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  myAccount?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  auditTrail?: Resolver<
    ResolversTypes['AuditEntryConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryAuditTrailArgs, 'first'>
  >;
  organisation?: Resolver<Maybe<ResolversTypes['Organisation']>, ParentType, ContextType>;
  mySessions?: Resolver<
    ResolversTypes['SignInSessionConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryMySessionsArgs, 'first'>
  >;
  myCredentials?: Resolver<Maybe<ResolversTypes['Credentials']>, ParentType, ContextType>;
};

export type AuditEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditEntry'] = ResolversParentTypes['AuditEntry'],
> = {
  log?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  index?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['AuditActor'], ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['AuditSubject'], ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  details?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hash?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type AuditActorResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditActor'] = ResolversParentTypes['AuditActor'],
> = {
  id?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['AuditActorKind'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditSubjectResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditSubject'] = ResolversParentTypes['AuditSubject'],
> = {
  stream?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type AuditEntryConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditEntryConnection'] =
    ResolversParentTypes['AuditEntryConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['AuditEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEntryEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditEntryEdge'] = ResolversParentTypes['AuditEntryEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditEntry'], ParentType, ContextType>;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  exportAuditTrail?: Resolver<
    ResolversTypes['ExportAuditTrailResult'],
    ParentType,
    ContextType,
    RequireFields<MutationExportAuditTrailArgs, 'input'>
  >;
  inviteMember?: Resolver<
    ResolversTypes['InviteMemberResult'],
    ParentType,
    ContextType,
    RequireFields<MutationInviteMemberArgs, 'input'>
  >;
  revokeInvitation?: Resolver<
    ResolversTypes['RevokeInvitationResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeInvitationArgs, 'input'>
  >;
  acceptInvitation?: Resolver<
    ResolversTypes['AcceptInvitationResult'],
    ParentType,
    ContextType,
    RequireFields<MutationAcceptInvitationArgs, 'input'>
  >;
  createApiKey?: Resolver<
    ResolversTypes['CreateApiKeyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateApiKeyArgs, 'input'>
  >;
  rotateApiKey?: Resolver<
    ResolversTypes['RotateApiKeyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRotateApiKeyArgs, 'input'>
  >;
  revokeApiKey?: Resolver<
    ResolversTypes['RevokeApiKeyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeApiKeyArgs, 'input'>
  >;
  changeMember?: Resolver<
    ResolversTypes['ChangeMemberResult'],
    ParentType,
    ContextType,
    RequireFields<MutationChangeMemberArgs, 'input'>
  >;
  removeMember?: Resolver<
    ResolversTypes['RemoveMemberResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRemoveMemberArgs, 'input'>
  >;
  revokeOrderLinks?: Resolver<
    ResolversTypes['RevokeOrderLinksResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeOrderLinksArgs, 'input'>
  >;
  createOrganisation?: Resolver<
    ResolversTypes['CreateOrganisationResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateOrganisationArgs, 'input'>
  >;
  updateOrganisation?: Resolver<
    ResolversTypes['UpdateOrganisationResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateOrganisationArgs, 'input'>
  >;
  removeOrganisation?: Resolver<
    ResolversTypes['RemoveOrganisationResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRemoveOrganisationArgs, 'input'>
  >;
  cancelOrganisationRemoval?: Resolver<
    ResolversTypes['CancelOrganisationRemovalResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCancelOrganisationRemovalArgs, 'input'>
  >;
  revokeSession?: Resolver<
    ResolversTypes['RevokeSessionResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeSessionArgs, 'sessionId'>
  >;
  setPassword?: Resolver<
    ResolversTypes['SetPasswordResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetPasswordArgs, 'input'>
  >;
  beginAuthenticator?: Resolver<ResolversTypes['BeginAuthenticatorResult'], ParentType, ContextType>;
  confirmAuthenticator?: Resolver<
    ResolversTypes['ConfirmAuthenticatorResult'],
    ParentType,
    ContextType,
    RequireFields<MutationConfirmAuthenticatorArgs, 'code'>
  >;
  removeAuthenticator?: Resolver<
    ResolversTypes['RemoveAuthenticatorResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRemoveAuthenticatorArgs, 'code'>
  >;
  beginPasskey?: Resolver<ResolversTypes['BeginPasskeyResult'], ParentType, ContextType>;
  addPasskey?: Resolver<
    ResolversTypes['AddPasskeyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationAddPasskeyArgs, 'input'>
  >;
  removePasskey?: Resolver<
    ResolversTypes['RemovePasskeyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRemovePasskeyArgs, 'credentialId'>
  >;
};

export type AuditTrailExportedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuditTrailExported'] = ResolversParentTypes['AuditTrailExported'],
> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportAuditTrailResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExportAuditTrailResult'] =
    ResolversParentTypes['ExportAuditTrailResult'],
> = {
  __resolveType: TypeResolveFn<
    'AuditTrailExported' | 'InvalidInput' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type InvitationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Invitation'] = ResolversParentTypes['Invitation'],
  FederationReferenceType extends FederationReferenceTypes['Invitation'] =
    FederationReferenceTypes['Invitation'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Invitation']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InvitationStatus'], ParentType, ContextType>;
  eventIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvitationConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvitationConnection'] =
    ResolversParentTypes['InvitationConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['InvitationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InvitationEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvitationEdge'] = ResolversParentTypes['InvitationEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
};

export type OrganisationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Organisation'] = ResolversParentTypes['Organisation'],
  FederationReferenceType extends FederationReferenceTypes['Organisation'] =
    FederationReferenceTypes['Organisation'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Organisation']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  invitations?: Resolver<
    ResolversTypes['InvitationConnection'],
    ParentType,
    ContextType,
    RequireFields<OrganisationInvitationsArgs, 'first'>
  >;
  apiKeys?: Resolver<
    ResolversTypes['ApiKeyConnection'],
    ParentType,
    ContextType,
    RequireFields<OrganisationApiKeysArgs, 'first'>
  >;
  members?: Resolver<
    ResolversTypes['MembershipConnection'],
    ParentType,
    ContextType,
    RequireFields<OrganisationMembersArgs, 'first'>
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  secondFactorRoles?: Resolver<Array<ResolversTypes['Role']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  removal?: Resolver<Maybe<ResolversTypes['OrganisationRemoval']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberInvitedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['MemberInvited'] = ResolversParentTypes['MemberInvited'],
> = {
  invitation?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InviteMemberResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InviteMemberResult'] = ResolversParentTypes['InviteMemberResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'MemberInvited'
    | 'AlreadyMember'
    | 'BeyondOwnScopes'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type InvitationRevokedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvitationRevoked'] = ResolversParentTypes['InvitationRevoked'],
> = {
  invitation?: Resolver<ResolversTypes['Invitation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeInvitationResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RevokeInvitationResult'] =
    ResolversParentTypes['RevokeInvitationResult'],
> = {
  __resolveType: TypeResolveFn<
    'InvitationRevoked' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type InvitationAcceptedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvitationAccepted'] = ResolversParentTypes['InvitationAccepted'],
> = {
  organisationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AcceptInvitationResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AcceptInvitationResult'] =
    ResolversParentTypes['AcceptInvitationResult'],
> = {
  __resolveType: TypeResolveFn<
    'InvitationAccepted' | 'InvitationInvalid' | 'AlreadyMember' | 'InvalidInput',
    ParentType,
    ContextType
  >;
};

export type ApiKeyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey'],
  FederationReferenceType extends FederationReferenceTypes['ApiKey'] = FederationReferenceTypes['ApiKey'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['ApiKey']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  eventIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  networks?: Resolver<Maybe<Array<ResolversTypes['String']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  secrets?: Resolver<Array<ResolversTypes['ApiKeySecret']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ApiKeySecretResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKeySecret'] = ResolversParentTypes['ApiKeySecret'],
> = {
  prefix?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lastFour?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type ApiKeyCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKeyCreated'] = ResolversParentTypes['ApiKeyCreated'],
> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateApiKeyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateApiKeyResult'] = ResolversParentTypes['CreateApiKeyResult'],
> = {
  __resolveType: TypeResolveFn<
    'ApiKeyCreated' | 'BeyondOwnScopes' | 'InvalidInput' | 'IdempotencyConflict' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type ApiKeyRotatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKeyRotated'] = ResolversParentTypes['ApiKeyRotated'],
> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RotateApiKeyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RotateApiKeyResult'] = ResolversParentTypes['RotateApiKeyResult'],
> = {
  __resolveType: TypeResolveFn<
    'ApiKeyRotated' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type ApiKeyRevokedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKeyRevoked'] = ResolversParentTypes['ApiKeyRevoked'],
> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeApiKeyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RevokeApiKeyResult'] = ResolversParentTypes['RevokeApiKeyResult'],
> = {
  __resolveType: TypeResolveFn<
    'ApiKeyRevoked' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type MembershipResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Membership'] = ResolversParentTypes['Membership'],
  FederationReferenceType extends FederationReferenceTypes['Membership'] =
    FederationReferenceTypes['Membership'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Membership']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  account?: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  eventIds?: Resolver<Maybe<Array<ResolversTypes['ID']>>, ParentType, ContextType>;
  joinedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MembershipConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['MembershipConnection'] =
    ResolversParentTypes['MembershipConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['MembershipEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MembershipEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['MembershipEdge'] = ResolversParentTypes['MembershipEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Membership'], ParentType, ContextType>;
};

export type MemberChangedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['MemberChanged'] = ResolversParentTypes['MemberChanged'],
> = {
  membership?: Resolver<ResolversTypes['Membership'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangeMemberResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ChangeMemberResult'] = ResolversParentTypes['ChangeMemberResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'MemberChanged'
    | 'LastOwner'
    | 'BeyondOwnScopes'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type MemberRemovedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['MemberRemoved'] = ResolversParentTypes['MemberRemoved'],
> = {
  membershipId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RemoveMemberResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RemoveMemberResult'] = ResolversParentTypes['RemoveMemberResult'],
> = {
  __resolveType: TypeResolveFn<
    'MemberRemoved' | 'LastOwner' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type OrderLinksRevokedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderLinksRevoked'] = ResolversParentTypes['OrderLinksRevoked'],
> = {
  orderId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sendingNew?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeOrderLinksResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RevokeOrderLinksResult'] =
    ResolversParentTypes['RevokeOrderLinksResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrderLinksRevoked' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type OrganisationCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationCreated'] =
    ResolversParentTypes['OrganisationCreated'],
> = {
  organisationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateOrganisationResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateOrganisationResult'] =
    ResolversParentTypes['CreateOrganisationResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrganisationCreated' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type OrganisationUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationUpdated'] =
    ResolversParentTypes['OrganisationUpdated'],
> = {
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateOrganisationResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateOrganisationResult'] =
    ResolversParentTypes['UpdateOrganisationResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrganisationUpdated' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type LastOwnerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['LastOwner'] = ResolversParentTypes['LastOwner'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AlreadyMemberResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AlreadyMember'] = ResolversParentTypes['AlreadyMember'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvitationInvalidResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvitationInvalid'] = ResolversParentTypes['InvitationInvalid'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BeyondOwnScopesResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BeyondOwnScopes'] = ResolversParentTypes['BeyondOwnScopes'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganisationRemovalResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationRemoval'] =
    ResolversParentTypes['OrganisationRemoval'],
> = {
  status?: Resolver<ResolversTypes['OrganisationRemovalStatus'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  erasesAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  archive?: Resolver<Maybe<ResolversTypes['OrganisationArchive']>, ParentType, ContextType>;
};

export type OrganisationArchiveResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationArchive'] =
    ResolversParentTypes['OrganisationArchive'],
> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  sha256?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrganisationRemovalStartedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationRemovalStarted'] =
    ResolversParentTypes['OrganisationRemovalStarted'],
> = {
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganisationRemovalCancelledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationRemovalCancelled'] =
    ResolversParentTypes['OrganisationRemovalCancelled'],
> = {
  organisation?: Resolver<ResolversTypes['Organisation'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotOwnerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotOwner'] = ResolversParentTypes['NotOwner'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrganisationInBusinessResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationInBusiness'] =
    ResolversParentTypes['OrganisationInBusiness'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  onSale?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openPayments?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openRefunds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type StepUpRequiredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['StepUpRequired'] = ResolversParentTypes['StepUpRequired'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  maxAgeSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  acrValues?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoicesUnpaidResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvoicesUnpaid'] = ResolversParentTypes['InvoicesUnpaid'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  invoices?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  due?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RemovalTooFarResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RemovalTooFar'] = ResolversParentTypes['RemovalTooFar'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RemoveOrganisationResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RemoveOrganisationResult'] =
    ResolversParentTypes['RemoveOrganisationResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OrganisationRemovalStarted'
    | 'NotOwner'
    | 'StepUpRequired'
    | 'OrganisationInBusiness'
    | 'InvoicesUnpaid'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type CancelOrganisationRemovalResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CancelOrganisationRemovalResult'] =
    ResolversParentTypes['CancelOrganisationRemovalResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrganisationRemovalCancelled' | 'RemovalTooFar' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type SignInSessionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SignInSession'] = ResolversParentTypes['SignInSession'],
  FederationReferenceType extends FederationReferenceTypes['SignInSession'] =
    FederationReferenceTypes['SignInSession'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['SignInSession']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  organisationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  clientId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  methods?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  address?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  agent?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SignInSessionConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SignInSessionConnection'] =
    ResolversParentTypes['SignInSessionConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['SignInSessionEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SignInSessionEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SignInSessionEdge'] = ResolversParentTypes['SignInSessionEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SignInSession'], ParentType, ContextType>;
};

export type SessionRevokedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SessionRevoked'] = ResolversParentTypes['SessionRevoked'],
> = {
  sessionId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RevokeSessionResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RevokeSessionResult'] =
    ResolversParentTypes['RevokeSessionResult'],
> = {
  __resolveType: TypeResolveFn<'SessionRevoked' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type CredentialsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Credentials'] = ResolversParentTypes['Credentials'],
> = {
  hasPassword?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasAuthenticator?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  recoveryCodes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  passkeys?: Resolver<Array<ResolversTypes['Passkey']>, ParentType, ContextType>;
};

export type PasskeyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Passkey'] = ResolversParentTypes['Passkey'],
> = {
  credentialId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  lastUsedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CredentialsChangedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CredentialsChanged'] = ResolversParentTypes['CredentialsChanged'],
> = {
  credentials?: Resolver<ResolversTypes['Credentials'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ProofInvalidResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ProofInvalid'] = ResolversParentTypes['ProofInvalid'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetPasswordResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetPasswordResult'] = ResolversParentTypes['SetPasswordResult'],
> = {
  __resolveType: TypeResolveFn<
    'CredentialsChanged' | 'ProofInvalid' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type AuthenticatorBegunResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuthenticatorBegun'] = ResolversParentTypes['AuthenticatorBegun'],
> = {
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  uri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AuthenticatorExistsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuthenticatorExists'] =
    ResolversParentTypes['AuthenticatorExists'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BeginAuthenticatorResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BeginAuthenticatorResult'] =
    ResolversParentTypes['BeginAuthenticatorResult'],
> = {
  __resolveType: TypeResolveFn<
    'AuthenticatorBegun' | 'AuthenticatorExists' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type AuthenticatorConfirmedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AuthenticatorConfirmed'] =
    ResolversParentTypes['AuthenticatorConfirmed'],
> = {
  recoveryCodes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfirmAuthenticatorResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ConfirmAuthenticatorResult'] =
    ResolversParentTypes['ConfirmAuthenticatorResult'],
> = {
  __resolveType: TypeResolveFn<
    'AuthenticatorConfirmed' | 'ProofInvalid' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RemoveAuthenticatorResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RemoveAuthenticatorResult'] =
    ResolversParentTypes['RemoveAuthenticatorResult'],
> = {
  __resolveType: TypeResolveFn<'CredentialsChanged' | 'ProofInvalid' | 'NotFound', ParentType, ContextType>;
};

export type PasskeyBegunResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PasskeyBegun'] = ResolversParentTypes['PasskeyBegun'],
> = {
  options?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BeginPasskeyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BeginPasskeyResult'] = ResolversParentTypes['BeginPasskeyResult'],
> = {
  __resolveType: TypeResolveFn<'PasskeyBegun' | 'NotFound', ParentType, ContextType>;
};

export type AddPasskeyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AddPasskeyResult'] = ResolversParentTypes['AddPasskeyResult'],
> = {
  __resolveType: TypeResolveFn<
    'CredentialsChanged' | 'ProofInvalid' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RemovePasskeyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RemovePasskeyResult'] =
    ResolversParentTypes['RemovePasskeyResult'],
> = {
  __resolveType: TypeResolveFn<'CredentialsChanged' | 'NotFound', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  LocalDateTime?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Deleted?: DeletedResolvers<ContextType>;
  DeletedConnection?: DeletedConnectionResolvers<ContextType>;
  DeletedEdge?: DeletedEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  Unavailable?: UnavailableResolvers<ContextType>;
  NotYetAvailable?: NotYetAvailableResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  AuditEntry?: AuditEntryResolvers<ContextType>;
  AuditActor?: AuditActorResolvers<ContextType>;
  AuditSubject?: AuditSubjectResolvers<ContextType>;
  AuditEntryConnection?: AuditEntryConnectionResolvers<ContextType>;
  AuditEntryEdge?: AuditEntryEdgeResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  AuditTrailExported?: AuditTrailExportedResolvers<ContextType>;
  ExportAuditTrailResult?: ExportAuditTrailResultResolvers<ContextType>;
  Invitation?: InvitationResolvers<ContextType>;
  InvitationConnection?: InvitationConnectionResolvers<ContextType>;
  InvitationEdge?: InvitationEdgeResolvers<ContextType>;
  Organisation?: OrganisationResolvers<ContextType>;
  MemberInvited?: MemberInvitedResolvers<ContextType>;
  InviteMemberResult?: InviteMemberResultResolvers<ContextType>;
  InvitationRevoked?: InvitationRevokedResolvers<ContextType>;
  RevokeInvitationResult?: RevokeInvitationResultResolvers<ContextType>;
  InvitationAccepted?: InvitationAcceptedResolvers<ContextType>;
  AcceptInvitationResult?: AcceptInvitationResultResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeySecret?: ApiKeySecretResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  ApiKeyCreated?: ApiKeyCreatedResolvers<ContextType>;
  CreateApiKeyResult?: CreateApiKeyResultResolvers<ContextType>;
  ApiKeyRotated?: ApiKeyRotatedResolvers<ContextType>;
  RotateApiKeyResult?: RotateApiKeyResultResolvers<ContextType>;
  ApiKeyRevoked?: ApiKeyRevokedResolvers<ContextType>;
  RevokeApiKeyResult?: RevokeApiKeyResultResolvers<ContextType>;
  Membership?: MembershipResolvers<ContextType>;
  MembershipConnection?: MembershipConnectionResolvers<ContextType>;
  MembershipEdge?: MembershipEdgeResolvers<ContextType>;
  MemberChanged?: MemberChangedResolvers<ContextType>;
  ChangeMemberResult?: ChangeMemberResultResolvers<ContextType>;
  MemberRemoved?: MemberRemovedResolvers<ContextType>;
  RemoveMemberResult?: RemoveMemberResultResolvers<ContextType>;
  OrderLinksRevoked?: OrderLinksRevokedResolvers<ContextType>;
  RevokeOrderLinksResult?: RevokeOrderLinksResultResolvers<ContextType>;
  OrganisationCreated?: OrganisationCreatedResolvers<ContextType>;
  CreateOrganisationResult?: CreateOrganisationResultResolvers<ContextType>;
  OrganisationUpdated?: OrganisationUpdatedResolvers<ContextType>;
  UpdateOrganisationResult?: UpdateOrganisationResultResolvers<ContextType>;
  LastOwner?: LastOwnerResolvers<ContextType>;
  AlreadyMember?: AlreadyMemberResolvers<ContextType>;
  InvitationInvalid?: InvitationInvalidResolvers<ContextType>;
  BeyondOwnScopes?: BeyondOwnScopesResolvers<ContextType>;
  OrganisationRemoval?: OrganisationRemovalResolvers<ContextType>;
  OrganisationArchive?: OrganisationArchiveResolvers<ContextType>;
  OrganisationRemovalStarted?: OrganisationRemovalStartedResolvers<ContextType>;
  OrganisationRemovalCancelled?: OrganisationRemovalCancelledResolvers<ContextType>;
  NotOwner?: NotOwnerResolvers<ContextType>;
  OrganisationInBusiness?: OrganisationInBusinessResolvers<ContextType>;
  StepUpRequired?: StepUpRequiredResolvers<ContextType>;
  InvoicesUnpaid?: InvoicesUnpaidResolvers<ContextType>;
  RemovalTooFar?: RemovalTooFarResolvers<ContextType>;
  RemoveOrganisationResult?: RemoveOrganisationResultResolvers<ContextType>;
  CancelOrganisationRemovalResult?: CancelOrganisationRemovalResultResolvers<ContextType>;
  SignInSession?: SignInSessionResolvers<ContextType>;
  SignInSessionConnection?: SignInSessionConnectionResolvers<ContextType>;
  SignInSessionEdge?: SignInSessionEdgeResolvers<ContextType>;
  SessionRevoked?: SessionRevokedResolvers<ContextType>;
  RevokeSessionResult?: RevokeSessionResultResolvers<ContextType>;
  Credentials?: CredentialsResolvers<ContextType>;
  Passkey?: PasskeyResolvers<ContextType>;
  CredentialsChanged?: CredentialsChangedResolvers<ContextType>;
  ProofInvalid?: ProofInvalidResolvers<ContextType>;
  SetPasswordResult?: SetPasswordResultResolvers<ContextType>;
  AuthenticatorBegun?: AuthenticatorBegunResolvers<ContextType>;
  AuthenticatorExists?: AuthenticatorExistsResolvers<ContextType>;
  BeginAuthenticatorResult?: BeginAuthenticatorResultResolvers<ContextType>;
  AuthenticatorConfirmed?: AuthenticatorConfirmedResolvers<ContextType>;
  ConfirmAuthenticatorResult?: ConfirmAuthenticatorResultResolvers<ContextType>;
  RemoveAuthenticatorResult?: RemoveAuthenticatorResultResolvers<ContextType>;
  PasskeyBegun?: PasskeyBegunResolvers<ContextType>;
  BeginPasskeyResult?: BeginPasskeyResultResolvers<ContextType>;
  AddPasskeyResult?: AddPasskeyResultResolvers<ContextType>;
  RemovePasskeyResult?: RemovePasskeyResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
