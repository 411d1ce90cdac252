// Made by `npm run generate` from the schema and the operations of the contract. Do not edit.
import type { TypedDocument } from '../document.ts';

/** Every `extensions.code` of the graph. */
export type ErrorCode =
  | 'GRAPHQL_PARSE_FAILED'
  | 'GRAPHQL_VALIDATION_FAILED'
  | 'OPERATION_RESOLUTION_FAILURE'
  | 'BAD_USER_INPUT'
  | 'BAD_REQUEST'
  | 'BODY_TOO_LARGE'
  | 'HEADERS_TOO_LARGE'
  | 'UNSUPPORTED_MEDIA_TYPE'
  | 'UNSUPPORTED_ENCODING'
  | 'METHOD_NOT_ALLOWED'
  | 'NOT_FOUND'
  | 'REQUEST_TIMEOUT'
  | 'LIMIT_EXCEEDED'
  | 'RATE_LIMITED'
  | 'PLAN_SPENT'
  | 'PLAN_RESTRICTED'
  | 'PERSISTED_QUERY_NOT_FOUND'
  | 'DOCUMENT_NOT_TRUSTED'
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'SUBGRAPH_UNAVAILABLE'
  | 'UNAVAILABLE'
  | 'DEADLINE_EXCEEDED'
  | 'DOWNSTREAM_SERVICE_ERROR'
  | 'DATA_INCOMPLETE'
  | 'INTERNAL_SERVER_ERROR';

/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> =
  T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type AddressInput = {
  readonly line1: string;
  readonly line2?: string | null | undefined;
  readonly postalCode?: string | null | undefined;
  readonly city: string;
  readonly region?: string | null | undefined;
  readonly countryCode: string;
};

export type AnswerInput = {
  /** Needed where several holds of the cart have the type. */
  readonly holdId?: string | null | undefined;
  readonly ticketTypeId: string;
  /** Which of the tickets of that type, from 0. */
  readonly place: number;
  readonly questionId: string;
  /** Empty takes an answer back that is not required. */
  readonly value: string;
};

export type AvailabilityStatus =
  /** Nothing is for sale: a draft, cancelled, past, or without ticket types. */
  | 'NOT_ON_SALE'
  | 'AVAILABLE'
  /** A tenth or less is left. */
  | 'LIMITED'
  | 'SOLD_OUT';

export type BusinessInput = {
  readonly name: string;
  /** ISO 3166-1, two letters. */
  readonly countryCode: string;
  /** With the country's prefix, such as `DE123456789`. */
  readonly vatId: string;
};

export type CheckOutGuestInput = {
  readonly email: string;
  readonly name: string;
};

export type CheckOutInput = {
  readonly idempotencyKey: string;
  /** The hold to buy; or several by `holdIds`. */
  readonly holdId?: string | null | undefined;
  /** A cart: holds of one or of several occurrences, in one currency. */
  readonly holdIds?: ReadonlyArray<string> | null | undefined;
  readonly guest: CheckOutGuestInput;
  readonly voucherCode?: string | null | undefined;
  /** A business that buys, with its VAT id: reverse charge where the organisation says so. */
  readonly business?: BusinessInput | null | undefined;
  /** To the events' questions, for each ticket. */
  readonly answers?: ReadonlyArray<AnswerInput> | null | undefined;
  /** Leaves it a draft, to be looked over and submitted. */
  readonly draft?: boolean | null | undefined;
  /** By the payment plan that is offered for this cart (`quote` tells it); refused where there is none. */
  readonly payInInstalments?: boolean | null | undefined;
};

export type CreateEventInput = {
  readonly idempotencyKey: string;
  readonly title: string;
  readonly description?: string | null | undefined;
  readonly seriesId?: string | null | undefined;
  readonly spaceId?: string | null | undefined;
  readonly timeZone: string;
  readonly startsAtLocal: string;
  readonly durationMinutes: number;
  /** RRULE without its name, such as FREQ=WEEKLY;COUNT=4. */
  readonly recurrence?: string | null | undefined;
  /** Further starts besides the rule's. */
  readonly rdates?: ReadonlyArray<string> | null | undefined;
  /** Starts of the rule that do not happen. */
  readonly exdates?: ReadonlyArray<string> | null | undefined;
  readonly overrides?: ReadonlyArray<OccurrenceOverrideInput> | null | undefined;
};

export type CreateSpaceInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly venueId: string;
  readonly name: string;
  readonly capacity: number;
};

export type CreateTicketTypeInput = {
  readonly eventId: string;
  readonly name: string;
  readonly price: MoneyInput;
  /** Tickets for each occurrence of the event. */
  readonly quotaSize: number;
  /** Ten when absent. */
  readonly maxPerOrder?: number | null | undefined;
  /** A section of the space's seat map (seats are chosen then) or a general-admission area. */
  readonly sectionName?: string | null | undefined;
};

export type CreateVenueInput = {
  /** With a key, sending the same request again answers the same venue. */
  readonly idempotencyKey?: string | null | undefined;
  readonly name: string;
  readonly timeZone: string;
  readonly address: AddressInput;
  readonly location?: GeoPointInput | null | undefined;
};

export type CreateWebhookEndpointInput = {
  /** The same key with the same input makes one endpoint; with another input it is refused. At most 200 characters. */
  readonly idempotencyKey?: string | null | undefined;
  /** `https://` and a public address; no user name or password. */
  readonly url: string;
  /** 1 to 100 types, or patterns: `tickets.*`, `*`. */
  readonly eventTypes: ReadonlyArray<string>;
  /**
   * A GraphQL query that makes the payload's `data`, instead of the event's own. Its variables are named like fields of the
   * event: `query ($orderId: ID!) { order(id: $orderId) { number } }`. Rendered with what its creator may read.
   */
  readonly selection?: string | null | undefined;
  /** Whether an event waits until the one before it was delivered. Slower, and one that fails holds up the rest. */
  readonly ordered?: boolean | null | undefined;
  /** A filter over the message in the language of MongoDB, as JSON: `{"data.total.currency": "EUR"}`. */
  readonly filter?: string | null | undefined;
  /** 1 to 1,000. */
  readonly ratePerSecond?: number | null | undefined;
  /** Events of later versions than this are not sent. The newest of these types unless given. */
  readonly pinnedVersion?: number | null | undefined;
  /** Whether it keeps its events from the start, until it is resumed. */
  readonly paused?: boolean | null | undefined;
};

