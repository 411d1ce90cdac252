// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { ApiUsage as ApiUsageModel, ApiUsagePage as ApiUsagePageModel } from '../metering/usage-rows.ts';
import type { Delivery as DeliveryModel } from '../deliveries/delivery.ts';
import type { Endpoint as EndpointModel } from '../endpoints/endpoint.ts';
import type { Plugin as PluginModel } from '../plugins/plugin.ts';
import type { Listing as ListingModel, ManifestHook as ManifestHookModel } from '@marquee/plugin-sdk';
import type { PluginCall as PluginCallModel } from '../plugins/plugin-rows.ts';
import type { Plan as PlanModel } from '../plans/plan.ts';
import type { CreditNote as CreditNoteModel } from '../billing/settlement-rows.ts';
import type { PlatformInvoice as PlatformInvoiceModel } from '../billing/platform-invoice.ts';
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

export type PlatformInvoiceLineKind =
  | 'MONTHLY_FEE'
  /** Covered by the fee. */
  | 'INCLUDED_REQUESTS'
  | 'ADDITIONAL_REQUESTS';

export type PlatformInvoiceLine = {
  __typename?: 'PlatformInvoiceLine';
  kind: PlatformInvoiceLineKind;
  plan: Plan;
  /** Of the period, on which that plan held: the fee and what it covers are for these. */
  days: Scalars['Int']['output'];
  quantity: Scalars['BigInt']['output'];
  /** Net. */
  amount: Money;
};

export type PlatformInvoiceStatus =
  /** To be paid by `dueAt`. */
  | 'ISSUED'
  /** `dueAt` has passed. After some more days the plan is restricted (`planSubscription { restrictedSince }`). */
  | 'OVERDUE'
  /** Nothing is due. */
  | 'PAID'
  /** Taken back as a whole. */
  | 'VOID';

export type PlatformTaxTreatment =
  /** The rate of a country. */
  | 'STANDARD'
  /** The organisation owes the tax itself: a business in another country of the European Union. */
  | 'REVERSE_CHARGE'
  /** Supplied where the platform owes no tax. */
  | 'OUT_OF_SCOPE'
  /** The platform charges no tax. */
  | 'NOT_CHARGED';

export type PlatformInvoiceTax = {
  __typename?: 'PlatformInvoiceTax';
  treatment: PlatformTaxTreatment;
  /** Such as `USt`; null where there is none. */
  name?: Maybe<Scalars['String']['output']>;
  /** Hundredths of a percent. */
  rateBasisPoints: Scalars['Int']['output'];
  amount: Money;
};

/** Who an invoice is from or to, as printed. */
export type PlatformInvoiceParty = {
  __typename?: 'PlatformInvoiceParty';
  name: Scalars['String']['output'];
  address: Scalars['String']['output'];
  countryCode: Scalars['String']['output'];
  vatId?: Maybe<Scalars['String']['output']>;
};

export type PlatformInvoicePayment = {
  __typename?: 'PlatformInvoicePayment';
  amount: Money;
  receivedAt: Scalars['DateTime']['output'];
  /** As the platform's bank or payment service names it. */
  reference: Scalars['String']['output'];
};

/** Takes back an invoice or a part of it. */
export type PlatformCreditNote = {
  __typename?: 'PlatformCreditNote';
  /** Without a gap in its series, such as `API-CN-2027-000003`. */
  number: Scalars['String']['output'];
  net: Money;
  tax: Money;
  gross: Money;
  reason: Scalars['String']['output'];
  issuedAt: Scalars['DateTime']['output'];
  /** The credit note as PDF, as `PlatformInvoice.pdfUrl` is the invoice. Whoever has the link may download it, for 15 minutes. */
  pdfUrl: Scalars['String']['output'];
};

/** What an organisation owes for the use of the API in a period. Nothing that is printed ever changes; what is wrong is taken back by a credit note. */
export type PlatformInvoice = Node & {
  __typename?: 'PlatformInvoice';
  id: Scalars['ID']['output'];
  /** Without a gap in the platform's series of a year, such as `API-2027-000042`. */
  number: Scalars['String']['output'];
  /** As it was at the end of the period. */
  plan: Plan;
  periodStart: Scalars['DateTime']['output'];
  /** The first instant that is not of the period. */
  periodEnd: Scalars['DateTime']['output'];
  /** What was metered, which the quantities of the lines add up to. */
  requests: Scalars['BigInt']['output'];
  lines: Array<PlatformInvoiceLine>;
  /** @deprecated Use PlatformInvoice.net. Goes on 2027-06-30. */
  total: Money;
  net: Money;
  tax: PlatformInvoiceTax;
  gross: Money;
  /** What is still to be paid. Below zero: more was paid than is owed, and is paid back. */
  due: Money;
  dueAt: Scalars['DateTime']['output'];
  status: PlatformInvoiceStatus;
  /** Null where the platform names none. */
  seller?: Maybe<PlatformInvoiceParty>;
  /** Null where the organisation had not said who its invoices are to. */
  customer?: Maybe<PlatformInvoiceParty>;
  payments: Array<PlatformInvoicePayment>;
  creditNotes: Array<PlatformCreditNote>;
  issuedAt: Scalars['DateTime']['output'];
  /** The invoice as it was issued, as PDF. Whoever has the link may download it, for 15 minutes. */
  pdfUrl: Scalars['String']['output'];
};

export type PlatformInvoiceConnection = {
  __typename?: 'PlatformInvoiceConnection';
  edges: Array<PlatformInvoiceEdge>;
  pageInfo: PageInfo;
};

export type PlatformInvoiceEdge = {
  __typename?: 'PlatformInvoiceEdge';
  cursor: Scalars['String']['output'];
  node: PlatformInvoice;
};

export type Query = {
  __typename?: 'Query';
  /** The newest first. `first` is at most 100. */
  platformInvoices: PlatformInvoiceConnection;
  /** Who the platform's invoices are to; null where that was not said. */
  billingDetails?: Maybe<PlatformInvoiceParty>;
  /** Every kind of event, by name; those that match a pattern such as `tickets.*` where one is given. */
  eventTypes: Array<EventTypeInfo>;
  webhookEndpoint?: Maybe<WebhookEndpoint>;
  /** Newest first. `first` is at most 100. */
  webhookEndpoints: WebhookEndpointConnection;
  /** What API keys asked for, the newest day first: from the day of `from` on, and before that of `to`; of one key where it is given. `first` is at most 100. */
  apiUsage: ApiUsageConnection;
  /** Every plan that holds in this period, from the cheapest; new prices hold from the next one on. */
  plans: Array<Plan>;
  planSubscription: PlanSubscription;
  /** Of the marketplace, by name. `search` looks into names, titles and summaries. `first` is at most 100. */
  marketplacePlugins: Array<MarketplacePlugin>;
  plugin?: Maybe<Plugin>;
  /** Newest first. `first` is at most 100. */
  plugins: PluginConnection;
};

export type QueryPlatformInvoicesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryEventTypesArgs = {
  matching?: InputMaybe<Scalars['String']['input']>;
};

export type QueryWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};

export type QueryWebhookEndpointsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryApiUsageArgs = {
  from?: InputMaybe<Scalars['DateTime']['input']>;
  to?: InputMaybe<Scalars['DateTime']['input']>;
  apiKeyId?: InputMaybe<Scalars['ID']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryMarketplacePluginsArgs = {
  search?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};

export type QueryPluginArgs = {
  id: Scalars['ID']['input'];
};

export type QueryPluginsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type Mutation = {
  __typename?: 'Mutation';
  /** Says who the platform's invoices are to, from the next one on. The country and the VAT number decide on the tax. */
  setBillingDetails: SetBillingDetailsResult;
  /** Delivers once more what was delivered or given up: of an endpoint, of an event, or one delivery. */
  replayDeliveries: ReplayDeliveriesResult;
  /** Sends a sample of an event of this type, marked as a test, to this endpoint alone. */
  sendTestEvent: SendTestEventResult;
  /** Has events sent to an address, from now on. */
  createWebhookEndpoint: CreateWebhookEndpointResult;
  /** Changes what is given and leaves the rest. What is on its way already is sent to the new address. */
  updateWebhookEndpoint: UpdateWebhookEndpointResult;
  /** Keeps events until the endpoint is resumed. */
  pauseWebhookEndpoint: ChangeWebhookEndpointResult;
  /** Sends again, what was kept first: after a pause, or after the endpoint was disabled. */
  resumeWebhookEndpoint: ChangeWebhookEndpointResult;
  /** A new secret beside the old one: deliveries are signed with both for the hours of the overlap. */
  rotateWebhookSecret: RotateWebhookSecretResult;
  /** Ends an endpoint. What was not delivered will not be. */
  deleteWebhookEndpoint: DeleteWebhookEndpointResult;
  /** Chooses a plan: a dearer one from today on, each with the fee of its days; a cheaper one from the next month. */
  changePlan: ChangePlanResult;
  /** Has a plugin of the marketplace work for the organisation, once all that it asks for is approved. */
  installPlugin: InstallPluginResult;
  /** To a newer release. What it asks for beyond what is allowed needs a fresh approval. */
  upgradePlugin: UpgradePluginResult;
  /** Changes the settings and secrets that are given and leaves the rest. */
  configurePlugin: ConfigurePluginResult;
  disablePlugin: ChangePluginResult;
  enablePlugin: ChangePluginResult;
  /** Ends a plugin: its API key, secrets and subscriptions go, its log stays as long as any. Its app is told, by a webhook. */
  uninstallPlugin: UninstallPluginResult;
};

export type MutationSetBillingDetailsArgs = {
  input: SetBillingDetailsInput;
};

export type MutationReplayDeliveriesArgs = {
  input: ReplayDeliveriesInput;
};

export type MutationSendTestEventArgs = {
  input: SendTestEventInput;
};

export type MutationCreateWebhookEndpointArgs = {
  input: CreateWebhookEndpointInput;
};

export type MutationUpdateWebhookEndpointArgs = {
  input: UpdateWebhookEndpointInput;
};

export type MutationPauseWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};

