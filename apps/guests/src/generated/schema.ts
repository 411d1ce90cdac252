// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ConsentRecord as ConsentRecordModel } from '../consent/consent.ts';
import type { Guest as GuestModel } from '../guests/guest.ts';
import type { ViewerAccount } from '../viewer/viewer.ts';
import type { PrivacyRequest as PrivacyRequestModel } from '../privacy/privacy-request.ts';
import type { Notification as NotificationModel } from '../notifications/notification.ts';
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

/** One answer of a guest to one purpose. Records are only ever added: the newest of a purpose is the one that holds. */
export type ConsentRecord = Node & {
  __typename?: 'ConsentRecord';
  id: Scalars['ID']['output'];
  /** Lower-case words joined by hyphens, such as `marketing-email`. */
  purpose: Scalars['String']['output'];
  granted: Scalars['Boolean']['output'];
  /** Where it was given, such as `check-out`. */
  source?: Maybe<Scalars['String']['output']>;
  recordedAt: Scalars['DateTime']['output'];
};

export type ConsentRecordConnection = {
  __typename?: 'ConsentRecordConnection';
  edges: Array<ConsentRecordEdge>;
  pageInfo: PageInfo;
};

export type ConsentRecordEdge = {
  __typename?: 'ConsentRecordEdge';
  cursor: Scalars['String']['output'];
  node: ConsentRecord;
};

/**
 * A person who comes to an organisation's events, known by the e-mail address. Readable with `guests:read`, and by a
 * viewer whose own e-mail address it carries.
 */
export type Guest = Node & {
  __typename?: 'Guest';
  /** The record that holds now for each purpose ever asked, by purpose. */
  consents: Array<ConsentRecord>;
  /** Every record, newest first. `first` is at most 100. */
  consentHistory: ConsentRecordConnection;
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** As first written, with the domain in lower case. One guest an address and organisation, whatever the case. */
  email: Scalars['String']['output'];
  /** A BCP 47 language tag, such as `de-AT`: the language to write to the guest in. */
  locale: Scalars['String']['output'];
  /** In E.164 form, such as `+431234567`. */
  phone?: Maybe<Scalars['String']['output']>;
  preferences: Array<GuestPreference>;
  registeredAt: Scalars['DateTime']['output'];
  updatedAt: Scalars['DateTime']['output'];
  /** Since when the person is forgotten; name and address then name nobody. Null for all others. */
  erasedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The newest first. `first` is at most 100. */
  notifications: NotificationConnection;
  /** What was asked for, the newest first; 20 at most. */
  privacyRequests: Array<PrivacyRequest>;
};

/**
 * A person who comes to an organisation's events, known by the e-mail address. Readable with `guests:read`, and by a
 * viewer whose own e-mail address it carries.
 */
export type GuestConsentHistoryArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/**
 * A person who comes to an organisation's events, known by the e-mail address. Readable with `guests:read`, and by a
 * viewer whose own e-mail address it carries.
 */
export type GuestNotificationsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Adds a consent record. With `guests:manage`, or for the viewer's own guest. */
  recordConsent: RecordConsentResult;
  /**
   * Hides the guest. They can be restored until `restorableUntil`, and are erased then. What they bought stays theirs, and
   * who buys with the address again is back by that.
   */
  deleteGuest: DeleteGuestResult;
  restoreGuest: RestoreGuestResult;
  /**
   * Makes sure that the organisation knows this e-mail address and answers the guest's id. Idempotent by the address: a
   * guest that exists keeps its name. `guest` is given only to a viewer who may read it.
   */
  registerGuest: RegisterGuestResult;
  /** Changes what is given and leaves the rest. With `guests:manage`, or for the viewer's own guest (except its `email`). */
  updateGuest: UpdateGuestResult;
  /** Replaces all preferences. With `guests:manage`, or for the viewer's own guest. */
  updatePreferences: UpdatePreferencesResult;
  /**
   * Forgets a person for ever, here and wherever a copy is kept; what was bought stays, as bought by nobody. Cannot be
   * undone. With `guests:manage`, or for the viewer's own guest. Repeated, it changes nothing.
   */
  eraseGuest: EraseGuestResult;
  /** Gathers all that every service has of a guest. With `guests:manage`, or for the viewer's own guest. */
  exportGuestData: ExportGuestDataResult;
};