export type DeliveryStatus =
  /** Under way, or waiting: for its next attempt, or for its endpoint to be resumed. */
  | 'PENDING'
  | 'DELIVERED'
  /** Every attempt failed. It can be replayed. */
  | 'EXHAUSTED';

export type EventStatus = 'DRAFT' | 'PUBLISHED' | 'CANCELLED';

export type GeneralAdmissionAreaInput = {
  readonly name: string;
  readonly capacity: number;
};

export type GeoPointInput = {
  readonly latitude: number;
  readonly longitude: number;
};

export type HoldItemInput = {
  readonly ticketTypeId: string;
  /** May be left out where seats are chosen. */
  readonly quantity?: number | null | undefined;
  /** The chosen seats of a seated ticket type. */
  readonly seatIds?: ReadonlyArray<string> | null | undefined;
  /** What the buyer gives for each ticket of a donation type, at least its price; left out otherwise. */
  readonly price?: MoneyInput | null | undefined;
};

export type HoldStatus = 'ACTIVE' | 'CONVERTED' | 'RELEASED' | 'EXPIRED';

export type HoldTicketsInput = {
  readonly idempotencyKey: string;
  readonly occurrenceId: string;
  readonly items: ReadonlyArray<HoldItemInput>;
  /** Where the occurrence has a waiting room that is on: what it gave out when it was one's turn. */
  readonly admissionPass?: string | null | undefined;
  /** Opens hidden ticket types; what it takes off is taken off at check-out, where it is given again. */
  readonly voucherCode?: string | null | undefined;
};

export type JoinWaitlistInput = {
  readonly occurrenceId: string;
  readonly ticketTypeId: string;
  readonly quantity: number;
  readonly guest: WaitlistGuestInput;
};

/** An amount in the currency's minor unit (cents; yen have none) and its ISO 4217 code. */
export type MoneyInput = {
  readonly amountMinor: number | string;
  readonly currency: string;
};

export type OccurrenceFilter = {
  /** Starts at or after. */
  readonly from?: string | null | undefined;
  /** Starts before. */
  readonly to?: string | null | undefined;
  /** Part of the event's title or description or of the venue's name, in any case. */
  readonly text?: string | null | undefined;
  /** The venue's city, in any case. */
  readonly city?: string | null | undefined;
  readonly eventId?: string | null | undefined;
  /** SCHEDULED when absent. */
  readonly status?: OccurrenceStatus | null | undefined;
};

export type OccurrenceOverrideInput = {
  readonly recurrenceId: string;
  readonly startsAtLocal?: string | null | undefined;
  readonly durationMinutes?: number | null | undefined;
  readonly cancelled?: boolean | null | undefined;
};

export type OccurrenceStatus = 'SCHEDULED' | 'CANCELLED';

export type OfferTransferInput = {
  readonly ticketId: string;
  readonly toEmail: string;
};

export type OrderStatus =
  | 'DRAFT'
  | 'PENDING_APPROVAL'
  | 'PENDING_PAYMENT'
  | 'PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'EXPIRED'
  | 'CANCELLED';

export type PayOrderInput = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  /** `sandbox` is built in. */
  readonly provider: string;
  /**
   * What the provider calls the means of payment. The sandbox knows `approve`, `decline`, `timeout`, `late`, `redirect`,
   * `authorize`, `duplicate`, `out-of-order`, `chargeback`, `chargeback-won` and `chargeback-lost`.
   */
  readonly paymentToken: string;
  /** Where the payer comes back to after agreeing on a page of the provider's (3-D Secure). */
  readonly returnUrl?: string | null | undefined;
  /** All that is left of an order that is paid in instalments, instead of what is due next. */
  readonly payInFull?: boolean | null | undefined;
};

export type PublishSeatMapInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly spaceId: string;
  readonly sections?: ReadonlyArray<SectionInput> | null | undefined;
  readonly generalAdmissionAreas?: ReadonlyArray<GeneralAdmissionAreaInput> | null | undefined;
};

export type RefundOrderInput = {
  readonly idempotencyKey: string;
  readonly orderId: string;
  /**
   * Everything that is left when absent. With `ticketIds`: instead of what the policy says (their price with tax, less the
   * cancellation fee of that day, and their share of the fees that go back).
   */
  readonly amount?: MoneyInput | null | undefined;
  readonly reason?: string | null | undefined;
  /** These tickets end, and their places are on sale again. All stay valid where an amount alone is given back. */
  readonly ticketIds?: ReadonlyArray<string> | null | undefined;
  /** The organiser keeps nothing of the tickets' price, whatever the policy says. */
  readonly waiveCancellationFee?: boolean | null | undefined;
};

export type RefundStatus = 'CREATED' | 'TRANSIT' | 'DONE' | 'FAILED' | 'EXTERNAL';

/** At least one of `endpointId`, `eventId` and `deliveryId`. */
export type ReplayDeliveriesInput = {
  readonly idempotencyKey?: string | null | undefined;
  readonly endpointId?: string | null | undefined;
  /** An event's id, as in the message: to every endpoint that it went to. */
  readonly eventId?: string | null | undefined;
  readonly deliveryId?: string | null | undefined;
  /** When the events occurred: from this instant on … */
  readonly from?: string | null | undefined;
  /** … and before this one. */
  readonly to?: string | null | undefined;
  /** Leaves out what was delivered. */
  readonly onlyExhausted?: boolean | null | undefined;
};

export type ScanDirection = 'IN' | 'OUT';

