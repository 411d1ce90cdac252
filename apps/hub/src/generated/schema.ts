// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Context } from '../context.ts';
export type Maybe<T> = T | null;
export type InputMaybe<T> = T | null | undefined;
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

export type WebhookEndpointStatus = 'ACTIVE' | 'DISABLED';

/** Where an organisation wants its events sent. */
export type WebhookEndpoint = Node & {
  __typename?: 'WebhookEndpoint';
  id: Scalars['ID']['output'];
  url: Scalars['String']['output'];
  /** Such as `tickets.order-paid.v1`. */
  eventTypes: Array<Scalars['String']['output']>;
  status: WebhookEndpointStatus;
  /** The GraphQL document that makes the payload; null for the event's own data. */
  selection?: Maybe<Scalars['String']['output']>;
  /** Whether an event waits until the one before it was delivered. */
  ordered: Scalars['Boolean']['output'];
  /** Newest first. `first` is at most 100. */
  deliveries: DeliveryConnection;
};

/** Where an organisation wants its events sent. */
export type WebhookEndpointDeliveriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type DeliveryStatus = 'PENDING' | 'DELIVERED' | 'EXHAUSTED';

/** One event on its way to one endpoint. */
export type Delivery = Node & {
  __typename?: 'Delivery';
  id: Scalars['ID']['output'];
  eventType: Scalars['String']['output'];
  status: DeliveryStatus;
  attempts: Array<DeliveryAttempt>;
  /** Null where no attempt is to follow. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
};

export type DeliveryAttempt = {
  __typename?: 'DeliveryAttempt';
  /** From 1. */
  number: Scalars['Int']['output'];
  /** Null where no answer came. */
  statusCode?: Maybe<Scalars['Int']['output']>;
  durationMs: Scalars['Int']['output'];
  startedAt: Scalars['DateTime']['output'];
  error?: Maybe<Scalars['String']['output']>;
};

export type DeliveryConnection = {
  __typename?: 'DeliveryConnection';
  edges: Array<DeliveryEdge>;
  pageInfo: PageInfo;
};

export type DeliveryEdge = {
  __typename?: 'DeliveryEdge';
  cursor: Scalars['String']['output'];
  node: Delivery;
};

export type WebhookEndpointConnection = {
  __typename?: 'WebhookEndpointConnection';
  edges: Array<WebhookEndpointEdge>;
  pageInfo: PageInfo;
};

export type WebhookEndpointEdge = {
  __typename?: 'WebhookEndpointEdge';
  cursor: Scalars['String']['output'];
  node: WebhookEndpoint;
};

export type Query = {
  __typename?: 'Query';
  webhookEndpoint?: Maybe<WebhookEndpoint>;
  webhookEndpoints: WebhookEndpointConnection;
};

export type QueryWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};

export type QueryWebhookEndpointsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Not in this release: always answers `NotYetAvailable`. */
  createWebhookEndpoint: CreateWebhookEndpointResult;
  /** Not in this release: always answers `NotYetAvailable`. */
  replayDeliveries: ReplayDeliveriesResult;
};

export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};

export type MutationReplayDeliveriesArgs = {
  input: ReplayDeliveriesInput;
};

export type CreateWebhookEndpointInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  url: Scalars['String']['input'];
  eventTypes: Array<Scalars['String']['input']>;
  selection?: InputMaybe<Scalars['String']['input']>;
  ordered?: InputMaybe<Scalars['Boolean']['input']>;
};

export type WebhookEndpointCreated = {
  __typename?: 'WebhookEndpointCreated';
  endpoint: WebhookEndpoint;
  /** Signs every delivery; shown this once. */
  secret: Scalars['String']['output'];
};

export type CreateWebhookEndpointResult =
  WebhookEndpointCreated | InvalidInput | IdempotencyConflict | NotYetAvailable;

export type ReplayDeliveriesInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  endpointId: Scalars['ID']['input'];
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
};

export type ReplayStarted = {
  __typename?: 'ReplayStarted';
  count: Scalars['Int']['output'];
};