export type MutationRecordConsentArgs = {
  input: RecordConsentInput;
};

export type MutationDeleteGuestArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRestoreGuestArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRegisterGuestArgs = {
  input: RegisterGuestInput;
};

export type MutationUpdateGuestArgs = {
  input: UpdateGuestInput;
};

export type MutationUpdatePreferencesArgs = {
  input: UpdatePreferencesInput;
};

export type MutationEraseGuestArgs = {
  input: EraseGuestInput;
};

export type MutationExportGuestDataArgs = {
  input: ExportGuestDataInput;
};

export type RecordConsentInput = {
  /** The same key with the same input adds one record; with another input it is refused. At most 200 characters. */
  idempotencyKey: Scalars['String']['input'];
  guestId: Scalars['ID']['input'];
  purpose: Scalars['String']['input'];
  granted: Scalars['Boolean']['input'];
  source?: InputMaybe<Scalars['String']['input']>;
};

export type ConsentRecorded = {
  __typename?: 'ConsentRecorded';
  consent: ConsentRecord;
};

export type RecordConsentResult = ConsentRecorded | InvalidInput | NotFound | IdempotencyConflict;

export type PreferenceKind = 'DIETARY' | 'SEATING' | 'ACCESSIBILITY';

export type GuestPreference = {
  __typename?: 'GuestPreference';
  kind: PreferenceKind;
  value: Scalars['String']['output'];
};

export type GuestConnection = {
  __typename?: 'GuestConnection';
  edges: Array<GuestEdge>;
  pageInfo: PageInfo;
};

export type GuestEdge = {
  __typename?: 'GuestEdge';
  cursor: Scalars['String']['output'];
  node: Guest;
};

export type GuestDeleted = {
  __typename?: 'GuestDeleted';
  deleted: Deleted;
};

export type GuestRestored = {
  __typename?: 'GuestRestored';
  guest: Guest;
};

export type DeleteGuestResult = GuestDeleted | InvalidInput | NotFound;

export type RestoreGuestResult = GuestRestored | InvalidInput | NotFound;

export type Query = {
  __typename?: 'Query';
  /** The guest, or null where there is none that the viewer may read. */
  guest?: Maybe<Guest>;
  /**
   * Guests by name, without those who were erased. `search` (at most 200 characters) matches any part of name or e-mail address, without regard to case
   * or accents. `first` is at most 100.
   */
  guests: GuestConnection;
  /** Whom `restoreGuest` can bring back. */
  deletedGuests: DeletedConnection;
  viewer: Viewer;
};

export type QueryGuestArgs = {
  id: Scalars['ID']['input'];
};

export type QueryGuestsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  search?: InputMaybe<Scalars['String']['input']>;
};

export type QueryDeletedGuestsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type RegisterGuestInput = {
  /** At most 254 characters (RFC 5321). */
  email: Scalars['String']['input'];
  /** 1 to 200 characters. */
  name: Scalars['String']['input'];
  /** A BCP 47 language tag; `en` unless given. */
  locale?: InputMaybe<Scalars['String']['input']>;
};

export type GuestRegistered = {
  __typename?: 'GuestRegistered';
  guestId: Scalars['ID']['output'];
  /** Null where the viewer may not read this guest. */
  guest?: Maybe<Guest>;
};

export type RegisterGuestResult = GuestRegistered | InvalidInput;

export type UpdateGuestInput = {
  id: Scalars['ID']['input'];
  /** The same key with the same input has one effect; with another input it is refused. At most 200 characters. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name?: InputMaybe<Scalars['String']['input']>;
  email?: InputMaybe<Scalars['String']['input']>;
  locale?: InputMaybe<Scalars['String']['input']>;
  /** E.164, spaces and punctuation allowed; null removes it. */
  phone?: InputMaybe<Scalars['String']['input']>;
};

export type GuestUpdated = {
  __typename?: 'GuestUpdated';
  guest: Guest;
};

/** Another guest of the organisation has this e-mail address. */
export type EmailTaken = Refusal & {
  __typename?: 'EmailTaken';
  message: Scalars['String']['output'];
};

export type UpdateGuestResult = GuestUpdated | EmailTaken | InvalidInput | NotFound | IdempotencyConflict;

