// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { Event as EventModel } from '../events/event.ts';
import type { EventSeries as EventSeriesModel } from '../series/series.ts';
import type { ImportedEntry as ImportedEntryModel } from '../imports/calendar-import.ts';
import type { Occurrence as OccurrenceModel } from '../occurrences/occurrence.ts';
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

/** What is put on. When it happens is the business of its occurrences. */
export type Event = Node & {
  __typename?: 'Event';
  id: Scalars['ID']['output'];
  title: Scalars['String']['output'];
  description: Scalars['String']['output'];
  status: EventStatus;
  series?: Maybe<EventSeries>;
  spaceId?: Maybe<Scalars['ID']['output']>;
  /** IANA zone in which the wall times are meant. */
  timeZone: Scalars['String']['output'];
  startsAtLocal: Scalars['LocalDateTime']['output'];
  durationMinutes: Scalars['Int']['output'];
  allDay: Scalars['Boolean']['output'];
  /** Null where it happens once. */
  recurrence?: Maybe<RecurrenceRule>;
  /** By start. */
  occurrences: OccurrenceConnection;
  createdAt: Scalars['DateTime']['output'];
  updatedAt: Scalars['DateTime']['output'];
};

/** What is put on. When it happens is the business of its occurrences. */
export type EventOccurrencesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type EventStatus = 'DRAFT' | 'PUBLISHED' | 'CANCELLED';

/** RFC 5545, in the event's wall time: a 19:00 show stays at 19:00 when the clocks change. */
export type RecurrenceRule = {
  __typename?: 'RecurrenceRule';
  /** RRULE without its name, such as FREQ=WEEKLY;COUNT=4. */
  rule?: Maybe<Scalars['String']['output']>;
  rdates: Array<Scalars['LocalDateTime']['output']>;
  exdates: Array<Scalars['LocalDateTime']['output']>;
  overrides: Array<OccurrenceOverride>;
  /** Occurrences exist up to this instant; null where all of them do. Later ones are added as time goes on. */
  materialisedUntil?: Maybe<Scalars['DateTime']['output']>;
};

export type OccurrenceOverride = {
  __typename?: 'OccurrenceOverride';
  /** The start that the rule gives. */
  recurrenceId: Scalars['LocalDateTime']['output'];
  startsAtLocal?: Maybe<Scalars['LocalDateTime']['output']>;
  durationMinutes?: Maybe<Scalars['Int']['output']>;
  cancelled: Scalars['Boolean']['output'];
};

export type EventConnection = {
  __typename?: 'EventConnection';
  edges: Array<EventEdge>;
  pageInfo: PageInfo;
};

export type EventEdge = {
  __typename?: 'EventEdge';
  cursor: Scalars['String']['output'];
  node: Event;
};

export type EventFilter = {
  /** Part of the title or description, in any case. */
  text?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<EventStatus>;
  spaceId?: InputMaybe<Scalars['ID']['input']>;
};

export type OccurrenceOverrideInput = {
  recurrenceId: Scalars['LocalDateTime']['input'];
  startsAtLocal?: InputMaybe<Scalars['LocalDateTime']['input']>;
  durationMinutes?: InputMaybe<Scalars['Int']['input']>;
  cancelled?: InputMaybe<Scalars['Boolean']['input']>;
};

export type CreateEventInput = {
  idempotencyKey: Scalars['String']['input'];
  title: Scalars['String']['input'];
  description?: InputMaybe<Scalars['String']['input']>;
  seriesId?: InputMaybe<Scalars['ID']['input']>;
  spaceId?: InputMaybe<Scalars['ID']['input']>;
  timeZone: Scalars['String']['input'];
  startsAtLocal: Scalars['LocalDateTime']['input'];
  durationMinutes: Scalars['Int']['input'];
  /** RRULE without its name, such as FREQ=WEEKLY;COUNT=4. */
  recurrence?: InputMaybe<Scalars['String']['input']>;
  /** Further starts besides the rule's. */
  rdates?: InputMaybe<Array<Scalars['LocalDateTime']['input']>>;
  /** Starts of the rule that do not happen. */
  exdates?: InputMaybe<Array<Scalars['LocalDateTime']['input']>>;
  overrides?: InputMaybe<Array<OccurrenceOverrideInput>>;
};

/** Fields that are absent stay as they are. */
export type UpdateEventInput = {
  id: Scalars['ID']['input'];
  title?: InputMaybe<Scalars['String']['input']>;
  description?: InputMaybe<Scalars['String']['input']>;
  seriesId?: InputMaybe<Scalars['ID']['input']>;
};

/** Absent fields stay as they are. Occurrences keep their ids in order; those of the past stay as they were. */
export type RescheduleEventInput = {
  id: Scalars['ID']['input'];
  startsAtLocal: Scalars['LocalDateTime']['input'];
  timeZone?: InputMaybe<Scalars['String']['input']>;
  durationMinutes?: InputMaybe<Scalars['Int']['input']>;
  spaceId?: InputMaybe<Scalars['ID']['input']>;
  /** The new rule; null makes it happen once. */
  recurrence?: InputMaybe<Scalars['String']['input']>;
};

