// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Venue as VenueModel } from '../venues/venue.ts';
import type {
  Area as AreaModel,
  Seat as SeatModel,
  SeatMap as SeatMapModel,
  SeatRow as SeatRowModel,
  Section as SectionModel,
} from '../seat-maps/seat-map.ts';
import type {
  OccurrenceReference as OccurrenceReferenceModel,
  SpaceBooking as SpaceBookingModel,
} from '../bookings/booking.ts';
import type { SeatsInUseView } from '../seat-maps/dropped-seats.ts';
import type { Space as SpaceModel } from '../spaces/space.ts';
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

/**
 * A space taken by an occurrence. Two BOOKED ones of a space never overlap: the database judges it. Bookings follow
 * the occurrence: planning, moving and cancelling it book, re-book and release.
 */
export type SpaceBooking = Node & {
  __typename?: 'SpaceBooking';
  id: Scalars['ID']['output'];
  space?: Maybe<Space>;
  occurrence?: Maybe<Occurrence>;
  startsAt: Scalars['DateTime']['output'];
  endsAt: Scalars['DateTime']['output'];
  status: BookingStatus;
};

export type BookingStatus =
  | 'BOOKED'
  /** The space was taken, or unknown. Taken up by itself when the space becomes free. */
  | 'REFUSED'
  | 'RELEASED';

export type SpaceBookingConnection = {
  __typename?: 'SpaceBookingConnection';
  edges: Array<SpaceBookingEdge>;
  pageInfo: PageInfo;
};

export type SpaceBookingEdge = {
  __typename?: 'SpaceBookingEdge';
  cursor: Scalars['String']['output'];
  node: SpaceBooking;
};

export type Occurrence = {
  __typename?: 'Occurrence';
  id: Scalars['ID']['output'];
  spaceId?: Maybe<Scalars['ID']['output']>;
  space?: Maybe<Space>;
  /** The space's newest version. */
  seatMap?: Maybe<SeatMap>;
  spaceBookings?: Maybe<Array<SpaceBooking>>;
};

export type TimeRangeInput = {
  startsAt: Scalars['DateTime']['input'];
  /** Not within the range. */
  endsAt: Scalars['DateTime']['input'];
};

export type SpaceConflicts = {
  __typename?: 'SpaceConflicts';
  space: Space;
  /** The bookings that overlap any of the ranges; at most 100. */
  conflicts: Array<SpaceBooking>;
};

export type Query = {
  __typename?: 'Query';
  /** Which bookings stand in the way of the ranges (at most 1000); null where the space is unknown. */
  spaceConflicts?: Maybe<SpaceConflicts>;
  seatMap?: Maybe<SeatMap>;
  space?: Maybe<Space>;
  /** By name, then id. */
  spaces: SpaceConnection;
  venue?: Maybe<Venue>;
  /** By name, then id. */
  venues: VenueConnection;
  /** What `restoreVenue` can bring back. */
  deletedVenues: DeletedConnection;
};

export type QuerySpaceConflictsArgs = {
  spaceId: Scalars['ID']['input'];
  ranges: Array<TimeRangeInput>;
  exceptOccurrenceIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type QuerySeatMapArgs = {
  id: Scalars['ID']['input'];
};

export type QuerySpaceArgs = {
  id: Scalars['ID']['input'];
};

export type QuerySpacesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<SpaceFilter>;
};

export type QueryVenueArgs = {
  id: Scalars['ID']['input'];
};

export type QueryVenuesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<VenueFilter>;
};

export type QueryDeletedVenuesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** One immutable version of a space's geometry. Selling its seats is the business of tickets. */
export type SeatMap = Node & {
  __typename?: 'SeatMap';
  id: Scalars['ID']['output'];
  /** From 1, growing by one with each version of the space. */
  version: Scalars['Int']['output'];
  space: Space;
  seatCount: Scalars['Int']['output'];
  sections: Array<Section>;
  generalAdmissionAreas: Array<GeneralAdmissionArea>;
  publishedAt: Scalars['DateTime']['output'];
};

/** The id is the same in every version of the space that has a section of this name. */
export type Section = Node & {
  __typename?: 'Section';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  seatCount: Scalars['Int']['output'];
  rows: Array<SeatRow>;
};

export type SeatRow = {
  __typename?: 'SeatRow';
  label: Scalars['String']['output'];
  /** How good its seats are, 1 the best; null where the map does not say: then by the distance from the stage. */
  rank?: Maybe<Scalars['Int']['output']>;
  seats: Array<Seat>;
};