export type GuestPreferenceInput = {
  kind: PreferenceKind;
  /** 1 to 200 characters. */
  value: Scalars['String']['input'];
};

export type UpdatePreferencesInput = {
  guestId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** At most 50; a repeated one counts once. */
  preferences: Array<GuestPreferenceInput>;
};

export type PreferencesUpdated = {
  __typename?: 'PreferencesUpdated';
  guest: Guest;
};

export type UpdatePreferencesResult = PreferencesUpdated | InvalidInput | NotFound | IdempotencyConflict;

export type EraseGuestInput = {
  guestId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type GuestErased = {
  __typename?: 'GuestErased';
  guestId: Scalars['ID']['output'];
  /** What is left. Null where the viewer may not read it (any more). */
  guest?: Maybe<Guest>;
  /** How far it has come in other services, with the certificate in the end. Null for who was erased before there were any. */
  request?: Maybe<PrivacyRequest>;
};

export type EraseGuestResult = GuestErased | InvalidInput | NotFound | IdempotencyConflict;

/** What a guest is to hear of. A later one about the same thing takes the place of the earlier. */
export type Notification = {
  __typename?: 'Notification';
  id: Scalars['ID']['output'];
  kind: NotificationKind;
  occurredAt: Scalars['DateTime']['output'];
  /** What it is about: an order, a ticket, an entry of a waitlist or an occurrence. Ask `node` for it. */
  subjectId: Scalars['ID']['output'];
};

export type NotificationKind =
  | 'ORDER_PAID'
  /** A ticket was handed on to the guest, who took it. */
  | 'TICKET_RECEIVED'
  /** It is the guest's turn on a waitlist. */
  | 'WAITLIST_OFFERED'
  | 'INSTALMENT_DUE'
  /** An occurrence that the guest goes to does not take place. */
  | 'OCCURRENCE_CANCELLED';

export type NotificationConnection = {
  __typename?: 'NotificationConnection';
  edges: Array<NotificationEdge>;
  pageInfo: PageInfo;
};

export type NotificationEdge = {
  __typename?: 'NotificationEdge';
  cursor: Scalars['String']['output'];
  node: Notification;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** The guest, each time there is something new in its `notifications`. For the viewer's own guest, or with `guests:read`. */
  notificationsChanged?: Maybe<Guest>;
};

export type SubscriptionNotificationsChangedArgs = {
  guestId: Scalars['ID']['input'];
};

export type PrivacyRequestKind = 'EXPORT' | 'ERASURE';

export type PrivacyRequestStatus = 'RUNNING' | 'DONE';

/**
 * What a person may ask for by law: a copy of all that is known of her, or that it is forgotten. Readable with
 * `guests:manage` and by whoever asked.
 */
export type PrivacyRequest = Node & {
  __typename?: 'PrivacyRequest';
  id: Scalars['ID']['output'];
  kind: PrivacyRequestKind;
  status: PrivacyRequestStatus;
  requestedAt: Scalars['DateTime']['output'];
  completedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Each service that keeps something of people, and since when it has answered. */
  progress: Array<PrivacyProgress>;
  /** All that every service has of the person, as JSON. Null until it is complete, and a week after that. */
  archive?: Maybe<Scalars['String']['output']>;
  /**
   * What was erased where, what stays and why, and that no sum has changed: a JWS (EdDSA) by the key of guests of
   * `/audit/keys`. Null until it is complete, and of a platform without such keys.
   */
  certificate?: Maybe<Scalars['String']['output']>;
};

export type PrivacyProgress = {
  __typename?: 'PrivacyProgress';
  service: Scalars['String']['output'];
  answeredAt?: Maybe<Scalars['DateTime']['output']>;
};

export type ExportGuestDataInput = {
  guestId: Scalars['ID']['input'];
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
};

export type GuestDataExportStarted = {
  __typename?: 'GuestDataExportStarted';
  request: PrivacyRequest;
};

export type ExportGuestDataResult = GuestDataExportStarted | InvalidInput | NotFound | IdempotencyConflict;

export type Role = 'OWNER' | 'ORGANISER' | 'FINANCE' | 'BOX_OFFICE' | 'SCANNER' | 'GUEST';

/** Who sends the request, as the token says. */
export type Viewer = {
  __typename?: 'Viewer';
  id: Scalars['ID']['output'];
  role: Role;
  /** What the viewer may do, such as `tickets:hold`. */
  scopes: Array<Scalars['String']['output']>;
  organisationId: Scalars['ID']['output'];
  /** The guest with the viewer's e-mail address; null where the token has none or the organisation knows no such guest. */
  guest?: Maybe<Guest>;
};

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
  ConsentRecord: ConsentRecord;
  Guest: Guest;
  PrivacyRequest: PrivacyRequest;
  Viewer: Viewer;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  ConsentRecord: { __typename: 'ConsentRecord' } & GraphQLRecursivePick<
    FederationTypes['ConsentRecord'],
    { id: true }
  >;
  Guest: { __typename: 'Guest' } & GraphQLRecursivePick<FederationTypes['Guest'], { id: true }>;
  PrivacyRequest: { __typename: 'PrivacyRequest' } & GraphQLRecursivePick<
    FederationTypes['PrivacyRequest'],
    { id: true }
  >;
  Viewer: { __typename: 'Viewer' } & GraphQLRecursivePick<FederationTypes['Viewer'], { id: true }>;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  RecordConsentResult:
    | (Omit<ConsentRecorded, 'consent'> & { consent: _RefType['ConsentRecord'] } & {
        __typename: 'ConsentRecorded';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  DeleteGuestResult:
    | (GuestDeleted & { __typename: 'GuestDeleted' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RestoreGuestResult:
    | (Omit<GuestRestored, 'guest'> & { guest: _RefType['Guest'] } & { __typename: 'GuestRestored' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RegisterGuestResult:
    | (Omit<GuestRegistered, 'guest'> & { guest?: Maybe<_RefType['Guest']> } & {
        __typename: 'GuestRegistered';
      })
    | (InvalidInput & { __typename: 'InvalidInput' });
  UpdateGuestResult:
    | (Omit<GuestUpdated, 'guest'> & { guest: _RefType['Guest'] } & { __typename: 'GuestUpdated' })
    | (EmailTaken & { __typename: 'EmailTaken' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  UpdatePreferencesResult:
    | (Omit<PreferencesUpdated, 'guest'> & { guest: _RefType['Guest'] } & {
        __typename: 'PreferencesUpdated';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  EraseGuestResult:
    | (Omit<GuestErased, 'guest' | 'request'> & {
        guest?: Maybe<_RefType['Guest']>;
        request?: Maybe<_RefType['PrivacyRequest']>;
      } & { __typename: 'GuestErased' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  ExportGuestDataResult:
    | (Omit<GuestDataExportStarted, 'request'> & { request: _RefType['PrivacyRequest'] } & {
        __typename: 'GuestDataExportStarted';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: ConsentRecordModel | GuestModel | PrivacyRequestModel;
  Refusal: InvalidInput | NotFound | IdempotencyConflict | Unavailable | NotYetAvailable | EmailTaken;
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
  ConsentRecord: ResolverTypeWrapper<ConsentRecordModel>;
  ConsentRecordConnection: ResolverTypeWrapper<
    Omit<ConsentRecordConnection, 'edges'> & { edges: Array<ResolversTypes['ConsentRecordEdge']> }
  >;
  ConsentRecordEdge: ResolverTypeWrapper<
    Omit<ConsentRecordEdge, 'node'> & { node: ResolversTypes['ConsentRecord'] }
  >;
  Guest: ResolverTypeWrapper<GuestModel>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RecordConsentInput: RecordConsentInput;
  ConsentRecorded: ResolverTypeWrapper<
    Omit<ConsentRecorded, 'consent'> & { consent: ResolversTypes['ConsentRecord'] }
  >;
  RecordConsentResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecordConsentResult']>;
  PreferenceKind: PreferenceKind;
  GuestPreference: ResolverTypeWrapper<GuestPreference>;
  GuestConnection: ResolverTypeWrapper<
    Omit<GuestConnection, 'edges'> & { edges: Array<ResolversTypes['GuestEdge']> }
  >;
  GuestEdge: ResolverTypeWrapper<Omit<GuestEdge, 'node'> & { node: ResolversTypes['Guest'] }>;
  GuestDeleted: ResolverTypeWrapper<GuestDeleted>;
  GuestRestored: ResolverTypeWrapper<Omit<GuestRestored, 'guest'> & { guest: ResolversTypes['Guest'] }>;
  DeleteGuestResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteGuestResult']>;
  RestoreGuestResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RestoreGuestResult']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RegisterGuestInput: RegisterGuestInput;
  GuestRegistered: ResolverTypeWrapper<
    Omit<GuestRegistered, 'guest'> & { guest?: Maybe<ResolversTypes['Guest']> }
  >;
  RegisterGuestResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RegisterGuestResult']>;
  UpdateGuestInput: UpdateGuestInput;
  GuestUpdated: ResolverTypeWrapper<Omit<GuestUpdated, 'guest'> & { guest: ResolversTypes['Guest'] }>;
  EmailTaken: ResolverTypeWrapper<EmailTaken>;
  UpdateGuestResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateGuestResult']>;
  GuestPreferenceInput: GuestPreferenceInput;
  UpdatePreferencesInput: UpdatePreferencesInput;
  PreferencesUpdated: ResolverTypeWrapper<
    Omit<PreferencesUpdated, 'guest'> & { guest: ResolversTypes['Guest'] }
  >;
  UpdatePreferencesResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['UpdatePreferencesResult']
  >;
  EraseGuestInput: EraseGuestInput;
  GuestErased: ResolverTypeWrapper<
    Omit<GuestErased, 'guest' | 'request'> & {
      guest?: Maybe<ResolversTypes['Guest']>;
      request?: Maybe<ResolversTypes['PrivacyRequest']>;
    }
  >;
  EraseGuestResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['EraseGuestResult']>;
  Notification: ResolverTypeWrapper<NotificationModel>;
  NotificationKind: NotificationKind;
  NotificationConnection: ResolverTypeWrapper<
    Omit<NotificationConnection, 'edges'> & { edges: Array<ResolversTypes['NotificationEdge']> }
  >;
  NotificationEdge: ResolverTypeWrapper<
    Omit<NotificationEdge, 'node'> & { node: ResolversTypes['Notification'] }
  >;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  PrivacyRequestKind: PrivacyRequestKind;
  PrivacyRequestStatus: PrivacyRequestStatus;
  PrivacyRequest: ResolverTypeWrapper<PrivacyRequestModel>;
  PrivacyProgress: ResolverTypeWrapper<PrivacyProgress>;
  ExportGuestDataInput: ExportGuestDataInput;
  GuestDataExportStarted: ResolverTypeWrapper<
    Omit<GuestDataExportStarted, 'request'> & { request: ResolversTypes['PrivacyRequest'] }
  >;
  ExportGuestDataResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExportGuestDataResult']>;
  Role: Role;
  Viewer: ResolverTypeWrapper<ViewerAccount>;
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
  ConsentRecord: ConsentRecordModel;
  ConsentRecordConnection: Omit<ConsentRecordConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['ConsentRecordEdge']>;
  };
  ConsentRecordEdge: Omit<ConsentRecordEdge, 'node'> & { node: ResolversParentTypes['ConsentRecord'] };
  Guest: GuestModel;
  Mutation: Record<PropertyKey, never>;
  RecordConsentInput: RecordConsentInput;
  ConsentRecorded: Omit<ConsentRecorded, 'consent'> & { consent: ResolversParentTypes['ConsentRecord'] };
  RecordConsentResult: ResolversUnionTypes<ResolversParentTypes>['RecordConsentResult'];
  GuestPreference: GuestPreference;
  GuestConnection: Omit<GuestConnection, 'edges'> & { edges: Array<ResolversParentTypes['GuestEdge']> };
  GuestEdge: Omit<GuestEdge, 'node'> & { node: ResolversParentTypes['Guest'] };
  GuestDeleted: GuestDeleted;
  GuestRestored: Omit<GuestRestored, 'guest'> & { guest: ResolversParentTypes['Guest'] };
  DeleteGuestResult: ResolversUnionTypes<ResolversParentTypes>['DeleteGuestResult'];
  RestoreGuestResult: ResolversUnionTypes<ResolversParentTypes>['RestoreGuestResult'];
  Query: Record<PropertyKey, never>;
  RegisterGuestInput: RegisterGuestInput;
  GuestRegistered: Omit<GuestRegistered, 'guest'> & { guest?: Maybe<ResolversParentTypes['Guest']> };
  RegisterGuestResult: ResolversUnionTypes<ResolversParentTypes>['RegisterGuestResult'];
  UpdateGuestInput: UpdateGuestInput;
  GuestUpdated: Omit<GuestUpdated, 'guest'> & { guest: ResolversParentTypes['Guest'] };
  EmailTaken: EmailTaken;
  UpdateGuestResult: ResolversUnionTypes<ResolversParentTypes>['UpdateGuestResult'];
  GuestPreferenceInput: GuestPreferenceInput;
  UpdatePreferencesInput: UpdatePreferencesInput;
  PreferencesUpdated: Omit<PreferencesUpdated, 'guest'> & { guest: ResolversParentTypes['Guest'] };
  UpdatePreferencesResult: ResolversUnionTypes<ResolversParentTypes>['UpdatePreferencesResult'];
  EraseGuestInput: EraseGuestInput;
  GuestErased: Omit<GuestErased, 'guest' | 'request'> & {
    guest?: Maybe<ResolversParentTypes['Guest']>;
    request?: Maybe<ResolversParentTypes['PrivacyRequest']>;
  };
  EraseGuestResult: ResolversUnionTypes<ResolversParentTypes>['EraseGuestResult'];
  Notification: NotificationModel;
  NotificationConnection: Omit<NotificationConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['NotificationEdge']>;
  };
  NotificationEdge: Omit<NotificationEdge, 'node'> & { node: ResolversParentTypes['Notification'] };
  Subscription: Record<PropertyKey, never>;
  PrivacyRequest: PrivacyRequestModel;
  PrivacyProgress: PrivacyProgress;
  ExportGuestDataInput: ExportGuestDataInput;
  GuestDataExportStarted: Omit<GuestDataExportStarted, 'request'> & {
    request: ResolversParentTypes['PrivacyRequest'];
  };
  ExportGuestDataResult: ResolversUnionTypes<ResolversParentTypes>['ExportGuestDataResult'];
  Viewer: ViewerAccount;
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
  __resolveType: TypeResolveFn<'ConsentRecord' | 'Guest' | 'PrivacyRequest', ParentType, ContextType>;
};

export type RefusalResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal'],
> = {
  __resolveType: TypeResolveFn<
    'InvalidInput' | 'NotFound' | 'IdempotencyConflict' | 'Unavailable' | 'NotYetAvailable' | 'EmailTaken',
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

export type ConsentRecordResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ConsentRecord'] = ResolversParentTypes['ConsentRecord'],
  FederationReferenceType extends FederationReferenceTypes['ConsentRecord'] =
    FederationReferenceTypes['ConsentRecord'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['ConsentRecord']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  granted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  source?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  recordedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConsentRecordConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ConsentRecordConnection'] =
    ResolversParentTypes['ConsentRecordConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['ConsentRecordEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ConsentRecordEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ConsentRecordEdge'] = ResolversParentTypes['ConsentRecordEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ConsentRecord'], ParentType, ContextType>;
};

export type GuestResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Guest'] = ResolversParentTypes['Guest'],
  FederationReferenceType extends FederationReferenceTypes['Guest'] = FederationReferenceTypes['Guest'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Guest']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  consents?: Resolver<Array<ResolversTypes['ConsentRecord']>, ParentType, ContextType>;
  consentHistory?: Resolver<
    ResolversTypes['ConsentRecordConnection'],
    ParentType,
    ContextType,
    RequireFields<GuestConsentHistoryArgs, 'first'>
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  email?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  locale?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  phone?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  preferences?: Resolver<Array<ResolversTypes['GuestPreference']>, ParentType, ContextType>;
  registeredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  erasedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  notifications?: Resolver<
    ResolversTypes['NotificationConnection'],
    ParentType,
    ContextType,
    RequireFields<GuestNotificationsArgs, 'first'>
  >;
  privacyRequests?: Resolver<Array<ResolversTypes['PrivacyRequest']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  recordConsent?: Resolver<
    ResolversTypes['RecordConsentResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRecordConsentArgs, 'input'>
  >;
  deleteGuest?: Resolver<
    ResolversTypes['DeleteGuestResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteGuestArgs, 'id'>
  >;
  restoreGuest?: Resolver<
    ResolversTypes['RestoreGuestResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRestoreGuestArgs, 'id'>
  >;
  registerGuest?: Resolver<
    ResolversTypes['RegisterGuestResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRegisterGuestArgs, 'input'>
  >;
  updateGuest?: Resolver<
    ResolversTypes['UpdateGuestResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateGuestArgs, 'input'>
  >;
  updatePreferences?: Resolver<
    ResolversTypes['UpdatePreferencesResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdatePreferencesArgs, 'input'>
  >;
  eraseGuest?: Resolver<
    ResolversTypes['EraseGuestResult'],
    ParentType,
    ContextType,
    RequireFields<MutationEraseGuestArgs, 'input'>
  >;
  exportGuestData?: Resolver<
    ResolversTypes['ExportGuestDataResult'],
    ParentType,
    ContextType,
    RequireFields<MutationExportGuestDataArgs, 'input'>
  >;
};

export type ConsentRecordedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ConsentRecorded'] = ResolversParentTypes['ConsentRecorded'],
> = {
  consent?: Resolver<ResolversTypes['ConsentRecord'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecordConsentResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RecordConsentResult'] =
    ResolversParentTypes['RecordConsentResult'],
> = {
  __resolveType: TypeResolveFn<
    'ConsentRecorded' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type GuestPreferenceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestPreference'] = ResolversParentTypes['GuestPreference'],
> = {
  kind?: Resolver<ResolversTypes['PreferenceKind'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GuestConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestConnection'] = ResolversParentTypes['GuestConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['GuestEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type GuestEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestEdge'] = ResolversParentTypes['GuestEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Guest'], ParentType, ContextType>;
};

export type GuestDeletedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestDeleted'] = ResolversParentTypes['GuestDeleted'],
> = {
  deleted?: Resolver<ResolversTypes['Deleted'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GuestRestoredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestRestored'] = ResolversParentTypes['GuestRestored'],
> = {
  guest?: Resolver<ResolversTypes['Guest'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteGuestResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeleteGuestResult'] = ResolversParentTypes['DeleteGuestResult'],
> = {
  __resolveType: TypeResolveFn<'GuestDeleted' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type RestoreGuestResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RestoreGuestResult'] = ResolversParentTypes['RestoreGuestResult'],
> = {
  __resolveType: TypeResolveFn<'GuestRestored' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  guest?: Resolver<
    Maybe<ResolversTypes['Guest']>,
    ParentType,
    ContextType,
    RequireFields<QueryGuestArgs, 'id'>
  >;
  guests?: Resolver<
    ResolversTypes['GuestConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryGuestsArgs, 'first'>
  >;
  deletedGuests?: Resolver<
    ResolversTypes['DeletedConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryDeletedGuestsArgs, 'first'>
  >;
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
};

export type GuestRegisteredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestRegistered'] = ResolversParentTypes['GuestRegistered'],
> = {
  guestId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RegisterGuestResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RegisterGuestResult'] =
    ResolversParentTypes['RegisterGuestResult'],
> = {
  __resolveType: TypeResolveFn<'GuestRegistered' | 'InvalidInput', ParentType, ContextType>;
};

export type GuestUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestUpdated'] = ResolversParentTypes['GuestUpdated'],
> = {
  guest?: Resolver<ResolversTypes['Guest'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EmailTakenResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EmailTaken'] = ResolversParentTypes['EmailTaken'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateGuestResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateGuestResult'] = ResolversParentTypes['UpdateGuestResult'],
> = {
  __resolveType: TypeResolveFn<
    'GuestUpdated' | 'EmailTaken' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type PreferencesUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PreferencesUpdated'] = ResolversParentTypes['PreferencesUpdated'],
> = {
  guest?: Resolver<ResolversTypes['Guest'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdatePreferencesResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdatePreferencesResult'] =
    ResolversParentTypes['UpdatePreferencesResult'],
> = {
  __resolveType: TypeResolveFn<
    'PreferencesUpdated' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type GuestErasedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestErased'] = ResolversParentTypes['GuestErased'],
> = {
  guestId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  request?: Resolver<Maybe<ResolversTypes['PrivacyRequest']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EraseGuestResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EraseGuestResult'] = ResolversParentTypes['EraseGuestResult'],
> = {
  __resolveType: TypeResolveFn<
    'GuestErased' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type NotificationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Notification'] = ResolversParentTypes['Notification'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['NotificationKind'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  subjectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type NotificationConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotificationConnection'] =
    ResolversParentTypes['NotificationConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['NotificationEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type NotificationEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotificationEdge'] = ResolversParentTypes['NotificationEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Notification'], ParentType, ContextType>;
};

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription'],
> = {
  notificationsChanged?: SubscriptionResolver<
    Maybe<ResolversTypes['Guest']>,
    'notificationsChanged',
    ParentType,
    ContextType,
    RequireFields<SubscriptionNotificationsChangedArgs, 'guestId'>
  >;
};

export type PrivacyRequestResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PrivacyRequest'] = ResolversParentTypes['PrivacyRequest'],
  FederationReferenceType extends FederationReferenceTypes['PrivacyRequest'] =
    FederationReferenceTypes['PrivacyRequest'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['PrivacyRequest']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['PrivacyRequestKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PrivacyRequestStatus'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  completedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  progress?: Resolver<Array<ResolversTypes['PrivacyProgress']>, ParentType, ContextType>;
  archive?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  certificate?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PrivacyProgressResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PrivacyProgress'] = ResolversParentTypes['PrivacyProgress'],
> = {
  service?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  answeredAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type GuestDataExportStartedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestDataExportStarted'] =
    ResolversParentTypes['GuestDataExportStarted'],
> = {
  request?: Resolver<ResolversTypes['PrivacyRequest'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExportGuestDataResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExportGuestDataResult'] =
    ResolversParentTypes['ExportGuestDataResult'],
> = {
  __resolveType: TypeResolveFn<
    'GuestDataExportStarted' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type ViewerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer'],
  FederationReferenceType extends FederationReferenceTypes['Viewer'] = FederationReferenceTypes['Viewer'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Viewer']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  organisationId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
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
  ConsentRecord?: ConsentRecordResolvers<ContextType>;
  ConsentRecordConnection?: ConsentRecordConnectionResolvers<ContextType>;
  ConsentRecordEdge?: ConsentRecordEdgeResolvers<ContextType>;
  Guest?: GuestResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  ConsentRecorded?: ConsentRecordedResolvers<ContextType>;
  RecordConsentResult?: RecordConsentResultResolvers<ContextType>;
  GuestPreference?: GuestPreferenceResolvers<ContextType>;
  GuestConnection?: GuestConnectionResolvers<ContextType>;
  GuestEdge?: GuestEdgeResolvers<ContextType>;
  GuestDeleted?: GuestDeletedResolvers<ContextType>;
  GuestRestored?: GuestRestoredResolvers<ContextType>;
  DeleteGuestResult?: DeleteGuestResultResolvers<ContextType>;
  RestoreGuestResult?: RestoreGuestResultResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  GuestRegistered?: GuestRegisteredResolvers<ContextType>;
  RegisterGuestResult?: RegisterGuestResultResolvers<ContextType>;
  GuestUpdated?: GuestUpdatedResolvers<ContextType>;
  EmailTaken?: EmailTakenResolvers<ContextType>;
  UpdateGuestResult?: UpdateGuestResultResolvers<ContextType>;
  PreferencesUpdated?: PreferencesUpdatedResolvers<ContextType>;
  UpdatePreferencesResult?: UpdatePreferencesResultResolvers<ContextType>;
  GuestErased?: GuestErasedResolvers<ContextType>;
  EraseGuestResult?: EraseGuestResultResolvers<ContextType>;
  Notification?: NotificationResolvers<ContextType>;
  NotificationConnection?: NotificationConnectionResolvers<ContextType>;
  NotificationEdge?: NotificationEdgeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  PrivacyRequest?: PrivacyRequestResolvers<ContextType>;
  PrivacyProgress?: PrivacyProgressResolvers<ContextType>;
  GuestDataExportStarted?: GuestDataExportStartedResolvers<ContextType>;
  ExportGuestDataResult?: ExportGuestDataResultResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
