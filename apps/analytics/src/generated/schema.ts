// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { EventReference, OccurrenceReference, Context } from '../context.ts';
import type { EventSum, OccurrenceCount, CountedSum } from '../sales/read-stats.ts';
import type { DaySales, MinuteSales } from '../sales/read-sales.ts';
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

/** Counted from the ticket service's events, a moment after they happen. Zeros where nothing has happened yet. */
export type OccurrenceStats = {
  __typename?: 'OccurrenceStats';
  ticketsSold: Scalars['Int']['output'];
  /** In carts and unpaid orders. */
  ticketsHeld: Scalars['Int']['output'];
  checkedIn: Scalars['Int']['output'];
  /**
   * Payments less refunds, in the currency with most orders. Before the first order: zero in `XXX`, the ISO 4217 code for
   * no currency.
   */
  revenue: Money;
  /** Payments less refunds, one entry a currency. */
  revenueByCurrency: Array<Money>;
  /** When the last event counted here happened; null before the first. */
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Columns that plugins add to a report of occurrences, in the same sequence for every occurrence. */
  reportColumns: Array<ReportCell>;
};

export type Occurrence = {
  __typename?: 'Occurrence';
  id: Scalars['ID']['output'];
  /** Null, with an error, for a viewer without `analytics:read`. */
  stats?: Maybe<OccurrenceStats>;
};

/** What a plugin says of a row of a report in one of its columns. */
export type ReportCell = {
  __typename?: 'ReportCell';
  /** `plugin.key`, such as `early-bird.discount`; the plugin's name alone where it did not answer. */
  column: Scalars['String']['output'];
  title: Scalars['String']['output'];
  value?: Maybe<Scalars['String']['output']>;
  /** Why it is empty, where a plugin did not answer. */
  warning?: Maybe<Scalars['String']['output']>;
};

/** One calendar day in the time zone asked for. */
export type SalesDay = {
  __typename?: 'SalesDay';
  /** Columns that plugins add to the report of days, in the same sequence for every row. */
  reportColumns: Array<ReportCell>;
  /** Such as `2027-03-20`. */
  date: Scalars['String']['output'];
  ordersPaid: Scalars['Int']['output'];
  ticketsSold: Scalars['Int']['output'];
  ticketsCancelled: Scalars['Int']['output'];
  paid: Array<Money>;
  refunded: Array<Money>;
};

/** What was paid and refunded in one span of time. */
export type SalesPeriod = {
  __typename?: 'SalesPeriod';
  /** Columns that plugins add to the report of minutes, in the same sequence for every row. */
  reportColumns: Array<ReportCell>;
  startsAt: Scalars['DateTime']['output'];
  ordersPaid: Scalars['Int']['output'];
  ticketsSold: Scalars['Int']['output'];
  /** Tickets cancelled in this span, whenever they were sold. */
  ticketsCancelled: Scalars['Int']['output'];
  /** Payments, one entry a currency. */
  paid: Array<Money>;
  /** Refunds as positive amounts, one entry a currency; a refund that failed is subtracted when that is known. */
  refunded: Array<Money>;
};