/** The id is the same in every version of the space with this section name, row label and seat label. */
export type Seat = Node & {
  __typename?: 'Seat';
  id: Scalars['ID']['output'];
  label: Scalars['String']['output'];
  rowLabel: Scalars['String']['output'];
  /** In the map's own units, growing to the right. */
  x: Scalars['Float']['output'];
  /** In the map's own units, growing away from the stage. */
  y: Scalars['Float']['output'];
  accessible: Scalars['Boolean']['output'];
  /** Part of the stage cannot be seen from it. */
  restrictedView: Scalars['Boolean']['output'];
  /** An aisle follows: the next seat of the row is no neighbour. */
  aisleAfter: Scalars['Boolean']['output'];
  /** The accessible seat whose companion sits here. */
  companionOf?: Maybe<Seat>;
};

export type GeneralAdmissionArea = Node & {
  __typename?: 'GeneralAdmissionArea';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  capacity: Scalars['Int']['output'];
};

export type SeatMapConnection = {
  __typename?: 'SeatMapConnection';
  edges: Array<SeatMapEdge>;
  pageInfo: PageInfo;
};

export type SeatMapEdge = {
  __typename?: 'SeatMapEdge';
  cursor: Scalars['String']['output'];
  node: SeatMap;
};

export type SeatInput = {
  label: Scalars['String']['input'];
  x: Scalars['Float']['input'];
  y: Scalars['Float']['input'];
  accessible?: InputMaybe<Scalars['Boolean']['input']>;
  /** The label of the accessible seat of the row whose companion sits here. */
  companionOf?: InputMaybe<Scalars['String']['input']>;
  restrictedView?: InputMaybe<Scalars['Boolean']['input']>;
  /** An aisle follows: the next seat of the row is no neighbour. */
  aisleAfter?: InputMaybe<Scalars['Boolean']['input']>;
};

export type SeatRowInput = {
  label: Scalars['String']['input'];
  /** How good its seats are, 1 the best. Rows without one follow those that have one, by their distance from the stage. */
  rank?: InputMaybe<Scalars['Int']['input']>;
  seats: Array<SeatInput>;
};

export type SectionInput = {
  name: Scalars['String']['input'];
  rows: Array<SeatRowInput>;
};

export type GeneralAdmissionAreaInput = {
  name: Scalars['String']['input'];
  capacity: Scalars['Int']['input'];
};

export type PublishSeatMapInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  spaceId: Scalars['ID']['input'];
  sections?: InputMaybe<Array<SectionInput>>;
  generalAdmissionAreas?: InputMaybe<Array<GeneralAdmissionAreaInput>>;
};

export type SeatMapPublished = {
  __typename?: 'SeatMapPublished';
  seatMap: SeatMap;
};

/** The map has more places than the space may hold. */
export type CapacityExceeded = Refusal & {
  __typename?: 'CapacityExceeded';
  message: Scalars['String']['output'];
  capacity: Scalars['Int']['output'];
  requested: Scalars['Int']['output'];
};

/** Seats that the map leaves out are sold, held or kept for an occurrence to come; nothing was published. */
export type SeatsInUse = Refusal & {
  __typename?: 'SeatsInUse';
  message: Scalars['String']['output'];
  /** How many. */
  count: Scalars['Int']['output'];
  /** The first hundred of them. */
  seats: Array<Seat>;
};

export type PublishSeatMapResult =
  | SeatMapPublished
  | InvalidInput
  | NotFound
  | CapacityExceeded
  | SeatsInUse
  | IdempotencyConflict
  | Unavailable;

export type Mutation = {
  __typename?: 'Mutation';
  /** The next version. It may leave out any seat that nobody has: tickets are asked. */
  publishSeatMap: PublishSeatMapResult;
  createSpace: CreateSpaceResult;
  createVenue: CreateVenueResult;
  /** Hides the venue with its spaces and seat maps. It can be restored until `restorableUntil`, and is then gone for ever. */
  deleteVenue: DeleteVenueResult;
  restoreVenue: RestoreVenueResult;
};

export type MutationPublishSeatMapArgs = {
  input: PublishSeatMapInput;
};

export type MutationCreateSpaceArgs = {
  input: CreateSpaceInput;
};

export type MutationCreateVenueArgs = {
  input: CreateVenueInput;
};

export type MutationDeleteVenueArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRestoreVenueArgs = {
  id: Scalars['ID']['input'];
};