export type CancelEventInput = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};

export type EventCreated = {
  __typename?: 'EventCreated';
  event: Event;
};

export type EventUpdated = {
  __typename?: 'EventUpdated';
  event: Event;
};

export type EventPublished = {
  __typename?: 'EventPublished';
  event: Event;
};

export type EventRescheduled = {
  __typename?: 'EventRescheduled';
  event: Event;
};

export type EventCancelled = {
  __typename?: 'EventCancelled';
  event: Event;
};

/** The space is taken by another occurrence at one of the planned times. */
export type SpaceConflict = Refusal & {
  __typename?: 'SpaceConflict';
  message: Scalars['String']['output'];
  /** The planned starts that collide; at most 20. */
  startsAt: Array<Scalars['DateTime']['output']>;
};

/** A time that has passed cannot be planned or changed. */
export type PastDate = Refusal & {
  __typename?: 'PastDate';
  message: Scalars['String']['output'];
  field: Scalars['String']['output'];
};

/** What was asked does not fit the state: a cancelled event cannot be published. */
export type WrongState = Refusal & {
  __typename?: 'WrongState';
  message: Scalars['String']['output'];
  status: Scalars['String']['output'];
};

export type CreateEventResult =
  EventCreated | InvalidInput | NotFound | PastDate | SpaceConflict | IdempotencyConflict | Unavailable;

export type UpdateEventResult = EventUpdated | InvalidInput | NotFound | WrongState;

export type PublishEventResult =
  EventPublished | InvalidInput | NotFound | PastDate | SpaceConflict | WrongState;

export type RescheduleEventResult =
  EventRescheduled | InvalidInput | NotFound | PastDate | SpaceConflict | WrongState | Unavailable;

export type CancelEventResult = EventCancelled | InvalidInput | NotFound;

export type EventDeleted = {
  __typename?: 'EventDeleted';
  deleted: Deleted;
};

export type EventRestored = {
  __typename?: 'EventRestored';
  event: Event;
};

/** It is published, and something of it is still to come: cancel it first. */
export type EventOnSale = Refusal & {
  __typename?: 'EventOnSale';
  message: Scalars['String']['output'];
  occurrencesToCome: Scalars['Int']['output'];
};

export type DeleteEventResult = EventDeleted | EventOnSale | InvalidInput | NotFound;

export type RestoreEventResult = EventRestored | InvalidInput | NotFound;

export type Query = {
  __typename?: 'Query';
  event?: Maybe<Event>;
  /** Newest first. */
  events: EventConnection;
  /** What `restoreEvent` can bring back. */
  deletedEvents: DeletedConnection;
  occurrence?: Maybe<Occurrence>;
  /** By start. */
  occurrences: OccurrenceConnection;
  eventSeries?: Maybe<EventSeries>;
};

export type QueryEventArgs = {
  id: Scalars['ID']['input'];
};

export type QueryEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<EventFilter>;
};

export type QueryDeletedEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryOccurrenceArgs = {
  id: Scalars['ID']['input'];
};

export type QueryOccurrencesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OccurrenceFilter>;
};

export type QueryEventSeriesArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  createEvent: CreateEventResult;
  updateEvent: UpdateEventResult;
  publishEvent: PublishEventResult;
  rescheduleEvent: RescheduleEventResult;
  cancelEvent: CancelEventResult;
  /** Hides the event with its occurrences. It can be restored until `restorableUntil`, and is then gone for ever; what was sold stays sold. */
  deleteEvent: DeleteEventResult;
  restoreEvent: RestoreEventResult;
  /** Takes what it can, idempotent by UID: sending a calendar again changes only what is newer in it. */
  importCalendar: ImportCalendarResult;
  rescheduleOccurrence: RescheduleOccurrenceResult;
  cancelOccurrence: CancelOccurrenceResult;
  createEventSeries: CreateEventSeriesResult;
};

export type MutationCreateEventArgs = {
  input: CreateEventInput;
};

export type MutationUpdateEventArgs = {
  input: UpdateEventInput;
};

export type MutationPublishEventArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRescheduleEventArgs = {
  input: RescheduleEventInput;
};

export type MutationCancelEventArgs = {
  input: CancelEventInput;
};

export type MutationDeleteEventArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRestoreEventArgs = {
  id: Scalars['ID']['input'];
};

export type MutationImportCalendarArgs = {
  input: ImportCalendarInput;
};

export type MutationRescheduleOccurrenceArgs = {
  input: RescheduleOccurrenceInput;
};

export type MutationCancelOccurrenceArgs = {
  input: CancelOccurrenceInput;
};

export type MutationCreateEventSeriesArgs = {
  input: CreateEventSeriesInput;
};