export type MutationResumeWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRotateWebhookSecretArgs = {
  input: RotateWebhookSecretInput;
};

export type MutationDeleteWebhookEndpointArgs = {
  id: Scalars['ID']['input'];
};

export type MutationChangePlanArgs = {
  input: ChangePlanInput;
};

export type MutationInstallPluginArgs = {
  input: InstallPluginInput;
};

export type MutationUpgradePluginArgs = {
  input: UpgradePluginInput;
};

export type MutationConfigurePluginArgs = {
  input: ConfigurePluginInput;
};

export type MutationDisablePluginArgs = {
  id: Scalars['ID']['input'];
};

export type MutationEnablePluginArgs = {
  id: Scalars['ID']['input'];
};

export type MutationUninstallPluginArgs = {
  id: Scalars['ID']['input'];
};

export type SetBillingDetailsInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  address: Scalars['String']['input'];
  /** ISO 3166, such as `DE`. */
  countryCode: Scalars['String']['input'];
  /** With the country's prefix, such as `DE123456789`; of businesses. */
  vatId?: InputMaybe<Scalars['String']['input']>;
};

export type BillingDetailsSet = {
  __typename?: 'BillingDetailsSet';
  billingDetails: PlatformInvoiceParty;
};

export type SetBillingDetailsResult = BillingDetailsSet | InvalidInput | IdempotencyConflict;

/** A kind of event that can be subscribed to. */
export type EventTypeInfo = {
  __typename?: 'EventTypeInfo';
  /** Such as `tickets.order-paid.v1`. */
  name: Scalars['String']['output'];
  /** The service that publishes it. */
  service: Scalars['String']['output'];
  version: Scalars['Int']['output'];
  description: Scalars['String']['output'];
  /** The JSON Schema (draft 2020-12) of `data`, as JSON. */
  schema: Scalars['String']['output'];
  /** A whole message as it would be sent, as JSON: it fits the schema. */
  sample: Scalars['String']['output'];
};

export type DeliveryStatus =
  /** Under way, or waiting: for its next attempt, or for its endpoint to be resumed. */
  | 'PENDING'
  | 'DELIVERED'
  /** Every attempt failed. It can be replayed. */
  | 'EXHAUSTED';

/** One event on its way to one endpoint. */
export type Delivery = Node & {
  __typename?: 'Delivery';
  /** Also the `webhook-id` of each of its attempts. */
  id: Scalars['ID']['output'];
  /** The event's own id, as in the message. */
  eventId: Scalars['String']['output'];
  eventType: Scalars['String']['output'];
  occurredAt: Scalars['DateTime']['output'];
  status: DeliveryStatus;
  /** The first 100, from the first on. */
  attempts: Array<DeliveryAttempt>;
  /** Null where no attempt is to follow. */
  nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  endpoint?: Maybe<WebhookEndpoint>;
  /** The message, as JSON and byte for byte as it is signed; null where a selection makes another of it. */
  message?: Maybe<Scalars['String']['output']>;
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
  /** The first 16 KiB of the answer. */
  response?: Maybe<Scalars['String']['output']>;
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

/** Where an organisation wants its events sent. */
export type WebhookEndpoint = Node & {
  __typename?: 'WebhookEndpoint';
  /** Newest first; of one status where it is given. `first` is at most 100. */
  deliveries: DeliveryConnection;
  id: Scalars['ID']['output'];
  url: Scalars['String']['output'];
  /** Such as `tickets.order-paid.v1`, `tickets.*` or `*`. */
  eventTypes: Array<Scalars['String']['output']>;
  /** Events of later versions than this are not sent. */
  pinnedVersion: Scalars['Int']['output'];
  status: WebhookEndpointStatus;
  /** Why it was disabled; null where it was not. */
  disabledBecause?: Maybe<Scalars['String']['output']>;
  /** A filter over the message, as JSON; null where every event of these types is sent. */
  filter?: Maybe<Scalars['String']['output']>;
  /** The GraphQL document that makes the payload; null for the event's own data. */
  selection?: Maybe<Scalars['String']['output']>;
  /** Whether an event waits until the one before it was delivered. */
  ordered: Scalars['Boolean']['output'];
  /** At most so many deliveries a second; null: as many as it takes. */
  ratePerSecond?: Maybe<Scalars['Int']['output']>;
  /** Verifies `v1a` signatures (Ed25519), as Standard Webhooks writes it. */
  publicKey: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
};

/** Where an organisation wants its events sent. */
export type WebhookEndpointDeliveriesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  status?: InputMaybe<DeliveryStatus>;
};

/** At least one of `endpointId`, `eventId` and `deliveryId`. */
export type ReplayDeliveriesInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  endpointId?: InputMaybe<Scalars['ID']['input']>;
  /** An event's id, as in the message: to every endpoint that it went to. */
  eventId?: InputMaybe<Scalars['String']['input']>;
  deliveryId?: InputMaybe<Scalars['ID']['input']>;
  /** When the events occurred: from this instant on … */
  from?: InputMaybe<Scalars['DateTime']['input']>;
  /** … and before this one. */
  to?: InputMaybe<Scalars['DateTime']['input']>;
  /** Leaves out what was delivered. */
  onlyExhausted?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ReplayStarted = {
  __typename?: 'ReplayStarted';
  count: Scalars['Int']['output'];
  /** Whether there is more than one call replays: 10,000 deliveries, the oldest first. */
  more: Scalars['Boolean']['output'];
};

export type ReplayDeliveriesResult = ReplayStarted | InvalidInput | NotFound | IdempotencyConflict;

export type SendTestEventInput = {
  endpointId: Scalars['ID']['input'];
  /** Such as `tickets.order-paid.v1`. */
  eventType: Scalars['String']['input'];
};

export type TestEventSent = {
  __typename?: 'TestEventSent';
  delivery: Delivery;
};

export type SendTestEventResult = TestEventSent | InvalidInput | NotFound;

export type WebhookEndpointStatus =
  | 'ACTIVE'
  /** Paused by its owner. Events are kept. */
  | 'PAUSED'
  /** Disabled because it takes nothing: it answered 410, or failed for days. Events are kept. */
  | 'DISABLED';

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

export type Subscription = {
  __typename?: 'Subscription';
  /** The endpoint, each time something of it changed, or events were kept for it while it is paused. */
  webhookEndpointChanged?: Maybe<WebhookEndpoint>;
};

export type SubscriptionWebhookEndpointChangedArgs = {
  endpointId: Scalars['ID']['input'];
};

export type CreateWebhookEndpointInput = {
  /** The same key with the same input makes one endpoint; with another input it is refused. At most 200 characters. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** `https://` and a public address; no user name or password. */
  url: Scalars['String']['input'];
  /** 1 to 100 types, or patterns: `tickets.*`, `*`. */
  eventTypes: Array<Scalars['String']['input']>;
  /**
   * A GraphQL query that makes the payload's `data`, instead of the event's own. Its variables are named like fields of the
   * event: `query ($orderId: ID!) { order(id: $orderId) { number } }`. Rendered with what its creator may read.
   */
  selection?: InputMaybe<Scalars['String']['input']>;
  /** Whether an event waits until the one before it was delivered. Slower, and one that fails holds up the rest. */
  ordered?: InputMaybe<Scalars['Boolean']['input']>;
  /** A filter over the message in the language of MongoDB, as JSON: `{"data.total.currency": "EUR"}`. */
  filter?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 1,000. */
  ratePerSecond?: InputMaybe<Scalars['Int']['input']>;
  /** Events of later versions than this are not sent. The newest of these types unless given. */
  pinnedVersion?: InputMaybe<Scalars['Int']['input']>;
  /** Whether it keeps its events from the start, until it is resumed. */
  paused?: InputMaybe<Scalars['Boolean']['input']>;
};