/** A hall, room or field of a venue: what an occurrence books. */
export type Space = Node & {
  __typename?: 'Space';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** How many people it may hold. */
  capacity: Scalars['Int']['output'];
  venue: Venue;
  /** The newest published version, where there is one. */
  seatMap?: Maybe<SeatMap>;
  /** Newest version first. */
  seatMaps: SeatMapConnection;
  /** By start. Only bookings that touch the range, where one is given. */
  bookings: SpaceBookingConnection;
  createdAt: Scalars['DateTime']['output'];
};

/** A hall, room or field of a venue: what an occurrence books. */
export type SpaceSeatMapsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A hall, room or field of a venue: what an occurrence books. */
export type SpaceBookingsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
};

export type SpaceConnection = {
  __typename?: 'SpaceConnection';
  edges: Array<SpaceEdge>;
  pageInfo: PageInfo;
};

export type SpaceEdge = {
  __typename?: 'SpaceEdge';
  cursor: Scalars['String']['output'];
  node: Space;
};

export type SpaceFilter = {
  venueId?: InputMaybe<Scalars['ID']['input']>;
  minCapacity?: InputMaybe<Scalars['Int']['input']>;
};

export type CreateSpaceInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  venueId: Scalars['ID']['input'];
  name: Scalars['String']['input'];
  capacity: Scalars['Int']['input'];
};

export type SpaceCreated = {
  __typename?: 'SpaceCreated';
  space: Space;
};

export type CreateSpaceResult = SpaceCreated | InvalidInput | NotFound | IdempotencyConflict;

/** A place with an address and one or more spaces. */
export type Venue = Node & {
  __typename?: 'Venue';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** IANA zone, such as Europe/Berlin. */
  timeZone: Scalars['String']['output'];
  address: Address;
  location?: Maybe<GeoPoint>;
  spaces: SpaceConnection;
  createdAt: Scalars['DateTime']['output'];
};

/** A place with an address and one or more spaces. */
export type VenueSpacesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Address = {
  __typename?: 'Address';
  line1: Scalars['String']['output'];
  line2?: Maybe<Scalars['String']['output']>;
  postalCode?: Maybe<Scalars['String']['output']>;
  city: Scalars['String']['output'];
  region?: Maybe<Scalars['String']['output']>;
  /** ISO 3166-1 alpha-2, such as DE. */
  countryCode: Scalars['String']['output'];
};

/** WGS 84, in degrees. */
export type GeoPoint = {
  __typename?: 'GeoPoint';
  latitude: Scalars['Float']['output'];
  longitude: Scalars['Float']['output'];
};

export type VenueConnection = {
  __typename?: 'VenueConnection';
  edges: Array<VenueEdge>;
  pageInfo: PageInfo;
};

export type VenueEdge = {
  __typename?: 'VenueEdge';
  cursor: Scalars['String']['output'];
  node: Venue;
};

export type VenueFilter = {
  /** Part of the name, in any case. */
  text?: InputMaybe<Scalars['String']['input']>;
  city?: InputMaybe<Scalars['String']['input']>;
  countryCode?: InputMaybe<Scalars['String']['input']>;
};

export type AddressInput = {
  line1: Scalars['String']['input'];
  line2?: InputMaybe<Scalars['String']['input']>;
  postalCode?: InputMaybe<Scalars['String']['input']>;
  city: Scalars['String']['input'];
  region?: InputMaybe<Scalars['String']['input']>;
  countryCode: Scalars['String']['input'];
};

export type GeoPointInput = {
  latitude: Scalars['Float']['input'];
  longitude: Scalars['Float']['input'];
};