export type ScanRejectionReason =
  | 'ALREADY_ADMITTED'
  | 'UNKNOWN'
  | 'REVOKED'
  | 'WRONG_OCCURRENCE'
  | 'BAD_SIGNATURE'
  /** A rotating code whose time is over, such as a picture of one, or a form of code that the event does not accept. */
  | 'STALE'
  /** The list takes no tickets of this type. */
  | 'NOT_ON_LIST'
  /** The list lets nobody in at this time. */
  | 'OUTSIDE_WINDOW'
  /** Came in, and was not read on a way out since. */
  | 'ALREADY_INSIDE'
  /** Was not read on the way in. */
  | 'NOT_INSIDE'
  /** The list does not read tickets on the way out. */
  | 'EXITS_NOT_TAKEN'
  /** A plugin of the organisation keeps it out; the message is the plugin's. */
  | 'REFUSED_BY_PLUGIN';

export type ScanTicketInput = {
  readonly occurrenceId: string;
  readonly credential: string;
  /** Made by the device once for each reading: sending it again answers the same and admits nobody twice. */
  readonly nonce: string;
  readonly scannedAt: string;
  readonly deviceId: string;
  /** The occurrence's default list when absent. */
  readonly listId?: string | null | undefined;
  /** `IN` when absent. */
  readonly direction?: ScanDirection | null | undefined;
  /** Where the device stands; its id when absent. */
  readonly gate?: string | null | undefined;
};

export type SeatInput = {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly accessible?: boolean | null | undefined;
  /** The label of the accessible seat of the row whose companion sits here. */
  readonly companionOf?: string | null | undefined;
  readonly restrictedView?: boolean | null | undefined;
  /** An aisle follows: the next seat of the row is no neighbour. */
  readonly aisleAfter?: boolean | null | undefined;
};

export type SeatRowInput = {
  readonly label: string;
  /** How good its seats are, 1 the best. Rows without one follow those that have one, by their distance from the stage. */
  readonly rank?: number | null | undefined;
  readonly seats: ReadonlyArray<SeatInput>;
};

export type SeatStatus =
  | 'AVAILABLE'
  | 'HELD'
  /** Kept by the organiser. */
  | 'BLOCKED'
  | 'SOLD';

export type SectionInput = {
  readonly name: string;
  readonly rows: ReadonlyArray<SeatRowInput>;
};

export type TicketStatus = 'VALID' | 'TRANSFER_PENDING' | 'CANCELLED' | 'REVOKED';

export type TransferStatus = 'OFFERED' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'RECALLED';

export type WaitlistGuestInput = {
  readonly email: string;
  readonly name: string;
};

export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'CLAIMED' | 'OFFER_EXPIRED' | 'REVOKED' | 'CANCELLED';

export type WebhookEndpointStatus =
  | 'ACTIVE'
  /** Paused by its owner. Events are kept. */
  | 'PAUSED'
  /** Disabled because it takes nothing: it answered 410, or failed for days. Events are kept. */
  | 'DISABLED';

export type CreateVenueMutationVariables = Exact<{
  input: CreateVenueInput;
}>;

export type CreateVenueMutation = {
  readonly createVenue:
    | {
        readonly __typename: 'VenueCreated';
        readonly venue: { readonly id: string; readonly name: string; readonly timeZone: string };
      }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string };
};

export type CreateSpaceMutationVariables = Exact<{
  input: CreateSpaceInput;
}>;

export type CreateSpaceMutation = {
  readonly createSpace:
    | {
        readonly __typename: 'SpaceCreated';
        readonly space: {
          readonly id: string;
          readonly name: string;
          readonly capacity: number;
          readonly venue: { readonly id: string };
        };
      }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string };
};

export type PublishSeatMapMutationVariables = Exact<{
  input: PublishSeatMapInput;
}>;