export type WebhookEndpointCreated = {
  __typename?: 'WebhookEndpointCreated';
  endpoint: WebhookEndpoint;
  /** Signs every delivery; shown this once. */
  secret: Scalars['String']['output'];
};

/** An organisation has so many endpoints at most. */
export type TooManyWebhookEndpoints = Refusal & {
  __typename?: 'TooManyWebhookEndpoints';
  message: Scalars['String']['output'];
};

export type CreateWebhookEndpointResult =
  WebhookEndpointCreated | TooManyWebhookEndpoints | InvalidInput | IdempotencyConflict | Unavailable;

export type UpdateWebhookEndpointInput = {
  id: Scalars['ID']['input'];
  url?: InputMaybe<Scalars['String']['input']>;
  eventTypes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** An empty text removes it. */
  selection?: InputMaybe<Scalars['String']['input']>;
  ordered?: InputMaybe<Scalars['Boolean']['input']>;
  /** An empty text removes it. */
  filter?: InputMaybe<Scalars['String']['input']>;
  /** 0 removes it. */
  ratePerSecond?: InputMaybe<Scalars['Int']['input']>;
  pinnedVersion?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookEndpointUpdated = {
  __typename?: 'WebhookEndpointUpdated';
  endpoint: WebhookEndpoint;
};

export type UpdateWebhookEndpointResult = WebhookEndpointUpdated | InvalidInput | NotFound | Unavailable;

export type WebhookEndpointChanged = {
  __typename?: 'WebhookEndpointChanged';
  endpoint: WebhookEndpoint;
};

export type ChangeWebhookEndpointResult = WebhookEndpointChanged | InvalidInput | NotFound;

export type RotateWebhookSecretInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  endpointId: Scalars['ID']['input'];
  /** 0 to 168: for how long the old secret goes on signing. */
  overlapHours?: InputMaybe<Scalars['Int']['input']>;
};

export type WebhookSecretRotated = {
  __typename?: 'WebhookSecretRotated';
  endpoint: WebhookEndpoint;
  /** Shown this once. */
  secret: Scalars['String']['output'];
};

export type RotateWebhookSecretResult = WebhookSecretRotated | InvalidInput | NotFound | IdempotencyConflict;

export type WebhookEndpointDeleted = {
  __typename?: 'WebhookEndpointDeleted';
  id: Scalars['ID']['output'];
};

export type DeleteWebhookEndpointResult = WebhookEndpointDeleted | InvalidInput | NotFound;

/** How often a key asked for an operation on a day. */
export type ApiUsage = {
  __typename?: 'ApiUsage';
  /** The first instant of the day, in UTC. */
  day: Scalars['DateTime']['output'];
  /** Null where it may not be seen. */
  apiKey?: Maybe<ApiKey>;
  /** The root field, such as `holdTickets`; `(several)` where a request has more than one, `(schema)` where none. */
  operation: Scalars['String']['output'];
  requests: Scalars['BigInt']['output'];
};

export type ApiUsageConnection = {
  __typename?: 'ApiUsageConnection';
  edges: Array<ApiUsageEdge>;
  pageInfo: PageInfo;
  /** Of all days, keys and operations that are asked for, not of this page alone. */
  totalRequests: Scalars['BigInt']['output'];
};

export type ApiUsageEdge = {
  __typename?: 'ApiUsageEdge';
  cursor: Scalars['String']['output'];
  node: ApiUsage;
};

export type ApiKey = {
  __typename?: 'ApiKey';
  id: Scalars['ID']['output'];
};

/** What the use of the API costs in a month, and how much of it there may be. Only requests of API keys count. */
export type Plan = {
  __typename?: 'Plan';
  /** What it is chosen by, such as `growth`. */
  code: Scalars['String']['output'];
  name: Scalars['String']['output'];
  monthlyFee: Money;
  /** Requests that the fee covers. */
  includedRequests: Scalars['BigInt']['output'];
  /** Of a thousand requests beyond these. */
  pricePerThousand: Money;
  /** Requests of a month; more are answered 429 with the code `PLAN_SPENT`. Null: any number. */
  requestLimit?: Maybe<Scalars['BigInt']['output']>;
  /** Nobody can choose it any more; who has it keeps it. */
  withdrawn: Scalars['Boolean']['output'];
};

/** The plan of an organisation, and how far it is used in the present period: a month of UTC. */
export type PlanSubscription = {
  __typename?: 'PlanSubscription';
  plan: Plan;
  /** The plan from the next period on; null where it stays. */
  nextPlan?: Maybe<Plan>;
  periodStart: Scalars['DateTime']['output'];
  /** When the next period begins, with all its requests. */
  periodEnd: Scalars['DateTime']['output'];
  /** Requests so far; those of the last second or so are not in it. */
  requests: Scalars['BigInt']['output'];
  /** Null where the plan has no limit. */
  remainingRequests?: Maybe<Scalars['BigInt']['output']>;
  /** Since when an overdue invoice restricts the requests to those of the cheapest plan; null where none does. */
  restrictedSince?: Maybe<Scalars['DateTime']['output']>;
};

export type ChangePlanInput = {
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** Such as `growth`. */
  planCode: Scalars['String']['input'];
};

export type PlanChanged = {
  __typename?: 'PlanChanged';
  subscription: PlanSubscription;
};

/** An overdue invoice restricts the plan: it is to be paid before another is chosen. */
export type PlanRestricted = Refusal & {
  __typename?: 'PlanRestricted';
  message: Scalars['String']['output'];
};

export type ChangePlanResult = PlanChanged | InvalidInput | PlanRestricted | IdempotencyConflict;

export type PluginStatus =
  | 'ENABLED'
  /** Asked nothing and sent nothing; settings, secrets and its events are kept. */
  | 'DISABLED';

/** Who stands behind a plugin. */
export type PluginLevel =
  /** Its organisation, for itself alone. */
  | 'PRIVATE'
  | 'COMMUNITY'
  /** The people who run the marketplace. */
  | 'CORE';

/** What happens to whatever asked where a hook does not answer. */
export type HookFailure =
  /** It goes on without. */
  | 'OPEN'
  /** It is refused. */
  | 'CLOSED';

/** A place of the domain at which a plugin has its say. */
export type PluginHook = {
  __typename?: 'PluginHook';
  /** Such as `price-adjustment`. */
  point: Scalars['String']['output'];
  timeBudgetMs: Scalars['Int']['output'];
  failure: HookFailure;
  /** Whether it is asked by a request to the plugin's own app; it runs in the sandbox where not. */
  remote: Scalars['Boolean']['output'];
};

/** The newest release of a plugin that fits this platform. */
export type MarketplacePlugin = {
  __typename?: 'MarketplacePlugin';
  name: Scalars['String']['output'];
  version: Scalars['String']['output'];
  title: Scalars['String']['output'];
  summary: Scalars['String']['output'];
  publisher: Scalars['String']['output'];
  level: PluginLevel;
  /** What it asks to be allowed. */
  scopes: Array<Scalars['String']['output']>;
  hooks: Array<PluginHook>;
  /** Types of events that it is sent. */
  eventTypes: Array<Scalars['String']['output']>;
  /** Hosts that its requests go to; `setting:NAME` for the host of that setting. */
  egress: Array<Scalars['String']['output']>;
  /** By name, as JSON: type, title, whether it is required, and its default. */
  settings: Scalars['String']['output'];
  secretNames: Array<Scalars['String']['output']>;
  /** As the organisation has it; null where it has not. */
  installed?: Maybe<Plugin>;
};

/** A plugin that an organisation installed. */
export type Plugin = Node & {
  __typename?: 'Plugin';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  version: Scalars['String']['output'];
  title: Scalars['String']['output'];
  summary: Scalars['String']['output'];
  publisher: Scalars['String']['output'];
  level: PluginLevel;
  status: PluginStatus;
  /** What it was allowed. */
  scopes: Array<Scalars['String']['output']>;
  hooks: Array<PluginHook>;
  eventTypes: Array<Scalars['String']['output']>;
  egress: Array<Scalars['String']['output']>;
  /** As JSON. */
  settings: Scalars['String']['output'];
  /** Those that are set; what they are is never shown. */
  secretNames: Array<Scalars['String']['output']>;
  installedAt: Scalars['DateTime']['output'];
  /** When its app took the API key that it acts with; null before, and for a plugin without an app or scopes. */
  keyHandedOverAt?: Maybe<Scalars['DateTime']['output']>;
  /** A newer release, and what it asks for beyond what is allowed; null where there is none. */
  upgrade?: Maybe<PluginUpgrade>;
  /** Newest first; a second or so late. `first` is at most 100. */
  calls: PluginCallConnection;
  /** By hook, over the last 1 to 720 hours. */
  usage: Array<PluginHookUsage>;
};

/** A plugin that an organisation installed. */
export type PluginCallsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
  failed?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A plugin that an organisation installed. */
export type PluginUsageArgs = {
  hours?: InputMaybe<Scalars['Int']['input']>;
};