export type CreateVenueInput = {
  /** With a key, sending the same request again answers the same venue. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  timeZone: Scalars['String']['input'];
  address: AddressInput;
  location?: InputMaybe<GeoPointInput>;
};

export type VenueCreated = {
  __typename?: 'VenueCreated';
  venue: Venue;
};

export type CreateVenueResult = VenueCreated | InvalidInput | IdempotencyConflict;

export type VenueDeleted = {
  __typename?: 'VenueDeleted';
  deleted: Deleted;
};

export type VenueRestored = {
  __typename?: 'VenueRestored';
  venue: Venue;
};

/** Something that is still to come is booked there. */
export type VenueInUse = Refusal & {
  __typename?: 'VenueInUse';
  message: Scalars['String']['output'];
  occurrencesToCome: Scalars['Int']['output'];
};

export type DeleteVenueResult = VenueDeleted | VenueInUse | InvalidInput | NotFound;

export type RestoreVenueResult = VenueRestored | InvalidInput | NotFound;

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
  SpaceBooking: SpaceBooking;
  Occurrence: Occurrence;
  SeatMap: SeatMap;
  Section: Section;
  Seat: Seat;
  GeneralAdmissionArea: GeneralAdmissionArea;
  Space: Space;
  Venue: Venue;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  SpaceBooking: { __typename: 'SpaceBooking' } & GraphQLRecursivePick<
    FederationTypes['SpaceBooking'],
    { id: true }
  >;
  Occurrence: { __typename: 'Occurrence' } & GraphQLRecursivePick<
    FederationTypes['Occurrence'],
    { id: true }
  > &
    (
      | Record<PropertyKey, never>
      | GraphQLRecursivePick<FederationTypes['Occurrence'], { spaceId: true }>
      | GraphQLRecursivePick<FederationTypes['Occurrence'], { spaceId: true }>
      | GraphQLRecursivePick<FederationTypes['Occurrence'], { spaceId: true }>
    );
  SeatMap: { __typename: 'SeatMap' } & GraphQLRecursivePick<FederationTypes['SeatMap'], { id: true }>;
  Section: { __typename: 'Section' } & GraphQLRecursivePick<FederationTypes['Section'], { id: true }>;
  Seat: { __typename: 'Seat' } & GraphQLRecursivePick<FederationTypes['Seat'], { id: true }>;
  GeneralAdmissionArea: { __typename: 'GeneralAdmissionArea' } & GraphQLRecursivePick<
    FederationTypes['GeneralAdmissionArea'],
    { id: true }
  >;
  Space: { __typename: 'Space' } & GraphQLRecursivePick<FederationTypes['Space'], { id: true }>;
  Venue: { __typename: 'Venue' } & GraphQLRecursivePick<FederationTypes['Venue'], { id: true }>;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  PublishSeatMapResult:
    | (Omit<SeatMapPublished, 'seatMap'> & { seatMap: _RefType['SeatMap'] } & {
        __typename: 'SeatMapPublished';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (CapacityExceeded & { __typename: 'CapacityExceeded' })
    | (SeatsInUseView & { __typename: 'SeatsInUse' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  CreateSpaceResult:
    | (Omit<SpaceCreated, 'space'> & { space: _RefType['Space'] } & { __typename: 'SpaceCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  CreateVenueResult:
    | (Omit<VenueCreated, 'venue'> & { venue: _RefType['Venue'] } & { __typename: 'VenueCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  DeleteVenueResult:
    | (VenueDeleted & { __typename: 'VenueDeleted' })
    | (VenueInUse & { __typename: 'VenueInUse' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RestoreVenueResult:
    | (Omit<VenueRestored, 'venue'> & { venue: _RefType['Venue'] } & { __typename: 'VenueRestored' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: SpaceBookingModel | SeatMapModel | SectionModel | SeatModel | AreaModel | SpaceModel | VenueModel;
  Refusal:
    | InvalidInput
    | NotFound
    | IdempotencyConflict
    | Unavailable
    | NotYetAvailable
    | CapacityExceeded
    | SeatsInUseView
    | VenueInUse;
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
  SpaceBooking: ResolverTypeWrapper<SpaceBookingModel>;
  BookingStatus: BookingStatus;
  SpaceBookingConnection: ResolverTypeWrapper<
    Omit<SpaceBookingConnection, 'edges'> & { edges: Array<ResolversTypes['SpaceBookingEdge']> }
  >;
  SpaceBookingEdge: ResolverTypeWrapper<
    Omit<SpaceBookingEdge, 'node'> & { node: ResolversTypes['SpaceBooking'] }
  >;
  Occurrence: ResolverTypeWrapper<OccurrenceReferenceModel>;
  TimeRangeInput: TimeRangeInput;
  SpaceConflicts: ResolverTypeWrapper<
    Omit<SpaceConflicts, 'space' | 'conflicts'> & {
      space: ResolversTypes['Space'];
      conflicts: Array<ResolversTypes['SpaceBooking']>;
    }
  >;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SeatMap: ResolverTypeWrapper<SeatMapModel>;
  Section: ResolverTypeWrapper<SectionModel>;
  SeatRow: ResolverTypeWrapper<SeatRowModel>;
  Seat: ResolverTypeWrapper<SeatModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  GeneralAdmissionArea: ResolverTypeWrapper<AreaModel>;
  SeatMapConnection: ResolverTypeWrapper<
    Omit<SeatMapConnection, 'edges'> & { edges: Array<ResolversTypes['SeatMapEdge']> }
  >;
  SeatMapEdge: ResolverTypeWrapper<Omit<SeatMapEdge, 'node'> & { node: ResolversTypes['SeatMap'] }>;
  SeatInput: SeatInput;
  SeatRowInput: SeatRowInput;
  SectionInput: SectionInput;
  GeneralAdmissionAreaInput: GeneralAdmissionAreaInput;
  PublishSeatMapInput: PublishSeatMapInput;
  SeatMapPublished: ResolverTypeWrapper<
    Omit<SeatMapPublished, 'seatMap'> & { seatMap: ResolversTypes['SeatMap'] }
  >;
  CapacityExceeded: ResolverTypeWrapper<CapacityExceeded>;
  SeatsInUse: ResolverTypeWrapper<SeatsInUseView>;
  PublishSeatMapResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PublishSeatMapResult']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Space: ResolverTypeWrapper<SpaceModel>;
  SpaceConnection: ResolverTypeWrapper<
    Omit<SpaceConnection, 'edges'> & { edges: Array<ResolversTypes['SpaceEdge']> }
  >;
  SpaceEdge: ResolverTypeWrapper<Omit<SpaceEdge, 'node'> & { node: ResolversTypes['Space'] }>;
  SpaceFilter: SpaceFilter;
  CreateSpaceInput: CreateSpaceInput;
  SpaceCreated: ResolverTypeWrapper<Omit<SpaceCreated, 'space'> & { space: ResolversTypes['Space'] }>;
  CreateSpaceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateSpaceResult']>;
  Venue: ResolverTypeWrapper<VenueModel>;
  Address: ResolverTypeWrapper<VenueModel>;
  GeoPoint: ResolverTypeWrapper<GeoPoint>;
  VenueConnection: ResolverTypeWrapper<
    Omit<VenueConnection, 'edges'> & { edges: Array<ResolversTypes['VenueEdge']> }
  >;
  VenueEdge: ResolverTypeWrapper<Omit<VenueEdge, 'node'> & { node: ResolversTypes['Venue'] }>;
  VenueFilter: VenueFilter;
  AddressInput: AddressInput;
  GeoPointInput: GeoPointInput;
  CreateVenueInput: CreateVenueInput;
  VenueCreated: ResolverTypeWrapper<Omit<VenueCreated, 'venue'> & { venue: ResolversTypes['Venue'] }>;
  CreateVenueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateVenueResult']>;
  VenueDeleted: ResolverTypeWrapper<VenueDeleted>;
  VenueRestored: ResolverTypeWrapper<Omit<VenueRestored, 'venue'> & { venue: ResolversTypes['Venue'] }>;
  VenueInUse: ResolverTypeWrapper<VenueInUse>;
  DeleteVenueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteVenueResult']>;
  RestoreVenueResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RestoreVenueResult']>;
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
  SpaceBooking: SpaceBookingModel;
  SpaceBookingConnection: Omit<SpaceBookingConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['SpaceBookingEdge']>;
  };
  SpaceBookingEdge: Omit<SpaceBookingEdge, 'node'> & { node: ResolversParentTypes['SpaceBooking'] };
  Occurrence: OccurrenceReferenceModel;
  TimeRangeInput: TimeRangeInput;
  SpaceConflicts: Omit<SpaceConflicts, 'space' | 'conflicts'> & {
    space: ResolversParentTypes['Space'];
    conflicts: Array<ResolversParentTypes['SpaceBooking']>;
  };
  Query: Record<PropertyKey, never>;
  SeatMap: SeatMapModel;
  Section: SectionModel;
  SeatRow: SeatRowModel;
  Seat: SeatModel;
  Float: Scalars['Float']['output'];
  GeneralAdmissionArea: AreaModel;
  SeatMapConnection: Omit<SeatMapConnection, 'edges'> & { edges: Array<ResolversParentTypes['SeatMapEdge']> };
  SeatMapEdge: Omit<SeatMapEdge, 'node'> & { node: ResolversParentTypes['SeatMap'] };
  SeatInput: SeatInput;
  SeatRowInput: SeatRowInput;
  SectionInput: SectionInput;
  GeneralAdmissionAreaInput: GeneralAdmissionAreaInput;
  PublishSeatMapInput: PublishSeatMapInput;
  SeatMapPublished: Omit<SeatMapPublished, 'seatMap'> & { seatMap: ResolversParentTypes['SeatMap'] };
  CapacityExceeded: CapacityExceeded;
  SeatsInUse: SeatsInUseView;
  PublishSeatMapResult: ResolversUnionTypes<ResolversParentTypes>['PublishSeatMapResult'];
  Mutation: Record<PropertyKey, never>;
  Space: SpaceModel;
  SpaceConnection: Omit<SpaceConnection, 'edges'> & { edges: Array<ResolversParentTypes['SpaceEdge']> };
  SpaceEdge: Omit<SpaceEdge, 'node'> & { node: ResolversParentTypes['Space'] };
  SpaceFilter: SpaceFilter;
  CreateSpaceInput: CreateSpaceInput;
  SpaceCreated: Omit<SpaceCreated, 'space'> & { space: ResolversParentTypes['Space'] };
  CreateSpaceResult: ResolversUnionTypes<ResolversParentTypes>['CreateSpaceResult'];
  Venue: VenueModel;
  Address: VenueModel;
  GeoPoint: GeoPoint;
  VenueConnection: Omit<VenueConnection, 'edges'> & { edges: Array<ResolversParentTypes['VenueEdge']> };
  VenueEdge: Omit<VenueEdge, 'node'> & { node: ResolversParentTypes['Venue'] };
  VenueFilter: VenueFilter;
  AddressInput: AddressInput;
  GeoPointInput: GeoPointInput;
  CreateVenueInput: CreateVenueInput;
  VenueCreated: Omit<VenueCreated, 'venue'> & { venue: ResolversParentTypes['Venue'] };
  CreateVenueResult: ResolversUnionTypes<ResolversParentTypes>['CreateVenueResult'];
  VenueDeleted: VenueDeleted;
  VenueRestored: Omit<VenueRestored, 'venue'> & { venue: ResolversParentTypes['Venue'] };
  VenueInUse: VenueInUse;
  DeleteVenueResult: ResolversUnionTypes<ResolversParentTypes>['DeleteVenueResult'];
  RestoreVenueResult: ResolversUnionTypes<ResolversParentTypes>['RestoreVenueResult'];
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
    'SpaceBooking' | 'SeatMap' | 'Section' | 'Seat' | 'GeneralAdmissionArea' | 'Space' | 'Venue',
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
    | 'CapacityExceeded'
    | 'SeatsInUse'
    | 'VenueInUse',
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

export type SpaceBookingResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceBooking'] = ResolversParentTypes['SpaceBooking'],
  FederationReferenceType extends FederationReferenceTypes['SpaceBooking'] =
    FederationReferenceTypes['SpaceBooking'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['SpaceBooking']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  space?: Resolver<Maybe<ResolversTypes['Space']>, ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['BookingStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceBookingConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceBookingConnection'] =
    ResolversParentTypes['SpaceBookingConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['SpaceBookingEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SpaceBookingEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceBookingEdge'] = ResolversParentTypes['SpaceBookingEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SpaceBooking'], ParentType, ContextType>;
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
  space?: Resolver<Maybe<ResolversTypes['Space']>, ParentType, ContextType>;
  seatMap?: Resolver<Maybe<ResolversTypes['SeatMap']>, ParentType, ContextType>;
  spaceBookings?: Resolver<Maybe<Array<ResolversTypes['SpaceBooking']>>, ParentType, ContextType>;
};

export type SpaceConflictsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceConflicts'] = ResolversParentTypes['SpaceConflicts'],
> = {
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  conflicts?: Resolver<Array<ResolversTypes['SpaceBooking']>, ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  spaceConflicts?: Resolver<
    Maybe<ResolversTypes['SpaceConflicts']>,
    ParentType,
    ContextType,
    RequireFields<QuerySpaceConflictsArgs, 'spaceId' | 'ranges'>
  >;
  seatMap?: Resolver<
    Maybe<ResolversTypes['SeatMap']>,
    ParentType,
    ContextType,
    RequireFields<QuerySeatMapArgs, 'id'>
  >;
  space?: Resolver<
    Maybe<ResolversTypes['Space']>,
    ParentType,
    ContextType,
    RequireFields<QuerySpaceArgs, 'id'>
  >;
  spaces?: Resolver<
    ResolversTypes['SpaceConnection'],
    ParentType,
    ContextType,
    RequireFields<QuerySpacesArgs, 'first'>
  >;
  venue?: Resolver<
    Maybe<ResolversTypes['Venue']>,
    ParentType,
    ContextType,
    RequireFields<QueryVenueArgs, 'id'>
  >;
  venues?: Resolver<
    ResolversTypes['VenueConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryVenuesArgs, 'first'>
  >;
  deletedVenues?: Resolver<
    ResolversTypes['DeletedConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryDeletedVenuesArgs, 'first'>
  >;
};

export type SeatMapResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatMap'] = ResolversParentTypes['SeatMap'],
  FederationReferenceType extends FederationReferenceTypes['SeatMap'] = FederationReferenceTypes['SeatMap'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['SeatMap']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  seatCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sections?: Resolver<Array<ResolversTypes['Section']>, ParentType, ContextType>;
  generalAdmissionAreas?: Resolver<Array<ResolversTypes['GeneralAdmissionArea']>, ParentType, ContextType>;
  publishedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Section'] = ResolversParentTypes['Section'],
  FederationReferenceType extends FederationReferenceTypes['Section'] = FederationReferenceTypes['Section'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Section']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['SeatRow']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatRowResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatRow'] = ResolversParentTypes['SeatRow'],
> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rank?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['Seat']>, ParentType, ContextType>;
};

export type SeatResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Seat'] = ResolversParentTypes['Seat'],
  FederationReferenceType extends FederationReferenceTypes['Seat'] = FederationReferenceTypes['Seat'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Seat']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rowLabel?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  y?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  accessible?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  restrictedView?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  aisleAfter?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  companionOf?: Resolver<Maybe<ResolversTypes['Seat']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GeneralAdmissionAreaResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GeneralAdmissionArea'] =
    ResolversParentTypes['GeneralAdmissionArea'],
  FederationReferenceType extends FederationReferenceTypes['GeneralAdmissionArea'] =
    FederationReferenceTypes['GeneralAdmissionArea'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['GeneralAdmissionArea']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatMapConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatMapConnection'] = ResolversParentTypes['SeatMapConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['SeatMapEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SeatMapEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatMapEdge'] = ResolversParentTypes['SeatMapEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['SeatMap'], ParentType, ContextType>;
};

export type SeatMapPublishedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatMapPublished'] = ResolversParentTypes['SeatMapPublished'],
> = {
  seatMap?: Resolver<ResolversTypes['SeatMap'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CapacityExceededResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CapacityExceeded'] = ResolversParentTypes['CapacityExceeded'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requested?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatsInUseResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatsInUse'] = ResolversParentTypes['SeatsInUse'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<ResolversTypes['Seat']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PublishSeatMapResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PublishSeatMapResult'] =
    ResolversParentTypes['PublishSeatMapResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'SeatMapPublished'
    | 'InvalidInput'
    | 'NotFound'
    | 'CapacityExceeded'
    | 'SeatsInUse'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  publishSeatMap?: Resolver<
    ResolversTypes['PublishSeatMapResult'],
    ParentType,
    ContextType,
    RequireFields<MutationPublishSeatMapArgs, 'input'>
  >;
  createSpace?: Resolver<
    ResolversTypes['CreateSpaceResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateSpaceArgs, 'input'>
  >;
  createVenue?: Resolver<
    ResolversTypes['CreateVenueResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateVenueArgs, 'input'>
  >;
  deleteVenue?: Resolver<
    ResolversTypes['DeleteVenueResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteVenueArgs, 'id'>
  >;
  restoreVenue?: Resolver<
    ResolversTypes['RestoreVenueResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRestoreVenueArgs, 'id'>
  >;
};

export type SpaceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Space'] = ResolversParentTypes['Space'],
  FederationReferenceType extends FederationReferenceTypes['Space'] = FederationReferenceTypes['Space'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Space']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  capacity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  seatMap?: Resolver<Maybe<ResolversTypes['SeatMap']>, ParentType, ContextType>;
  seatMaps?: Resolver<
    ResolversTypes['SeatMapConnection'],
    ParentType,
    ContextType,
    RequireFields<SpaceSeatMapsArgs, 'first'>
  >;
  bookings?: Resolver<
    ResolversTypes['SpaceBookingConnection'],
    ParentType,
    ContextType,
    RequireFields<SpaceBookingsArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceConnection'] = ResolversParentTypes['SpaceConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['SpaceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SpaceEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceEdge'] = ResolversParentTypes['SpaceEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
};

export type SpaceCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceCreated'] = ResolversParentTypes['SpaceCreated'],
> = {
  space?: Resolver<ResolversTypes['Space'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateSpaceResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateSpaceResult'] = ResolversParentTypes['CreateSpaceResult'],
> = {
  __resolveType: TypeResolveFn<
    'SpaceCreated' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type VenueResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Venue'] = ResolversParentTypes['Venue'],
  FederationReferenceType extends FederationReferenceTypes['Venue'] = FederationReferenceTypes['Venue'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Venue']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['Address'], ParentType, ContextType>;
  location?: Resolver<Maybe<ResolversTypes['GeoPoint']>, ParentType, ContextType>;
  spaces?: Resolver<
    ResolversTypes['SpaceConnection'],
    ParentType,
    ContextType,
    RequireFields<VenueSpacesArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AddressResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Address'] = ResolversParentTypes['Address'],
> = {
  line1?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  line2?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  postalCode?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  city?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type GeoPointResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GeoPoint'] = ResolversParentTypes['GeoPoint'],
> = {
  latitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  longitude?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type VenueConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VenueConnection'] = ResolversParentTypes['VenueConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['VenueEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type VenueEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VenueEdge'] = ResolversParentTypes['VenueEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
};

export type VenueCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VenueCreated'] = ResolversParentTypes['VenueCreated'],
> = {
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateVenueResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateVenueResult'] = ResolversParentTypes['CreateVenueResult'],
> = {
  __resolveType: TypeResolveFn<
    'VenueCreated' | 'InvalidInput' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type VenueDeletedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VenueDeleted'] = ResolversParentTypes['VenueDeleted'],
> = {
  deleted?: Resolver<ResolversTypes['Deleted'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VenueRestoredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VenueRestored'] = ResolversParentTypes['VenueRestored'],
> = {
  venue?: Resolver<ResolversTypes['Venue'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VenueInUseResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VenueInUse'] = ResolversParentTypes['VenueInUse'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrencesToCome?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteVenueResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeleteVenueResult'] = ResolversParentTypes['DeleteVenueResult'],
> = {
  __resolveType: TypeResolveFn<
    'VenueDeleted' | 'VenueInUse' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RestoreVenueResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RestoreVenueResult'] = ResolversParentTypes['RestoreVenueResult'],
> = {
  __resolveType: TypeResolveFn<'VenueRestored' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
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
  SpaceBooking?: SpaceBookingResolvers<ContextType>;
  SpaceBookingConnection?: SpaceBookingConnectionResolvers<ContextType>;
  SpaceBookingEdge?: SpaceBookingEdgeResolvers<ContextType>;
  Occurrence?: OccurrenceResolvers<ContextType>;
  SpaceConflicts?: SpaceConflictsResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  SeatMap?: SeatMapResolvers<ContextType>;
  Section?: SectionResolvers<ContextType>;
  SeatRow?: SeatRowResolvers<ContextType>;
  Seat?: SeatResolvers<ContextType>;
  GeneralAdmissionArea?: GeneralAdmissionAreaResolvers<ContextType>;
  SeatMapConnection?: SeatMapConnectionResolvers<ContextType>;
  SeatMapEdge?: SeatMapEdgeResolvers<ContextType>;
  SeatMapPublished?: SeatMapPublishedResolvers<ContextType>;
  CapacityExceeded?: CapacityExceededResolvers<ContextType>;
  SeatsInUse?: SeatsInUseResolvers<ContextType>;
  PublishSeatMapResult?: PublishSeatMapResultResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Space?: SpaceResolvers<ContextType>;
  SpaceConnection?: SpaceConnectionResolvers<ContextType>;
  SpaceEdge?: SpaceEdgeResolvers<ContextType>;
  SpaceCreated?: SpaceCreatedResolvers<ContextType>;
  CreateSpaceResult?: CreateSpaceResultResolvers<ContextType>;
  Venue?: VenueResolvers<ContextType>;
  Address?: AddressResolvers<ContextType>;
  GeoPoint?: GeoPointResolvers<ContextType>;
  VenueConnection?: VenueConnectionResolvers<ContextType>;
  VenueEdge?: VenueEdgeResolvers<ContextType>;
  VenueCreated?: VenueCreatedResolvers<ContextType>;
  CreateVenueResult?: CreateVenueResultResolvers<ContextType>;
  VenueDeleted?: VenueDeletedResolvers<ContextType>;
  VenueRestored?: VenueRestoredResolvers<ContextType>;
  VenueInUse?: VenueInUseResolvers<ContextType>;
  DeleteVenueResult?: DeleteVenueResultResolvers<ContextType>;
  RestoreVenueResult?: RestoreVenueResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