export type ReplayDeliveriesResult =
  ReplayStarted | InvalidInput | NotFound | IdempotencyConflict | NotYetAvailable;

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
  WebhookEndpoint: WebhookEndpoint;
  Delivery: Delivery;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  WebhookEndpoint: { __typename: 'WebhookEndpoint' } & GraphQLRecursivePick<
    FederationTypes['WebhookEndpoint'],
    { id: true }
  >;
  Delivery: { __typename: 'Delivery' } & GraphQLRecursivePick<FederationTypes['Delivery'], { id: true }>;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CreateWebhookEndpointResult:
    | (WebhookEndpointCreated & { __typename: 'WebhookEndpointCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (NotYetAvailable & { __typename: 'NotYetAvailable' });
  ReplayDeliveriesResult:
    | (ReplayStarted & { __typename: 'ReplayStarted' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (NotYetAvailable & { __typename: 'NotYetAvailable' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: WebhookEndpoint | Delivery;
  Refusal: InvalidInput | NotFound | IdempotencyConflict | Unavailable | NotYetAvailable;
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
  Money: ResolverTypeWrapper<Money>;
  MoneyInput: MoneyInput;
  InvalidInput: ResolverTypeWrapper<InvalidInput>;
  NotFound: ResolverTypeWrapper<NotFound>;
  IdempotencyConflict: ResolverTypeWrapper<IdempotencyConflict>;
  Unavailable: ResolverTypeWrapper<Unavailable>;
  NotYetAvailable: ResolverTypeWrapper<NotYetAvailable>;
  WebhookEndpointStatus: WebhookEndpointStatus;
  WebhookEndpoint: ResolverTypeWrapper<WebhookEndpoint>;
  DeliveryStatus: DeliveryStatus;
  Delivery: ResolverTypeWrapper<Delivery>;
  DeliveryAttempt: ResolverTypeWrapper<DeliveryAttempt>;
  DeliveryConnection: ResolverTypeWrapper<DeliveryConnection>;
  DeliveryEdge: ResolverTypeWrapper<DeliveryEdge>;
  WebhookEndpointConnection: ResolverTypeWrapper<WebhookEndpointConnection>;
  WebhookEndpointEdge: ResolverTypeWrapper<WebhookEndpointEdge>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  WebhookEndpointCreated: ResolverTypeWrapper<WebhookEndpointCreated>;
  CreateWebhookEndpointResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['CreateWebhookEndpointResult']
  >;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayStarted: ResolverTypeWrapper<ReplayStarted>;
  ReplayDeliveriesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReplayDeliveriesResult']>;
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
  Money: Money;
  MoneyInput: MoneyInput;
  InvalidInput: InvalidInput;
  NotFound: NotFound;
  IdempotencyConflict: IdempotencyConflict;
  Unavailable: Unavailable;
  NotYetAvailable: NotYetAvailable;
  WebhookEndpoint: WebhookEndpoint | FederationReferenceTypes['WebhookEndpoint'];
  Delivery: Delivery | FederationReferenceTypes['Delivery'];
  DeliveryAttempt: DeliveryAttempt;
  DeliveryConnection: DeliveryConnection;
  DeliveryEdge: DeliveryEdge;
  WebhookEndpointConnection: WebhookEndpointConnection;
  WebhookEndpointEdge: WebhookEndpointEdge;
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  WebhookEndpointCreated: WebhookEndpointCreated;
  CreateWebhookEndpointResult: ResolversUnionTypes<ResolversParentTypes>['CreateWebhookEndpointResult'];
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayStarted: ReplayStarted;
  ReplayDeliveriesResult: ResolversUnionTypes<ResolversParentTypes>['ReplayDeliveriesResult'];
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
  __resolveType: TypeResolveFn<'WebhookEndpoint' | 'Delivery', ParentType, ContextType>;
};

export type RefusalResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Refusal'] = ResolversParentTypes['Refusal'],
> = {
  __resolveType: TypeResolveFn<
    'InvalidInput' | 'NotFound' | 'IdempotencyConflict' | 'Unavailable' | 'NotYetAvailable',
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

export type WebhookEndpointResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpoint'] = ResolversParentTypes['WebhookEndpoint'],
  FederationReferenceType extends FederationReferenceTypes['WebhookEndpoint'] =
    FederationReferenceTypes['WebhookEndpoint'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['WebhookEndpoint']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookEndpointStatus'], ParentType, ContextType>;
  selection?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deliveries?: Resolver<
    ResolversTypes['DeliveryConnection'],
    ParentType,
    ContextType,
    RequireFields<WebhookEndpointDeliveriesArgs, 'first'>
  >;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeliveryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Delivery'] = ResolversParentTypes['Delivery'],
  FederationReferenceType extends FederationReferenceTypes['Delivery'] = FederationReferenceTypes['Delivery'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Delivery']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DeliveryStatus'], ParentType, ContextType>;
  attempts?: Resolver<Array<ResolversTypes['DeliveryAttempt']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeliveryAttemptResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeliveryAttempt'] = ResolversParentTypes['DeliveryAttempt'],
> = {
  number?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  statusCode?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  startedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  error?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type DeliveryConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeliveryConnection'] = ResolversParentTypes['DeliveryConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['DeliveryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeliveryEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeliveryEdge'] = ResolversParentTypes['DeliveryEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType>;
};

export type WebhookEndpointConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpointConnection'] =
    ResolversParentTypes['WebhookEndpointConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['WebhookEndpointEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookEndpointEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpointEdge'] =
    ResolversParentTypes['WebhookEndpointEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  webhookEndpoint?: Resolver<
    Maybe<ResolversTypes['WebhookEndpoint']>,
    ParentType,
    ContextType,
    RequireFields<QueryWebhookEndpointArgs, 'id'>
  >;
  webhookEndpoints?: Resolver<
    ResolversTypes['WebhookEndpointConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryWebhookEndpointsArgs, 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  createWebhookEndpoint?: Resolver<
    ResolversTypes['CreateWebhookEndpointResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateWebhookEndpointArgs, 'input'>
  >;
  replayDeliveries?: Resolver<
    ResolversTypes['ReplayDeliveriesResult'],
    ParentType,
    ContextType,
    RequireFields<MutationReplayDeliveriesArgs, 'input'>
  >;
};

export type WebhookEndpointCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpointCreated'] =
    ResolversParentTypes['WebhookEndpointCreated'],
> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateWebhookEndpointResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateWebhookEndpointResult'] =
    ResolversParentTypes['CreateWebhookEndpointResult'],
> = {
  __resolveType: TypeResolveFn<
    'WebhookEndpointCreated' | 'InvalidInput' | 'IdempotencyConflict' | 'NotYetAvailable',
    ParentType,
    ContextType
  >;
};

export type ReplayStartedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReplayStarted'] = ResolversParentTypes['ReplayStarted'],
> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayDeliveriesResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReplayDeliveriesResult'] =
    ResolversParentTypes['ReplayDeliveriesResult'],
> = {
  __resolveType: TypeResolveFn<
    'ReplayStarted' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict' | 'NotYetAvailable',
    ParentType,
    ContextType
  >;
};

export type Resolvers<ContextType = Context> = {
  DateTime?: GraphQLScalarType;
  LocalDateTime?: GraphQLScalarType;
  BigInt?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  Refusal?: RefusalResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  Unavailable?: UnavailableResolvers<ContextType>;
  NotYetAvailable?: NotYetAvailableResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryAttempt?: DeliveryAttemptResolvers<ContextType>;
  DeliveryConnection?: DeliveryConnectionResolvers<ContextType>;
  DeliveryEdge?: DeliveryEdgeResolvers<ContextType>;
  WebhookEndpointConnection?: WebhookEndpointConnectionResolvers<ContextType>;
  WebhookEndpointEdge?: WebhookEndpointEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  WebhookEndpointCreated?: WebhookEndpointCreatedResolvers<ContextType>;
  CreateWebhookEndpointResult?: CreateWebhookEndpointResultResolvers<ContextType>;
  ReplayStarted?: ReplayStartedResolvers<ContextType>;
  ReplayDeliveriesResult?: ReplayDeliveriesResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