export type PluginUpgrade = {
  __typename?: 'PluginUpgrade';
  version: Scalars['String']['output'];
  addedScopes: Array<Scalars['String']['output']>;
};

export type PluginConnection = {
  __typename?: 'PluginConnection';
  edges: Array<PluginEdge>;
  pageInfo: PageInfo;
};

export type PluginEdge = {
  __typename?: 'PluginEdge';
  cursor: Scalars['String']['output'];
  node: Plugin;
};

/** One answer of a plugin, or why there was none. */
export type PluginCall = {
  __typename?: 'PluginCall';
  point: Scalars['String']['output'];
  at: Scalars['DateTime']['output'];
  durationMs: Scalars['Float']['output'];
  /** `OK`, `TIMEOUT`, `FAILED`, `INVALID` (an answer that does not fit), or `SKIPPED` while its breaker is open. */
  outcome: Scalars['String']['output'];
  /** What went wrong. */
  message?: Maybe<Scalars['String']['output']>;
  correlationId: Scalars['String']['output'];
};

export type PluginCallConnection = {
  __typename?: 'PluginCallConnection';
  edges: Array<PluginCallEdge>;
  pageInfo: PageInfo;
};

export type PluginCallEdge = {
  __typename?: 'PluginCallEdge';
  cursor: Scalars['String']['output'];
  node: PluginCall;
};

export type PluginHookUsage = {
  __typename?: 'PluginHookUsage';
  point: Scalars['String']['output'];
  calls: Scalars['Int']['output'];
  failures: Scalars['Int']['output'];
  p50Ms: Scalars['Float']['output'];
  p99Ms: Scalars['Float']['output'];
};

export type PluginSecretInput = {
  name: Scalars['String']['input'];
  /** 1 to 4,000 characters. */
  value: Scalars['String']['input'];
};

export type InstallPluginInput = {
  /** The same key with the same input installs once; with another input it is refused. At most 200 characters. */
  idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  name: Scalars['String']['input'];
  /** The newest that fits unless given. */
  version?: InputMaybe<Scalars['String']['input']>;
  /** At least those that the plugin asks for, and none that the viewer has not. */
  approvedScopes: Array<Scalars['String']['input']>;
  /** As JSON. */
  settings?: InputMaybe<Scalars['String']['input']>;
  secrets?: InputMaybe<Array<PluginSecretInput>>;
};

export type PluginInstalled = {
  __typename?: 'PluginInstalled';
  plugin: Plugin;
  /** Signs the requests to its own app, as webhooks are signed; null for one without. Shown this once. */
  signingSecret?: Maybe<Scalars['String']['output']>;
};

/** It asks for more than was approved: look at what it wants, and approve it or leave it. */
export type ScopesNotApproved = Refusal & {
  __typename?: 'ScopesNotApproved';
  message: Scalars['String']['output'];
  scopes: Array<Scalars['String']['output']>;
};

/** It is not loaded: not genuine, older than what is there, made for another host, or there already. */
export type PluginRefused = Refusal & {
  __typename?: 'PluginRefused';
  message: Scalars['String']['output'];
};

export type InstallPluginResult =
  | PluginInstalled
  | ScopesNotApproved
  | PluginRefused
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type UpgradePluginInput = {
  id: Scalars['ID']['input'];
  /** The newest that fits unless given. */
  version?: InputMaybe<Scalars['String']['input']>;
  /** What is approved beside what is allowed already. */
  approvedScopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** What the newer release wants that the older did not know, as JSON. */
  settings?: InputMaybe<Scalars['String']['input']>;
  secrets?: InputMaybe<Array<PluginSecretInput>>;
};

export type PluginUpgraded = {
  __typename?: 'PluginUpgraded';
  plugin: Plugin;
};

export type UpgradePluginResult =
  PluginUpgraded | ScopesNotApproved | PluginRefused | InvalidInput | NotFound | Unavailable;

export type ConfigurePluginInput = {
  id: Scalars['ID']['input'];
  /** As JSON; a setting that is null goes back to its default. */
  settings?: InputMaybe<Scalars['String']['input']>;
  secrets?: InputMaybe<Array<PluginSecretInput>>;
};

export type PluginChanged = {
  __typename?: 'PluginChanged';
  plugin: Plugin;
};

export type ConfigurePluginResult = PluginChanged | InvalidInput | NotFound;

export type ChangePluginResult = PluginChanged | InvalidInput | NotFound;

export type PluginUninstalled = {
  __typename?: 'PluginUninstalled';
  id: Scalars['ID']['output'];
};