export type PublishSeatMapMutation = {
  readonly publishSeatMap:
    | {
        readonly __typename: 'SeatMapPublished';
        readonly seatMap: {
          readonly id: string;
          readonly version: number;
          readonly seatCount: number;
          readonly sections: ReadonlyArray<{ readonly id: string; readonly name: string }>;
        };
      }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'CapacityExceeded'; readonly message: string }
    | { readonly __typename: 'SeatsInUse'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type CreateEventMutationVariables = Exact<{
  input: CreateEventInput;
}>;

export type CreateEventMutation = {
  readonly createEvent:
    | {
        readonly __typename: 'EventCreated';
        readonly event: {
          readonly id: string;
          readonly title: string;
          readonly status: EventStatus;
          readonly occurrences: {
            readonly edges: ReadonlyArray<{
              readonly node: {
                readonly id: string;
                readonly startsAt: string;
                readonly endsAt: string;
                readonly timeZone: string;
                readonly status: OccurrenceStatus;
              };
            }>;
            readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
          };
        };
      }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'PastDate'; readonly message: string }
    | { readonly __typename: 'SpaceConflict'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type CreateTicketTypeMutationVariables = Exact<{
  input: CreateTicketTypeInput;
}>;

export type CreateTicketTypeMutation = {
  readonly createTicketType:
    | {
        readonly __typename: 'TicketTypeCreated';
        readonly ticketType: {
          readonly id: string;
          readonly name: string;
          readonly price: { readonly amountMinor: number | string; readonly currency: string };
        };
      }
    | { readonly __typename: 'TicketTypeNameTaken'; readonly message: string }
    | { readonly __typename: 'CurrencyNotAllowed'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type PublishEventMutationVariables = Exact<{
  id: string;
}>;

export type PublishEventMutation = {
  readonly publishEvent:
    | {
        readonly __typename: 'EventPublished';
        readonly event: { readonly id: string; readonly status: EventStatus };
      }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'PastDate'; readonly message: string }
    | { readonly __typename: 'SpaceConflict'; readonly message: string }
    | { readonly __typename: 'WrongState'; readonly message: string };
};

export type UpcomingOccurrencesQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
  filter?: OccurrenceFilter | null | undefined;
}>;

export type UpcomingOccurrencesQuery = {
  readonly occurrences: {
    readonly edges: ReadonlyArray<{
      readonly cursor: string;
      readonly node: {
        readonly id: string;
        readonly startsAt: string;
        readonly event: { readonly id: string; readonly title: string };
        readonly space: {
          readonly id: string;
          readonly name: string;
          readonly venue: {
            readonly id: string;
            readonly name: string;
            readonly timeZone: string;
            readonly address: { readonly city: string; readonly countryCode: string };
          };
        } | null;
        readonly availability: { readonly status: AvailabilityStatus; readonly available: number } | null;
        readonly ticketTypes: ReadonlyArray<{
          readonly id: string;
          readonly name: string;
          readonly available: number | null;
          readonly price: { readonly amountMinor: number | string; readonly currency: string };
        }> | null;
      };
    }>;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

export type SeatPlanQueryVariables = Exact<{
  occurrenceId: string;
}>;

export type SeatPlanQuery = {
  readonly occurrence: {
    readonly id: string;
    readonly seatMap: {
      readonly id: string;
      readonly version: number;
      readonly sections: ReadonlyArray<{
        readonly id: string;
        readonly name: string;
        readonly rows: ReadonlyArray<{
          readonly label: string;
          readonly seats: ReadonlyArray<{
            readonly id: string;
            readonly label: string;
            readonly x: number;
            readonly y: number;
            readonly accessible: boolean;
          }>;
        }>;
      }>;
    } | null;
    readonly seatAvailability: ReadonlyArray<{ readonly seatId: string; readonly status: SeatStatus }> | null;
  } | null;
};

export type HoldTicketsMutationVariables = Exact<{
  input: HoldTicketsInput;
}>;

export type HoldTicketsMutation = {
  readonly holdTickets:
    | {
        readonly __typename: 'TicketsHeld';
        readonly hold: {
          readonly id: string;
          readonly status: HoldStatus;
          readonly expiresAt: string;
          readonly lines: ReadonlyArray<{
            readonly quantity: number;
            readonly ticketType: { readonly id: string; readonly name: string };
            readonly seats: ReadonlyArray<{ readonly id: string; readonly label: string } | null>;
          }>;
          readonly total: { readonly amountMinor: number | string; readonly currency: string };
        };
      }
    | { readonly __typename: 'NotEnoughTickets'; readonly message: string; readonly available: number }
    | { readonly __typename: 'SeatsTaken'; readonly message: string; readonly seatIds: ReadonlyArray<string> }
    | { readonly __typename: 'SingleSeatLeft'; readonly message: string }
    | { readonly __typename: 'CompanionSeatAlone'; readonly message: string }
    | { readonly __typename: 'NoSeatsTogether'; readonly message: string }
    | { readonly __typename: 'NotOnSale'; readonly message: string }
    | { readonly __typename: 'WaitingRoomRequired'; readonly message: string }
    | { readonly __typename: 'VoucherNotUsable'; readonly message: string }
    | { readonly __typename: 'TooBusy'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type ReleaseHoldMutationVariables = Exact<{
  id: string;
}>;

export type ReleaseHoldMutation = {
  readonly releaseHold:
    | {
        readonly __typename: 'HoldReleased';
        readonly hold: { readonly id: string; readonly status: HoldStatus };
      }
    | { readonly __typename: 'HoldExpired'; readonly message: string }
    | { readonly __typename: 'HoldNotActive'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string };
};

export type CheckOutMutationVariables = Exact<{
  input: CheckOutInput;
}>;

export type CheckOutMutation = {
  readonly checkOut:
    | {
        readonly __typename: 'OrderPlaced';
        readonly order: {
          readonly id: string;
          readonly number: string;
          readonly status: OrderStatus;
          readonly expiresAt: string | null;
          readonly total: { readonly amountMinor: number | string; readonly currency: string };
        };
      }
    | { readonly __typename: 'HoldExpired'; readonly message: string }
    | { readonly __typename: 'HoldNotActive'; readonly message: string }
    | { readonly __typename: 'NotOnSale'; readonly message: string }
    | { readonly __typename: 'VoucherNotUsable'; readonly message: string }
    | { readonly __typename: 'GuestLimitReached'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type PayOrderMutationVariables = Exact<{
  input: PayOrderInput;
}>;

export type PayOrderMutation = {
  readonly payOrder:
    | {
        readonly __typename: 'OrderPaid';
        readonly order: {
          readonly id: string;
          readonly status: OrderStatus;
          readonly tickets: ReadonlyArray<{
            readonly id: string;
            readonly status: TicketStatus;
            readonly credential: string | null;
            readonly seat: { readonly id: string; readonly label: string } | null;
            readonly ticketType: { readonly name: string };
            readonly guest: { readonly id: string; readonly name: string } | null;
            readonly occurrence: {
              readonly id: string;
              readonly startsAt: string;
              readonly event: { readonly title: string };
            } | null;
          }>;
        };
      }
    | { readonly __typename: 'InstalmentPaid' }
    | { readonly __typename: 'PaymentDeclined'; readonly message: string }
    | { readonly __typename: 'PaymentPending'; readonly message: string }
    | { readonly __typename: 'PaymentActionRequired'; readonly message: string }
    | { readonly __typename: 'OrderExpired'; readonly message: string }
    | { readonly __typename: 'OrderNotPayable'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type MyTicketsQueryVariables = Exact<{
  first: number;
  after?: string | null | undefined;
}>;

export type MyTicketsQuery = {
  readonly viewer: {
    readonly guest: { readonly id: string; readonly name: string; readonly email: string } | null;
    readonly tickets: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly status: TicketStatus;
          readonly occurrence: {
            readonly id: string;
            readonly startsAt: string;
            readonly event: { readonly title: string };
          } | null;
        };
      }>;
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    } | null;
  };
};

export type ScanTicketMutationVariables = Exact<{
  input: ScanTicketInput;
}>;

export type ScanTicketMutation = {
  readonly scanTicket:
    | {
        readonly __typename: 'ScanAccepted';
        readonly scan: {
          readonly id: string;
          readonly scannedAt: string;
          readonly ticket: { readonly id: string; readonly guest: { readonly name: string } | null };
        };
      }
    | { readonly __typename: 'ScanRejected'; readonly message: string; readonly reason: ScanRejectionReason }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string };
};

export type RefundOrderMutationVariables = Exact<{
  input: RefundOrderInput;
}>;

export type RefundOrderMutation = {
  readonly refundOrder:
    | {
        readonly __typename: 'OrderRefunded';
        readonly order: {
          readonly id: string;
          readonly status: OrderStatus;
          readonly refunds: ReadonlyArray<{
            readonly id: string;
            readonly status: RefundStatus;
            readonly amount: { readonly amountMinor: number | string; readonly currency: string };
          }>;
        };
      }
    | {
        readonly __typename: 'RefundExceedsPayments';
        readonly message: string;
        readonly refundable: { readonly amountMinor: number | string; readonly currency: string };
      }
    | { readonly __typename: 'TicketNotRefundable'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string };
};

export type OfferTransferMutationVariables = Exact<{
  input: OfferTransferInput;
}>;

export type OfferTransferMutation = {
  readonly offerTransfer:
    | {
        readonly __typename: 'TransferOffered';
        readonly transfer: {
          readonly id: string;
          readonly status: TransferStatus;
          readonly expiresAt: string;
        };
      }
    | { readonly __typename: 'TransferNotPossible'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string };
};

export type AcceptTransferMutationVariables = Exact<{
  id: string;
}>;

export type AcceptTransferMutation = {
  readonly acceptTransfer:
    | {
        readonly __typename: 'TransferAccepted';
        readonly ticket: {
          readonly id: string;
          readonly status: TicketStatus;
          readonly credential: string | null;
        };
      }
    | { readonly __typename: 'TransferNotPossible'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type JoinWaitlistMutationVariables = Exact<{
  input: JoinWaitlistInput;
}>;

export type JoinWaitlistMutation = {
  readonly joinWaitlist:
    | {
        readonly __typename: 'WaitlistJoined';
        readonly entry: {
          readonly id: string;
          readonly status: WaitlistStatus;
          readonly position: number | null;
        };
      }
    | { readonly __typename: 'TicketsAvailable'; readonly message: string }
    | { readonly __typename: 'NotOnSale'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type OccurrenceStatsQueryVariables = Exact<{
  id: string;
}>;

export type OccurrenceStatsQuery = {
  readonly occurrence: {
    readonly id: string;
    readonly stats: {
      readonly ticketsSold: number;
      readonly ticketsHeld: number;
      readonly checkedIn: number;
      readonly updatedAt: string | null;
      readonly revenue: { readonly amountMinor: number | string; readonly currency: string };
    } | null;
  } | null;
};

export type OrderAsOfQueryVariables = Exact<{
  id: string;
  at: string;
}>;

export type OrderAsOfQuery = {
  readonly order: {
    readonly id: string;
    readonly status: OrderStatus;
    readonly total: { readonly amountMinor: number | string; readonly currency: string };
    readonly history: ReadonlyArray<{
      readonly type: string;
      readonly occurredAt: string;
      readonly actor: string;
    }>;
  } | null;
};

export type RefetchQueryVariables = Exact<{
  id: string;
}>;

export type RefetchQuery = {
  readonly node:
    | { readonly __typename: 'Account'; readonly id: string }
    | { readonly __typename: 'ApiKey'; readonly id: string }
    | { readonly __typename: 'CheckInList'; readonly id: string }
    | { readonly __typename: 'ConsentRecord'; readonly id: string }
    | { readonly __typename: 'Delivery'; readonly id: string }
    | { readonly __typename: 'Device'; readonly id: string }
    | { readonly __typename: 'Event'; readonly id: string }
    | { readonly __typename: 'EventSeries'; readonly id: string }
    | { readonly __typename: 'GeneralAdmissionArea'; readonly id: string }
    | { readonly __typename: 'Guest'; readonly id: string }
    | { readonly __typename: 'Hold'; readonly id: string }
    | { readonly __typename: 'Invitation'; readonly id: string }
    | { readonly __typename: 'Invoice'; readonly id: string }
    | { readonly __typename: 'Membership'; readonly id: string }
    | {
        readonly __typename: 'Occurrence';
        readonly startsAt: string;
        readonly id: string;
        readonly availability: { readonly available: number } | null;
      }
    | { readonly __typename: 'Order'; readonly status: OrderStatus; readonly id: string }
    | { readonly __typename: 'Organisation'; readonly id: string }
    | { readonly __typename: 'PlaceBlock'; readonly id: string }
    | { readonly __typename: 'PlatformInvoice'; readonly id: string }
    | { readonly __typename: 'Plugin'; readonly id: string }
    | { readonly __typename: 'PrivacyRequest'; readonly id: string }
    | { readonly __typename: 'Quota'; readonly id: string }
    | { readonly __typename: 'ResaleListing'; readonly id: string }
    | { readonly __typename: 'Seat'; readonly id: string }
    | { readonly __typename: 'SeatMap'; readonly id: string }
    | { readonly __typename: 'Section'; readonly id: string }
    | { readonly __typename: 'SignInSession'; readonly id: string }
    | { readonly __typename: 'Space'; readonly id: string }
    | { readonly __typename: 'SpaceBooking'; readonly id: string }
    | { readonly __typename: 'Ticket'; readonly id: string }
    | { readonly __typename: 'TicketType'; readonly id: string }
    | { readonly __typename: 'Transfer'; readonly id: string }
    | { readonly __typename: 'Venue'; readonly id: string }
    | { readonly __typename: 'WaitlistEntry'; readonly id: string }
    | { readonly __typename: 'WebhookEndpoint'; readonly id: string }
    | null;
};

export type AvailabilityChangedSubscriptionVariables = Exact<{
  occurrenceId: string;
}>;

export type AvailabilityChangedSubscription = {
  readonly availabilityChanged: {
    readonly id: string;
    readonly availability: { readonly status: AvailabilityStatus; readonly available: number } | null;
    readonly event: { readonly title: string };
  } | null;
};

export type CreateWebhookEndpointMutationVariables = Exact<{
  input: CreateWebhookEndpointInput;
}>;

export type CreateWebhookEndpointMutation = {
  readonly createWebhookEndpoint:
    | {
        readonly __typename: 'WebhookEndpointCreated';
        readonly secret: string;
        readonly endpoint: {
          readonly id: string;
          readonly url: string;
          readonly eventTypes: ReadonlyArray<string>;
          readonly status: WebhookEndpointStatus;
        };
      }
    | { readonly __typename: 'TooManyWebhookEndpoints'; readonly message: string }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string }
    | { readonly __typename: 'Unavailable'; readonly message: string };
};

export type WebhookDeliveriesQueryVariables = Exact<{
  endpointId: string;
  first: number;
}>;

export type WebhookDeliveriesQuery = {
  readonly webhookEndpoint: {
    readonly id: string;
    readonly status: WebhookEndpointStatus;
    readonly deliveries: {
      readonly edges: ReadonlyArray<{
        readonly node: {
          readonly id: string;
          readonly eventType: string;
          readonly status: DeliveryStatus;
          readonly nextAttemptAt: string | null;
          readonly attempts: ReadonlyArray<{
            readonly number: number;
            readonly statusCode: number | null;
            readonly durationMs: number;
            readonly startedAt: string;
            readonly error: string | null;
          }>;
        };
      }>;
    };
  } | null;
};

export type ReplayDeliveriesMutationVariables = Exact<{
  input: ReplayDeliveriesInput;
}>;

export type ReplayDeliveriesMutation = {
  readonly replayDeliveries:
    | { readonly __typename: 'ReplayStarted'; readonly count: number }
    | { readonly __typename: 'InvalidInput'; readonly message: string }
    | { readonly __typename: 'NotFound'; readonly message: string }
    | { readonly __typename: 'IdempotencyConflict'; readonly message: string };
};

/** The queries and mutations of the contract. */
export const operations = {
  CreateVenue: {
    name: 'CreateVenue',
    kind: 'mutation',
    id: 'sha256:14306961a3f4c986f807b4218fe7c607aa766b25a711b65adcaf595238f8c9c5',
    source:
      'mutation CreateVenue($input: CreateVenueInput!) {\n  createVenue(input: $input) {\n    __typename\n    ... on VenueCreated {\n      venue {\n        id\n        name\n        timeZone\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<CreateVenueMutation, CreateVenueMutationVariables>,
  CreateSpace: {
    name: 'CreateSpace',
    kind: 'mutation',
    id: 'sha256:0efa5492256af8b665866f2fe7900efd62929842f4b4ad761d02fe76ff0443be',
    source:
      'mutation CreateSpace($input: CreateSpaceInput!) {\n  createSpace(input: $input) {\n    __typename\n    ... on SpaceCreated {\n      space {\n        id\n        name\n        capacity\n        venue {\n          id\n        }\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<CreateSpaceMutation, CreateSpaceMutationVariables>,
  PublishSeatMap: {
    name: 'PublishSeatMap',
    kind: 'mutation',
    id: 'sha256:1714b446464df803751794e16385d610c7ef6fe89eeaf423a14c5476d9e2d62d',
    source:
      'mutation PublishSeatMap($input: PublishSeatMapInput!) {\n  publishSeatMap(input: $input) {\n    __typename\n    ... on SeatMapPublished {\n      seatMap {\n        id\n        version\n        seatCount\n        sections {\n          id\n          name\n        }\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<PublishSeatMapMutation, PublishSeatMapMutationVariables>,
  CreateEvent: {
    name: 'CreateEvent',
    kind: 'mutation',
    id: 'sha256:17d5f6dd96136b9c3dfd266a50172bca132dd3af1d0291244ab59b88aa3719e5',
    source:
      'mutation CreateEvent($input: CreateEventInput!) {\n  createEvent(input: $input) {\n    __typename\n    ... on EventCreated {\n      event {\n        id\n        title\n        status\n        occurrences(first: 50) {\n          edges {\n            node {\n              id\n              startsAt\n              endsAt\n              timeZone\n              status\n            }\n          }\n          pageInfo {\n            hasNextPage\n            endCursor\n          }\n        }\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<CreateEventMutation, CreateEventMutationVariables>,
  CreateTicketType: {
    name: 'CreateTicketType',
    kind: 'mutation',
    id: 'sha256:ce981fe359bac96ffdcd536cb6b3a3f8e1242739e88a43f85ba3ccb692673674',
    source:
      'mutation CreateTicketType($input: CreateTicketTypeInput!) {\n  createTicketType(input: $input) {\n    __typename\n    ... on TicketTypeCreated {\n      ticketType {\n        id\n        name\n        price {\n          amountMinor\n          currency\n        }\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<CreateTicketTypeMutation, CreateTicketTypeMutationVariables>,
  PublishEvent: {
    name: 'PublishEvent',
    kind: 'mutation',
    id: 'sha256:d008328e19ba29c631fec613042709d6429bbb7e16cde7918723533c6ae6f288',
    source:
      'mutation PublishEvent($id: ID!) {\n  publishEvent(id: $id) {\n    __typename\n    ... on EventPublished {\n      event {\n        id\n        status\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<PublishEventMutation, PublishEventMutationVariables>,
  UpcomingOccurrences: {
    name: 'UpcomingOccurrences',
    kind: 'query',
    id: 'sha256:e54765bd514d12d817c4c0abe6e1df666314ae4cb2ae395959b465d05bced01b',
    source:
      'query UpcomingOccurrences($first: Int!, $after: String, $filter: OccurrenceFilter) {\n  occurrences(first: $first, after: $after, filter: $filter) {\n    edges {\n      cursor\n      node {\n        id\n        startsAt\n        event {\n          id\n          title\n        }\n        space {\n          id\n          name\n          venue {\n            id\n            name\n            timeZone\n            address {\n              city\n              countryCode\n            }\n          }\n        }\n        availability {\n          status\n          available\n        }\n        ticketTypes {\n          id\n          name\n          price {\n            amountMinor\n            currency\n          }\n          available\n        }\n      }\n    }\n    pageInfo {\n      hasNextPage\n      endCursor\n    }\n  }\n}',
  } as TypedDocument<UpcomingOccurrencesQuery, UpcomingOccurrencesQueryVariables>,
  SeatPlan: {
    name: 'SeatPlan',
    kind: 'query',
    id: 'sha256:c472bfec6668cf0693e4ec7071e31cba42eb4eee6a34a4de654efcfe2e130405',
    source:
      'query SeatPlan($occurrenceId: ID!) {\n  occurrence(id: $occurrenceId) {\n    id\n    seatMap {\n      id\n      version\n      sections {\n        id\n        name\n        rows {\n          label\n          seats {\n            id\n            label\n            x\n            y\n            accessible\n          }\n        }\n      }\n    }\n    seatAvailability {\n      seatId\n      status\n    }\n  }\n}',
  } as TypedDocument<SeatPlanQuery, SeatPlanQueryVariables>,
  HoldTickets: {
    name: 'HoldTickets',
    kind: 'mutation',
    id: 'sha256:5296839089e98a2eb35a69ddf3b9c0ddc5da352da1c89ea1f22492a7bb9ee6b3',
    source:
      'mutation HoldTickets($input: HoldTicketsInput!) {\n  holdTickets(input: $input) {\n    __typename\n    ... on TicketsHeld {\n      hold {\n        id\n        status\n        expiresAt\n        lines {\n          ticketType {\n            id\n            name\n          }\n          quantity\n          seats {\n            id\n            label\n          }\n        }\n        total {\n          amountMinor\n          currency\n        }\n      }\n    }\n    ... on NotEnoughTickets {\n      message\n      available\n    }\n    ... on SeatsTaken {\n      message\n      seatIds\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<HoldTicketsMutation, HoldTicketsMutationVariables>,
  ReleaseHold: {
    name: 'ReleaseHold',
    kind: 'mutation',
    id: 'sha256:f4112ee80d5dc63982c32daeef097b999150f37bf29be092a98287e63563141c',
    source:
      'mutation ReleaseHold($id: ID!) {\n  releaseHold(id: $id) {\n    __typename\n    ... on HoldReleased {\n      hold {\n        id\n        status\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<ReleaseHoldMutation, ReleaseHoldMutationVariables>,
  CheckOut: {
    name: 'CheckOut',
    kind: 'mutation',
    id: 'sha256:62b93275ccbd444e73d2a02641a437c1a8ac763dde1241ab36848c1476e46e67',
    source:
      'mutation CheckOut($input: CheckOutInput!) {\n  checkOut(input: $input) {\n    __typename\n    ... on OrderPlaced {\n      order {\n        id\n        number\n        status\n        total {\n          amountMinor\n          currency\n        }\n        expiresAt\n      }\n    }\n    ... on HoldExpired {\n      message\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<CheckOutMutation, CheckOutMutationVariables>,
  PayOrder: {
    name: 'PayOrder',
    kind: 'mutation',
    id: 'sha256:f96027fa9f611deda9a67804d086749377c050c808a82c242eb6f67f171fbfaa',
    source:
      'mutation PayOrder($input: PayOrderInput!) {\n  payOrder(input: $input) {\n    __typename\n    ... on OrderPaid {\n      order {\n        id\n        status\n        tickets {\n          id\n          status\n          credential\n          seat {\n            id\n            label\n          }\n          ticketType {\n            name\n          }\n          guest {\n            id\n            name\n          }\n          occurrence {\n            id\n            startsAt\n            event {\n              title\n            }\n          }\n        }\n      }\n    }\n    ... on PaymentDeclined {\n      message\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<PayOrderMutation, PayOrderMutationVariables>,
  MyTickets: {
    name: 'MyTickets',
    kind: 'query',
    id: 'sha256:207dad66561d6de7cd12161a523b44101e842a497c6065addc7292d8466553cc',
    source:
      'query MyTickets($first: Int!, $after: String) {\n  viewer {\n    guest {\n      id\n      name\n      email\n    }\n    tickets(first: $first, after: $after) {\n      edges {\n        node {\n          id\n          status\n          occurrence {\n            id\n            startsAt\n            event {\n              title\n            }\n          }\n        }\n      }\n      pageInfo {\n        hasNextPage\n        endCursor\n      }\n    }\n  }\n}',
  } as TypedDocument<MyTicketsQuery, MyTicketsQueryVariables>,
  ScanTicket: {
    name: 'ScanTicket',
    kind: 'mutation',
    id: 'sha256:7fa6c4d1b092134caa65772a9945fc0c18e32cc6baadf04cb2853cb774f728d4',
    source:
      'mutation ScanTicket($input: ScanTicketInput!) {\n  scanTicket(input: $input) {\n    __typename\n    ... on ScanAccepted {\n      scan {\n        id\n        scannedAt\n        ticket {\n          id\n          guest {\n            name\n          }\n        }\n      }\n    }\n    ... on ScanRejected {\n      message\n      reason\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<ScanTicketMutation, ScanTicketMutationVariables>,
  RefundOrder: {
    name: 'RefundOrder',
    kind: 'mutation',
    id: 'sha256:005b671b26a919e56e0b959f91f237d314486c374cd5e25b41219a4719929043',
    source:
      'mutation RefundOrder($input: RefundOrderInput!) {\n  refundOrder(input: $input) {\n    __typename\n    ... on OrderRefunded {\n      order {\n        id\n        status\n        refunds {\n          id\n          status\n          amount {\n            amountMinor\n            currency\n          }\n        }\n      }\n    }\n    ... on RefundExceedsPayments {\n      message\n      refundable {\n        amountMinor\n        currency\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<RefundOrderMutation, RefundOrderMutationVariables>,
  OfferTransfer: {
    name: 'OfferTransfer',
    kind: 'mutation',
    id: 'sha256:25fdbbef9e07f37b0c9fbfeeec6ed35a8be509a86d75bd1c1016a52be8db7ae7',
    source:
      'mutation OfferTransfer($input: OfferTransferInput!) {\n  offerTransfer(input: $input) {\n    __typename\n    ... on TransferOffered {\n      transfer {\n        id\n        status\n        expiresAt\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<OfferTransferMutation, OfferTransferMutationVariables>,
  AcceptTransfer: {
    name: 'AcceptTransfer',
    kind: 'mutation',
    id: 'sha256:3185e8ebcde96c0ca7db749dbeba9222e7c58a2ab93fa747da29a4c14b7196fb',
    source:
      'mutation AcceptTransfer($id: ID!) {\n  acceptTransfer(id: $id) {\n    __typename\n    ... on TransferAccepted {\n      ticket {\n        id\n        status\n        credential\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<AcceptTransferMutation, AcceptTransferMutationVariables>,
  JoinWaitlist: {
    name: 'JoinWaitlist',
    kind: 'mutation',
    id: 'sha256:486f5107a737e5083bd57c8937b0222277fdb2409eff2e2b19f093dbef19491b',
    source:
      'mutation JoinWaitlist($input: JoinWaitlistInput!) {\n  joinWaitlist(input: $input) {\n    __typename\n    ... on WaitlistJoined {\n      entry {\n        id\n        status\n        position\n      }\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<JoinWaitlistMutation, JoinWaitlistMutationVariables>,
  OccurrenceStats: {
    name: 'OccurrenceStats',
    kind: 'query',
    id: 'sha256:eb8e7beef85feaa03ad8112dde00abd239ea3b1ebd7f6f9e39021fc9b1e907a0',
    source:
      'query OccurrenceStats($id: ID!) {\n  occurrence(id: $id) {\n    id\n    stats {\n      ticketsSold\n      ticketsHeld\n      checkedIn\n      revenue {\n        amountMinor\n        currency\n      }\n      updatedAt\n    }\n  }\n}',
  } as TypedDocument<OccurrenceStatsQuery, OccurrenceStatsQueryVariables>,
  OrderAsOf: {
    name: 'OrderAsOf',
    kind: 'query',
    id: 'sha256:c72bd5db27e1221e3dc815a4c370876ac53a73d23eeedfb2078f5e11ad4c385a',
    source:
      'query OrderAsOf($id: ID!, $at: DateTime!) {\n  order(id: $id, asOf: $at) {\n    id\n    status\n    total {\n      amountMinor\n      currency\n    }\n    history {\n      type\n      occurredAt\n      actor\n    }\n  }\n}',
  } as TypedDocument<OrderAsOfQuery, OrderAsOfQueryVariables>,
  Refetch: {
    name: 'Refetch',
    kind: 'query',
    id: 'sha256:6b9fbef90fcf565198e231fdb4b5cea259b66175343ecdac2b465d87b7240fc3',
    source:
      'query Refetch($id: ID!) {\n  node(id: $id) {\n    __typename\n    id\n    ... on Occurrence {\n      startsAt\n      availability {\n        available\n      }\n    }\n    ... on Order {\n      status\n    }\n  }\n}',
  } as TypedDocument<RefetchQuery, RefetchQueryVariables>,
  CreateWebhookEndpoint: {
    name: 'CreateWebhookEndpoint',
    kind: 'mutation',
    id: 'sha256:d7d83adf083c202b0b8df6e588350e1924be2f4e239162d7deec56ca1316e217',
    source:
      'mutation CreateWebhookEndpoint($input: CreateWebhookEndpointInput!) {\n  createWebhookEndpoint(input: $input) {\n    __typename\n    ... on WebhookEndpointCreated {\n      endpoint {\n        id\n        url\n        eventTypes\n        status\n      }\n      secret\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<CreateWebhookEndpointMutation, CreateWebhookEndpointMutationVariables>,
  WebhookDeliveries: {
    name: 'WebhookDeliveries',
    kind: 'query',
    id: 'sha256:2b2b3fb395ce0c6d24fbcc8056332056ed3cf6dec7854e966c356845f5f5192f',
    source:
      'query WebhookDeliveries($endpointId: ID!, $first: Int!) {\n  webhookEndpoint(id: $endpointId) {\n    id\n    status\n    deliveries(first: $first) {\n      edges {\n        node {\n          id\n          eventType\n          status\n          attempts {\n            number\n            statusCode\n            durationMs\n            startedAt\n            error\n          }\n          nextAttemptAt\n        }\n      }\n    }\n  }\n}',
  } as TypedDocument<WebhookDeliveriesQuery, WebhookDeliveriesQueryVariables>,
  ReplayDeliveries: {
    name: 'ReplayDeliveries',
    kind: 'mutation',
    id: 'sha256:4d0e9c2a2533038a58ccfe80b74a101fd5b6ccc0dcad4afb21ecab4c02b83c46',
    source:
      'mutation ReplayDeliveries($input: ReplayDeliveriesInput!) {\n  replayDeliveries(input: $input) {\n    __typename\n    ... on ReplayStarted {\n      count\n    }\n    ... on Refusal {\n      message\n    }\n  }\n}',
  } as TypedDocument<ReplayDeliveriesMutation, ReplayDeliveriesMutationVariables>,
};

/** The subscriptions of the contract. */
export const subscriptions = {
  AvailabilityChanged: {
    name: 'AvailabilityChanged',
    kind: 'subscription',
    id: 'sha256:cfe5a61754a99357ad409701c1d84a525f72a4b5412b8dd84f15e1cbe4445591',
    source:
      'subscription AvailabilityChanged($occurrenceId: ID!) {\n  availabilityChanged(occurrenceId: $occurrenceId) {\n    id\n    availability {\n      status\n      available\n    }\n    event {\n      title\n    }\n  }\n}',
  } as TypedDocument<AvailabilityChangedSubscription, AvailabilityChangedSubscriptionVariables>,
};