/** The sum over an event's occurrences. */
export type EventStats = {
  __typename?: 'EventStats';
  /** Columns that plugins add to a report of events, in the same sequence for every event. */
  reportColumns: Array<ReportCell>;
  /** Occurrences of the event that are not cancelled. */
  occurrenceCount: Scalars['Int']['output'];
  ticketsSold: Scalars['Int']['output'];
  ticketsHeld: Scalars['Int']['output'];
  checkedIn: Scalars['Int']['output'];
  /** Payments less refunds, in the currency with most orders; zero in `XXX` before the first order. */
  revenue: Money;
  /** Payments less refunds, one entry a currency. */
  revenueByCurrency: Array<Money>;
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The sum over all of the organisation's occurrences. */
export type OrganisationStats = {
  __typename?: 'OrganisationStats';
  occurrenceCount: Scalars['Int']['output'];
  ticketsSold: Scalars['Int']['output'];
  ticketsHeld: Scalars['Int']['output'];
  checkedIn: Scalars['Int']['output'];
  revenue: Money;
  revenueByCurrency: Array<Money>;
  updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type Event = {
  __typename?: 'Event';
  id: Scalars['ID']['output'];
  /** Null, with an error, for a viewer without `analytics:read`. */
  stats?: Maybe<EventStats>;
};

export type Query = {
  __typename?: 'Query';
  /** Zeros where the event has sold nothing. */
  eventStats: EventStats;
  organisationStats: OrganisationStats;
  /**
   * One entry for each day from that of `from` to that of `to` (at most 366), days without a sale included, in the given
   * IANA time zone.
   */
  salesByDay: Array<SalesDay>;
  /** The minutes of [from, to) (at most 24 hours) in which something was sold or refunded for this occurrence. */
  salesByMinute: Array<SalesPeriod>;
};

export type QueryEventStatsArgs = {
  eventId: Scalars['ID']['input'];
};

export type QuerySalesByDayArgs = {
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type QuerySalesByMinuteArgs = {
  occurrenceId: Scalars['ID']['input'];
  from: Scalars['DateTime']['input'];
  to: Scalars['DateTime']['input'];
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
  Occurrence: Occurrence;
  Event: Event;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Occurrence: { __typename: 'Occurrence' } & GraphQLRecursivePick<
    FederationTypes['Occurrence'],
    { id: true }
  >;
  Event: { __typename: 'Event' } & GraphQLRecursivePick<FederationTypes['Event'], { id: true }>;
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: never;
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
  OccurrenceStats: ResolverTypeWrapper<OccurrenceCount>;
  Occurrence: ResolverTypeWrapper<OccurrenceReference>;
  ReportCell: ResolverTypeWrapper<ReportCell>;
  SalesDay: ResolverTypeWrapper<DaySales>;
  SalesPeriod: ResolverTypeWrapper<MinuteSales>;
  EventStats: ResolverTypeWrapper<EventSum>;
  OrganisationStats: ResolverTypeWrapper<CountedSum>;
  Event: ResolverTypeWrapper<EventReference>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
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
  OccurrenceStats: OccurrenceCount;
  Occurrence: OccurrenceReference;
  ReportCell: ReportCell;
  SalesDay: DaySales;
  SalesPeriod: MinuteSales;
  EventStats: EventSum;
  OrganisationStats: CountedSum;
  Event: EventReference;
  Query: Record<PropertyKey, never>;
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
  __resolveType: TypeResolveFn<null, ParentType, ContextType>;
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

export type OccurrenceStatsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceStats'] = ResolversParentTypes['OccurrenceStats'],
> = {
  ticketsSold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkedIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  revenueByCurrency?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reportColumns?: Resolver<Array<ResolversTypes['ReportCell']>, ParentType, ContextType>;
};

export type OccurrenceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Occurrence'] = ResolversParentTypes['Occurrence'],
  FederationReferenceType extends FederationReferenceTypes['Occurrence'] =
    FederationReferenceTypes['Occurrence'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Occurrence']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stats?: Resolver<Maybe<ResolversTypes['OccurrenceStats']>, ParentType, ContextType>;
};

export type ReportCellResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReportCell'] = ResolversParentTypes['ReportCell'],
> = {
  column?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  warning?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SalesDayResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SalesDay'] = ResolversParentTypes['SalesDay'],
> = {
  reportColumns?: Resolver<Array<ResolversTypes['ReportCell']>, ParentType, ContextType>;
  date?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ordersPaid?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsSold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsCancelled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  paid?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  refunded?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type SalesPeriodResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SalesPeriod'] = ResolversParentTypes['SalesPeriod'],
> = {
  reportColumns?: Resolver<Array<ResolversTypes['ReportCell']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ordersPaid?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsSold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsCancelled?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  paid?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  refunded?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
};

export type EventStatsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventStats'] = ResolversParentTypes['EventStats'],
> = {
  reportColumns?: Resolver<Array<ResolversTypes['ReportCell']>, ParentType, ContextType>;
  occurrenceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsSold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkedIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  revenueByCurrency?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OrganisationStatsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrganisationStats'] = ResolversParentTypes['OrganisationStats'],
> = {
  occurrenceCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsSold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsHeld?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  checkedIn?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  revenue?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  revenueByCurrency?: Resolver<Array<ResolversTypes['Money']>, ParentType, ContextType>;
  updatedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type EventResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event'],
  FederationReferenceType extends FederationReferenceTypes['Event'] = FederationReferenceTypes['Event'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Event']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  stats?: Resolver<Maybe<ResolversTypes['EventStats']>, ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  eventStats?: Resolver<
    ResolversTypes['EventStats'],
    ParentType,
    ContextType,
    RequireFields<QueryEventStatsArgs, 'eventId'>
  >;
  organisationStats?: Resolver<ResolversTypes['OrganisationStats'], ParentType, ContextType>;
  salesByDay?: Resolver<
    Array<ResolversTypes['SalesDay']>,
    ParentType,
    ContextType,
    RequireFields<QuerySalesByDayArgs, 'from' | 'to' | 'timeZone'>
  >;
  salesByMinute?: Resolver<
    Array<ResolversTypes['SalesPeriod']>,
    ParentType,
    ContextType,
    RequireFields<QuerySalesByMinuteArgs, 'occurrenceId' | 'from' | 'to'>
  >;
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
  OccurrenceStats?: OccurrenceStatsResolvers<ContextType>;
  Occurrence?: OccurrenceResolvers<ContextType>;
  ReportCell?: ReportCellResolvers<ContextType>;
  SalesDay?: SalesDayResolvers<ContextType>;
  SalesPeriod?: SalesPeriodResolvers<ContextType>;
  EventStats?: EventStatsResolvers<ContextType>;
  OrganisationStats?: OrganisationStatsResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