export type UninstallPluginResult = PluginUninstalled | InvalidInput | NotFound;

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
  PlatformInvoice: PlatformInvoice;
  Delivery: Delivery;
  WebhookEndpoint: WebhookEndpoint;
  Plugin: Plugin;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  PlatformInvoice: { __typename: 'PlatformInvoice' } & GraphQLRecursivePick<
    FederationTypes['PlatformInvoice'],
    { id: true }
  >;
  Delivery: { __typename: 'Delivery' } & GraphQLRecursivePick<FederationTypes['Delivery'], { id: true }>;
  WebhookEndpoint: { __typename: 'WebhookEndpoint' } & GraphQLRecursivePick<
    FederationTypes['WebhookEndpoint'],
    { id: true }
  >;
  Plugin: { __typename: 'Plugin' } & GraphQLRecursivePick<FederationTypes['Plugin'], { id: true }>;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  SetBillingDetailsResult:
    | (BillingDetailsSet & { __typename: 'BillingDetailsSet' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  ReplayDeliveriesResult:
    | (ReplayStarted & { __typename: 'ReplayStarted' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  SendTestEventResult:
    | (Omit<TestEventSent, 'delivery'> & { delivery: _RefType['Delivery'] } & { __typename: 'TestEventSent' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  CreateWebhookEndpointResult:
    | (Omit<WebhookEndpointCreated, 'endpoint'> & { endpoint: _RefType['WebhookEndpoint'] } & {
        __typename: 'WebhookEndpointCreated';
      })
    | (TooManyWebhookEndpoints & { __typename: 'TooManyWebhookEndpoints' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  UpdateWebhookEndpointResult:
    | (Omit<WebhookEndpointUpdated, 'endpoint'> & { endpoint: _RefType['WebhookEndpoint'] } & {
        __typename: 'WebhookEndpointUpdated';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  ChangeWebhookEndpointResult:
    | (Omit<WebhookEndpointChanged, 'endpoint'> & { endpoint: _RefType['WebhookEndpoint'] } & {
        __typename: 'WebhookEndpointChanged';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RotateWebhookSecretResult:
    | (Omit<WebhookSecretRotated, 'endpoint'> & { endpoint: _RefType['WebhookEndpoint'] } & {
        __typename: 'WebhookSecretRotated';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  DeleteWebhookEndpointResult:
    | (WebhookEndpointDeleted & { __typename: 'WebhookEndpointDeleted' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  ChangePlanResult:
    | (Omit<PlanChanged, 'subscription'> & { subscription: _RefType['PlanSubscription'] } & {
        __typename: 'PlanChanged';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (PlanRestricted & { __typename: 'PlanRestricted' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  InstallPluginResult:
    | (Omit<PluginInstalled, 'plugin'> & { plugin: _RefType['Plugin'] } & { __typename: 'PluginInstalled' })
    | (ScopesNotApproved & { __typename: 'ScopesNotApproved' })
    | (PluginRefused & { __typename: 'PluginRefused' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  UpgradePluginResult:
    | (Omit<PluginUpgraded, 'plugin'> & { plugin: _RefType['Plugin'] } & { __typename: 'PluginUpgraded' })
    | (ScopesNotApproved & { __typename: 'ScopesNotApproved' })
    | (PluginRefused & { __typename: 'PluginRefused' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  ConfigurePluginResult:
    | (Omit<PluginChanged, 'plugin'> & { plugin: _RefType['Plugin'] } & { __typename: 'PluginChanged' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  ChangePluginResult:
    | (Omit<PluginChanged, 'plugin'> & { plugin: _RefType['Plugin'] } & { __typename: 'PluginChanged' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  UninstallPluginResult:
    | (PluginUninstalled & { __typename: 'PluginUninstalled' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node: PlatformInvoiceModel | DeliveryModel | EndpointModel | PluginModel;
  Refusal:
    | InvalidInput
    | NotFound
    | IdempotencyConflict
    | Unavailable
    | NotYetAvailable
    | TooManyWebhookEndpoints
    | PlanRestricted
    | ScopesNotApproved
    | PluginRefused;
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
  PlatformInvoiceLineKind: PlatformInvoiceLineKind;
  PlatformInvoiceLine: ResolverTypeWrapper<
    Omit<PlatformInvoiceLine, 'plan'> & { plan: ResolversTypes['Plan'] }
  >;
  PlatformInvoiceStatus: PlatformInvoiceStatus;
  PlatformTaxTreatment: PlatformTaxTreatment;
  PlatformInvoiceTax: ResolverTypeWrapper<PlatformInvoiceTax>;
  PlatformInvoiceParty: ResolverTypeWrapper<PlatformInvoiceParty>;
  PlatformInvoicePayment: ResolverTypeWrapper<PlatformInvoicePayment>;
  PlatformCreditNote: ResolverTypeWrapper<CreditNoteModel>;
  PlatformInvoice: ResolverTypeWrapper<PlatformInvoiceModel>;
  PlatformInvoiceConnection: ResolverTypeWrapper<
    Omit<PlatformInvoiceConnection, 'edges'> & { edges: Array<ResolversTypes['PlatformInvoiceEdge']> }
  >;
  PlatformInvoiceEdge: ResolverTypeWrapper<
    Omit<PlatformInvoiceEdge, 'node'> & { node: ResolversTypes['PlatformInvoice'] }
  >;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  SetBillingDetailsInput: SetBillingDetailsInput;
  BillingDetailsSet: ResolverTypeWrapper<BillingDetailsSet>;
  SetBillingDetailsResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['SetBillingDetailsResult']
  >;
  EventTypeInfo: ResolverTypeWrapper<EventTypeInfo>;
  DeliveryStatus: DeliveryStatus;
  Delivery: ResolverTypeWrapper<DeliveryModel>;
  DeliveryAttempt: ResolverTypeWrapper<DeliveryAttempt>;
  DeliveryConnection: ResolverTypeWrapper<
    Omit<DeliveryConnection, 'edges'> & { edges: Array<ResolversTypes['DeliveryEdge']> }
  >;
  DeliveryEdge: ResolverTypeWrapper<Omit<DeliveryEdge, 'node'> & { node: ResolversTypes['Delivery'] }>;
  WebhookEndpoint: ResolverTypeWrapper<EndpointModel>;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayStarted: ResolverTypeWrapper<ReplayStarted>;
  ReplayDeliveriesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReplayDeliveriesResult']>;
  SendTestEventInput: SendTestEventInput;
  TestEventSent: ResolverTypeWrapper<
    Omit<TestEventSent, 'delivery'> & { delivery: ResolversTypes['Delivery'] }
  >;
  SendTestEventResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SendTestEventResult']>;
  WebhookEndpointStatus: WebhookEndpointStatus;
  WebhookEndpointConnection: ResolverTypeWrapper<
    Omit<WebhookEndpointConnection, 'edges'> & { edges: Array<ResolversTypes['WebhookEndpointEdge']> }
  >;
  WebhookEndpointEdge: ResolverTypeWrapper<
    Omit<WebhookEndpointEdge, 'node'> & { node: ResolversTypes['WebhookEndpoint'] }
  >;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  WebhookEndpointCreated: ResolverTypeWrapper<
    Omit<WebhookEndpointCreated, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }
  >;
  TooManyWebhookEndpoints: ResolverTypeWrapper<TooManyWebhookEndpoints>;
  CreateWebhookEndpointResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['CreateWebhookEndpointResult']
  >;
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  WebhookEndpointUpdated: ResolverTypeWrapper<
    Omit<WebhookEndpointUpdated, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }
  >;
  UpdateWebhookEndpointResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['UpdateWebhookEndpointResult']
  >;
  WebhookEndpointChanged: ResolverTypeWrapper<
    Omit<WebhookEndpointChanged, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }
  >;
  ChangeWebhookEndpointResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['ChangeWebhookEndpointResult']
  >;
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  WebhookSecretRotated: ResolverTypeWrapper<
    Omit<WebhookSecretRotated, 'endpoint'> & { endpoint: ResolversTypes['WebhookEndpoint'] }
  >;
  RotateWebhookSecretResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RotateWebhookSecretResult']
  >;
  WebhookEndpointDeleted: ResolverTypeWrapper<WebhookEndpointDeleted>;
  DeleteWebhookEndpointResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['DeleteWebhookEndpointResult']
  >;
  ApiUsage: ResolverTypeWrapper<ApiUsageModel>;
  ApiUsageConnection: ResolverTypeWrapper<ApiUsagePageModel>;
  ApiUsageEdge: ResolverTypeWrapper<Omit<ApiUsageEdge, 'node'> & { node: ResolversTypes['ApiUsage'] }>;
  ApiKey: ResolverTypeWrapper<ApiKey>;
  Plan: ResolverTypeWrapper<PlanModel>;
  PlanSubscription: ResolverTypeWrapper<
    Omit<PlanSubscription, 'plan' | 'nextPlan'> & {
      plan: ResolversTypes['Plan'];
      nextPlan?: Maybe<ResolversTypes['Plan']>;
    }
  >;
  ChangePlanInput: ChangePlanInput;
  PlanChanged: ResolverTypeWrapper<
    Omit<PlanChanged, 'subscription'> & { subscription: ResolversTypes['PlanSubscription'] }
  >;
  PlanRestricted: ResolverTypeWrapper<PlanRestricted>;
  ChangePlanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangePlanResult']>;
  PluginStatus: PluginStatus;
  PluginLevel: PluginLevel;
  HookFailure: HookFailure;
  PluginHook: ResolverTypeWrapper<ManifestHookModel>;
  MarketplacePlugin: ResolverTypeWrapper<ListingModel>;
  Plugin: ResolverTypeWrapper<PluginModel>;
  PluginUpgrade: ResolverTypeWrapper<PluginUpgrade>;
  PluginConnection: ResolverTypeWrapper<
    Omit<PluginConnection, 'edges'> & { edges: Array<ResolversTypes['PluginEdge']> }
  >;
  PluginEdge: ResolverTypeWrapper<Omit<PluginEdge, 'node'> & { node: ResolversTypes['Plugin'] }>;
  PluginCall: ResolverTypeWrapper<PluginCallModel>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  PluginCallConnection: ResolverTypeWrapper<
    Omit<PluginCallConnection, 'edges'> & { edges: Array<ResolversTypes['PluginCallEdge']> }
  >;
  PluginCallEdge: ResolverTypeWrapper<Omit<PluginCallEdge, 'node'> & { node: ResolversTypes['PluginCall'] }>;
  PluginHookUsage: ResolverTypeWrapper<PluginHookUsage>;
  PluginSecretInput: PluginSecretInput;
  InstallPluginInput: InstallPluginInput;
  PluginInstalled: ResolverTypeWrapper<
    Omit<PluginInstalled, 'plugin'> & { plugin: ResolversTypes['Plugin'] }
  >;
  ScopesNotApproved: ResolverTypeWrapper<ScopesNotApproved>;
  PluginRefused: ResolverTypeWrapper<PluginRefused>;
  InstallPluginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['InstallPluginResult']>;
  UpgradePluginInput: UpgradePluginInput;
  PluginUpgraded: ResolverTypeWrapper<Omit<PluginUpgraded, 'plugin'> & { plugin: ResolversTypes['Plugin'] }>;
  UpgradePluginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpgradePluginResult']>;
  ConfigurePluginInput: ConfigurePluginInput;
  PluginChanged: ResolverTypeWrapper<Omit<PluginChanged, 'plugin'> & { plugin: ResolversTypes['Plugin'] }>;
  ConfigurePluginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ConfigurePluginResult']>;
  ChangePluginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ChangePluginResult']>;
  PluginUninstalled: ResolverTypeWrapper<PluginUninstalled>;
  UninstallPluginResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UninstallPluginResult']>;
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
  PlatformInvoiceLine: Omit<PlatformInvoiceLine, 'plan'> & { plan: ResolversParentTypes['Plan'] };
  PlatformInvoiceTax: PlatformInvoiceTax;
  PlatformInvoiceParty: PlatformInvoiceParty;
  PlatformInvoicePayment: PlatformInvoicePayment;
  PlatformCreditNote: CreditNoteModel;
  PlatformInvoice: PlatformInvoiceModel;
  PlatformInvoiceConnection: Omit<PlatformInvoiceConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['PlatformInvoiceEdge']>;
  };
  PlatformInvoiceEdge: Omit<PlatformInvoiceEdge, 'node'> & { node: ResolversParentTypes['PlatformInvoice'] };
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  SetBillingDetailsInput: SetBillingDetailsInput;
  BillingDetailsSet: BillingDetailsSet;
  SetBillingDetailsResult: ResolversUnionTypes<ResolversParentTypes>['SetBillingDetailsResult'];
  EventTypeInfo: EventTypeInfo;
  Delivery: DeliveryModel;
  DeliveryAttempt: DeliveryAttempt;
  DeliveryConnection: Omit<DeliveryConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['DeliveryEdge']>;
  };
  DeliveryEdge: Omit<DeliveryEdge, 'node'> & { node: ResolversParentTypes['Delivery'] };
  WebhookEndpoint: EndpointModel;
  ReplayDeliveriesInput: ReplayDeliveriesInput;
  ReplayStarted: ReplayStarted;
  ReplayDeliveriesResult: ResolversUnionTypes<ResolversParentTypes>['ReplayDeliveriesResult'];
  SendTestEventInput: SendTestEventInput;
  TestEventSent: Omit<TestEventSent, 'delivery'> & { delivery: ResolversParentTypes['Delivery'] };
  SendTestEventResult: ResolversUnionTypes<ResolversParentTypes>['SendTestEventResult'];
  WebhookEndpointConnection: Omit<WebhookEndpointConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['WebhookEndpointEdge']>;
  };
  WebhookEndpointEdge: Omit<WebhookEndpointEdge, 'node'> & { node: ResolversParentTypes['WebhookEndpoint'] };
  Subscription: Record<PropertyKey, never>;
  CreateWebhookEndpointInput: CreateWebhookEndpointInput;
  WebhookEndpointCreated: Omit<WebhookEndpointCreated, 'endpoint'> & {
    endpoint: ResolversParentTypes['WebhookEndpoint'];
  };
  TooManyWebhookEndpoints: TooManyWebhookEndpoints;
  CreateWebhookEndpointResult: ResolversUnionTypes<ResolversParentTypes>['CreateWebhookEndpointResult'];
  UpdateWebhookEndpointInput: UpdateWebhookEndpointInput;
  WebhookEndpointUpdated: Omit<WebhookEndpointUpdated, 'endpoint'> & {
    endpoint: ResolversParentTypes['WebhookEndpoint'];
  };
  UpdateWebhookEndpointResult: ResolversUnionTypes<ResolversParentTypes>['UpdateWebhookEndpointResult'];
  WebhookEndpointChanged: Omit<WebhookEndpointChanged, 'endpoint'> & {
    endpoint: ResolversParentTypes['WebhookEndpoint'];
  };
  ChangeWebhookEndpointResult: ResolversUnionTypes<ResolversParentTypes>['ChangeWebhookEndpointResult'];
  RotateWebhookSecretInput: RotateWebhookSecretInput;
  WebhookSecretRotated: Omit<WebhookSecretRotated, 'endpoint'> & {
    endpoint: ResolversParentTypes['WebhookEndpoint'];
  };
  RotateWebhookSecretResult: ResolversUnionTypes<ResolversParentTypes>['RotateWebhookSecretResult'];
  WebhookEndpointDeleted: WebhookEndpointDeleted;
  DeleteWebhookEndpointResult: ResolversUnionTypes<ResolversParentTypes>['DeleteWebhookEndpointResult'];
  ApiUsage: ApiUsageModel;
  ApiUsageConnection: ApiUsagePageModel;
  ApiUsageEdge: Omit<ApiUsageEdge, 'node'> & { node: ResolversParentTypes['ApiUsage'] };
  ApiKey: ApiKey;
  Plan: PlanModel;
  PlanSubscription: Omit<PlanSubscription, 'plan' | 'nextPlan'> & {
    plan: ResolversParentTypes['Plan'];
    nextPlan?: Maybe<ResolversParentTypes['Plan']>;
  };
  ChangePlanInput: ChangePlanInput;
  PlanChanged: Omit<PlanChanged, 'subscription'> & { subscription: ResolversParentTypes['PlanSubscription'] };
  PlanRestricted: PlanRestricted;
  ChangePlanResult: ResolversUnionTypes<ResolversParentTypes>['ChangePlanResult'];
  PluginHook: ManifestHookModel;
  MarketplacePlugin: ListingModel;
  Plugin: PluginModel;
  PluginUpgrade: PluginUpgrade;
  PluginConnection: Omit<PluginConnection, 'edges'> & { edges: Array<ResolversParentTypes['PluginEdge']> };
  PluginEdge: Omit<PluginEdge, 'node'> & { node: ResolversParentTypes['Plugin'] };
  PluginCall: PluginCallModel;
  Float: Scalars['Float']['output'];
  PluginCallConnection: Omit<PluginCallConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['PluginCallEdge']>;
  };
  PluginCallEdge: Omit<PluginCallEdge, 'node'> & { node: ResolversParentTypes['PluginCall'] };
  PluginHookUsage: PluginHookUsage;
  PluginSecretInput: PluginSecretInput;
  InstallPluginInput: InstallPluginInput;
  PluginInstalled: Omit<PluginInstalled, 'plugin'> & { plugin: ResolversParentTypes['Plugin'] };
  ScopesNotApproved: ScopesNotApproved;
  PluginRefused: PluginRefused;
  InstallPluginResult: ResolversUnionTypes<ResolversParentTypes>['InstallPluginResult'];
  UpgradePluginInput: UpgradePluginInput;
  PluginUpgraded: Omit<PluginUpgraded, 'plugin'> & { plugin: ResolversParentTypes['Plugin'] };
  UpgradePluginResult: ResolversUnionTypes<ResolversParentTypes>['UpgradePluginResult'];
  ConfigurePluginInput: ConfigurePluginInput;
  PluginChanged: Omit<PluginChanged, 'plugin'> & { plugin: ResolversParentTypes['Plugin'] };
  ConfigurePluginResult: ResolversUnionTypes<ResolversParentTypes>['ConfigurePluginResult'];
  ChangePluginResult: ResolversUnionTypes<ResolversParentTypes>['ChangePluginResult'];
  PluginUninstalled: PluginUninstalled;
  UninstallPluginResult: ResolversUnionTypes<ResolversParentTypes>['UninstallPluginResult'];
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
    'PlatformInvoice' | 'Delivery' | 'WebhookEndpoint' | 'Plugin',
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
    | 'TooManyWebhookEndpoints'
    | 'PlanRestricted'
    | 'ScopesNotApproved'
    | 'PluginRefused',
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

export type PlatformInvoiceLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoiceLine'] =
    ResolversParentTypes['PlatformInvoiceLine'],
> = {
  kind?: Resolver<ResolversTypes['PlatformInvoiceLineKind'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  days?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PlatformInvoiceTaxResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoiceTax'] = ResolversParentTypes['PlatformInvoiceTax'],
> = {
  treatment?: Resolver<ResolversTypes['PlatformTaxTreatment'], ParentType, ContextType>;
  name?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rateBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PlatformInvoicePartyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoiceParty'] =
    ResolversParentTypes['PlatformInvoiceParty'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  vatId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlatformInvoicePaymentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoicePayment'] =
    ResolversParentTypes['PlatformInvoicePayment'],
> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  receivedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  reference?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlatformCreditNoteResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformCreditNote'] = ResolversParentTypes['PlatformCreditNote'],
> = {
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  pdfUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PlatformInvoiceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoice'] = ResolversParentTypes['PlatformInvoice'],
  FederationReferenceType extends FederationReferenceTypes['PlatformInvoice'] =
    FederationReferenceTypes['PlatformInvoice'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['PlatformInvoice']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  periodStart?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  periodEnd?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['PlatformInvoiceLine']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['PlatformInvoiceTax'], ParentType, ContextType>;
  gross?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  due?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PlatformInvoiceStatus'], ParentType, ContextType>;
  seller?: Resolver<Maybe<ResolversTypes['PlatformInvoiceParty']>, ParentType, ContextType>;
  customer?: Resolver<Maybe<ResolversTypes['PlatformInvoiceParty']>, ParentType, ContextType>;
  payments?: Resolver<Array<ResolversTypes['PlatformInvoicePayment']>, ParentType, ContextType>;
  creditNotes?: Resolver<Array<ResolversTypes['PlatformCreditNote']>, ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  pdfUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlatformInvoiceConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoiceConnection'] =
    ResolversParentTypes['PlatformInvoiceConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['PlatformInvoiceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PlatformInvoiceEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlatformInvoiceEdge'] =
    ResolversParentTypes['PlatformInvoiceEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PlatformInvoice'], ParentType, ContextType>;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  platformInvoices?: Resolver<
    ResolversTypes['PlatformInvoiceConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryPlatformInvoicesArgs, 'first'>
  >;
  billingDetails?: Resolver<Maybe<ResolversTypes['PlatformInvoiceParty']>, ParentType, ContextType>;
  eventTypes?: Resolver<
    Array<ResolversTypes['EventTypeInfo']>,
    ParentType,
    ContextType,
    Partial<QueryEventTypesArgs>
  >;
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
  apiUsage?: Resolver<
    ResolversTypes['ApiUsageConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryApiUsageArgs, 'first'>
  >;
  plans?: Resolver<Array<ResolversTypes['Plan']>, ParentType, ContextType>;
  planSubscription?: Resolver<ResolversTypes['PlanSubscription'], ParentType, ContextType>;
  marketplacePlugins?: Resolver<
    Array<ResolversTypes['MarketplacePlugin']>,
    ParentType,
    ContextType,
    RequireFields<QueryMarketplacePluginsArgs, 'first'>
  >;
  plugin?: Resolver<
    Maybe<ResolversTypes['Plugin']>,
    ParentType,
    ContextType,
    RequireFields<QueryPluginArgs, 'id'>
  >;
  plugins?: Resolver<
    ResolversTypes['PluginConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryPluginsArgs, 'first'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  setBillingDetails?: Resolver<
    ResolversTypes['SetBillingDetailsResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetBillingDetailsArgs, 'input'>
  >;
  replayDeliveries?: Resolver<
    ResolversTypes['ReplayDeliveriesResult'],
    ParentType,
    ContextType,
    RequireFields<MutationReplayDeliveriesArgs, 'input'>
  >;
  sendTestEvent?: Resolver<
    ResolversTypes['SendTestEventResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSendTestEventArgs, 'input'>
  >;
  createWebhookEndpoint?: Resolver<
    ResolversTypes['CreateWebhookEndpointResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateWebhookEndpointArgs, 'input'>
  >;
  updateWebhookEndpoint?: Resolver<
    ResolversTypes['UpdateWebhookEndpointResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateWebhookEndpointArgs, 'input'>
  >;
  pauseWebhookEndpoint?: Resolver<
    ResolversTypes['ChangeWebhookEndpointResult'],
    ParentType,
    ContextType,
    RequireFields<MutationPauseWebhookEndpointArgs, 'id'>
  >;
  resumeWebhookEndpoint?: Resolver<
    ResolversTypes['ChangeWebhookEndpointResult'],
    ParentType,
    ContextType,
    RequireFields<MutationResumeWebhookEndpointArgs, 'id'>
  >;
  rotateWebhookSecret?: Resolver<
    ResolversTypes['RotateWebhookSecretResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRotateWebhookSecretArgs, 'input'>
  >;
  deleteWebhookEndpoint?: Resolver<
    ResolversTypes['DeleteWebhookEndpointResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteWebhookEndpointArgs, 'id'>
  >;
  changePlan?: Resolver<
    ResolversTypes['ChangePlanResult'],
    ParentType,
    ContextType,
    RequireFields<MutationChangePlanArgs, 'input'>
  >;
  installPlugin?: Resolver<
    ResolversTypes['InstallPluginResult'],
    ParentType,
    ContextType,
    RequireFields<MutationInstallPluginArgs, 'input'>
  >;
  upgradePlugin?: Resolver<
    ResolversTypes['UpgradePluginResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpgradePluginArgs, 'input'>
  >;
  configurePlugin?: Resolver<
    ResolversTypes['ConfigurePluginResult'],
    ParentType,
    ContextType,
    RequireFields<MutationConfigurePluginArgs, 'input'>
  >;
  disablePlugin?: Resolver<
    ResolversTypes['ChangePluginResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDisablePluginArgs, 'id'>
  >;
  enablePlugin?: Resolver<
    ResolversTypes['ChangePluginResult'],
    ParentType,
    ContextType,
    RequireFields<MutationEnablePluginArgs, 'id'>
  >;
  uninstallPlugin?: Resolver<
    ResolversTypes['UninstallPluginResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUninstallPluginArgs, 'id'>
  >;
};

export type BillingDetailsSetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BillingDetailsSet'] = ResolversParentTypes['BillingDetailsSet'],
> = {
  billingDetails?: Resolver<ResolversTypes['PlatformInvoiceParty'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetBillingDetailsResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetBillingDetailsResult'] =
    ResolversParentTypes['SetBillingDetailsResult'],
> = {
  __resolveType: TypeResolveFn<
    'BillingDetailsSet' | 'InvalidInput' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type EventTypeInfoResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EventTypeInfo'] = ResolversParentTypes['EventTypeInfo'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  service?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  schema?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sample?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  eventId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventType?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DeliveryStatus'], ParentType, ContextType>;
  attempts?: Resolver<Array<ResolversTypes['DeliveryAttempt']>, ParentType, ContextType>;
  nextAttemptAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endpoint?: Resolver<Maybe<ResolversTypes['WebhookEndpoint']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  response?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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
  deliveries?: Resolver<
    ResolversTypes['DeliveryConnection'],
    ParentType,
    ContextType,
    RequireFields<WebhookEndpointDeliveriesArgs, 'first'>
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  eventTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  pinnedVersion?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WebhookEndpointStatus'], ParentType, ContextType>;
  disabledBecause?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  filter?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  selection?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ordered?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ratePerSecond?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  publicKey?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayStartedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReplayStarted'] = ResolversParentTypes['ReplayStarted'],
> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  more?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ReplayDeliveriesResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReplayDeliveriesResult'] =
    ResolversParentTypes['ReplayDeliveriesResult'],
> = {
  __resolveType: TypeResolveFn<
    'ReplayStarted' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type TestEventSentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TestEventSent'] = ResolversParentTypes['TestEventSent'],
> = {
  delivery?: Resolver<ResolversTypes['Delivery'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SendTestEventResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SendTestEventResult'] =
    ResolversParentTypes['SendTestEventResult'],
> = {
  __resolveType: TypeResolveFn<'TestEventSent' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
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

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription'],
> = {
  webhookEndpointChanged?: SubscriptionResolver<
    Maybe<ResolversTypes['WebhookEndpoint']>,
    'webhookEndpointChanged',
    ParentType,
    ContextType,
    RequireFields<SubscriptionWebhookEndpointChangedArgs, 'endpointId'>
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

export type TooManyWebhookEndpointsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TooManyWebhookEndpoints'] =
    ResolversParentTypes['TooManyWebhookEndpoints'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateWebhookEndpointResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateWebhookEndpointResult'] =
    ResolversParentTypes['CreateWebhookEndpointResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'WebhookEndpointCreated'
    | 'TooManyWebhookEndpoints'
    | 'InvalidInput'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type WebhookEndpointUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpointUpdated'] =
    ResolversParentTypes['WebhookEndpointUpdated'],
> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpdateWebhookEndpointResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateWebhookEndpointResult'] =
    ResolversParentTypes['UpdateWebhookEndpointResult'],
> = {
  __resolveType: TypeResolveFn<
    'WebhookEndpointUpdated' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type WebhookEndpointChangedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpointChanged'] =
    ResolversParentTypes['WebhookEndpointChanged'],
> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangeWebhookEndpointResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ChangeWebhookEndpointResult'] =
    ResolversParentTypes['ChangeWebhookEndpointResult'],
> = {
  __resolveType: TypeResolveFn<
    'WebhookEndpointChanged' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type WebhookSecretRotatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookSecretRotated'] =
    ResolversParentTypes['WebhookSecretRotated'],
> = {
  endpoint?: Resolver<ResolversTypes['WebhookEndpoint'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RotateWebhookSecretResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RotateWebhookSecretResult'] =
    ResolversParentTypes['RotateWebhookSecretResult'],
> = {
  __resolveType: TypeResolveFn<
    'WebhookSecretRotated' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type WebhookEndpointDeletedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WebhookEndpointDeleted'] =
    ResolversParentTypes['WebhookEndpointDeleted'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteWebhookEndpointResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeleteWebhookEndpointResult'] =
    ResolversParentTypes['DeleteWebhookEndpointResult'],
> = {
  __resolveType: TypeResolveFn<
    'WebhookEndpointDeleted' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type ApiUsageResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiUsage'] = ResolversParentTypes['ApiUsage'],
> = {
  day?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  apiKey?: Resolver<Maybe<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  operation?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type ApiUsageConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiUsageConnection'] = ResolversParentTypes['ApiUsageConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['ApiUsageEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalRequests?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
};

export type ApiUsageEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiUsageEdge'] = ResolversParentTypes['ApiUsageEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiUsage'], ParentType, ContextType>;
};

export type ApiKeyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type PlanResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Plan'] = ResolversParentTypes['Plan'],
> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  monthlyFee?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  includedRequests?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  pricePerThousand?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  requestLimit?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  withdrawn?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PlanSubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlanSubscription'] = ResolversParentTypes['PlanSubscription'],
> = {
  plan?: Resolver<ResolversTypes['Plan'], ParentType, ContextType>;
  nextPlan?: Resolver<Maybe<ResolversTypes['Plan']>, ParentType, ContextType>;
  periodStart?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  periodEnd?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  requests?: Resolver<ResolversTypes['BigInt'], ParentType, ContextType>;
  remainingRequests?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  restrictedSince?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PlanChangedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlanChanged'] = ResolversParentTypes['PlanChanged'],
> = {
  subscription?: Resolver<ResolversTypes['PlanSubscription'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlanRestrictedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlanRestricted'] = ResolversParentTypes['PlanRestricted'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ChangePlanResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ChangePlanResult'] = ResolversParentTypes['ChangePlanResult'],
> = {
  __resolveType: TypeResolveFn<
    'PlanChanged' | 'InvalidInput' | 'PlanRestricted' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type PluginHookResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginHook'] = ResolversParentTypes['PluginHook'],
> = {
  point?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeBudgetMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failure?: Resolver<ResolversTypes['HookFailure'], ParentType, ContextType>;
  remote?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type MarketplacePluginResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['MarketplacePlugin'] = ResolversParentTypes['MarketplacePlugin'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publisher?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['PluginLevel'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  hooks?: Resolver<Array<ResolversTypes['PluginHook']>, ParentType, ContextType>;
  eventTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  egress?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  secretNames?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  installed?: Resolver<Maybe<ResolversTypes['Plugin']>, ParentType, ContextType>;
};

export type PluginResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Plugin'] = ResolversParentTypes['Plugin'],
  FederationReferenceType extends FederationReferenceTypes['Plugin'] = FederationReferenceTypes['Plugin'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Plugin']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  summary?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  publisher?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  level?: Resolver<ResolversTypes['PluginLevel'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PluginStatus'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  hooks?: Resolver<Array<ResolversTypes['PluginHook']>, ParentType, ContextType>;
  eventTypes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  egress?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  settings?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  secretNames?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  installedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  keyHandedOverAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  upgrade?: Resolver<Maybe<ResolversTypes['PluginUpgrade']>, ParentType, ContextType>;
  calls?: Resolver<
    ResolversTypes['PluginCallConnection'],
    ParentType,
    ContextType,
    RequireFields<PluginCallsArgs, 'first'>
  >;
  usage?: Resolver<
    Array<ResolversTypes['PluginHookUsage']>,
    ParentType,
    ContextType,
    RequireFields<PluginUsageArgs, 'hours'>
  >;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PluginUpgradeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginUpgrade'] = ResolversParentTypes['PluginUpgrade'],
> = {
  version?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  addedScopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PluginConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginConnection'] = ResolversParentTypes['PluginConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['PluginEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PluginEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginEdge'] = ResolversParentTypes['PluginEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Plugin'], ParentType, ContextType>;
};

export type PluginCallResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginCall'] = ResolversParentTypes['PluginCall'],
> = {
  point?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  durationMs?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  correlationId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PluginCallConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginCallConnection'] =
    ResolversParentTypes['PluginCallConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['PluginCallEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PluginCallEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginCallEdge'] = ResolversParentTypes['PluginCallEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PluginCall'], ParentType, ContextType>;
};

export type PluginHookUsageResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginHookUsage'] = ResolversParentTypes['PluginHookUsage'],
> = {
  point?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  calls?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failures?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  p50Ms?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  p99Ms?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
};

export type PluginInstalledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginInstalled'] = ResolversParentTypes['PluginInstalled'],
> = {
  plugin?: Resolver<ResolversTypes['Plugin'], ParentType, ContextType>;
  signingSecret?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScopesNotApprovedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScopesNotApproved'] = ResolversParentTypes['ScopesNotApproved'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  scopes?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PluginRefusedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginRefused'] = ResolversParentTypes['PluginRefused'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstallPluginResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InstallPluginResult'] =
    ResolversParentTypes['InstallPluginResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'PluginInstalled'
    | 'ScopesNotApproved'
    | 'PluginRefused'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type PluginUpgradedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginUpgraded'] = ResolversParentTypes['PluginUpgraded'],
> = {
  plugin?: Resolver<ResolversTypes['Plugin'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UpgradePluginResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpgradePluginResult'] =
    ResolversParentTypes['UpgradePluginResult'],
> = {
  __resolveType: TypeResolveFn<
    'PluginUpgraded' | 'ScopesNotApproved' | 'PluginRefused' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type PluginChangedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginChanged'] = ResolversParentTypes['PluginChanged'],
> = {
  plugin?: Resolver<ResolversTypes['Plugin'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ConfigurePluginResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ConfigurePluginResult'] =
    ResolversParentTypes['ConfigurePluginResult'],
> = {
  __resolveType: TypeResolveFn<'PluginChanged' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type ChangePluginResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ChangePluginResult'] = ResolversParentTypes['ChangePluginResult'],
> = {
  __resolveType: TypeResolveFn<'PluginChanged' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type PluginUninstalledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PluginUninstalled'] = ResolversParentTypes['PluginUninstalled'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UninstallPluginResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UninstallPluginResult'] =
    ResolversParentTypes['UninstallPluginResult'],
> = {
  __resolveType: TypeResolveFn<'PluginUninstalled' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
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
  PlatformInvoiceLine?: PlatformInvoiceLineResolvers<ContextType>;
  PlatformInvoiceTax?: PlatformInvoiceTaxResolvers<ContextType>;
  PlatformInvoiceParty?: PlatformInvoicePartyResolvers<ContextType>;
  PlatformInvoicePayment?: PlatformInvoicePaymentResolvers<ContextType>;
  PlatformCreditNote?: PlatformCreditNoteResolvers<ContextType>;
  PlatformInvoice?: PlatformInvoiceResolvers<ContextType>;
  PlatformInvoiceConnection?: PlatformInvoiceConnectionResolvers<ContextType>;
  PlatformInvoiceEdge?: PlatformInvoiceEdgeResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  BillingDetailsSet?: BillingDetailsSetResolvers<ContextType>;
  SetBillingDetailsResult?: SetBillingDetailsResultResolvers<ContextType>;
  EventTypeInfo?: EventTypeInfoResolvers<ContextType>;
  Delivery?: DeliveryResolvers<ContextType>;
  DeliveryAttempt?: DeliveryAttemptResolvers<ContextType>;
  DeliveryConnection?: DeliveryConnectionResolvers<ContextType>;
  DeliveryEdge?: DeliveryEdgeResolvers<ContextType>;
  WebhookEndpoint?: WebhookEndpointResolvers<ContextType>;
  ReplayStarted?: ReplayStartedResolvers<ContextType>;
  ReplayDeliveriesResult?: ReplayDeliveriesResultResolvers<ContextType>;
  TestEventSent?: TestEventSentResolvers<ContextType>;
  SendTestEventResult?: SendTestEventResultResolvers<ContextType>;
  WebhookEndpointConnection?: WebhookEndpointConnectionResolvers<ContextType>;
  WebhookEndpointEdge?: WebhookEndpointEdgeResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  WebhookEndpointCreated?: WebhookEndpointCreatedResolvers<ContextType>;
  TooManyWebhookEndpoints?: TooManyWebhookEndpointsResolvers<ContextType>;
  CreateWebhookEndpointResult?: CreateWebhookEndpointResultResolvers<ContextType>;
  WebhookEndpointUpdated?: WebhookEndpointUpdatedResolvers<ContextType>;
  UpdateWebhookEndpointResult?: UpdateWebhookEndpointResultResolvers<ContextType>;
  WebhookEndpointChanged?: WebhookEndpointChangedResolvers<ContextType>;
  ChangeWebhookEndpointResult?: ChangeWebhookEndpointResultResolvers<ContextType>;
  WebhookSecretRotated?: WebhookSecretRotatedResolvers<ContextType>;
  RotateWebhookSecretResult?: RotateWebhookSecretResultResolvers<ContextType>;
  WebhookEndpointDeleted?: WebhookEndpointDeletedResolvers<ContextType>;
  DeleteWebhookEndpointResult?: DeleteWebhookEndpointResultResolvers<ContextType>;
  ApiUsage?: ApiUsageResolvers<ContextType>;
  ApiUsageConnection?: ApiUsageConnectionResolvers<ContextType>;
  ApiUsageEdge?: ApiUsageEdgeResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  Plan?: PlanResolvers<ContextType>;
  PlanSubscription?: PlanSubscriptionResolvers<ContextType>;
  PlanChanged?: PlanChangedResolvers<ContextType>;
  PlanRestricted?: PlanRestrictedResolvers<ContextType>;
  ChangePlanResult?: ChangePlanResultResolvers<ContextType>;
  PluginHook?: PluginHookResolvers<ContextType>;
  MarketplacePlugin?: MarketplacePluginResolvers<ContextType>;
  Plugin?: PluginResolvers<ContextType>;
  PluginUpgrade?: PluginUpgradeResolvers<ContextType>;
  PluginConnection?: PluginConnectionResolvers<ContextType>;
  PluginEdge?: PluginEdgeResolvers<ContextType>;
  PluginCall?: PluginCallResolvers<ContextType>;
  PluginCallConnection?: PluginCallConnectionResolvers<ContextType>;
  PluginCallEdge?: PluginCallEdgeResolvers<ContextType>;
  PluginHookUsage?: PluginHookUsageResolvers<ContextType>;
  PluginInstalled?: PluginInstalledResolvers<ContextType>;
  ScopesNotApproved?: ScopesNotApprovedResolvers<ContextType>;
  PluginRefused?: PluginRefusedResolvers<ContextType>;
  InstallPluginResult?: InstallPluginResultResolvers<ContextType>;
  PluginUpgraded?: PluginUpgradedResolvers<ContextType>;
  UpgradePluginResult?: UpgradePluginResultResolvers<ContextType>;
  PluginChanged?: PluginChangedResolvers<ContextType>;
  ConfigurePluginResult?: ConfigurePluginResultResolvers<ContextType>;
  ChangePluginResult?: ChangePluginResultResolvers<ContextType>;
  PluginUninstalled?: PluginUninstalledResolvers<ContextType>;
  UninstallPluginResult?: UninstallPluginResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