export type ImportCalendarInput = {
  /** An RFC 5545 calendar, at most 2 MiB. Larger files: the command line splits them. */
  content: Scalars['String']['input'];
  /** Every imported event takes place here. */
  spaceId?: InputMaybe<Scalars['ID']['input']>;
  /** For times without a zone and zones that nobody knows. Absent: the calendar's own, or UTC. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

/** What became of one entry (one VEVENT) of the calendar. */
export type ImportedEntry = {
  __typename?: 'ImportedEntry';
  /** Of its BEGIN:VEVENT, from 1. */
  line: Scalars['Int']['output'];
  uid?: Maybe<Scalars['String']['output']>;
  summary?: Maybe<Scalars['String']['output']>;
  result: ImportResult;
  /** Why it was refused. */
  reason?: Maybe<Scalars['String']['output']>;
  /** What was read with a guess, such as an unknown zone. */
  warnings: Array<Scalars['String']['output']>;
  event?: Maybe<Event>;
};

export type ImportResult = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED';

export type CalendarImported = {
  __typename?: 'CalendarImported';
  created: Scalars['Int']['output'];
  updated: Scalars['Int']['output'];
  unchanged: Scalars['Int']['output'];
  refused: Scalars['Int']['output'];
  /** In the order of the file. */
  entries: Array<ImportedEntry>;
};

export type ImportCalendarResult = CalendarImported | InvalidInput | NotFound | Unavailable;

/** One time that an event happens. */
export type Occurrence = Node & {
  __typename?: 'Occurrence';
  id: Scalars['ID']['output'];
  event: Event;
  startsAt: Scalars['DateTime']['output'];
  endsAt: Scalars['DateTime']['output'];
  /** The wall time in its zone, kept beside the instant because zone rules change. */
  startsAtLocal: Scalars['LocalDateTime']['output'];
  timeZone: Scalars['String']['output'];
  status: OccurrenceStatus;
  spaceId?: Maybe<Scalars['ID']['output']>;
  spaceBookingStatus: SpaceBookingStatus;
  /** Grows by one with each change. */
  revision: Scalars['Int']['output'];
};

export type OccurrenceStatus = 'SCHEDULED' | 'CANCELLED';

export type SpaceBookingStatus =
  /** It needs no space. */
  | 'NONE'
  | 'PENDING'
  | 'BOOKED'
  /** The space is taken by another occurrence, or is unknown. */
  | 'CONFLICT'
  | 'RELEASED'
  /** Venues has not answered in time and is being asked again; its answer replaces this. */
  | 'TIMED_OUT';

export type OccurrenceConnection = {
  __typename?: 'OccurrenceConnection';
  edges: Array<OccurrenceEdge>;
  pageInfo: PageInfo;
};

export type OccurrenceEdge = {
  __typename?: 'OccurrenceEdge';
  cursor: Scalars['String']['output'];
  node: Occurrence;
};

export type OccurrenceFilter = {
  /** Starts at or after. */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** Starts before. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Part of the event's title or description or of the venue's name, in any case. */
  text?: InputMaybe<Scalars['String']['input']>;
  /** The venue's city, in any case. */
  city?: InputMaybe<Scalars['String']['input']>;
  eventId?: InputMaybe<Scalars['ID']['input']>;
  /** SCHEDULED when absent. */
  status?: InputMaybe<OccurrenceStatus>;
};

/** Absent fields stay as they are. */
export type RescheduleOccurrenceInput = {
  id: Scalars['ID']['input'];
  startsAtLocal?: InputMaybe<Scalars['LocalDateTime']['input']>;
  durationMinutes?: InputMaybe<Scalars['Int']['input']>;
  spaceId?: InputMaybe<Scalars['ID']['input']>;
};

export type CancelOccurrenceInput = {
  id: Scalars['ID']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};

export type OccurrenceRescheduled = {
  __typename?: 'OccurrenceRescheduled';
  occurrence: Occurrence;
};

export type OccurrenceCancelled = {
  __typename?: 'OccurrenceCancelled';
  occurrence: Occurrence;
};

export type RescheduleOccurrenceResult =
  OccurrenceRescheduled | InvalidInput | NotFound | PastDate | SpaceConflict | WrongState | Unavailable;

export type CancelOccurrenceResult = OccurrenceCancelled | InvalidInput | NotFound | PastDate;

/** Events that belong together: a season, a festival, a tour. */
export type EventSeries = Node & {
  __typename?: 'EventSeries';
  id: Scalars['ID']['output'];
  title: Scalars['String']['output'];
  description: Scalars['String']['output'];
  events: EventConnection;
  createdAt: Scalars['DateTime']['output'];
};

/** Events that belong together: a season, a festival, a tour. */
export type EventSeriesEventsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type CreateEventSeriesInput = {
  idempotencyKey: Scalars['String']['input'];
  title: Scalars['String']['input'];
  description?: InputMaybe<Scalars['String']['input']>;
};

export type EventSeriesCreated = {
  __typename?: 'EventSeriesCreated';
  series: EventSeries;
};

export type CreateEventSeriesResult = EventSeriesCreated | InvalidInput | IdempotencyConflict;

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
  Event: Event;
  Occurrence: Occurrence;
  EventSeries: EventSeries;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  Event: { __typename: 'Event' } & GraphQLRecursivePick<FederationTypes['Event'], { id: true }>;
  Occurrence: { __typename: 'Occurrence' } & GraphQLRecursivePick<
    FederationTypes['Occurrence'],
    { id: true }
  >;
  EventSeries: { __typename: 'EventSeries' } & GraphQLRecursivePick<
    FederationTypes['EventSeries'],
    { id: true }
  >;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CreateEventResult:
    | (Omit<EventCreated, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (PastDate & { __typename: 'PastDate' })
    | (SpaceConflict & { __typename: 'SpaceConflict' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  UpdateEventResult:
    | (Omit<EventUpdated, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventUpdated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (WrongState & { __typename: 'WrongState' });
  PublishEventResult:
    | (Omit<EventPublished, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventPublished' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (PastDate & { __typename: 'PastDate' })
    | (SpaceConflict & { __typename: 'SpaceConflict' })
    | (WrongState & { __typename: 'WrongState' });
  RescheduleEventResult:
    | (Omit<EventRescheduled, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventRescheduled' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (PastDate & { __typename: 'PastDate' })
    | (SpaceConflict & { __typename: 'SpaceConflict' })
    | (WrongState & { __typename: 'WrongState' })
    | (Unavailable & { __typename: 'Unavailable' });
  CancelEventResult:
    | (Omit<EventCancelled, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventCancelled' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  DeleteEventResult:
    | (EventDeleted & { __typename: 'EventDeleted' })
    | (EventOnSale & { __typename: 'EventOnSale' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RestoreEventResult:
    | (Omit<EventRestored, 'event'> & { event: _RefType['Event'] } & { __typename: 'EventRestored' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  ImportCalendarResult:
    | (Omit<CalendarImported, 'entries'> & { entries: Array<_RefType['ImportedEntry']> } & {
        __typename: 'CalendarImported';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  RescheduleOccurrenceResult:
    | (Omit<OccurrenceRescheduled, 'occurrence'> & { occurrence: _RefType['Occurrence'] } & {
        __typename: 'OccurrenceRescheduled';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (PastDate & { __typename: 'PastDate' })
    | (SpaceConflict & { __typename: 'SpaceConflict' })
    | (WrongState & { __typename: 'WrongState' })
    | (Unavailable & { __typename: 'Unavailable' });
  CancelOccurrenceResult:
    | (Omit<OccurrenceCancelled, 'occurrence'> & { occurrence: _RefType['Occurrence'] } & {
        __typename: 'OccurrenceCancelled';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (PastDate & { __typename: 'PastDate' });
  CreateEventSeriesResult:
    | (Omit<EventSeriesCreated, 'series'> & { series: _RefType['EventSeries'] } & {
        __typename: 'EventSeriesCreated';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: EventModel | OccurrenceModel | EventSeriesModel;
  Refusal:
    | InvalidInput
    | NotFound
    | IdempotencyConflict
    | Unavailable
    | NotYetAvailable
    | SpaceConflict
    | PastDate
    | WrongState
    | EventOnSale;
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
  Event: ResolverTypeWrapper<EventModel>;
  EventStatus: EventStatus;
  RecurrenceRule: ResolverTypeWrapper<EventModel>;
  OccurrenceOverride: ResolverTypeWrapper<OccurrenceOverride>;
  EventConnection: ResolverTypeWrapper<
    Omit<EventConnection, 'edges'> & { edges: Array<ResolversTypes['EventEdge']> }
  >;
  EventEdge: ResolverTypeWrapper<Omit<EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  EventFilter: EventFilter;
  OccurrenceOverrideInput: OccurrenceOverrideInput;
  CreateEventInput: CreateEventInput;
  UpdateEventInput: UpdateEventInput;
  RescheduleEventInput: RescheduleEventInput;
  CancelEventInput: CancelEventInput;
  EventCreated: ResolverTypeWrapper<Omit<EventCreated, 'event'> & { event: ResolversTypes['Event'] }>;
  EventUpdated: ResolverTypeWrapper<Omit<EventUpdated, 'event'> & { event: ResolversTypes['Event'] }>;
  EventPublished: ResolverTypeWrapper<Omit<EventPublished, 'event'> & { event: ResolversTypes['Event'] }>;
  EventRescheduled: ResolverTypeWrapper<Omit<EventRescheduled, 'event'> & { event: ResolversTypes['Event'] }>;
  EventCancelled: ResolverTypeWrapper<Omit<EventCancelled, 'event'> & { event: ResolversTypes['Event'] }>;
  SpaceConflict: ResolverTypeWrapper<SpaceConflict>;
  PastDate: ResolverTypeWrapper<PastDate>;
  WrongState: ResolverTypeWrapper<WrongState>;
  CreateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateEventResult']>;
  UpdateEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateEventResult']>;
  PublishEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PublishEventResult']>;
  RescheduleEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RescheduleEventResult']>;
  CancelEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelEventResult']>;
  EventDeleted: ResolverTypeWrapper<EventDeleted>;
  EventRestored: ResolverTypeWrapper<Omit<EventRestored, 'event'> & { event: ResolversTypes['Event'] }>;
  EventOnSale: ResolverTypeWrapper<EventOnSale>;
  DeleteEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteEventResult']>;
  RestoreEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RestoreEventResult']>;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  ImportCalendarInput: ImportCalendarInput;
  ImportedEntry: ResolverTypeWrapper<ImportedEntryModel>;
  ImportResult: ImportResult;
  CalendarImported: ResolverTypeWrapper<
    Omit<CalendarImported, 'entries'> & { entries: Array<ResolversTypes['ImportedEntry']> }
  >;
  ImportCalendarResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ImportCalendarResult']>;
  Occurrence: ResolverTypeWrapper<OccurrenceModel>;
  OccurrenceStatus: OccurrenceStatus;
  SpaceBookingStatus: SpaceBookingStatus;
  OccurrenceConnection: ResolverTypeWrapper<
    Omit<OccurrenceConnection, 'edges'> & { edges: Array<ResolversTypes['OccurrenceEdge']> }
  >;
  OccurrenceEdge: ResolverTypeWrapper<Omit<OccurrenceEdge, 'node'> & { node: ResolversTypes['Occurrence'] }>;
  OccurrenceFilter: OccurrenceFilter;
  RescheduleOccurrenceInput: RescheduleOccurrenceInput;
  CancelOccurrenceInput: CancelOccurrenceInput;
  OccurrenceRescheduled: ResolverTypeWrapper<
    Omit<OccurrenceRescheduled, 'occurrence'> & { occurrence: ResolversTypes['Occurrence'] }
  >;
  OccurrenceCancelled: ResolverTypeWrapper<
    Omit<OccurrenceCancelled, 'occurrence'> & { occurrence: ResolversTypes['Occurrence'] }
  >;
  RescheduleOccurrenceResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RescheduleOccurrenceResult']
  >;
  CancelOccurrenceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CancelOccurrenceResult']>;
  EventSeries: ResolverTypeWrapper<EventSeriesModel>;
  CreateEventSeriesInput: CreateEventSeriesInput;
  EventSeriesCreated: ResolverTypeWrapper<
    Omit<EventSeriesCreated, 'series'> & { series: ResolversTypes['EventSeries'] }
  >;
  CreateEventSeriesResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['CreateEventSeriesResult']
  >;
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
  Event: EventModel;
  RecurrenceRule: EventModel;
  OccurrenceOverride: OccurrenceOverride;
  EventConnection: Omit<EventConnection, 'edges'> & { edges: Array<ResolversParentTypes['EventEdge']> };
  EventEdge: Omit<EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  EventFilter: EventFilter;
  OccurrenceOverrideInput: OccurrenceOverrideInput;
  CreateEventInput: CreateEventInput;
  UpdateEventInput: UpdateEventInput;
  RescheduleEventInput: RescheduleEventInput;
  CancelEventInput: CancelEventInput;
  EventCreated: Omit<EventCreated, 'event'> & { event: ResolversParentTypes['Event'] };
  EventUpdated: Omit<EventUpdated, 'event'> & { event: ResolversParentTypes['Event'] };
  EventPublished: Omit<EventPublished, 'event'> & { event: ResolversParentTypes['Event'] };
  EventRescheduled: Omit<EventRescheduled, 'event'> & { event: ResolversParentTypes['Event'] };
  EventCancelled: Omit<EventCancelled, 'event'> & { event: ResolversParentTypes['Event'] };
  SpaceConflict: SpaceConflict;
  PastDate: PastDate;
  WrongState: WrongState;
  CreateEventResult: ResolversUnionTypes<ResolversParentTypes>['CreateEventResult'];
  UpdateEventResult: ResolversUnionTypes<ResolversParentTypes>['UpdateEventResult'];
  PublishEventResult: ResolversUnionTypes<ResolversParentTypes>['PublishEventResult'];
  RescheduleEventResult: ResolversUnionTypes<ResolversParentTypes>['RescheduleEventResult'];
  CancelEventResult: ResolversUnionTypes<ResolversParentTypes>['CancelEventResult'];
  EventDeleted: EventDeleted;
  EventRestored: Omit<EventRestored, 'event'> & { event: ResolversParentTypes['Event'] };
  EventOnSale: EventOnSale;
  DeleteEventResult: ResolversUnionTypes<ResolversParentTypes>['DeleteEventResult'];
  RestoreEventResult: ResolversUnionTypes<ResolversParentTypes>['RestoreEventResult'];
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  ImportCalendarInput: ImportCalendarInput;
  ImportedEntry: ImportedEntryModel;
  CalendarImported: Omit<CalendarImported, 'entries'> & {
    entries: Array<ResolversParentTypes['ImportedEntry']>;
  };
  ImportCalendarResult: ResolversUnionTypes<ResolversParentTypes>['ImportCalendarResult'];
  Occurrence: OccurrenceModel;
  OccurrenceConnection: Omit<OccurrenceConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['OccurrenceEdge']>;
  };
  OccurrenceEdge: Omit<OccurrenceEdge, 'node'> & { node: ResolversParentTypes['Occurrence'] };
  OccurrenceFilter: OccurrenceFilter;
  RescheduleOccurrenceInput: RescheduleOccurrenceInput;
  CancelOccurrenceInput: CancelOccurrenceInput;
  OccurrenceRescheduled: Omit<OccurrenceRescheduled, 'occurrence'> & {
    occurrence: ResolversParentTypes['Occurrence'];
  };
  OccurrenceCancelled: Omit<OccurrenceCancelled, 'occurrence'> & {
    occurrence: ResolversParentTypes['Occurrence'];
  };
  RescheduleOccurrenceResult: ResolversUnionTypes<ResolversParentTypes>['RescheduleOccurrenceResult'];
  CancelOccurrenceResult: ResolversUnionTypes<ResolversParentTypes>['CancelOccurrenceResult'];
  EventSeries: EventSeriesModel;
  CreateEventSeriesInput: CreateEventSeriesInput;
  EventSeriesCreated: Omit<EventSeriesCreated, 'series'> & { series: ResolversParentTypes['EventSeries'] };
  CreateEventSeriesResult: ResolversUnionTypes<ResolversParentTypes>['CreateEventSeriesResult'];
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
  __resolveType: TypeResolveFn<'Event' | 'Occurrence' | 'EventSeries', ParentType, ContextType>;
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
    | 'SpaceConflict'
    | 'PastDate'
    | 'WrongState'
    | 'EventOnSale',
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
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['EventStatus'], ParentType, ContextType>;
  series?: Resolver<Maybe<ResolversTypes['EventSeries']>, ParentType, ContextType>;
  spaceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAtLocal?: Resolver<ResolversTypes['LocalDateTime'], ParentType, ContextType>;
  durationMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  allDay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  recurrence?: Resolver<Maybe<ResolversTypes['RecurrenceRule']>, ParentType, ContextType>;
  occurrences?: Resolver<
    ResolversTypes['OccurrenceConnection'],
    ParentType,
    ContextType,
    RequireFields<EventOccurrencesArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  updatedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RecurrenceRuleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RecurrenceRule'] = ResolversParentTypes['RecurrenceRule'],
> = {
  rule?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rdates?: Resolver<Array<ResolversTypes['LocalDateTime']>, ParentType, ContextType>;
  exdates?: Resolver<Array<ResolversTypes['LocalDateTime']>, ParentType, ContextType>;
  overrides?: Resolver<Array<ResolversTypes['OccurrenceOverride']>, ParentType, ContextType>;
  materialisedUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type OccurrenceOverrideResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceOverride'] = ResolversParentTypes['OccurrenceOverride'],
> = {
  recurrenceId?: Resolver<ResolversTypes['LocalDateTime'], ParentType, ContextType>;
  startsAtLocal?: Resolver<Maybe<ResolversTypes['LocalDateTime']>, ParentType, ContextType>;
  durationMinutes?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  cancelled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type EventConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type EventCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventCreated'] = ResolversParentTypes['EventCreated'],
> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventUpdated'] = ResolversParentTypes['EventUpdated'],
> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventPublishedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventPublished'] = ResolversParentTypes['EventPublished'],
> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventRescheduledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventRescheduled'] = ResolversParentTypes['EventRescheduled'],
> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventCancelledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventCancelled'] = ResolversParentTypes['EventCancelled'],
> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SpaceConflictResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SpaceConflict'] = ResolversParentTypes['SpaceConflict'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  startsAt?: Resolver<Array<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PastDateResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PastDate'] = ResolversParentTypes['PastDate'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  field?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WrongStateResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WrongState'] = ResolversParentTypes['WrongState'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateEventResult'] = ResolversParentTypes['CreateEventResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'EventCreated'
    | 'InvalidInput'
    | 'NotFound'
    | 'PastDate'
    | 'SpaceConflict'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type UpdateEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateEventResult'] = ResolversParentTypes['UpdateEventResult'],
> = {
  __resolveType: TypeResolveFn<
    'EventUpdated' | 'InvalidInput' | 'NotFound' | 'WrongState',
    ParentType,
    ContextType
  >;
};

export type PublishEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PublishEventResult'] = ResolversParentTypes['PublishEventResult'],
> = {
  __resolveType: TypeResolveFn<
    'EventPublished' | 'InvalidInput' | 'NotFound' | 'PastDate' | 'SpaceConflict' | 'WrongState',
    ParentType,
    ContextType
  >;
};

export type RescheduleEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RescheduleEventResult'] =
    ResolversParentTypes['RescheduleEventResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'EventRescheduled'
    | 'InvalidInput'
    | 'NotFound'
    | 'PastDate'
    | 'SpaceConflict'
    | 'WrongState'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type CancelEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CancelEventResult'] = ResolversParentTypes['CancelEventResult'],
> = {
  __resolveType: TypeResolveFn<'EventCancelled' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type EventDeletedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventDeleted'] = ResolversParentTypes['EventDeleted'],
> = {
  deleted?: Resolver<ResolversTypes['Deleted'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventRestoredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventRestored'] = ResolversParentTypes['EventRestored'],
> = {
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventOnSaleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventOnSale'] = ResolversParentTypes['EventOnSale'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrencesToCome?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeleteEventResult'] = ResolversParentTypes['DeleteEventResult'],
> = {
  __resolveType: TypeResolveFn<
    'EventDeleted' | 'EventOnSale' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RestoreEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RestoreEventResult'] = ResolversParentTypes['RestoreEventResult'],
> = {
  __resolveType: TypeResolveFn<'EventRestored' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  event?: Resolver<
    Maybe<ResolversTypes['Event']>,
    ParentType,
    ContextType,
    RequireFields<QueryEventArgs, 'id'>
  >;
  events?: Resolver<
    ResolversTypes['EventConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryEventsArgs, 'first'>
  >;
  deletedEvents?: Resolver<
    ResolversTypes['DeletedConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryDeletedEventsArgs, 'first'>
  >;
  occurrence?: Resolver<
    Maybe<ResolversTypes['Occurrence']>,
    ParentType,
    ContextType,
    RequireFields<QueryOccurrenceArgs, 'id'>
  >;
  occurrences?: Resolver<
    ResolversTypes['OccurrenceConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryOccurrencesArgs, 'first'>
  >;
  eventSeries?: Resolver<
    Maybe<ResolversTypes['EventSeries']>,
    ParentType,
    ContextType,
    RequireFields<QueryEventSeriesArgs, 'id'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  createEvent?: Resolver<
    ResolversTypes['CreateEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateEventArgs, 'input'>
  >;
  updateEvent?: Resolver<
    ResolversTypes['UpdateEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateEventArgs, 'input'>
  >;
  publishEvent?: Resolver<
    ResolversTypes['PublishEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationPublishEventArgs, 'id'>
  >;
  rescheduleEvent?: Resolver<
    ResolversTypes['RescheduleEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRescheduleEventArgs, 'input'>
  >;
  cancelEvent?: Resolver<
    ResolversTypes['CancelEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCancelEventArgs, 'input'>
  >;
  deleteEvent?: Resolver<
    ResolversTypes['DeleteEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteEventArgs, 'id'>
  >;
  restoreEvent?: Resolver<
    ResolversTypes['RestoreEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRestoreEventArgs, 'id'>
  >;
  importCalendar?: Resolver<
    ResolversTypes['ImportCalendarResult'],
    ParentType,
    ContextType,
    RequireFields<MutationImportCalendarArgs, 'input'>
  >;
  rescheduleOccurrence?: Resolver<
    ResolversTypes['RescheduleOccurrenceResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRescheduleOccurrenceArgs, 'input'>
  >;
  cancelOccurrence?: Resolver<
    ResolversTypes['CancelOccurrenceResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCancelOccurrenceArgs, 'input'>
  >;
  createEventSeries?: Resolver<
    ResolversTypes['CreateEventSeriesResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateEventSeriesArgs, 'input'>
  >;
};

export type ImportedEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ImportedEntry'] = ResolversParentTypes['ImportedEntry'],
> = {
  line?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  uid?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  summary?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  result?: Resolver<ResolversTypes['ImportResult'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  warnings?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
};

export type CalendarImportedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CalendarImported'] = ResolversParentTypes['CalendarImported'],
> = {
  created?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  updated?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unchanged?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refused?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entries?: Resolver<Array<ResolversTypes['ImportedEntry']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImportCalendarResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ImportCalendarResult'] =
    ResolversParentTypes['ImportCalendarResult'],
> = {
  __resolveType: TypeResolveFn<
    'CalendarImported' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
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
  event?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startsAtLocal?: Resolver<ResolversTypes['LocalDateTime'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OccurrenceStatus'], ParentType, ContextType>;
  spaceId?: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  spaceBookingStatus?: Resolver<ResolversTypes['SpaceBookingStatus'], ParentType, ContextType>;
  revision?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OccurrenceConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceConnection'] =
    ResolversParentTypes['OccurrenceConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['OccurrenceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OccurrenceEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceEdge'] = ResolversParentTypes['OccurrenceEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
};

export type OccurrenceRescheduledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceRescheduled'] =
    ResolversParentTypes['OccurrenceRescheduled'],
> = {
  occurrence?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OccurrenceCancelledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceCancelled'] =
    ResolversParentTypes['OccurrenceCancelled'],
> = {
  occurrence?: Resolver<ResolversTypes['Occurrence'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RescheduleOccurrenceResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RescheduleOccurrenceResult'] =
    ResolversParentTypes['RescheduleOccurrenceResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OccurrenceRescheduled'
    | 'InvalidInput'
    | 'NotFound'
    | 'PastDate'
    | 'SpaceConflict'
    | 'WrongState'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type CancelOccurrenceResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CancelOccurrenceResult'] =
    ResolversParentTypes['CancelOccurrenceResult'],
> = {
  __resolveType: TypeResolveFn<
    'OccurrenceCancelled' | 'InvalidInput' | 'NotFound' | 'PastDate',
    ParentType,
    ContextType
  >;
};

export type EventSeriesResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventSeries'] = ResolversParentTypes['EventSeries'],
  FederationReferenceType extends FederationReferenceTypes['EventSeries'] =
    FederationReferenceTypes['EventSeries'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['EventSeries']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  events?: Resolver<
    ResolversTypes['EventConnection'],
    ParentType,
    ContextType,
    RequireFields<EventSeriesEventsArgs, 'first'>
  >;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EventSeriesCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventSeriesCreated'] = ResolversParentTypes['EventSeriesCreated'],
> = {
  series?: Resolver<ResolversTypes['EventSeries'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateEventSeriesResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateEventSeriesResult'] =
    ResolversParentTypes['CreateEventSeriesResult'],
> = {
  __resolveType: TypeResolveFn<
    'EventSeriesCreated' | 'InvalidInput' | 'IdempotencyConflict',
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
  Deleted?: DeletedResolvers<ContextType>;
  DeletedConnection?: DeletedConnectionResolvers<ContextType>;
  DeletedEdge?: DeletedEdgeResolvers<ContextType>;
  Money?: MoneyResolvers<ContextType>;
  InvalidInput?: InvalidInputResolvers<ContextType>;
  NotFound?: NotFoundResolvers<ContextType>;
  IdempotencyConflict?: IdempotencyConflictResolvers<ContextType>;
  Unavailable?: UnavailableResolvers<ContextType>;
  NotYetAvailable?: NotYetAvailableResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  RecurrenceRule?: RecurrenceRuleResolvers<ContextType>;
  OccurrenceOverride?: OccurrenceOverrideResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  EventCreated?: EventCreatedResolvers<ContextType>;
  EventUpdated?: EventUpdatedResolvers<ContextType>;
  EventPublished?: EventPublishedResolvers<ContextType>;
  EventRescheduled?: EventRescheduledResolvers<ContextType>;
  EventCancelled?: EventCancelledResolvers<ContextType>;
  SpaceConflict?: SpaceConflictResolvers<ContextType>;
  PastDate?: PastDateResolvers<ContextType>;
  WrongState?: WrongStateResolvers<ContextType>;
  CreateEventResult?: CreateEventResultResolvers<ContextType>;
  UpdateEventResult?: UpdateEventResultResolvers<ContextType>;
  PublishEventResult?: PublishEventResultResolvers<ContextType>;
  RescheduleEventResult?: RescheduleEventResultResolvers<ContextType>;
  CancelEventResult?: CancelEventResultResolvers<ContextType>;
  EventDeleted?: EventDeletedResolvers<ContextType>;
  EventRestored?: EventRestoredResolvers<ContextType>;
  EventOnSale?: EventOnSaleResolvers<ContextType>;
  DeleteEventResult?: DeleteEventResultResolvers<ContextType>;
  RestoreEventResult?: RestoreEventResultResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  ImportedEntry?: ImportedEntryResolvers<ContextType>;
  CalendarImported?: CalendarImportedResolvers<ContextType>;
  ImportCalendarResult?: ImportCalendarResultResolvers<ContextType>;
  Occurrence?: OccurrenceResolvers<ContextType>;
  OccurrenceConnection?: OccurrenceConnectionResolvers<ContextType>;
  OccurrenceEdge?: OccurrenceEdgeResolvers<ContextType>;
  OccurrenceRescheduled?: OccurrenceRescheduledResolvers<ContextType>;
  OccurrenceCancelled?: OccurrenceCancelledResolvers<ContextType>;
  RescheduleOccurrenceResult?: RescheduleOccurrenceResultResolvers<ContextType>;
  CancelOccurrenceResult?: CancelOccurrenceResultResolvers<ContextType>;
  EventSeries?: EventSeriesResolvers<ContextType>;
  EventSeriesCreated?: EventSeriesCreatedResolvers<ContextType>;
  CreateEventSeriesResult?: CreateEventSeriesResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
