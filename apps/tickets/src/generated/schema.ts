// Made by `npm run generate` from the *.graphql files of this application. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AnswerView } from '../questions/question-rows.ts';
import type { CountsView, TypeCounts } from '../check-in/check-in.resolvers.ts';
import type { CheckInList as CheckInListModel } from '../check-in/check-in-list.ts';
import type { Device as DeviceModel } from '../devices/device.ts';
import type { EventRef, TicketTypeView } from '../inventory/ticket-type.ts';
import type { StoredFeeRule, TaxProfile as TaxProfileModel, StoredTaxRate } from '../pricing/rule-rows.ts';
import type { GuestName, OrderView, OrderLine as OrderLineModel } from '../orders/order.ts';
import type { GuestLimitReachedView, SaleTerms as SaleTermsModel } from '../pricing/sale-terms.ts';
import type { Hold as HoldModel, HoldLineView, SeatsTakenView } from '../holds/hold.ts';
import type { Invoice as InvoiceModel } from '../invoices/invoice.ts';
import type { OccurrenceRef } from '../occurrences/occurrence.ts';
import type { OrderFee as OrderFeeModel } from '../orders/order-pricing.ts';
import type { Payment as PaymentModel } from '../payments/payment.ts';
import type { InstalmentView, PaymentPlan as PaymentPlanModel } from '../instalments/payment-plan.ts';
import type { Question as QuestionModel } from '../questions/question.ts';
import type { QuoteView, QuoteLineView } from '../pricing/quote-cart.ts';
import type { PlaceBlock as PlaceBlockModel, PlaceBlockLineView } from '../inventory/block-rows.ts';
import type { SeenTier } from '../inventory/price-tier-rows.ts';
import type { QuotaView } from '../inventory/quotas.ts';
import type { Refund as RefundModel } from '../refunds/refund.ts';
import type { ResaleListing as ResaleListingModel } from '../resale/listing.ts';
import type { CancellationStep as CancellationStepModel } from '../refunds/refund-policy.ts';
import type { CurrencyNotAllowedView, SalesPolicy as SalesPolicyModel } from '../pricing/sales-policy.ts';
import type { Scan as ScanModel } from '../scans/scan.ts';
import type { SeatRef } from '../inventory/seat.ts';
import type { SeatsNamed, NoSeatsTogetherView } from '../seating/chosen-seats.ts';
import type { SeatingPolicy as SeatingPolicyModel } from '../seating/seating-policy.ts';
import type { Ticket as TicketModel, ViewerRef } from '../tickets/ticket.ts';
import type { Addition } from '../plugins/addition.ts';
import type { Holding } from '../ledger/ownership.ts';
import type { Transfer as TransferModel } from '../transfers/transfer.ts';
import type { Voucher as VoucherModel } from '../vouchers/voucher.ts';
import type { WaitingRoomView } from '../waiting-room/waiting-room.resolvers.ts';
import type { WaitlistEntry as WaitlistEntryModel } from '../waitlist/waitlist-entry.ts';
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

/** Where tickets of an occurrence are let in. Each occurrence has one from the start, which `scanTicket` takes unless told. */
export type CheckInList = Node & {
  __typename?: 'CheckInList';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  occurrence?: Maybe<Occurrence>;
  /** Whether it is the one that the occurrence has from the start. */
  isDefault: Scalars['Boolean']['output'];
  /** Whose tickets are let in; all types where absent. */
  ticketTypes?: Maybe<Array<TicketType>>;
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  validUntil?: Maybe<Scalars['DateTime']['output']>;
  /** Any number where absent. */
  entriesPerTicket?: Maybe<Scalars['Int']['output']>;
  /** Tickets are read on the way out too; who is inside then comes in only after going out. */
  exits: Scalars['Boolean']['output'];
  /** Coming back after an exit uses up no further entry. */
  reEntry: Scalars['Boolean']['output'];
  counts: CheckInCounts;
  /** Readings of tickets, newest first, as they stand now. */
  scans: ScanConnection;
};

/** Where tickets of an occurrence are let in. Each occurrence has one from the start, which `scanTicket` takes unless told. */
export type CheckInListScansArgs = {
  result?: InputMaybe<ScanResult>;
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

/** Exact at every moment: they are moved in the transaction of each scan. */
export type CheckInCounts = {
  __typename?: 'CheckInCounts';
  /** Tickets that came in at least once. */
  admitted: Scalars['Int']['output'];
  /** Tickets that are inside now. Without exits: all that came in. */
  inside: Scalars['Int']['output'];
  entries: Scalars['Int']['output'];
  exits: Scalars['Int']['output'];
  rejected: Scalars['Int']['output'];
  /** Readings at which a door opened although another had let the ticket in before. */
  conflicts: Scalars['Int']['output'];
  byTicketType: Array<CheckInTypeCounts>;
  byGate: Array<CheckInGateCounts>;
};

export type CheckInTypeCounts = {
  __typename?: 'CheckInTypeCounts';
  /** Absent for what was no ticket of ours. */
  ticketType?: Maybe<TicketType>;
  admitted: Scalars['Int']['output'];
  inside: Scalars['Int']['output'];
  entries: Scalars['Int']['output'];
  exits: Scalars['Int']['output'];
  rejected: Scalars['Int']['output'];
  conflicts: Scalars['Int']['output'];
};

export type CheckInGateCounts = {
  __typename?: 'CheckInGateCounts';
  gate: Scalars['String']['output'];
  entries: Scalars['Int']['output'];
  exits: Scalars['Int']['output'];
  rejected: Scalars['Int']['output'];
  conflicts: Scalars['Int']['output'];
};

export type ScanConnection = {
  __typename?: 'ScanConnection';
  edges: Array<ScanEdge>;
  pageInfo: PageInfo;
};

export type ScanEdge = {
  __typename?: 'ScanEdge';
  node: Scan;
  cursor: Scalars['String']['output'];
};

export type Occurrence = {
  __typename?: 'Occurrence';
  /** The default list first, then by name. None for those who do not stand at a door. */
  checkInLists?: Maybe<Array<CheckInList>>;
  id: Scalars['ID']['output'];
  availability?: Maybe<Availability>;
  ticketTypes?: Maybe<Array<TicketType>>;
  /** Every seat of the seat map, and whether it can be held now; empty where the space has no map. */
  seatAvailability?: Maybe<Array<SeatAvailability>>;
  /** What the organiser keeps of it now, the oldest first. */
  blocks?: Maybe<Array<PlaceBlock>>;
  cancellation?: Maybe<OccurrenceCancellation>;
  reschedule?: Maybe<OccurrenceReschedule>;
  /** Tickets that their holders sell on and nobody is just buying, in the order in which they were listed; 100 at most. */
  resaleListings?: Maybe<Array<ResaleListing>>;
  /** What holds for it: its own policy, then the organisation's, then what is usual (AVOIDED, never released). */
  seatingPolicy?: Maybe<SeatingPolicy>;
  /**
   * Seats that are sold or held although the newest seat map has none such: they were taken while it was being published.
   * Whoever has them keeps them.
   */
  keptSeats?: Maybe<Array<Maybe<Seat>>>;
  /** A line for each ticket type. */
  waitlists?: Maybe<Array<Waitlist>>;
};

export type CreateCheckInListInput = {
  idempotencyKey: Scalars['String']['input'];
  occurrenceId: Scalars['ID']['input'];
  name: Scalars['String']['input'];
  /** All of the occurrence's when absent. */
  ticketTypeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  /** One when absent; give `unlimitedEntries` for any number. */
  entriesPerTicket?: InputMaybe<Scalars['Int']['input']>;
  unlimitedEntries?: InputMaybe<Scalars['Boolean']['input']>;
  exits?: InputMaybe<Scalars['Boolean']['input']>;
  reEntry?: InputMaybe<Scalars['Boolean']['input']>;
};

/** What is left out stays as it is. `null` lifts a limit: all types, no window. */
export type UpdateCheckInListInput = {
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  ticketTypeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  entriesPerTicket?: InputMaybe<Scalars['Int']['input']>;
  unlimitedEntries?: InputMaybe<Scalars['Boolean']['input']>;
  exits?: InputMaybe<Scalars['Boolean']['input']>;
  reEntry?: InputMaybe<Scalars['Boolean']['input']>;
};

export type CheckInListCreated = {
  __typename?: 'CheckInListCreated';
  checkInList: CheckInList;
};

export type CheckInListUpdated = {
  __typename?: 'CheckInListUpdated';
  checkInList: CheckInList;
};

export type CheckInListNameTaken = Refusal & {
  __typename?: 'CheckInListNameTaken';
  message: Scalars['String']['output'];
};

/** Tickets were let in already: how often they pass the list cannot change any more. */
export type CheckInListInUse = Refusal & {
  __typename?: 'CheckInListInUse';
  message: Scalars['String']['output'];
};

export type CreateCheckInListResult =
  CheckInListCreated | CheckInListNameTaken | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

export type UpdateCheckInListResult =
  CheckInListUpdated | CheckInListNameTaken | CheckInListInUse | InvalidInput | NotFound;

export type Query = {
  __typename?: 'Query';
  checkInList?: Maybe<CheckInList>;
  /** Newest first. */
  devices: DeviceConnection;
  hold?: Maybe<Hold>;
  /** All of the organisation's, oldest first. */
  paymentPlans: Array<PaymentPlan>;
  /** What `restoreTicketType` can bring back. */
  deletedTicketTypes: DeletedConnection;
  invoice?: Maybe<Invoice>;
  invoiceIssuer?: Maybe<InvoiceIssuer>;
  /** By which `Ticket.ownership.proof` is verified. */
  ledgerKeys: Array<LedgerKey>;
  /** An order; with `asOf`, as it stood at that instant, read from the event log (null before it was placed). */
  order?: Maybe<Order>;
  /** The organisation's orders, newest first. */
  orders: OrderConnection;
  quote: QuoteResult;
  /** All of the organisation's, oldest first. */
  taxRates: Array<TaxRate>;
  feeRules: Array<FeeRule>;
  taxProfile?: Maybe<TaxProfile>;
  salesPolicy: SalesPolicy;
  /** What holds for occurrences that have no policy of their own. */
  seatingPolicy: SeatingPolicy;
  ticket?: Maybe<Ticket>;
  /** The keys that verify tickets now or soon will. As a JWKS document too, at `/.well-known/ticket-keys.json` of the tickets service. */
  ticketKeys: Array<TicketKey>;
  /** The organisation's vouchers, newest first. */
  vouchers: VoucherConnection;
  /** Null where the occurrence has no waiting room. Asking every few seconds is fine. */
  waitingRoom?: Maybe<WaitingRoom>;
  /** An entry of the viewer's; organisers see any. */
  waitlistEntry?: Maybe<WaitlistEntry>;
};

export type QueryCheckInListArgs = {
  id: Scalars['ID']['input'];
};

export type QueryDevicesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryHoldArgs = {
  id: Scalars['ID']['input'];
};

export type QueryDeletedTicketTypesArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryInvoiceArgs = {
  id: Scalars['ID']['input'];
};

export type QueryOrderArgs = {
  id: Scalars['ID']['input'];
  asOf?: InputMaybe<Scalars['DateTime']['input']>;
};

export type QueryOrdersArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
  filter?: InputMaybe<OrderFilter>;
};

export type QueryQuoteArgs = {
  input: QuoteInput;
};

export type QueryTicketArgs = {
  id: Scalars['ID']['input'];
};

export type QueryVouchersArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type QueryWaitingRoomArgs = {
  occurrenceId: Scalars['ID']['input'];
  token?: InputMaybe<Scalars['String']['input']>;
};

export type QueryWaitlistEntryArgs = {
  id: Scalars['ID']['input'];
};

export type Mutation = {
  __typename?: 'Mutation';
  createCheckInList: CreateCheckInListResult;
  updateCheckInList: UpdateCheckInListResult;
  createDevice: CreateDeviceResult;
  updateDevice: UpdateDeviceResult;
  /** For a device that is not enrolled yet, or has lost its key; the old key counts until the code is used. */
  renewEnrolmentCode: RenewEnrolmentCodeResult;
  /** Nothing that it sends is taken any more, not even what it has read and not sent yet. */
  revokeDevice: RevokeDeviceResult;
  /**
   * Makes a ticket one for another occurrence. By its holder, until it has begun; where it was cancelled, until its money
   * went back.
   */
  exchangeTicket: ExchangeTicketResult;
  holdTickets: HoldTicketsResult;
  /** Gives a hold that still holds another term from now. */
  extendHold: ExtendHoldResult;
  /** Releasing a released hold answers the same again. */
  releaseHold: ReleaseHoldResult;
  /** Orders that are placed keep what was agreed. */
  savePaymentPlan: SavePaymentPlanResult;
  /** Takes the type off sale and out of sight. It can be restored until `restorableUntil`, and is then gone for ever. */
  deleteTicketType: DeleteTicketTypeResult;
  restoreTicketType: RestoreTicketTypeResult;
  createTicketType: CreateTicketTypeResult;
  createQuota: CreateQuotaResult;
  updateQuota: UpdateQuotaResult;
  assignQuotas: AssignQuotasResult;
  setPriceTiers: SetPriceTiersResult;
  blockPlaces: BlockPlacesResult;
  /** Releasing released places answers the same again. */
  unblockPlaces: UnblockPlacesResult;
  setInvoiceIssuer: SetInvoiceIssuerResult;
  /** By the guest: the money back for what was bought at the old time. */
  refundRescheduledOrder: RefundRescheduledOrderResult;
  /** What costs nothing is paid at once. Types that need approval wait for it, and their places stay held. */
  checkOut: CheckOutResult;
  /** Sends a draft in. */
  submitOrder: SubmitOrderResult;
  approveOrder: ApproveOrderResult;
  rejectOrder: RejectOrderResult;
  sellAtBoxOffice: SellAtBoxOfficeResult;
  sellInBulk: SellInBulkResult;
  payOrder: PayOrderResult;
  saveTaxRate: SaveTaxRateResult;
  saveFeeRule: SaveFeeRuleResult;
  saveTaxProfile: SaveTaxProfileResult;
  setSaleTerms: SetSaleTermsResult;
  /** What is on sale already stays so; what is refunded from now on goes by the new steps. */
  saveSalesPolicy: SaveSalesPolicyResult;
  saveQuestion: SaveQuestionResult;
  answerQuestions: AnswerQuestionsResult;
  /** A full refund cancels the order's tickets and puts their places back on sale. */
  refundOrder: RefundOrderResult;
  /** Its place in the books is that of any refund, and its credit note is issued too. */
  recordExternalRefund: RecordExternalRefundResult;
  /** Sells a ticket on. Until a buyer has paid it is its holder's and opens the door; then its price goes back to them. */
  listTicket: ListTicketResult;
  unlistTicket: UnlistTicketResult;
  buyResaleTicket: BuyResaleTicketResult;
  scanTicket: ScanTicketResult;
  /** Undone already, it answers the same. */
  undoScan: UndoScanResult;
  setSeatingPolicy: SetSeatingPolicyResult;
  /** Holds the best seats that are left: the best row first, in it nearest to the middle of the stage. */
  holdBestAvailable: HoldTicketsResult;
  setCredentialPolicy: SetCredentialPolicyResult;
  offerTransfer: OfferTransferResult;
  /** By the one it is offered to. */
  acceptTransfer: AcceptTransferResult;
  /** By the one it is offered to. */
  declineTransfer: DeclineTransferResult;
  /** By the one who offered it. */
  recallTransfer: RecallTransferResult;
  saveVoucher: SaveVoucherResult;
  setWaitingRoom: SetWaitingRoomResult;
  /** Takes a place. Joining again keeps the place that one has, as long as it is remembered. */
  joinWaitingRoom: JoinWaitingRoomResult;
  claimWaitlistOffer: ClaimWaitlistOfferResult;
  /** Also turns an offer down: its places go to the next in the line. */
  leaveWaitlist: LeaveWaitlistResult;
  joinWaitlist: JoinWaitlistResult;
};

export type MutationCreateCheckInListArgs = {
  input: CreateCheckInListInput;
};

export type MutationUpdateCheckInListArgs = {
  input: UpdateCheckInListInput;
};

export type MutationCreateDeviceArgs = {
  input: CreateDeviceInput;
};

export type MutationUpdateDeviceArgs = {
  input: UpdateDeviceInput;
};

export type MutationRenewEnrolmentCodeArgs = {
  deviceId: Scalars['ID']['input'];
};

export type MutationRevokeDeviceArgs = {
  deviceId: Scalars['ID']['input'];
};

export type MutationExchangeTicketArgs = {
  input: ExchangeTicketInput;
};

export type MutationHoldTicketsArgs = {
  input: HoldTicketsInput;
};

export type MutationExtendHoldArgs = {
  input: ExtendHoldInput;
};

export type MutationReleaseHoldArgs = {
  id: Scalars['ID']['input'];
};

export type MutationSavePaymentPlanArgs = {
  input: PaymentPlanInput;
};

export type MutationDeleteTicketTypeArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRestoreTicketTypeArgs = {
  id: Scalars['ID']['input'];
};

export type MutationCreateTicketTypeArgs = {
  input: CreateTicketTypeInput;
};

export type MutationCreateQuotaArgs = {
  input: CreateQuotaInput;
};

export type MutationUpdateQuotaArgs = {
  input: UpdateQuotaInput;
};

export type MutationAssignQuotasArgs = {
  input: AssignQuotasInput;
};

export type MutationSetPriceTiersArgs = {
  input: SetPriceTiersInput;
};

export type MutationBlockPlacesArgs = {
  input: BlockPlacesInput;
};

export type MutationUnblockPlacesArgs = {
  id: Scalars['ID']['input'];
};

export type MutationSetInvoiceIssuerArgs = {
  input: SetInvoiceIssuerInput;
};

export type MutationRefundRescheduledOrderArgs = {
  input: RefundRescheduledOrderInput;
};

export type MutationCheckOutArgs = {
  input: CheckOutInput;
};

export type MutationSubmitOrderArgs = {
  id: Scalars['ID']['input'];
};

export type MutationApproveOrderArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRejectOrderArgs = {
  input: RejectOrderInput;
};

export type MutationSellAtBoxOfficeArgs = {
  input: SellAtBoxOfficeInput;
};

export type MutationSellInBulkArgs = {
  input: SellInBulkInput;
};

export type MutationPayOrderArgs = {
  input: PayOrderInput;
};

export type MutationSaveTaxRateArgs = {
  input: TaxRateInput;
};

export type MutationSaveFeeRuleArgs = {
  input: FeeRuleInput;
};

export type MutationSaveTaxProfileArgs = {
  input: TaxProfileInput;
};

export type MutationSetSaleTermsArgs = {
  input: SaleTermsInput;
};

export type MutationSaveSalesPolicyArgs = {
  input: SalesPolicyInput;
};

export type MutationSaveQuestionArgs = {
  input: QuestionInput;
};

export type MutationAnswerQuestionsArgs = {
  input: AnswerQuestionsInput;
};

export type MutationRefundOrderArgs = {
  input: RefundOrderInput;
};

export type MutationRecordExternalRefundArgs = {
  input: RecordExternalRefundInput;
};

export type MutationListTicketArgs = {
  ticketId: Scalars['ID']['input'];
};

export type MutationUnlistTicketArgs = {
  listingId: Scalars['ID']['input'];
};

export type MutationBuyResaleTicketArgs = {
  input: BuyResaleTicketInput;
};

export type MutationScanTicketArgs = {
  input: ScanTicketInput;
};

export type MutationUndoScanArgs = {
  input: UndoScanInput;
};

export type MutationSetSeatingPolicyArgs = {
  input: SetSeatingPolicyInput;
};

export type MutationHoldBestAvailableArgs = {
  input: HoldBestAvailableInput;
};

export type MutationSetCredentialPolicyArgs = {
  input: SetCredentialPolicyInput;
};

export type MutationOfferTransferArgs = {
  input: OfferTransferInput;
};

export type MutationAcceptTransferArgs = {
  id: Scalars['ID']['input'];
};

export type MutationDeclineTransferArgs = {
  id: Scalars['ID']['input'];
};

export type MutationRecallTransferArgs = {
  id: Scalars['ID']['input'];
};

export type MutationSaveVoucherArgs = {
  input: VoucherInput;
};

export type MutationSetWaitingRoomArgs = {
  input: SetWaitingRoomInput;
};

export type MutationJoinWaitingRoomArgs = {
  occurrenceId: Scalars['ID']['input'];
};

export type MutationClaimWaitlistOfferArgs = {
  entryId: Scalars['ID']['input'];
};

export type MutationLeaveWaitlistArgs = {
  entryId: Scalars['ID']['input'];
};

export type MutationJoinWaitlistArgs = {
  input: JoinWaitlistInput;
};

export type Subscription = {
  __typename?: 'Subscription';
  /** The list, each time its counts changed. */
  checkInCountsChanged?: Maybe<CheckInList>;
  /** The occurrence, each time its availability changed. */
  availabilityChanged?: Maybe<Occurrence>;
  /** The order, each time something of it changed. */
  orderChanged?: Maybe<Order>;
  /** The room each time something of it changes for this visitor, until it is the visitor's turn or the room is off. */
  waitingRoomChanged: WaitingRoom;
};

export type SubscriptionCheckInCountsChangedArgs = {
  listId: Scalars['ID']['input'];
};

export type SubscriptionAvailabilityChangedArgs = {
  occurrenceId: Scalars['ID']['input'];
};

export type SubscriptionOrderChangedArgs = {
  orderId: Scalars['ID']['input'];
};

export type SubscriptionWaitingRoomChangedArgs = {
  occurrenceId: Scalars['ID']['input'];
  token: Scalars['String']['input'];
};

/** What reads tickets at a gate. It enrols once by a code, and from then on speaks by its own key. */
export type Device = Node & {
  __typename?: 'Device';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** What counts are shown under. */
  gate: Scalars['String']['output'];
  status: DeviceStatus;
  /** It reads tickets on these alone. */
  checkInLists: Array<CheckInList>;
  createdAt: Scalars['DateTime']['output'];
  enrolledAt?: Maybe<Scalars['DateTime']['output']>;
  revokedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Within half a minute. */
  lastSeenAt?: Maybe<Scalars['DateTime']['output']>;
  /** How far its clock was behind ours when it synced last; negative where it was ahead. */
  clockBehindMs?: Maybe<Scalars['BigInt']['output']>;
};

export type DeviceStatus =
  /** Has not used its code yet. */
  'PENDING' | 'ACTIVE' | 'REVOKED';

export type DeviceConnection = {
  __typename?: 'DeviceConnection';
  edges: Array<DeviceEdge>;
  pageInfo: PageInfo;
};

export type DeviceEdge = {
  __typename?: 'DeviceEdge';
  node: Device;
  cursor: Scalars['String']['output'];
};

export type CreateDeviceInput = {
  name: Scalars['String']['input'];
  /** Its name when absent. */
  gate?: InputMaybe<Scalars['String']['input']>;
  listIds: Array<Scalars['ID']['input']>;
};

/** The code is shown now and never again; it enrols one device, once. */
export type DeviceCreated = {
  __typename?: 'DeviceCreated';
  device: Device;
  enrolmentCode: Scalars['String']['output'];
  expiresAt: Scalars['DateTime']['output'];
};

/** What is left out stays as it is. */
export type UpdateDeviceInput = {
  deviceId: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  gate?: InputMaybe<Scalars['String']['input']>;
  /** All that it reads on from now on. */
  listIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type DeviceUpdated = {
  __typename?: 'DeviceUpdated';
  device: Device;
};

export type EnrolmentCodeRenewed = {
  __typename?: 'EnrolmentCodeRenewed';
  device: Device;
  enrolmentCode: Scalars['String']['output'];
  expiresAt: Scalars['DateTime']['output'];
};

export type DeviceIsRevoked = {
  __typename?: 'DeviceIsRevoked';
  device: Device;
};

export type DeviceRevoked = Refusal & {
  __typename?: 'DeviceRevoked';
  message: Scalars['String']['output'];
};

export type CreateDeviceResult = DeviceCreated | InvalidInput;

export type UpdateDeviceResult = DeviceUpdated | DeviceRevoked | InvalidInput | NotFound;

export type RenewEnrolmentCodeResult = EnrolmentCodeRenewed | DeviceRevoked | InvalidInput | NotFound;

export type RevokeDeviceResult = DeviceIsRevoked | InvalidInput | NotFound;

export type ExchangeTicketInput = {
  idempotencyKey: Scalars['String']['input'];
  ticketId: Scalars['ID']['input'];
  /** Another occurrence of the same organisation. */
  occurrenceId: Scalars['ID']['input'];
  ticketTypeId: Scalars['ID']['input'];
  /** The chosen seat, where the ticket type is seated; left out otherwise. */
  seatId?: InputMaybe<Scalars['ID']['input']>;
  /** Where the other occurrence has a waiting room that is on: what it gave out when it was one's turn. */
  admissionPass?: InputMaybe<Scalars['String']['input']>;
  /** To what is asked for tickets of the other type, and was not answered for this one. */
  answers?: InputMaybe<Array<ExchangeAnswerInput>>;
  /**
   * Where the other costs more: order it for the difference, to be paid as any order. Left out, it is refused with the
   * difference (`ExchangeCostsMore`).
   */
  payDifference?: InputMaybe<Scalars['Boolean']['input']>;
};

export type ExchangeAnswerInput = {
  questionId: Scalars['ID']['input'];
  value: Scalars['String']['input'];
};

/** The ticket is for the other occurrence. Every credential made before is worthless: show the new one. */
export type TicketExchanged = {
  __typename?: 'TicketExchanged';
  ticket: Ticket;
  /** What goes back to whoever paid, for the new ticket costs less; zero where it costs the same. */
  refunded: Money;
};

/**
 * The dearer place is held by an order of the difference. Pay it (`payOrder`): the ticket is exchanged by its payment, and
 * good for its old place until then. Where the ticket was used or given away meanwhile, the payment goes back by itself.
 */
export type ExchangeToBePaid = {
  __typename?: 'ExchangeToBePaid';
  order: Order;
  /** What the new ticket costs more; taxes that its price does not contain are in the order's total. */
  difference: Money;
};

/** The other ticket costs more: nothing was changed. Ask again with `payDifference`. */
export type ExchangeCostsMore = Refusal & {
  __typename?: 'ExchangeCostsMore';
  message: Scalars['String']['output'];
  difference: Money;
};

/** The ticket is in a state that does not allow this, such as one already admitted, or the type is sold by orders alone. */
export type ExchangeNotPossible = Refusal & {
  __typename?: 'ExchangeNotPossible';
  message: Scalars['String']['output'];
};

export type ExchangeTicketResult =
  | TicketExchanged
  | ExchangeToBePaid
  | ExchangeCostsMore
  | ExchangeNotPossible
  | NotEnoughTickets
  | SeatsTaken
  | SingleSeatLeft
  | CompanionSeatAlone
  | NotOnSale
  | WaitingRoomRequired
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type Order = Node & {
  __typename?: 'Order';
  /** The ticket that this order exchanges for a dearer one, once it is paid; null for every other order. */
  exchangedTicket?: Maybe<Ticket>;
  /** By which it is paid in instalments; empty where it is paid at once. */
  paymentSchedule: Array<Instalment>;
  /** What its payments have confirmed, less what banks took back. */
  paidAmount: Money;
  /** What `payOrder` would charge now: nothing once it is paid, or cannot be paid (yet). */
  dueAmount: Money;
  /** Invoices and credit notes, oldest first. */
  invoices: Array<Invoice>;
  id: Scalars['ID']['output'];
  /** What people read to each other, such as `7F3KQ-9MXPA`. */
  number: Scalars['String']['output'];
  status: OrderStatus;
  total: Money;
  /** What vouchers took off; the lines say where. */
  discount: Money;
  /** Beside the tickets' own prices, such as a booking fee. */
  fees: Array<OrderFee>;
  /** All taxes in the total, by rate. The total is the lines' net, the fees' net and these. */
  taxes: Array<TaxAmount>;
  voucher?: Maybe<Voucher>;
  /** Whether a business buys that owes the tax itself. */
  reverseCharge: Scalars['Boolean']['output'];
  /** Until when it can be paid; null once it is paid. */
  expiresAt?: Maybe<Scalars['DateTime']['output']>;
  createdAt: Scalars['DateTime']['output'];
  paidAt?: Maybe<Scalars['DateTime']['output']>;
  guest?: Maybe<Guest>;
  /** Of a cart, that of its first hold; each line and each ticket has its own. */
  occurrence?: Maybe<Occurrence>;
  /** As it was last known here: also of an event that was deleted since, whose `occurrence` is null. */
  eventTitle?: Maybe<Scalars['String']['output']>;
  lines: Array<OrderLine>;
  tickets: Array<Ticket>;
  payments: Array<Payment>;
  refunds: Array<Refund>;
  /** What happened to it, oldest first; read through `asOf`, up to that instant. */
  history: Array<OrderHistoryEntry>;
  /** All tickets of it that its guest still holds, a page each. */
  ticketsPdf?: Maybe<TicketFile>;
  /**
   * Columns that plugins add to a report of orders, in the same sequence for every order of a page; null, with an error, for a
   * viewer without `analytics:read`.
   */
  reportColumns?: Maybe<Array<ReportCell>>;
  answers: Array<Answer>;
};

/** Tickets put aside for a buyer until `expiresAt`. */
export type Hold = Node & {
  __typename?: 'Hold';
  id: Scalars['ID']['output'];
  status: HoldStatus;
  expiresAt: Scalars['DateTime']['output'];
  occurrence?: Maybe<Occurrence>;
  lines: Array<HoldLine>;
  total: Money;
  /** The order that it became. */
  order?: Maybe<Order>;
};

export type HoldStatus = 'ACTIVE' | 'CONVERTED' | 'RELEASED' | 'EXPIRED';

export type HoldLine = {
  __typename?: 'HoldLine';
  ticketType: TicketType;
  quantity: Scalars['Int']['output'];
  seats: Array<Maybe<Seat>>;
  unitPrice: Money;
};

export type HoldTicketsInput = {
  idempotencyKey: Scalars['String']['input'];
  occurrenceId: Scalars['ID']['input'];
  items: Array<HoldItemInput>;
  /** Where the occurrence has a waiting room that is on: what it gave out when it was one's turn. */
  admissionPass?: InputMaybe<Scalars['String']['input']>;
  /** Opens hidden ticket types; what it takes off is taken off at check-out, where it is given again. */
  voucherCode?: InputMaybe<Scalars['String']['input']>;
};

export type HoldItemInput = {
  ticketTypeId: Scalars['ID']['input'];
  /** May be left out where seats are chosen. */
  quantity?: InputMaybe<Scalars['Int']['input']>;
  /** The chosen seats of a seated ticket type. */
  seatIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** What the buyer gives for each ticket of a donation type, at least its price; left out otherwise. */
  price?: InputMaybe<MoneyInput>;
};

export type TicketsHeld = {
  __typename?: 'TicketsHeld';
  hold: Hold;
};

/** Fewer are left than were asked for; nothing was held. */
export type NotEnoughTickets = Refusal & {
  __typename?: 'NotEnoughTickets';
  message: Scalars['String']['output'];
  /** How many of the scarcest type asked for can be held now. */
  available: Scalars['Int']['output'];
};

/** Some chosen seats belong to others; nothing was held. */
export type SeatsTaken = Refusal & {
  __typename?: 'SeatsTaken';
  message: Scalars['String']['output'];
  seatIds: Array<Scalars['ID']['output']>;
};

/** More people ask than can be served in good time; nothing was held. Send the same request again, with the same key. */
export type TooBusy = Refusal & {
  __typename?: 'TooBusy';
  message: Scalars['String']['output'];
  retryAfterSeconds: Scalars['Int']['output'];
};

/** The occurrence is not for sale: not published, cancelled, or over. */
export type NotOnSale = Refusal & {
  __typename?: 'NotOnSale';
  message: Scalars['String']['output'];
};

export type HoldReleased = {
  __typename?: 'HoldReleased';
  hold: Hold;
};

/** The hold ended before this was asked; its tickets may be someone else's by now. */
export type HoldExpired = Refusal & {
  __typename?: 'HoldExpired';
  message: Scalars['String']['output'];
};

/** The hold is no longer one that can be acted on, such as one that became an order. */
export type HoldNotActive = Refusal & {
  __typename?: 'HoldNotActive';
  message: Scalars['String']['output'];
  status: HoldStatus;
};

export type HoldTicketsResult =
  | TicketsHeld
  | NotEnoughTickets
  | SeatsTaken
  | SingleSeatLeft
  | CompanionSeatAlone
  | NoSeatsTogether
  | NotOnSale
  | WaitingRoomRequired
  | VoucherNotUsable
  | TooBusy
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type ExtendHoldInput = {
  idempotencyKey: Scalars['String']['input'];
  holdId: Scalars['ID']['input'];
};

export type HoldExtended = {
  __typename?: 'HoldExtended';
  hold: Hold;
};

/** It was extended as often, or stands as long, as a hold may: twice, three terms over all. */
export type HoldNotExtendable = Refusal & {
  __typename?: 'HoldNotExtendable';
  message: Scalars['String']['output'];
};

export type ExtendHoldResult =
  | HoldExtended
  | HoldNotExtendable
  | HoldExpired
  | HoldNotActive
  | InvalidInput
  | NotFound
  | IdempotencyConflict;

export type ReleaseHoldResult = HoldReleased | HoldExpired | HoldNotActive | InvalidInput | NotFound;

/** How orders may be paid: some of it at once, the rest by dates before the occurrence. */
export type PaymentPlan = {
  __typename?: 'PaymentPlan';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** The more particular plan wins: of a ticket type, of an occurrence, of all. */
  occurrence?: Maybe<Occurrence>;
  ticketType?: Maybe<TicketType>;
  /** Due at once: a part of the total, in hundredths of a percent, or an amount. */
  depositBasisPoints?: Maybe<Scalars['Int']['output']>;
  deposit?: Maybe<Money>;
  instalments: Array<PlannedInstalment>;
  /** How long after its day an instalment may still be paid. */
  graceDays: Scalars['Int']['output'];
  /** How long before its day the guest is reminded. */
  remindDays: Scalars['Int']['output'];
  /** What is kept of the money that was paid where an instalment is missed. */
  forfeitBasisPoints: Scalars['Int']['output'];
  active: Scalars['Boolean']['output'];
};

export type PlannedInstalment = {
  __typename?: 'PlannedInstalment';
  daysBefore: Scalars['Int']['output'];
  /** Of what is left after the deposit; all of them are in proportion. */
  shareBasisPoints: Scalars['Int']['output'];
};

/** One payment of an order that is paid in several; the first is the deposit. */
export type Instalment = {
  __typename?: 'Instalment';
  amount: Money;
  /** What of it is paid: payments cover the oldest first. */
  paid: Money;
  dueAt: Scalars['DateTime']['output'];
  status: InstalmentStatus;
};

export type InstalmentStatus =
  | 'PAID'
  /** To be paid next. */
  | 'DUE'
  | 'UPCOMING'
  /** Its day is over; the order is cancelled unless it is paid soon (`Order.expiresAt`). */
  | 'OVERDUE';

/** What a cart would cost now, by the rules as they are; check-out freezes it with the order. */
export type Quote = {
  __typename?: 'Quote';
  /** How it would be paid in instalments; null where that is not offered. */
  paymentSchedule?: Maybe<Array<Instalment>>;
  lines: Array<QuoteLine>;
  discount: Money;
  fees: Array<QuoteFee>;
  taxes: Array<TaxAmount>;
  reverseCharge: Scalars['Boolean']['output'];
  /** The lines' net, the fees' net and the taxes. */
  total: Money;
};

export type PlannedInstalmentInput = {
  daysBefore: Scalars['Int']['input'];
  shareBasisPoints: Scalars['Int']['input'];
};

export type PaymentPlanInput = {
  /** A plan to change; a new one when absent. */
  id?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  occurrenceId?: InputMaybe<Scalars['ID']['input']>;
  ticketTypeId?: InputMaybe<Scalars['ID']['input']>;
  /** This or `deposit`. */
  depositBasisPoints?: InputMaybe<Scalars['Int']['input']>;
  deposit?: InputMaybe<MoneyInput>;
  instalments: Array<PlannedInstalmentInput>;
  /** 3 when absent. */
  graceDays?: InputMaybe<Scalars['Int']['input']>;
  /** 7 when absent. */
  remindDays?: InputMaybe<Scalars['Int']['input']>;
  /** None when absent. */
  forfeitBasisPoints?: InputMaybe<Scalars['Int']['input']>;
  active?: InputMaybe<Scalars['Boolean']['input']>;
};

export type PaymentPlanSaved = {
  __typename?: 'PaymentPlanSaved';
  paymentPlan: PaymentPlan;
};

/** An instalment is paid, and the order's places are kept; its tickets come with the last one. */
export type InstalmentPaid = {
  __typename?: 'InstalmentPaid';
  order: Order;
};

export type SavePaymentPlanResult = PaymentPlanSaved | CurrencyNotAllowed | InvalidInput | NotFound;

/** What can be bought for an event: one price for one kind of place. */
export type TicketType = Node & {
  __typename?: 'TicketType';
  id: Scalars['ID']['output'];
  event?: Maybe<Event>;
  name: Scalars['String']['output'];
  price: Money;
  /** How many of this type one order may hold. */
  maxPerOrder: Scalars['Int']['output'];
  /** The seat-map section or general-admission area that it sells, where there is one. */
  sectionName?: Maybe<Scalars['String']['output']>;
  /** Whether seats are chosen one by one. */
  seated: Scalars['Boolean']['output'];
  /** How many can be held now for the occurrence it is seen through; null where there is none, as in createTicketType. */
  available?: Maybe<Scalars['Int']['output']>;
  /** What the next ticket costs now. A hold of several may take the last of one tier and go on at the next one's price. */
  currentPrice: Money;
  /** The tier that the current price is of; null where it is the type's own price. */
  currentTier?: Maybe<PriceTier>;
  /** What follows once the current tier is sold or over; null where it is the type's own price. */
  nextTier?: Maybe<PriceTier>;
  priceTiers: Array<PriceTier>;
  saleTerms: SaleTerms;
};

export type Event = {
  __typename?: 'Event';
  id: Scalars['ID']['output'];
  ticketTypes?: Maybe<Array<TicketType>>;
  quotas?: Maybe<Array<Quota>>;
  /** In the order in which they are asked. */
  questions?: Maybe<Array<Question>>;
  /** What its doors accept; ANY unless it was set. */
  credentialPolicy?: Maybe<CredentialPolicy>;
};

export type Availability = {
  __typename?: 'Availability';
  status: AvailabilityStatus;
  /** Tickets that can be held now, over all types. */
  available: Scalars['Int']['output'];
};

export type AvailabilityStatus =
  /** Nothing is for sale: a draft, cancelled, past, or without ticket types. */
  | 'NOT_ON_SALE'
  | 'AVAILABLE'
  /** A tenth or less is left. */
  | 'LIMITED'
  | 'SOLD_OUT';

export type SeatAvailability = {
  __typename?: 'SeatAvailability';
  seatId: Scalars['ID']['output'];
  status: SeatStatus;
};

export type SeatStatus =
  | 'AVAILABLE'
  | 'HELD'
  /** Kept by the organiser. */
  | 'BLOCKED'
  | 'SOLD';

export type Seat = {
  __typename?: 'Seat';
  id: Scalars['ID']['output'];
  label: Scalars['String']['output'];
};

export type CreateTicketTypeInput = {
  eventId: Scalars['ID']['input'];
  name: Scalars['String']['input'];
  price: MoneyInput;
  /** Tickets for each occurrence of the event. */
  quotaSize: Scalars['Int']['input'];
  /** Ten when absent. */
  maxPerOrder?: InputMaybe<Scalars['Int']['input']>;
  /** A section of the space's seat map (seats are chosen then) or a general-admission area. */
  sectionName?: InputMaybe<Scalars['String']['input']>;
};

export type TicketTypeCreated = {
  __typename?: 'TicketTypeCreated';
  ticketType: TicketType;
};

/** The event already has a ticket type of this name. */
export type TicketTypeNameTaken = Refusal & {
  __typename?: 'TicketTypeNameTaken';
  message: Scalars['String']['output'];
};

export type CreateTicketTypeResult =
  TicketTypeCreated | TicketTypeNameTaken | CurrencyNotAllowed | InvalidInput | NotFound | Unavailable;

export type TicketTypeDeleted = {
  __typename?: 'TicketTypeDeleted';
  deleted: Deleted;
};

export type TicketTypeRestored = {
  __typename?: 'TicketTypeRestored';
  ticketType: TicketType;
};

/** Somebody has tickets of this type. */
export type TicketsSold = Refusal & {
  __typename?: 'TicketsSold';
  message: Scalars['String']['output'];
  sold: Scalars['Int']['output'];
};

export type DeleteTicketTypeResult =
  TicketTypeDeleted | TicketsSold | TicketTypeInUse | InvalidInput | NotFound;

export type RestoreTicketTypeResult = TicketTypeRestored | InvalidInput | NotFound;

/** So many places of each occurrence of an event, shared by the ticket types that draw on it. */
export type Quota = Node & {
  __typename?: 'Quota';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  size: Scalars['Int']['output'];
  ticketTypes: Array<TicketType>;
};

/** A price of a ticket type, while it is open and while some of its amount is left. The first of the list comes first. */
export type PriceTier = {
  __typename?: 'PriceTier';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  price: Money;
  startsAt?: Maybe<Scalars['DateTime']['output']>;
  endsAt?: Maybe<Scalars['DateTime']['output']>;
  /** How many tickets of each occurrence have this price; null: as many as there are. */
  amount?: Maybe<Scalars['Int']['output']>;
  /** How many of them are left for the occurrence it is seen through; null where it is not limited, or seen through none. */
  available?: Maybe<Scalars['Int']['output']>;
};

/** Places that the organiser keeps: nobody can buy them. */
export type PlaceBlock = Node & {
  __typename?: 'PlaceBlock';
  id: Scalars['ID']['output'];
  reason: Scalars['String']['output'];
  quantity: Scalars['Int']['output'];
  lines: Array<PlaceBlockLine>;
  createdAt: Scalars['DateTime']['output'];
  /** Null while they are kept. */
  releasedAt?: Maybe<Scalars['DateTime']['output']>;
};

export type PlaceBlockLine = {
  __typename?: 'PlaceBlockLine';
  ticketType: TicketType;
  quantity: Scalars['Int']['output'];
  seats: Array<Maybe<Seat>>;
};

export type CreateQuotaInput = {
  eventId: Scalars['ID']['input'];
  name: Scalars['String']['input'];
  /** Places for each occurrence of the event. */
  size: Scalars['Int']['input'];
};

export type UpdateQuotaInput = {
  id: Scalars['ID']['input'];
  name?: InputMaybe<Scalars['String']['input']>;
  size?: InputMaybe<Scalars['Int']['input']>;
};

export type AssignQuotasInput = {
  ticketTypeId: Scalars['ID']['input'];
  /** All that the type draws on: each ticket takes a place of every one of them. */
  quotaIds: Array<Scalars['ID']['input']>;
};

export type PriceTierInput = {
  /** Of a tier that stays; left out for a new one. */
  id?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  price: MoneyInput;
  startsAt?: InputMaybe<Scalars['DateTime']['input']>;
  endsAt?: InputMaybe<Scalars['DateTime']['input']>;
  amount?: InputMaybe<Scalars['Int']['input']>;
};

export type SetPriceTiersInput = {
  ticketTypeId: Scalars['ID']['input'];
  /** The whole list, the first one first. Those left out end. */
  tiers: Array<PriceTierInput>;
};

export type BlockItemInput = {
  ticketTypeId: Scalars['ID']['input'];
  quantity?: InputMaybe<Scalars['Int']['input']>;
  seatIds?: InputMaybe<Array<Scalars['ID']['input']>>;
};

export type BlockPlacesInput = {
  idempotencyKey: Scalars['String']['input'];
  occurrenceId: Scalars['ID']['input'];
  items: Array<BlockItemInput>;
  /** For those who run the event, such as: broken chair, press, house seats. */
  reason: Scalars['String']['input'];
};

export type QuotaCreated = {
  __typename?: 'QuotaCreated';
  quota: Quota;
};

export type QuotaUpdated = {
  __typename?: 'QuotaUpdated';
  quota: Quota;
};

export type QuotasAssigned = {
  __typename?: 'QuotasAssigned';
  ticketType: TicketType;
};

export type PriceTiersSet = {
  __typename?: 'PriceTiersSet';
  ticketType: TicketType;
};

export type PlacesBlocked = {
  __typename?: 'PlacesBlocked';
  block: PlaceBlock;
};

export type PlacesUnblocked = {
  __typename?: 'PlacesUnblocked';
  block: PlaceBlock;
};

/** More is sold and held than the quota would have places; nothing was changed. */
export type QuotaTooSmall = Refusal & {
  __typename?: 'QuotaTooSmall';
  message: Scalars['String']['output'];
  /** Sold and held for the occurrence that has most of them. */
  taken: Scalars['Int']['output'];
};

/** Tickets of the type are sold, held or blocked, so its quotas stay as they are. */
export type TicketTypeInUse = Refusal & {
  __typename?: 'TicketTypeInUse';
  message: Scalars['String']['output'];
};

export type CreateQuotaResult = QuotaCreated | InvalidInput | NotFound;

export type UpdateQuotaResult = QuotaUpdated | QuotaTooSmall | InvalidInput | NotFound;

export type AssignQuotasResult = QuotasAssigned | TicketTypeInUse | InvalidInput | NotFound;

export type SetPriceTiersResult = PriceTiersSet | QuotaTooSmall | InvalidInput | NotFound;

export type BlockPlacesResult =
  PlacesBlocked | NotEnoughTickets | SeatsTaken | InvalidInput | NotFound | IdempotencyConflict | Unavailable;

export type UnblockPlacesResult = PlacesUnblocked | InvalidInput | NotFound;

export type InvoiceKind =
  | 'INVOICE'
  /** Takes back a part or all of an invoice, for a refund. */
  | 'CREDIT_NOTE';

/**
 * An invoice or a credit note: it never changes, and the numbers of each organisation, kind and year have no gap. Issued a
 * moment after its order was paid or its refund was carried out.
 */
export type Invoice = Node & {
  __typename?: 'Invoice';
  id: Scalars['ID']['output'];
  kind: InvoiceKind;
  /** Such as `2027-000042`, or `CN-2027-000007` for a credit note. */
  number: Scalars['String']['output'];
  issuedAt: Scalars['DateTime']['output'];
  order: Order;
  /** The invoice that a credit note takes back from. */
  corrects?: Maybe<Invoice>;
  sellerName: Scalars['String']['output'];
  customerName: Scalars['String']['output'];
  lines: Array<InvoiceLine>;
  taxes: Array<InvoiceTax>;
  net: Money;
  tax: Money;
  total: Money;
  /** A link by which the PDF can be downloaded, for a quarter of an hour. */
  pdfUrl: Scalars['String']['output'];
};

export type InvoiceLine = {
  __typename?: 'InvoiceLine';
  description: Scalars['String']['output'];
  quantity: Scalars['Int']['output'];
  net: Money;
  tax: Money;
};

export type InvoiceTax = {
  __typename?: 'InvoiceTax';
  name: Scalars['String']['output'];
  /** In hundredths of a percent: 1900 for 19 %. */
  rateBasisPoints: Scalars['Int']['output'];
  net: Money;
  tax: Money;
};

/** How an organisation is printed on its invoices from now on. */
export type InvoiceIssuer = {
  __typename?: 'InvoiceIssuer';
  name: Scalars['String']['output'];
  address: Scalars['String']['output'];
  taxId?: Maybe<Scalars['String']['output']>;
  email?: Maybe<Scalars['String']['output']>;
  note?: Maybe<Scalars['String']['output']>;
  timeZone: Scalars['String']['output'];
};

export type SetInvoiceIssuerInput = {
  name: Scalars['String']['input'];
  /** Of as many lines as needed. */
  address: Scalars['String']['input'];
  taxId?: InputMaybe<Scalars['String']['input']>;
  email?: InputMaybe<Scalars['String']['input']>;
  /** Printed at the end of each: terms, thanks, the register's entry. */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Decides on which day, and so in which year, something is issued; UTC when absent. */
  timeZone?: InputMaybe<Scalars['String']['input']>;
};

export type InvoiceIssuerSet = {
  __typename?: 'InvoiceIssuerSet';
  issuer: InvoiceIssuer;
};

export type SetInvoiceIssuerResult = InvoiceIssuerSet | InvalidInput;

/** Who held a ticket, and what proves it. */
export type TicketOwnership = {
  __typename?: 'TicketOwnership';
  holders: Array<TicketHolding>;
  /**
   * A JSON document by which anyone can check this without asking us again: the events, their proofs of inclusion in the
   * organisation's hash-chained log, and its signed head. Null for about a second after the sale. See docs/ticket-ledger.md.
   */
  proof?: Maybe<Scalars['String']['output']>;
  /** Changes that are newer than the signed head. */
  notYetProven: Scalars['Int']['output'];
};

export type TicketHolding = {
  __typename?: 'TicketHolding';
  /** Null where it is somebody else whom the viewer does not know. */
  guest?: Maybe<Guest>;
  how: TicketHoldingBeginning;
  from: Scalars['DateTime']['output'];
  /** Null while they hold it. */
  until?: Maybe<Scalars['DateTime']['output']>;
  ended?: Maybe<TicketHoldingEnd>;
};

export type TicketHoldingBeginning = 'ISSUED' | 'TRANSFERRED';

export type TicketHoldingEnd = 'TRANSFERRED' | 'SOLD_ON' | 'CANCELLED';

export type TicketHistoryEntry = {
  __typename?: 'TicketHistoryEntry';
  /** The domain event, such as `tickets.transfer-accepted.v1`. */
  type: Scalars['String']['output'];
  occurredAt: Scalars['DateTime']['output'];
  /** The subject who caused it, or `system`. For its organisation; null for guests. */
  actor?: Maybe<Scalars['String']['output']>;
};

/** A public Ed25519 key by which heads of this log are signed, with the fields of a JWK. */
export type LedgerKey = {
  __typename?: 'LedgerKey';
  kid: Scalars['String']['output'];
  kty: Scalars['String']['output'];
  crv: Scalars['String']['output'];
  x: Scalars['String']['output'];
};

export type Ticket = Node & {
  __typename?: 'Ticket';
  /** What happened to it, oldest first. For its holder and the organisation. */
  history?: Maybe<Array<TicketHistoryEntry>>;
  /** For its holder and the organisation. */
  ownership?: Maybe<TicketOwnership>;
  /** A page to print; for its holder, while it opens a door. */
  pdf?: Maybe<TicketFile>;
  walletPass?: Maybe<WalletPassResult>;
  /** Printed on its files as well. For its holder; none for anyone else. */
  additions: Array<TicketAddition>;
  /**
   * Whether a plugin that must be heard has not answered yet: there is neither `credential` nor file before it has. A matter
   * of a second, unless the plugin is away.
   */
  waitsForPlugins: Scalars['Boolean']['output'];
  /** What was answered for it; none for those who may not show it. */
  answers: Array<Answer>;
  /** Where its holder sells it on. */
  resaleListing?: Maybe<ResaleListing>;
  id: Scalars['ID']['output'];
  status: TicketStatus;
  /**
   * What the door reads now, signed with Ed25519: the same each time, or the code of this moment where the event accepts
   * rotating ones alone. Null once the ticket is no longer valid, for anyone but its holder, outside the hours of rotating
   * codes, and while it `waitsForPlugins`.
   */
  credential?: Maybe<Scalars['String']['output']>;
  /** The same as a QR code. */
  qrCode?: Maybe<QrCode>;
  /** What an app needs to show rotating codes by itself, without network; null where `credential` is. */
  credentialRotation?: Maybe<CredentialRotation>;
  seat?: Maybe<Seat>;
  ticketType: TicketType;
  guest?: Maybe<Guest>;
  occurrence?: Maybe<Occurrence>;
  order: Order;
  /** When it was admitted. */
  admittedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Its offers, newest first. For its holder and the organisation. */
  transfers?: Maybe<Array<Transfer>>;
};

export type TicketWalletPassArgs = {
  wallet: Wallet;
};

export type TicketQrCodeArgs = {
  format?: InputMaybe<QrCodeFormat>;
};

/** What follows when an occurrence is cancelled, and how far it has got. Goes on by itself, whatever dies on the way. */
export type OccurrenceCancellation = {
  __typename?: 'OccurrenceCancellation';
  status: OccurrenceCancellationStatus;
  /** Holds, orders and waitlist entries to end. */
  total: Scalars['Int']['output'];
  done: Scalars['Int']['output'];
  /** They are tried again, and everything else goes on. */
  failed: Scalars['Int']['output'];
  requestedAt: Scalars['DateTime']['output'];
  startedAt?: Maybe<Scalars['DateTime']['output']>;
  endedAt?: Maybe<Scalars['DateTime']['output']>;
  /** Refunds that the payment provider has not settled yet. */
  refundsUnderWay: Scalars['Int']['output'];
  refundsDone: Scalars['Int']['output'];
  refundsFailed: Scalars['Int']['output'];
};

export type OccurrenceCancellationStatus = 'WAITING' | 'RUNNING' | 'DONE';

/** The newest change of an occurrence's time. Tickets stay good; who cannot come may have the money back for a while. */
export type OccurrenceReschedule = {
  __typename?: 'OccurrenceReschedule';
  startsAtBefore: Scalars['DateTime']['output'];
  startsAt: Scalars['DateTime']['output'];
  refundUntil: Scalars['DateTime']['output'];
};

export type RefundRescheduledOrderInput = {
  idempotencyKey: Scalars['String']['input'];
  orderId: Scalars['ID']['input'];
  occurrenceId: Scalars['ID']['input'];
};

export type RescheduledOrderRefunded = {
  __typename?: 'RescheduledOrderRefunded';
  order: Order;
};

export type RefundNotPossible = Refusal & {
  __typename?: 'RefundNotPossible';
  message: Scalars['String']['output'];
};

export type RefundRescheduledOrderResult =
  RescheduledOrderRefunded | RefundNotPossible | InvalidInput | NotFound | IdempotencyConflict;

export type OrderStatus =
  | 'DRAFT'
  | 'PENDING_APPROVAL'
  | 'PENDING_PAYMENT'
  | 'PAID'
  | 'PARTIALLY_REFUNDED'
  | 'REFUNDED'
  | 'EXPIRED'
  | 'CANCELLED';

export type OrderLine = {
  __typename?: 'OrderLine';
  id: Scalars['ID']['output'];
  occurrence?: Maybe<Occurrence>;
  ticketType: TicketType;
  quantity: Scalars['Int']['output'];
  seats: Array<Maybe<Seat>>;
  unitPrice: Money;
  /** What was taken off all of it. */
  discount: Money;
  /** All of it without tax, and the tax: together what it costs. */
  net: Money;
  tax: Money;
};

export type OrderFee = {
  __typename?: 'OrderFee';
  name: Scalars['String']['output'];
  net: Money;
  tax: Money;
};

/** What is owed by one tax rate. */
export type TaxAmount = {
  __typename?: 'TaxAmount';
  name: Scalars['String']['output'];
  /** In percent, such as 19 or 8.25. */
  rate: Scalars['Float']['output'];
  /** What it is owed of. */
  net: Money;
  amount: Money;
};

export type OrderHistoryEntry = {
  __typename?: 'OrderHistoryEntry';
  /** The domain event, such as `tickets.order-paid.v1`. */
  type: Scalars['String']['output'];
  occurredAt: Scalars['DateTime']['output'];
  /** The subject who caused it, or `system`. */
  actor: Scalars['String']['output'];
};

export type OrderConnection = {
  __typename?: 'OrderConnection';
  edges: Array<OrderEdge>;
  pageInfo: PageInfo;
};

export type OrderEdge = {
  __typename?: 'OrderEdge';
  cursor: Scalars['String']['output'];
  node: Order;
};

export type OrderFilter = {
  occurrenceId?: InputMaybe<Scalars['ID']['input']>;
  status?: InputMaybe<OrderStatus>;
  number?: InputMaybe<Scalars['String']['input']>;
  guestEmail?: InputMaybe<Scalars['String']['input']>;
};

export type Guest = {
  __typename?: 'Guest';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
};

export type CheckOutGuestInput = {
  email: Scalars['String']['input'];
  name: Scalars['String']['input'];
};

export type CheckOutInput = {
  idempotencyKey: Scalars['String']['input'];
  /** The hold to buy; or several by `holdIds`. */
  holdId?: InputMaybe<Scalars['ID']['input']>;
  /** A cart: holds of one or of several occurrences, in one currency. */
  holdIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  guest: CheckOutGuestInput;
  voucherCode?: InputMaybe<Scalars['String']['input']>;
  /** A business that buys, with its VAT id: reverse charge where the organisation says so. */
  business?: InputMaybe<BusinessInput>;
  /** To the events' questions, for each ticket. */
  answers?: InputMaybe<Array<AnswerInput>>;
  /** Leaves it a draft, to be looked over and submitted. */
  draft?: InputMaybe<Scalars['Boolean']['input']>;
  /** By the payment plan that is offered for this cart (`quote` tells it); refused where there is none. */
  payInInstalments?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderPlaced = {
  __typename?: 'OrderPlaced';
  order: Order;
};

export type CheckOutResult =
  | OrderPlaced
  | HoldExpired
  | HoldNotActive
  | NotOnSale
  | VoucherNotUsable
  | GuestLimitReached
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type RejectOrderInput = {
  orderId: Scalars['ID']['input'];
  /** Told to the guest. */
  reason?: InputMaybe<Scalars['String']['input']>;
};

export type DeskPayment = 'CASH' | 'CARD_TERMINAL';

/** Sells at once what is held, paid at the desk. */
export type SellAtBoxOfficeInput = {
  idempotencyKey: Scalars['String']['input'];
  holdIds: Array<Scalars['ID']['input']>;
  guest: CheckOutGuestInput;
  payment: DeskPayment;
  voucherCode?: InputMaybe<Scalars['String']['input']>;
  business?: InputMaybe<BusinessInput>;
};

/** Orders for many guests, paid at the desk: at most 100 rows. */
export type SellInBulkInput = {
  idempotencyKey: Scalars['String']['input'];
  occurrenceId: Scalars['ID']['input'];
  payment: DeskPayment;
  rows: Array<BulkRowInput>;
};

export type BulkRowInput = {
  guest: CheckOutGuestInput;
  items: Array<HoldItemInput>;
  voucherCode?: InputMaybe<Scalars['String']['input']>;
};

export type OrderSubmitted = {
  __typename?: 'OrderSubmitted';
  order: Order;
};

export type OrderApproved = {
  __typename?: 'OrderApproved';
  order: Order;
};

export type OrderRejected = {
  __typename?: 'OrderRejected';
  order: Order;
};

/** The order does not wait for this any more (or not yet). */
export type OrderNotWaiting = Refusal & {
  __typename?: 'OrderNotWaiting';
  message: Scalars['String']['output'];
  status: OrderStatus;
};

/** Row by row, in the sequence in which they were sent. */
export type SoldInBulk = {
  __typename?: 'SoldInBulk';
  sold: Scalars['Int']['output'];
  rows: Array<BulkRow>;
};

export type BulkRow = {
  __typename?: 'BulkRow';
  /** From 0. */
  row: Scalars['Int']['output'];
  /** The order, with its tickets; null where the row was refused. */
  order?: Maybe<Order>;
  /** Why not, as the refusal's type and for people. */
  refusal?: Maybe<Scalars['String']['output']>;
  message?: Maybe<Scalars['String']['output']>;
};

export type SubmitOrderResult = OrderSubmitted | OrderNotWaiting | OrderExpired | InvalidInput | NotFound;

export type ApproveOrderResult = OrderApproved | OrderNotWaiting | OrderExpired | InvalidInput | NotFound;

export type RejectOrderResult = OrderRejected | OrderNotWaiting | OrderExpired | InvalidInput | NotFound;

export type SellAtBoxOfficeResult =
  | OrderPaid
  | OrderExpired
  | HoldExpired
  | HoldNotActive
  | NotOnSale
  | VoucherNotUsable
  | GuestLimitReached
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

export type SellInBulkResult = SoldInBulk | InvalidInput;

/** A file to be downloaded by its link, which is good for a short while and for anyone who has it. */
export type TicketFile = {
  __typename?: 'TicketFile';
  url: Scalars['String']['output'];
  expiresAt: Scalars['DateTime']['output'];
};

export type Wallet = 'APPLE' | 'GOOGLE';

/** For Apple a .pkpass to be opened on the device, for Google the page that takes the ticket in. */
export type WalletPass = {
  __typename?: 'WalletPass';
  url: Scalars['String']['output'];
};

/** What this platform needs for passes of this wallet was not set; the message says what. */
export type WalletNotConfigured = Refusal & {
  __typename?: 'WalletNotConfigured';
  message: Scalars['String']['output'];
};

/** The ticket opens no door any more, is somebody else's, or its event admits live codes alone. */
export type WalletNotPossible = Refusal & {
  __typename?: 'WalletNotPossible';
  message: Scalars['String']['output'];
};

export type WalletPassResult = WalletPass | WalletNotConfigured | WalletNotPossible;

export type Payment = {
  __typename?: 'Payment';
  id: Scalars['ID']['output'];
  status: PaymentStatus;
  amount: Money;
  provider: Scalars['String']['output'];
  createdAt: Scalars['DateTime']['output'];
  /** Why it failed, in the provider's words. */
  failureReason?: Maybe<Scalars['String']['output']>;
  /** Where its payer must agree (3-D Secure), while the provider waits for that. */
  actionUrl?: Maybe<Scalars['String']['output']>;
};

export type PaymentStatus =
  'CREATED' | 'PENDING' | 'AUTHORIZED' | 'CONFIRMED' | 'FAILED' | 'CANCELLED' | 'CHARGED_BACK';

export type PayOrderInput = {
  idempotencyKey: Scalars['String']['input'];
  orderId: Scalars['ID']['input'];
  /** `sandbox` is built in. */
  provider: Scalars['String']['input'];
  /**
   * What the provider calls the means of payment. The sandbox knows `approve`, `decline`, `timeout`, `late`, `redirect`,
   * `authorize`, `duplicate`, `out-of-order`, `chargeback`, `chargeback-won` and `chargeback-lost`.
   */
  paymentToken: Scalars['String']['input'];
  /** Where the payer comes back to after agreeing on a page of the provider's (3-D Secure). */
  returnUrl?: InputMaybe<Scalars['String']['input']>;
  /** All that is left of an order that is paid in instalments, instead of what is due next. */
  payInFull?: InputMaybe<Scalars['Boolean']['input']>;
};

export type OrderPaid = {
  __typename?: 'OrderPaid';
  order: Order;
};

export type PaymentDeclined = Refusal & {
  __typename?: 'PaymentDeclined';
  message: Scalars['String']['output'];
};

/**
 * The provider has not said yes or no. The order is paid as soon as it says yes; asking again with the same
 * idempotency key never charges twice.
 */
export type PaymentPending = Refusal & {
  __typename?: 'PaymentPending';
  message: Scalars['String']['output'];
};

/**
 * The payer must agree on a page of the provider's first (3-D Secure): send it to `redirectUrl`. The order is paid as soon
 * as the provider says so; the same call with the same key answers how it stands.
 */
export type PaymentActionRequired = Refusal & {
  __typename?: 'PaymentActionRequired';
  message: Scalars['String']['output'];
  redirectUrl: Scalars['String']['output'];
  payment: Payment;
};

export type OrderExpired = Refusal & {
  __typename?: 'OrderExpired';
  message: Scalars['String']['output'];
};

/** The order is not one that can be paid, such as one paid already. */
export type OrderNotPayable = Refusal & {
  __typename?: 'OrderNotPayable';
  message: Scalars['String']['output'];
  status: OrderStatus;
};

export type PayOrderResult =
  | OrderPaid
  | InstalmentPaid
  | PaymentDeclined
  | PaymentPending
  | PaymentActionRequired
  | OrderExpired
  | OrderNotPayable
  | InvalidInput
  | NotFound
  | IdempotencyConflict
  | Unavailable;

/** What a plugin added to a ticket when it was issued, or came to another guest or place. */
export type TicketAddition = {
  __typename?: 'TicketAddition';
  /** The plugin's name, such as `early-bird`. */
  plugin: Scalars['String']['output'];
  /** What people call the plugin. */
  title: Scalars['String']['output'];
  fields: Array<TicketField>;
  note?: Maybe<Scalars['String']['output']>;
  /** What the ticket is called elsewhere, such as a parking permit's number. */
  reference?: Maybe<Scalars['String']['output']>;
};

export type TicketField = {
  __typename?: 'TicketField';
  label: Scalars['String']['output'];
  value: Scalars['String']['output'];
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

export type QuoteLine = {
  __typename?: 'QuoteLine';
  occurrence?: Maybe<Occurrence>;
  ticketType: TicketType;
  quantity: Scalars['Int']['output'];
  unitPrice: Money;
  discount: Money;
  net: Money;
  tax: Money;
};

export type QuoteFee = {
  __typename?: 'QuoteFee';
  name: Scalars['String']['output'];
  net: Money;
  tax: Money;
};

export type BusinessInput = {
  name: Scalars['String']['input'];
  /** ISO 3166-1, two letters. */
  countryCode: Scalars['String']['input'];
  /** With the country's prefix, such as `DE123456789`. */
  vatId: Scalars['String']['input'];
};

export type QuoteInput = {
  holdIds: Array<Scalars['ID']['input']>;
  voucherCode?: InputMaybe<Scalars['String']['input']>;
  business?: InputMaybe<BusinessInput>;
};

export type CartQuoted = {
  __typename?: 'CartQuoted';
  quote: Quote;
};

export type QuoteResult =
  CartQuoted | HoldExpired | HoldNotActive | VoucherNotUsable | InvalidInput | NotFound | Unavailable;

/** A tax on tickets or fees. The more particular rate wins: of a ticket type, of an event, of all. */
export type TaxRate = {
  __typename?: 'TaxRate';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  /** In hundredths of a percent: 1900 are 19 %. */
  rateBasisPoints: Scalars['Int']['output'];
  /** Whether prices contain it, or it comes on top. */
  inclusive: Scalars['Boolean']['output'];
  event?: Maybe<Event>;
  ticketType?: Maybe<TicketType>;
  active: Scalars['Boolean']['output'];
};

/** A fee that comes on top of what tickets cost; what is free has none. */
export type FeeRule = {
  __typename?: 'FeeRule';
  id: Scalars['ID']['output'];
  name: Scalars['String']['output'];
  per: FeePer;
  /** Of what the tickets cost after discounts, in hundredths of a percent. */
  percentBasisPoints?: Maybe<Scalars['Int']['output']>;
  /** Fixed; applies to orders in its currency. */
  amount?: Maybe<Money>;
  event?: Maybe<Event>;
  ticketType?: Maybe<TicketType>;
  taxRate?: Maybe<TaxRate>;
  active: Scalars['Boolean']['output'];
  /** Whether its share goes back with a ticket that is given back. */
  refundable: Scalars['Boolean']['output'];
};

export type FeePer = 'TICKET' | 'ORDER';

export type TaxProfile = {
  __typename?: 'TaxProfile';
  countryCode: Scalars['String']['output'];
  vatId?: Maybe<Scalars['String']['output']>;
  /** Businesses with a VAT id of these countries owe the tax themselves. */
  reverseChargeCountries: Array<Scalars['String']['output']>;
};

/** Under which terms a ticket type is sold. */
export type SaleTerms = {
  __typename?: 'SaleTerms';
  salesFrom?: Maybe<Scalars['DateTime']['output']>;
  salesUntil?: Maybe<Scalars['DateTime']['output']>;
  minPerOrder: Scalars['Int']['output'];
  /** For each occurrence, over all orders of a guest. */
  maxPerGuest?: Maybe<Scalars['Int']['output']>;
  /** Not listed; held with a voucher that unlocks it. */
  hidden: Scalars['Boolean']['output'];
  /** Orders wait for the organiser's word before they can be paid; their places stay held. */
  needsApproval: Scalars['Boolean']['output'];
  decisionHours: Scalars['Int']['output'];
  /** The buyer names the price; the type's own is the least. */
  donation: Scalars['Boolean']['output'];
};

export type TaxRateInput = {
  /** A rate to change; a new one when absent. */
  id?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  rateBasisPoints: Scalars['Int']['input'];
  inclusive: Scalars['Boolean']['input'];
  eventId?: InputMaybe<Scalars['ID']['input']>;
  ticketTypeId?: InputMaybe<Scalars['ID']['input']>;
  /** True when absent. A rate is never deleted: orders name it. */
  active?: InputMaybe<Scalars['Boolean']['input']>;
};

export type FeeRuleInput = {
  id?: InputMaybe<Scalars['ID']['input']>;
  name: Scalars['String']['input'];
  per: FeePer;
  percentBasisPoints?: InputMaybe<Scalars['Int']['input']>;
  amount?: InputMaybe<MoneyInput>;
  eventId?: InputMaybe<Scalars['ID']['input']>;
  ticketTypeId?: InputMaybe<Scalars['ID']['input']>;
  taxRateId?: InputMaybe<Scalars['ID']['input']>;
  active?: InputMaybe<Scalars['Boolean']['input']>;
  /** True when absent; frozen with each order. */
  refundable?: InputMaybe<Scalars['Boolean']['input']>;
};

export type TaxProfileInput = {
  countryCode: Scalars['String']['input'];
  vatId?: InputMaybe<Scalars['String']['input']>;
  reverseChargeCountries?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** All of a type's terms: what is left out is open. */
export type SaleTermsInput = {
  ticketTypeId: Scalars['ID']['input'];
  salesFrom?: InputMaybe<Scalars['DateTime']['input']>;
  salesUntil?: InputMaybe<Scalars['DateTime']['input']>;
  minPerOrder?: InputMaybe<Scalars['Int']['input']>;
  maxPerGuest?: InputMaybe<Scalars['Int']['input']>;
  hidden?: InputMaybe<Scalars['Boolean']['input']>;
  needsApproval?: InputMaybe<Scalars['Boolean']['input']>;
  /** 72 when absent. */
  decisionHours?: InputMaybe<Scalars['Int']['input']>;
  donation?: InputMaybe<Scalars['Boolean']['input']>;
};

export type TaxRateSaved = {
  __typename?: 'TaxRateSaved';
  taxRate: TaxRate;
};

export type FeeRuleSaved = {
  __typename?: 'FeeRuleSaved';
  feeRule: FeeRule;
};

export type TaxProfileSaved = {
  __typename?: 'TaxProfileSaved';
  taxProfile: TaxProfile;
};

export type SaleTermsSet = {
  __typename?: 'SaleTermsSet';
  ticketType: TicketType;
};

/** The guest may have no more of this type for this occurrence. */
export type GuestLimitReached = Refusal & {
  __typename?: 'GuestLimitReached';
  message: Scalars['String']['output'];
  ticketTypeId: Scalars['ID']['output'];
  /** How many more would be allowed. */
  allowed: Scalars['Int']['output'];
};

export type SaveTaxRateResult = TaxRateSaved | InvalidInput | NotFound;

export type SaveFeeRuleResult = FeeRuleSaved | CurrencyNotAllowed | InvalidInput | NotFound;

export type SaveTaxProfileResult = TaxProfileSaved | InvalidInput | NotFound;

export type SetSaleTermsResult = SaleTermsSet | InvalidInput | NotFound;

/** In which currencies an organisation sells, and what it keeps of tickets that are given back. */
export type SalesPolicy = {
  __typename?: 'SalesPolicy';
  /** ISO 4217; ticket types, fees and vouchers in others are refused. Empty: any. */
  currencies: Array<Scalars['String']['output']>;
  /** None: a ticket that is given back is refunded in full, with its share of the fees that go back. */
  cancellationSteps: Array<CancellationStep>;
};

/** From so many hours before the start on, so much of a ticket's price is kept; the last step that was reached counts. */
export type CancellationStep = {
  __typename?: 'CancellationStep';
  fromHoursBefore: Scalars['Int']['output'];
  /** In hundredths of a percent: 1000 are 10 %. */
  keptBasisPoints: Scalars['Int']['output'];
};

export type CancellationStepInput = {
  /** At most 8760, which is a year. */
  fromHoursBefore: Scalars['Int']['input'];
  keptBasisPoints: Scalars['Int']['input'];
};

/** As a whole: what is left out is none. */
export type SalesPolicyInput = {
  currencies?: InputMaybe<Array<Scalars['String']['input']>>;
  cancellationSteps?: InputMaybe<Array<CancellationStepInput>>;
};

export type SalesPolicySaved = {
  __typename?: 'SalesPolicySaved';
  salesPolicy: SalesPolicy;
};

/** The organisation does not sell in this currency. */
export type CurrencyNotAllowed = Refusal & {
  __typename?: 'CurrencyNotAllowed';
  message: Scalars['String']['output'];
  allowedCurrencies: Array<Scalars['String']['output']>;
};

export type SaveSalesPolicyResult = SalesPolicySaved | InvalidInput;

/** What is asked for each ticket. */
export type Question = {
  __typename?: 'Question';
  id: Scalars['ID']['output'];
  label: Scalars['String']['output'];
  kind: QuestionKind;
  /** What a CHOICE may be. */
  choices: Array<Scalars['String']['output']>;
  /** Must be answered at check-out, unless it is a draft or sold at a desk. */
  required: Scalars['Boolean']['output'];
  /** The types that it is asked for; all of the event where absent. */
  ticketTypes?: Maybe<Array<TicketType>>;
  active: Scalars['Boolean']['output'];
};

export type QuestionKind =
  | 'TEXT'
  | 'CHOICE'
  | 'NUMBER'
  /** Answered by `true` or `false`. */
  | 'YES_NO';

export type Answer = {
  __typename?: 'Answer';
  question: Question;
  ticketType: TicketType;
  /** Which of the line's tickets, from 0. */
  place: Scalars['Int']['output'];
  value: Scalars['String']['output'];
};

export type AnswerInput = {
  /** Needed where several holds of the cart have the type. */
  holdId?: InputMaybe<Scalars['ID']['input']>;
  ticketTypeId: Scalars['ID']['input'];
  /** Which of the tickets of that type, from 0. */
  place: Scalars['Int']['input'];
  questionId: Scalars['ID']['input'];
  /** Empty takes an answer back that is not required. */
  value: Scalars['String']['input'];
};

export type QuestionInput = {
  /** A question to change; a new one when absent. Kind and event stay. */
  id?: InputMaybe<Scalars['ID']['input']>;
  eventId: Scalars['ID']['input'];
  label: Scalars['String']['input'];
  kind: QuestionKind;
  choices?: InputMaybe<Array<Scalars['String']['input']>>;
  required?: InputMaybe<Scalars['Boolean']['input']>;
  ticketTypeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  active?: InputMaybe<Scalars['Boolean']['input']>;
};

export type AnswerQuestionsInput = {
  orderId: Scalars['ID']['input'];
  answers: Array<AnswerInput>;
};

export type QuestionSaved = {
  __typename?: 'QuestionSaved';
  question: Question;
};

export type QuestionsAnswered = {
  __typename?: 'QuestionsAnswered';
  order: Order;
};

/** The occurrence has begun, or the order has ended. */
export type TooLateToAnswer = Refusal & {
  __typename?: 'TooLateToAnswer';
  message: Scalars['String']['output'];
};

export type SaveQuestionResult = QuestionSaved | InvalidInput | NotFound;

export type AnswerQuestionsResult = QuestionsAnswered | TooLateToAnswer | InvalidInput | NotFound;

export type Refund = {
  __typename?: 'Refund';
  id: Scalars['ID']['output'];
  status: RefundStatus;
  amount: Money;
  reason?: Maybe<Scalars['String']['output']>;
  createdAt: Scalars['DateTime']['output'];
  /** The tickets that it was for; none where an amount was given back. */
  tickets: Array<Ticket>;
  /** What of these tickets' price the cancellation policy kept. */
  kept: Money;
  /** The payment that it goes back to: a refund is spread over the newest first. */
  payment?: Maybe<Payment>;
  /** What the provider, or whoever gave it back by hand, calls it. */
  reference?: Maybe<Scalars['String']['output']>;
};

export type RefundStatus = 'CREATED' | 'TRANSIT' | 'DONE' | 'FAILED' | 'EXTERNAL';

export type RefundOrderInput = {
  idempotencyKey: Scalars['String']['input'];
  orderId: Scalars['ID']['input'];
  /**
   * Everything that is left when absent. With `ticketIds`: instead of what the policy says (their price with tax, less the
   * cancellation fee of that day, and their share of the fees that go back).
   */
  amount?: InputMaybe<MoneyInput>;
  reason?: InputMaybe<Scalars['String']['input']>;
  /** These tickets end, and their places are on sale again. All stay valid where an amount alone is given back. */
  ticketIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The organiser keeps nothing of the tickets' price, whatever the policy says. */
  waiveCancellationFee?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Money that was given back by hand, over a counter or by a bank transfer: nobody is asked for it. */
export type RecordExternalRefundInput = {
  idempotencyKey: Scalars['String']['input'];
  orderId: Scalars['ID']['input'];
  /** Everything that is left, or for tickets what the policy says, when absent. */
  amount?: InputMaybe<MoneyInput>;
  ticketIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  waiveCancellationFee?: InputMaybe<Scalars['Boolean']['input']>;
  /** What it is found by, such as the number of the transfer. Once for each order. */
  reference: Scalars['String']['input'];
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** The ticket is not valid any more, was admitted already, or has its place by an exchange that this order paid for: `message` says which. */
export type TicketNotRefundable = Refusal & {
  __typename?: 'TicketNotRefundable';
  message: Scalars['String']['output'];
  ticketId: Scalars['ID']['output'];
};

export type OrderRefunded = {
  __typename?: 'OrderRefunded';
  order: Order;
};

export type RefundExceedsPayments = Refusal & {
  __typename?: 'RefundExceedsPayments';
  message: Scalars['String']['output'];
  refundable: Money;
};

export type RefundOrderResult =
  OrderRefunded | RefundExceedsPayments | TicketNotRefundable | InvalidInput | NotFound | IdempotencyConflict;

export type RecordExternalRefundResult =
  OrderRefunded | RefundExceedsPayments | TicketNotRefundable | InvalidInput | NotFound | IdempotencyConflict;

/** A ticket that its holder sells on, at what was paid for it and no more: less what a voucher took off, and without fees. */
export type ResaleListing = Node & {
  __typename?: 'ResaleListing';
  id: Scalars['ID']['output'];
  status: ResaleListingStatus;
  /** Someone is just buying it. */
  reserved: Scalars['Boolean']['output'];
  price: Money;
  occurrence?: Maybe<Occurrence>;
  ticketType: TicketType;
  seat?: Maybe<Seat>;
  /** For its holder; null for anyone else. */
  ticket?: Maybe<Ticket>;
};

export type ResaleListingStatus = 'LISTED' | 'SOLD' | 'UNLISTED';

export type BuyResaleTicketInput = {
  idempotencyKey: Scalars['String']['input'];
  listingId: Scalars['ID']['input'];
};

export type TicketListed = {
  __typename?: 'TicketListed';
  listing: ResaleListing;
};

export type TicketUnlisted = {
  __typename?: 'TicketUnlisted';
  listing: ResaleListing;
};

/** To be checked out and paid as any hold. The seller's ticket ends, and the buyer's is issued, when it is paid. */
export type ResaleTicketHeld = {
  __typename?: 'ResaleTicketHeld';
  hold: Hold;
};

/** The ticket or the listing is in a state that does not allow this, or those on the waitlist come first. */
export type ResaleNotPossible = Refusal & {
  __typename?: 'ResaleNotPossible';
  message: Scalars['String']['output'];
};

export type ListTicketResult = TicketListed | ResaleNotPossible | InvalidInput | NotFound;

export type UnlistTicketResult = TicketUnlisted | ResaleNotPossible | InvalidInput | NotFound;

export type BuyResaleTicketResult =
  ResaleTicketHeld | ResaleNotPossible | NotOnSale | InvalidInput | NotFound | IdempotencyConflict;

/** A ticket was read at a door. */
export type Scan = {
  __typename?: 'Scan';
  id: Scalars['ID']['output'];
  /** When the device read it, by its own clock. */
  scannedAt: Scalars['DateTime']['output'];
  ticket: Ticket;
  /** The same instant by the service's clock; readings are put in order by it. */
  at: Scalars['DateTime']['output'];
  direction: ScanDirection;
  /** What it counts as now: a later sync may show that another was first. */
  result: ScanResult;
  reason?: Maybe<ScanRejectionReason>;
  /** Of a conflict: the reading that counts instead. */
  winner?: Maybe<Scan>;
  gate: Scalars['String']['output'];
  deviceId: Scalars['String']['output'];
  /** The device had no network and judged by the list that it had downloaded. */
  offline: Scalars['Boolean']['output'];
  checkInList: CheckInList;
};

export type ScanDirection = 'IN' | 'OUT';

export type ScanResult =
  | 'ACCEPTED'
  | 'REJECTED'
  /** A door opened, although it should not have: `winner` was first, or the ticket was not valid any more. */
  | 'CONFLICT'
  /** It was undone. */
  | 'REVERSED';

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
  occurrenceId: Scalars['ID']['input'];
  credential: Scalars['String']['input'];
  /** Made by the device once for each reading: sending it again answers the same and admits nobody twice. */
  nonce: Scalars['String']['input'];
  scannedAt: Scalars['DateTime']['input'];
  deviceId: Scalars['String']['input'];
  /** The occurrence's default list when absent. */
  listId?: InputMaybe<Scalars['ID']['input']>;
  /** `IN` when absent. */
  direction?: InputMaybe<ScanDirection>;
  /** Where the device stands; its id when absent. */
  gate?: InputMaybe<Scalars['String']['input']>;
};

export type ScanAccepted = {
  __typename?: 'ScanAccepted';
  scan: Scan;
};

export type ScanRejected = Refusal & {
  __typename?: 'ScanRejected';
  message: Scalars['String']['output'];
  reason: ScanRejectionReason;
};

export type UndoScanInput = {
  scanId: Scalars['ID']['input'];
  /** Why, in words: kept with who did it. */
  reason: Scalars['String']['input'];
};

export type ScanUndone = {
  __typename?: 'ScanUndone';
  scan: Scan;
};

/** It let nobody in. */
export type ScanNotReversible = Refusal & {
  __typename?: 'ScanNotReversible';
  message: Scalars['String']['output'];
};

export type ScanTicketResult = ScanAccepted | ScanRejected | InvalidInput | NotFound | IdempotencyConflict;

export type UndoScanResult = ScanUndone | ScanNotReversible | InvalidInput | NotFound;

export type SingleSeats =
  | 'ALLOWED'
  /** Seats that are chosen for a buyer leave no single one beside them, where that can be. */
  | 'AVOIDED'
  /** A buyer's own choice must not leave one either, unless it cannot do without. */
  | 'REFUSED';

/** How seats are chosen. */
export type SeatingPolicy = {
  __typename?: 'SeatingPolicy';
  singleSeats: SingleSeats;
  /** So many hours before the start anyone may have the accessible and companion seats that are left; null: never. */
  releaseAccessibleHours?: Maybe<Scalars['Int']['output']>;
};

export type SetSeatingPolicyInput = {
  /** Left out: for all occurrences that have no policy of their own. */
  occurrenceId?: InputMaybe<Scalars['ID']['input']>;
  /** Left out: as the organisation's policy, or what is usual, says. */
  singleSeats?: InputMaybe<SingleSeats>;
  /** 0 to 8,760. Left out: as the organisation's policy, or what is usual, says. */
  releaseAccessibleHours?: InputMaybe<Scalars['Int']['input']>;
};

export type SeatingPolicySet = {
  __typename?: 'SeatingPolicySet';
  /** What holds there now. */
  policy: SeatingPolicy;
};

export type SetSeatingPolicyResult = SeatingPolicySet | InvalidInput | NotFound | Unavailable;

export type HoldBestAvailableInput = {
  idempotencyKey: Scalars['String']['input'];
  occurrenceId: Scalars['ID']['input'];
  /** How many seats, side by side. */
  quantity: Scalars['Int']['input'];
  /** Where several types sell a section, the one named first counts. Left out: all that are for sale, as they are listed. */
  ticketTypeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Left out: any. */
  sectionNames?: InputMaybe<Array<Scalars['String']['input']>>;
  /** No ticket costs more. */
  maxPrice?: InputMaybe<MoneyInput>;
  /** How many of the seats are accessible; the others are beside them, companions' seats among them. */
  accessible?: InputMaybe<Scalars['Int']['input']>;
  /** A party of four or more may sit in rows one behind the other, nobody alone. */
  acrossRows?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where the occurrence has a waiting room that is on: what it gave out when it was one's turn. */
  admissionPass?: InputMaybe<Scalars['String']['input']>;
  /** Opens hidden ticket types; what it takes off is taken off at check-out, where it is given again. */
  voucherCode?: InputMaybe<Scalars['String']['input']>;
};

/** The choice would leave a single seat that it could do without; nothing was held. */
export type SingleSeatLeft = Refusal & {
  __typename?: 'SingleSeatLeft';
  message: Scalars['String']['output'];
  /** The seats that would be left single. */
  seatIds: Array<Scalars['ID']['output']>;
};

/** A companion's seat is to be had together with the accessible seat that it belongs to; nothing was held. */
export type CompanionSeatAlone = Refusal & {
  __typename?: 'CompanionSeatAlone';
  message: Scalars['String']['output'];
  /** The companions' seats. */
  seatIds: Array<Scalars['ID']['output']>;
};

/** As many seats side by side are not left; nothing was held. Of holdBestAvailable alone. */
export type NoSeatsTogether = Refusal & {
  __typename?: 'NoSeatsTogether';
  message: Scalars['String']['output'];
  /** How many can be had side by side now, of those that were asked for. */
  largestTogether: Scalars['Int']['output'];
};

export type QrCodeFormat = 'SVG' | 'PNG';

export type QrCode = {
  __typename?: 'QrCode';
  /** What the code holds: the ticket's `credential`. */
  text: Scalars['String']['output'];
  format: QrCodeFormat;
  /** The picture as a `data:` URI, to be shown as it is. */
  dataUri: Scalars['String']['output'];
  /** Of the QR code, by which its size is known: 6 has 41 modules a side, 8 has 49. */
  version: Scalars['Int']['output'];
  /** When it has to be asked for again; null for a code that stays. */
  validUntil?: Maybe<Scalars['DateTime']['output']>;
};

/**
 * The chain of a ticket's rotating codes. The code of step n (from 0) is `MQ3:` and, in base41, `signed`, n in two bytes,
 * and `seed` hashed steps - 1 - n times; docs/ticket-credentials.md has the details. The seed is as good as the ticket.
 */
export type CredentialRotation = {
  __typename?: 'CredentialRotation';
  /** The code of this moment; null outside the hours. */
  code?: Maybe<Scalars['String']['output']>;
  opensAt: Scalars['DateTime']['output'];
  closesAt: Scalars['DateTime']['output'];
  stepSeconds: Scalars['Int']['output'];
  steps: Scalars['Int']['output'];
  /** In base64url. */
  signed: Scalars['String']['output'];
  /** In base64url. */
  seed: Scalars['String']['output'];
};

/** Which forms of code the doors of an event accept. */
export type CredentialPolicy =
  | 'ANY'
  /** Printed at home or shown on a screen, the same each time. */
  | 'STATIC'
  /** Codes that change while they are shown: a picture of one is stale within a minute and a half. */
  | 'ROTATING';

/** A public Ed25519 key by which tickets are verified offline, with the fields of a JWK. */
export type TicketKey = {
  __typename?: 'TicketKey';
  kty: Scalars['String']['output'];
  crv: Scalars['String']['output'];
  x: Scalars['String']['output'];
  kid: Scalars['String']['output'];
  alg: Scalars['String']['output'];
  use: Scalars['String']['output'];
  /** It signs from then on; devices know it before. */
  signsFrom?: Maybe<Scalars['DateTime']['output']>;
  /** It verifies until then. */
  verifiesUntil?: Maybe<Scalars['DateTime']['output']>;
};

export type SetCredentialPolicyInput = {
  eventId: Scalars['ID']['input'];
  policy: CredentialPolicy;
};

export type CredentialPolicySet = {
  __typename?: 'CredentialPolicySet';
  event?: Maybe<Event>;
};

export type SetCredentialPolicyResult = CredentialPolicySet | InvalidInput | NotFound | Unavailable;

export type TicketStatus = 'VALID' | 'TRANSFER_PENDING' | 'CANCELLED' | 'REVOKED';

export type TicketConnection = {
  __typename?: 'TicketConnection';
  edges: Array<TicketEdge>;
  pageInfo: PageInfo;
};

export type TicketEdge = {
  __typename?: 'TicketEdge';
  cursor: Scalars['String']['output'];
  node: Ticket;
};

export type Viewer = {
  __typename?: 'Viewer';
  id: Scalars['ID']['output'];
  guest?: Maybe<Guest>;
  /** The tickets of the viewer's guest, newest first. */
  tickets?: Maybe<TicketConnection>;
  /** Open offers to the viewer's address: to be accepted or declined. The newest 100. */
  transferOffers?: Maybe<Array<Transfer>>;
  /** Where the viewer's guest waits or has waited, newest first. */
  waitlistEntries?: Maybe<WaitlistEntryConnection>;
};

export type ViewerTicketsArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

export type ViewerWaitlistEntriesArgs = {
  first: Scalars['Int']['input'];
  after?: InputMaybe<Scalars['String']['input']>;
};

/** A ticket on its way to someone else. Accepting it makes the old credential worthless. */
export type Transfer = Node & {
  __typename?: 'Transfer';
  id: Scalars['ID']['output'];
  status: TransferStatus;
  toEmail: Scalars['String']['output'];
  expiresAt: Scalars['DateTime']['output'];
  /** For its holder; null for the one it is offered to, until they accept. */
  ticket?: Maybe<Ticket>;
};

export type TransferStatus = 'OFFERED' | 'ACCEPTED' | 'DECLINED' | 'EXPIRED' | 'RECALLED';

export type OfferTransferInput = {
  ticketId: Scalars['ID']['input'];
  toEmail: Scalars['String']['input'];
};

export type TransferOffered = {
  __typename?: 'TransferOffered';
  transfer: Transfer;
};

export type TransferAccepted = {
  __typename?: 'TransferAccepted';
  ticket: Ticket;
};

export type TransferDeclined = {
  __typename?: 'TransferDeclined';
  transfer: Transfer;
};

export type TransferRecalled = {
  __typename?: 'TransferRecalled';
  transfer: Transfer;
};

/** The ticket or the offer is in a state that does not allow this, such as a ticket already admitted. */
export type TransferNotPossible = Refusal & {
  __typename?: 'TransferNotPossible';
  message: Scalars['String']['output'];
};

export type OfferTransferResult = TransferOffered | TransferNotPossible | InvalidInput | NotFound;

export type AcceptTransferResult =
  TransferAccepted | TransferNotPossible | InvalidInput | NotFound | Unavailable;

export type DeclineTransferResult = TransferDeclined | TransferNotPossible | InvalidInput | NotFound;

export type RecallTransferResult = TransferRecalled | TransferNotPossible | InvalidInput | NotFound;

/** A code that takes something off, or opens hidden ticket types. */
export type Voucher = {
  __typename?: 'Voucher';
  id: Scalars['ID']['output'];
  code: Scalars['String']['output'];
  name: Scalars['String']['output'];
  /** In hundredths of a percent. */
  percentBasisPoints?: Maybe<Scalars['Int']['output']>;
  amount?: Maybe<Money>;
  event?: Maybe<Event>;
  /** The types that it takes something off; all where absent. */
  ticketTypes?: Maybe<Array<TicketType>>;
  /** Hidden types that it opens. */
  unlocks: Array<TicketType>;
  maxUses?: Maybe<Scalars['Int']['output']>;
  maxUsesPerGuest?: Maybe<Scalars['Int']['output']>;
  /** The most that it takes off, over all its uses. */
  budget?: Maybe<Money>;
  validFrom?: Maybe<Scalars['DateTime']['output']>;
  validUntil?: Maybe<Scalars['DateTime']['output']>;
  active: Scalars['Boolean']['output'];
  /** Orders that use it; what ended unpaid is taken off when the next one needs it. */
  uses: Scalars['Int']['output'];
};

export type VoucherConnection = {
  __typename?: 'VoucherConnection';
  edges: Array<VoucherEdge>;
  pageInfo: PageInfo;
};

export type VoucherEdge = {
  __typename?: 'VoucherEdge';
  cursor: Scalars['String']['output'];
  node: Voucher;
};

export type VoucherInput = {
  /** A voucher to change; a new one when absent. */
  id?: InputMaybe<Scalars['ID']['input']>;
  /** Case does not matter. */
  code: Scalars['String']['input'];
  /** The code when absent. */
  name?: InputMaybe<Scalars['String']['input']>;
  percentBasisPoints?: InputMaybe<Scalars['Int']['input']>;
  amount?: InputMaybe<MoneyInput>;
  eventId?: InputMaybe<Scalars['ID']['input']>;
  ticketTypeIds?: InputMaybe<Array<Scalars['ID']['input']>>;
  unlocks?: InputMaybe<Array<Scalars['ID']['input']>>;
  maxUses?: InputMaybe<Scalars['Int']['input']>;
  maxUsesPerGuest?: InputMaybe<Scalars['Int']['input']>;
  budget?: InputMaybe<MoneyInput>;
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
  active?: InputMaybe<Scalars['Boolean']['input']>;
};

export type VoucherSaved = {
  __typename?: 'VoucherSaved';
  voucher: Voucher;
};

export type VoucherCodeTaken = Refusal & {
  __typename?: 'VoucherCodeTaken';
  message: Scalars['String']['output'];
};

/** The voucher exists, but cannot be used for this. */
export type VoucherNotUsable = Refusal & {
  __typename?: 'VoucherNotUsable';
  message: Scalars['String']['output'];
  reason: VoucherProblem;
};

export type VoucherProblem = 'NOT_VALID_NOW' | 'NOT_FOR_THESE_TICKETS' | 'USED_UP' | 'USED_BY_GUEST';

export type SaveVoucherResult =
  VoucherSaved | VoucherCodeTaken | CurrencyNotAllowed | InvalidInput | NotFound;

/**
 * The queue in front of an occurrence's tickets, as one visitor sees it. Who joins before it opens is let in by lot, who
 * comes later in the order of arrival. Nothing is kept of a visitor: the token says all.
 */
export type WaitingRoom = {
  __typename?: 'WaitingRoom';
  /** Null while events does not answer. */
  occurrence?: Maybe<Occurrence>;
  state: WaitingRoomState;
  opensAt: Scalars['DateTime']['output'];
  /** When the lots were drawn; null until then. */
  openedAt?: Maybe<Scalars['DateTime']['output']>;
  /** SHA-256 of the seed, in hex: published from the start, so that the seed cannot be chosen later. */
  commitment: Scalars['String']['output'];
  /** What the lots were drawn with, in hex: whoever likes can compute every lot anew. Null until the room has opened. */
  seed?: Maybe<Scalars['String']['output']>;
  /** How many had joined before it opened, and how many since. */
  earlyArrivals: Scalars['Int']['output'];
  laterArrivals: Scalars['Int']['output'];
  admittedPerSecond: Scalars['Float']['output'];
  /** People before the visitor, about; null where the token is none of this room's or the room has not opened. */
  position?: Maybe<Scalars['Int']['output']>;
  /** Until the visitor is let in, or while people gather until the room opens. */
  estimatedWaitSeconds?: Maybe<Scalars['Int']['output']>;
  /** What `holdTickets` asks for, from the visitor's turn on until `admissionPassExpiresAt`. */
  admissionPass?: Maybe<Scalars['String']['output']>;
  admissionPassExpiresAt?: Maybe<Scalars['DateTime']['output']>;
};

export type WaitingRoomState =
  /** Tickets can be held without it. */
  | 'OFF'
  /** It has not opened: whoever joins now takes part in the draw. */
  | 'GATHERING'
  | 'WAITING'
  /** It is the visitor's turn. */
  | 'ADMITTED'
  /** The visitor did not come when it was his turn; he may join again, at the end. */
  | 'MISSED'
  /** No token was given, or it is not one of this visitor in this room. */
  | 'NOT_JOINED';

export type SetWaitingRoomInput = {
  occurrenceId: Scalars['ID']['input'];
  enabled: Scalars['Boolean']['input'];
  /** A room that has opened begins anew when this is changed: whoever waited in it must join again. */
  opensAt: Scalars['DateTime']['input'];
  /** Let in at most; the tickets' own pace may allow fewer. Default 50. */
  maxPerSecond?: InputMaybe<Scalars['Float']['input']>;
  /** How long someone who was let in may hold tickets. Default 10. */
  passMinutes?: InputMaybe<Scalars['Int']['input']>;
};

export type WaitingRoomSet = {
  __typename?: 'WaitingRoomSet';
  waitingRoom: WaitingRoom;
};

export type WaitingRoomJoined = {
  __typename?: 'WaitingRoomJoined';
  /** To be kept by the visitor; worth nothing in anybody else's hands. */
  token: Scalars['String']['output'];
  waitingRoom: WaitingRoom;
};

/** The tickets are behind a waiting room: join it, and come back with the admission pass. */
export type WaitingRoomRequired = Refusal & {
  __typename?: 'WaitingRoomRequired';
  message: Scalars['String']['output'];
};

export type SetWaitingRoomResult = WaitingRoomSet | InvalidInput | NotFound | Unavailable;

export type JoinWaitingRoomResult = WaitingRoomJoined | InvalidInput | NotFound | Unavailable;

export type WaitlistEntry = Node & {
  __typename?: 'WaitlistEntry';
  id: Scalars['ID']['output'];
  status: WaitlistStatus;
  /** 1 is next; null when no longer waiting. */
  position?: Maybe<Scalars['Int']['output']>;
  quantity: Scalars['Int']['output'];
  ticketType: TicketType;
  occurrence?: Maybe<Occurrence>;
  guest?: Maybe<Guest>;
  /** The places that are kept, once its turn has come; null before and after. */
  offer?: Maybe<WaitlistOffer>;
  /** While it waits. */
  whyNotYet?: Maybe<WaitlistExplanation>;
};

export type WaitlistOffer = {
  __typename?: 'WaitlistOffer';
  /** Claim it until then, or the places go to the next in the line. */
  expiresAt: Scalars['DateTime']['output'];
};

/** Why there is no offer yet, and the numbers that it is decided by. */
export type WaitlistExplanation = {
  __typename?: 'WaitlistExplanation';
  message: Scalars['String']['output'];
  /** The rule by which places are offered. */
  rule: Scalars['String']['output'];
  partiesAhead: Scalars['Int']['output'];
  placesWantedAhead: Scalars['Int']['output'];
  placesFree: Scalars['Int']['output'];
  ticketsForResale: Scalars['Int']['output'];
  openOffers: Scalars['Int']['output'];
};

/** The line for one ticket type of an occurrence, as anyone may see it. */
export type Waitlist = {
  __typename?: 'Waitlist';
  ticketType: TicketType;
  rule: Scalars['String']['output'];
  partiesWaiting: Scalars['Int']['output'];
  placesWanted: Scalars['Int']['output'];
  placesFree: Scalars['Int']['output'];
  ticketsForResale: Scalars['Int']['output'];
  openOffers: Scalars['Int']['output'];
};

export type WaitlistEntryConnection = {
  __typename?: 'WaitlistEntryConnection';
  edges: Array<WaitlistEntryEdge>;
  pageInfo: PageInfo;
};

export type WaitlistEntryEdge = {
  __typename?: 'WaitlistEntryEdge';
  cursor: Scalars['String']['output'];
  node: WaitlistEntry;
};

/** The hold is the guest's now: check it out before it expires. */
export type WaitlistOfferClaimed = {
  __typename?: 'WaitlistOfferClaimed';
  entry: WaitlistEntry;
  hold: Hold;
};

export type WaitlistLeft = {
  __typename?: 'WaitlistLeft';
  entry: WaitlistEntry;
};

/** There is no offer that could be taken up (any more). */
export type NoOpenOffer = Refusal & {
  __typename?: 'NoOpenOffer';
  message: Scalars['String']['output'];
};

export type ClaimWaitlistOfferResult = WaitlistOfferClaimed | NoOpenOffer | InvalidInput | NotFound;

export type LeaveWaitlistResult = WaitlistLeft | NoOpenOffer | InvalidInput | NotFound;

export type WaitlistStatus = 'WAITING' | 'OFFERED' | 'CLAIMED' | 'OFFER_EXPIRED' | 'REVOKED' | 'CANCELLED';

export type WaitlistGuestInput = {
  email: Scalars['String']['input'];
  name: Scalars['String']['input'];
};

export type JoinWaitlistInput = {
  occurrenceId: Scalars['ID']['input'];
  ticketTypeId: Scalars['ID']['input'];
  quantity: Scalars['Int']['input'];
  guest: WaitlistGuestInput;
};

/** Joining again answers the entry that is there. */
export type WaitlistJoined = {
  __typename?: 'WaitlistJoined';
  entry: WaitlistEntry;
};

/** There is no need to wait: this many can be held now. */
export type TicketsAvailable = Refusal & {
  __typename?: 'TicketsAvailable';
  message: Scalars['String']['output'];
  available: Scalars['Int']['output'];
};

export type JoinWaitlistResult =
  WaitlistJoined | TicketsAvailable | NotOnSale | InvalidInput | NotFound | Unavailable;

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
  CheckInList: CheckInList;
  Occurrence: Occurrence;
  Device: Device;
  Order: Order;
  Hold: Hold;
  TicketType: TicketType;
  Event: Event;
  Quota: Quota;
  PlaceBlock: PlaceBlock;
  Invoice: Invoice;
  Ticket: Ticket;
  Guest: Guest;
  ResaleListing: ResaleListing;
  Viewer: Viewer;
  Transfer: Transfer;
  WaitlistEntry: WaitlistEntry;
};

/** Mapping of federation reference types */
export type FederationReferenceTypes = {
  CheckInList: { __typename: 'CheckInList' } & GraphQLRecursivePick<
    FederationTypes['CheckInList'],
    { id: true }
  >;
  Occurrence: { __typename: 'Occurrence' } & GraphQLRecursivePick<
    FederationTypes['Occurrence'],
    { id: true }
  >;
  Device: { __typename: 'Device' } & GraphQLRecursivePick<FederationTypes['Device'], { id: true }>;
  Order: { __typename: 'Order' } & GraphQLRecursivePick<FederationTypes['Order'], { id: true }>;
  Hold: { __typename: 'Hold' } & GraphQLRecursivePick<FederationTypes['Hold'], { id: true }>;
  TicketType: { __typename: 'TicketType' } & GraphQLRecursivePick<
    FederationTypes['TicketType'],
    { id: true }
  >;
  Event: { __typename: 'Event' } & GraphQLRecursivePick<FederationTypes['Event'], { id: true }>;
  Quota: { __typename: 'Quota' } & GraphQLRecursivePick<FederationTypes['Quota'], { id: true }>;
  PlaceBlock: { __typename: 'PlaceBlock' } & GraphQLRecursivePick<
    FederationTypes['PlaceBlock'],
    { id: true }
  >;
  Invoice: { __typename: 'Invoice' } & GraphQLRecursivePick<FederationTypes['Invoice'], { id: true }>;
  Ticket: { __typename: 'Ticket' } & GraphQLRecursivePick<FederationTypes['Ticket'], { id: true }>;
  Guest: { __typename: 'Guest' } & GraphQLRecursivePick<FederationTypes['Guest'], { id: true }>;
  ResaleListing: { __typename: 'ResaleListing' } & GraphQLRecursivePick<
    FederationTypes['ResaleListing'],
    { id: true }
  >;
  Viewer: { __typename: 'Viewer' } & GraphQLRecursivePick<FederationTypes['Viewer'], { id: true }> &
    (
      | Record<PropertyKey, never>
      | GraphQLRecursivePick<FederationTypes['Viewer'], { guest: { id: true } }>
      | GraphQLRecursivePick<FederationTypes['Viewer'], { guest: { id: true } }>
      | GraphQLRecursivePick<FederationTypes['Viewer'], { guest: { id: true } }>
    );
  Transfer: { __typename: 'Transfer' } & GraphQLRecursivePick<FederationTypes['Transfer'], { id: true }>;
  WaitlistEntry: { __typename: 'WaitlistEntry' } & GraphQLRecursivePick<
    FederationTypes['WaitlistEntry'],
    { id: true }
  >;
};

/** Mapping of union types */
export type ResolversUnionTypes<_RefType extends Record<string, unknown>> = {
  CreateCheckInListResult:
    | (Omit<CheckInListCreated, 'checkInList'> & { checkInList: _RefType['CheckInList'] } & {
        __typename: 'CheckInListCreated';
      })
    | (CheckInListNameTaken & { __typename: 'CheckInListNameTaken' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  UpdateCheckInListResult:
    | (Omit<CheckInListUpdated, 'checkInList'> & { checkInList: _RefType['CheckInList'] } & {
        __typename: 'CheckInListUpdated';
      })
    | (CheckInListNameTaken & { __typename: 'CheckInListNameTaken' })
    | (CheckInListInUse & { __typename: 'CheckInListInUse' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  CreateDeviceResult:
    | (Omit<DeviceCreated, 'device'> & { device: _RefType['Device'] } & { __typename: 'DeviceCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' });
  UpdateDeviceResult:
    | (Omit<DeviceUpdated, 'device'> & { device: _RefType['Device'] } & { __typename: 'DeviceUpdated' })
    | (DeviceRevoked & { __typename: 'DeviceRevoked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RenewEnrolmentCodeResult:
    | (Omit<EnrolmentCodeRenewed, 'device'> & { device: _RefType['Device'] } & {
        __typename: 'EnrolmentCodeRenewed';
      })
    | (DeviceRevoked & { __typename: 'DeviceRevoked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RevokeDeviceResult:
    | (Omit<DeviceIsRevoked, 'device'> & { device: _RefType['Device'] } & { __typename: 'DeviceIsRevoked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  ExchangeTicketResult:
    | (Omit<TicketExchanged, 'ticket'> & { ticket: _RefType['Ticket'] } & { __typename: 'TicketExchanged' })
    | (Omit<ExchangeToBePaid, 'order'> & { order: _RefType['Order'] } & { __typename: 'ExchangeToBePaid' })
    | (ExchangeCostsMore & { __typename: 'ExchangeCostsMore' })
    | (ExchangeNotPossible & { __typename: 'ExchangeNotPossible' })
    | (NotEnoughTickets & { __typename: 'NotEnoughTickets' })
    | (SeatsTakenView & { __typename: 'SeatsTaken' })
    | (SeatsNamed & { __typename: 'SingleSeatLeft' })
    | (SeatsNamed & { __typename: 'CompanionSeatAlone' })
    | (NotOnSale & { __typename: 'NotOnSale' })
    | (WaitingRoomRequired & { __typename: 'WaitingRoomRequired' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  HoldTicketsResult:
    | (Omit<TicketsHeld, 'hold'> & { hold: _RefType['Hold'] } & { __typename: 'TicketsHeld' })
    | (NotEnoughTickets & { __typename: 'NotEnoughTickets' })
    | (SeatsTakenView & { __typename: 'SeatsTaken' })
    | (SeatsNamed & { __typename: 'SingleSeatLeft' })
    | (SeatsNamed & { __typename: 'CompanionSeatAlone' })
    | (NoSeatsTogetherView & { __typename: 'NoSeatsTogether' })
    | (NotOnSale & { __typename: 'NotOnSale' })
    | (WaitingRoomRequired & { __typename: 'WaitingRoomRequired' })
    | (VoucherNotUsable & { __typename: 'VoucherNotUsable' })
    | (TooBusy & { __typename: 'TooBusy' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  ExtendHoldResult:
    | (Omit<HoldExtended, 'hold'> & { hold: _RefType['Hold'] } & { __typename: 'HoldExtended' })
    | (HoldNotExtendable & { __typename: 'HoldNotExtendable' })
    | (HoldExpired & { __typename: 'HoldExpired' })
    | (HoldNotActive & { __typename: 'HoldNotActive' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  ReleaseHoldResult:
    | (Omit<HoldReleased, 'hold'> & { hold: _RefType['Hold'] } & { __typename: 'HoldReleased' })
    | (HoldExpired & { __typename: 'HoldExpired' })
    | (HoldNotActive & { __typename: 'HoldNotActive' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SavePaymentPlanResult:
    | (Omit<PaymentPlanSaved, 'paymentPlan'> & { paymentPlan: _RefType['PaymentPlan'] } & {
        __typename: 'PaymentPlanSaved';
      })
    | (CurrencyNotAllowedView & { __typename: 'CurrencyNotAllowed' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  CreateTicketTypeResult:
    | (Omit<TicketTypeCreated, 'ticketType'> & { ticketType: _RefType['TicketType'] } & {
        __typename: 'TicketTypeCreated';
      })
    | (TicketTypeNameTaken & { __typename: 'TicketTypeNameTaken' })
    | (CurrencyNotAllowedView & { __typename: 'CurrencyNotAllowed' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  DeleteTicketTypeResult:
    | (TicketTypeDeleted & { __typename: 'TicketTypeDeleted' })
    | (TicketsSold & { __typename: 'TicketsSold' })
    | (TicketTypeInUse & { __typename: 'TicketTypeInUse' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RestoreTicketTypeResult:
    | (Omit<TicketTypeRestored, 'ticketType'> & { ticketType: _RefType['TicketType'] } & {
        __typename: 'TicketTypeRestored';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  CreateQuotaResult:
    | (Omit<QuotaCreated, 'quota'> & { quota: _RefType['Quota'] } & { __typename: 'QuotaCreated' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  UpdateQuotaResult:
    | (Omit<QuotaUpdated, 'quota'> & { quota: _RefType['Quota'] } & { __typename: 'QuotaUpdated' })
    | (QuotaTooSmall & { __typename: 'QuotaTooSmall' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  AssignQuotasResult:
    | (Omit<QuotasAssigned, 'ticketType'> & { ticketType: _RefType['TicketType'] } & {
        __typename: 'QuotasAssigned';
      })
    | (TicketTypeInUse & { __typename: 'TicketTypeInUse' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SetPriceTiersResult:
    | (Omit<PriceTiersSet, 'ticketType'> & { ticketType: _RefType['TicketType'] } & {
        __typename: 'PriceTiersSet';
      })
    | (QuotaTooSmall & { __typename: 'QuotaTooSmall' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  BlockPlacesResult:
    | (Omit<PlacesBlocked, 'block'> & { block: _RefType['PlaceBlock'] } & { __typename: 'PlacesBlocked' })
    | (NotEnoughTickets & { __typename: 'NotEnoughTickets' })
    | (SeatsTakenView & { __typename: 'SeatsTaken' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  UnblockPlacesResult:
    | (Omit<PlacesUnblocked, 'block'> & { block: _RefType['PlaceBlock'] } & { __typename: 'PlacesUnblocked' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SetInvoiceIssuerResult:
    (InvoiceIssuerSet & { __typename: 'InvoiceIssuerSet' }) | (InvalidInput & { __typename: 'InvalidInput' });
  RefundRescheduledOrderResult:
    | (Omit<RescheduledOrderRefunded, 'order'> & { order: _RefType['Order'] } & {
        __typename: 'RescheduledOrderRefunded';
      })
    | (RefundNotPossible & { __typename: 'RefundNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  CheckOutResult:
    | (Omit<OrderPlaced, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderPlaced' })
    | (HoldExpired & { __typename: 'HoldExpired' })
    | (HoldNotActive & { __typename: 'HoldNotActive' })
    | (NotOnSale & { __typename: 'NotOnSale' })
    | (VoucherNotUsable & { __typename: 'VoucherNotUsable' })
    | (GuestLimitReachedView & { __typename: 'GuestLimitReached' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  SubmitOrderResult:
    | (Omit<OrderSubmitted, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderSubmitted' })
    | (OrderNotWaiting & { __typename: 'OrderNotWaiting' })
    | (OrderExpired & { __typename: 'OrderExpired' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  ApproveOrderResult:
    | (Omit<OrderApproved, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderApproved' })
    | (OrderNotWaiting & { __typename: 'OrderNotWaiting' })
    | (OrderExpired & { __typename: 'OrderExpired' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RejectOrderResult:
    | (Omit<OrderRejected, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderRejected' })
    | (OrderNotWaiting & { __typename: 'OrderNotWaiting' })
    | (OrderExpired & { __typename: 'OrderExpired' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SellAtBoxOfficeResult:
    | (Omit<OrderPaid, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderPaid' })
    | (OrderExpired & { __typename: 'OrderExpired' })
    | (HoldExpired & { __typename: 'HoldExpired' })
    | (HoldNotActive & { __typename: 'HoldNotActive' })
    | (NotOnSale & { __typename: 'NotOnSale' })
    | (VoucherNotUsable & { __typename: 'VoucherNotUsable' })
    | (GuestLimitReachedView & { __typename: 'GuestLimitReached' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  SellInBulkResult:
    | (Omit<SoldInBulk, 'rows'> & { rows: Array<_RefType['BulkRow']> } & { __typename: 'SoldInBulk' })
    | (InvalidInput & { __typename: 'InvalidInput' });
  WalletPassResult:
    | (WalletPass & { __typename: 'WalletPass' })
    | (WalletNotConfigured & { __typename: 'WalletNotConfigured' })
    | (WalletNotPossible & { __typename: 'WalletNotPossible' });
  PayOrderResult:
    | (Omit<OrderPaid, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderPaid' })
    | (Omit<InstalmentPaid, 'order'> & { order: _RefType['Order'] } & { __typename: 'InstalmentPaid' })
    | (PaymentDeclined & { __typename: 'PaymentDeclined' })
    | (PaymentPending & { __typename: 'PaymentPending' })
    | (Omit<PaymentActionRequired, 'payment'> & { payment: _RefType['Payment'] } & {
        __typename: 'PaymentActionRequired';
      })
    | (OrderExpired & { __typename: 'OrderExpired' })
    | (OrderNotPayable & { __typename: 'OrderNotPayable' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' })
    | (Unavailable & { __typename: 'Unavailable' });
  QuoteResult:
    | (Omit<CartQuoted, 'quote'> & { quote: _RefType['Quote'] } & { __typename: 'CartQuoted' })
    | (HoldExpired & { __typename: 'HoldExpired' })
    | (HoldNotActive & { __typename: 'HoldNotActive' })
    | (VoucherNotUsable & { __typename: 'VoucherNotUsable' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  SaveTaxRateResult:
    | (Omit<TaxRateSaved, 'taxRate'> & { taxRate: _RefType['TaxRate'] } & { __typename: 'TaxRateSaved' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SaveFeeRuleResult:
    | (Omit<FeeRuleSaved, 'feeRule'> & { feeRule: _RefType['FeeRule'] } & { __typename: 'FeeRuleSaved' })
    | (CurrencyNotAllowedView & { __typename: 'CurrencyNotAllowed' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SaveTaxProfileResult:
    | (Omit<TaxProfileSaved, 'taxProfile'> & { taxProfile: _RefType['TaxProfile'] } & {
        __typename: 'TaxProfileSaved';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SetSaleTermsResult:
    | (Omit<SaleTermsSet, 'ticketType'> & { ticketType: _RefType['TicketType'] } & {
        __typename: 'SaleTermsSet';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SaveSalesPolicyResult:
    | (Omit<SalesPolicySaved, 'salesPolicy'> & { salesPolicy: _RefType['SalesPolicy'] } & {
        __typename: 'SalesPolicySaved';
      })
    | (InvalidInput & { __typename: 'InvalidInput' });
  SaveQuestionResult:
    | (Omit<QuestionSaved, 'question'> & { question: _RefType['Question'] } & { __typename: 'QuestionSaved' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  AnswerQuestionsResult:
    | (Omit<QuestionsAnswered, 'order'> & { order: _RefType['Order'] } & { __typename: 'QuestionsAnswered' })
    | (TooLateToAnswer & { __typename: 'TooLateToAnswer' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RefundOrderResult:
    | (Omit<OrderRefunded, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderRefunded' })
    | (RefundExceedsPayments & { __typename: 'RefundExceedsPayments' })
    | (TicketNotRefundable & { __typename: 'TicketNotRefundable' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  RecordExternalRefundResult:
    | (Omit<OrderRefunded, 'order'> & { order: _RefType['Order'] } & { __typename: 'OrderRefunded' })
    | (RefundExceedsPayments & { __typename: 'RefundExceedsPayments' })
    | (TicketNotRefundable & { __typename: 'TicketNotRefundable' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  ListTicketResult:
    | (Omit<TicketListed, 'listing'> & { listing: _RefType['ResaleListing'] } & {
        __typename: 'TicketListed';
      })
    | (ResaleNotPossible & { __typename: 'ResaleNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  UnlistTicketResult:
    | (Omit<TicketUnlisted, 'listing'> & { listing: _RefType['ResaleListing'] } & {
        __typename: 'TicketUnlisted';
      })
    | (ResaleNotPossible & { __typename: 'ResaleNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  BuyResaleTicketResult:
    | (Omit<ResaleTicketHeld, 'hold'> & { hold: _RefType['Hold'] } & { __typename: 'ResaleTicketHeld' })
    | (ResaleNotPossible & { __typename: 'ResaleNotPossible' })
    | (NotOnSale & { __typename: 'NotOnSale' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  ScanTicketResult:
    | (Omit<ScanAccepted, 'scan'> & { scan: _RefType['Scan'] } & { __typename: 'ScanAccepted' })
    | (ScanRejected & { __typename: 'ScanRejected' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (IdempotencyConflict & { __typename: 'IdempotencyConflict' });
  UndoScanResult:
    | (Omit<ScanUndone, 'scan'> & { scan: _RefType['Scan'] } & { __typename: 'ScanUndone' })
    | (ScanNotReversible & { __typename: 'ScanNotReversible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SetSeatingPolicyResult:
    | (Omit<SeatingPolicySet, 'policy'> & { policy: _RefType['SeatingPolicy'] } & {
        __typename: 'SeatingPolicySet';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  SetCredentialPolicyResult:
    | (Omit<CredentialPolicySet, 'event'> & { event?: Maybe<_RefType['Event']> } & {
        __typename: 'CredentialPolicySet';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  OfferTransferResult:
    | (Omit<TransferOffered, 'transfer'> & { transfer: _RefType['Transfer'] } & {
        __typename: 'TransferOffered';
      })
    | (TransferNotPossible & { __typename: 'TransferNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  AcceptTransferResult:
    | (Omit<TransferAccepted, 'ticket'> & { ticket: _RefType['Ticket'] } & { __typename: 'TransferAccepted' })
    | (TransferNotPossible & { __typename: 'TransferNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  DeclineTransferResult:
    | (Omit<TransferDeclined, 'transfer'> & { transfer: _RefType['Transfer'] } & {
        __typename: 'TransferDeclined';
      })
    | (TransferNotPossible & { __typename: 'TransferNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  RecallTransferResult:
    | (Omit<TransferRecalled, 'transfer'> & { transfer: _RefType['Transfer'] } & {
        __typename: 'TransferRecalled';
      })
    | (TransferNotPossible & { __typename: 'TransferNotPossible' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SaveVoucherResult:
    | (Omit<VoucherSaved, 'voucher'> & { voucher: _RefType['Voucher'] } & { __typename: 'VoucherSaved' })
    | (VoucherCodeTaken & { __typename: 'VoucherCodeTaken' })
    | (CurrencyNotAllowedView & { __typename: 'CurrencyNotAllowed' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  SetWaitingRoomResult:
    | (Omit<WaitingRoomSet, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & {
        __typename: 'WaitingRoomSet';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  JoinWaitingRoomResult:
    | (Omit<WaitingRoomJoined, 'waitingRoom'> & { waitingRoom: _RefType['WaitingRoom'] } & {
        __typename: 'WaitingRoomJoined';
      })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
  ClaimWaitlistOfferResult:
    | (Omit<WaitlistOfferClaimed, 'entry' | 'hold'> & {
        entry: _RefType['WaitlistEntry'];
        hold: _RefType['Hold'];
      } & { __typename: 'WaitlistOfferClaimed' })
    | (NoOpenOffer & { __typename: 'NoOpenOffer' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  LeaveWaitlistResult:
    | (Omit<WaitlistLeft, 'entry'> & { entry: _RefType['WaitlistEntry'] } & { __typename: 'WaitlistLeft' })
    | (NoOpenOffer & { __typename: 'NoOpenOffer' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' });
  JoinWaitlistResult:
    | (Omit<WaitlistJoined, 'entry'> & { entry: _RefType['WaitlistEntry'] } & {
        __typename: 'WaitlistJoined';
      })
    | (TicketsAvailable & { __typename: 'TicketsAvailable' })
    | (NotOnSale & { __typename: 'NotOnSale' })
    | (InvalidInput & { __typename: 'InvalidInput' })
    | (NotFound & { __typename: 'NotFound' })
    | (Unavailable & { __typename: 'Unavailable' });
};

/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | CheckInListModel
    | DeviceModel
    | OrderView
    | HoldModel
    | TicketTypeView
    | QuotaView
    | PlaceBlockModel
    | InvoiceModel
    | TicketModel
    | ResaleListingModel
    | TransferModel
    | WaitlistEntryModel;
  Refusal:
    | InvalidInput
    | NotFound
    | IdempotencyConflict
    | Unavailable
    | NotYetAvailable
    | CheckInListNameTaken
    | CheckInListInUse
    | DeviceRevoked
    | ExchangeCostsMore
    | ExchangeNotPossible
    | NotEnoughTickets
    | SeatsTakenView
    | TooBusy
    | NotOnSale
    | HoldExpired
    | HoldNotActive
    | HoldNotExtendable
    | TicketTypeNameTaken
    | TicketsSold
    | QuotaTooSmall
    | TicketTypeInUse
    | RefundNotPossible
    | OrderNotWaiting
    | WalletNotConfigured
    | WalletNotPossible
    | PaymentDeclined
    | PaymentPending
    | (Omit<PaymentActionRequired, 'payment'> & { payment: _RefType['Payment'] })
    | OrderExpired
    | OrderNotPayable
    | GuestLimitReachedView
    | CurrencyNotAllowedView
    | TooLateToAnswer
    | TicketNotRefundable
    | RefundExceedsPayments
    | ResaleNotPossible
    | ScanRejected
    | ScanNotReversible
    | SeatsNamed
    | SeatsNamed
    | NoSeatsTogetherView
    | TransferNotPossible
    | VoucherCodeTaken
    | VoucherNotUsable
    | WaitingRoomRequired
    | NoOpenOffer
    | TicketsAvailable;
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
  CheckInList: ResolverTypeWrapper<CheckInListModel>;
  CheckInCounts: ResolverTypeWrapper<CountsView>;
  CheckInTypeCounts: ResolverTypeWrapper<TypeCounts>;
  CheckInGateCounts: ResolverTypeWrapper<CheckInGateCounts>;
  ScanConnection: ResolverTypeWrapper<
    Omit<ScanConnection, 'edges'> & { edges: Array<ResolversTypes['ScanEdge']> }
  >;
  ScanEdge: ResolverTypeWrapper<Omit<ScanEdge, 'node'> & { node: ResolversTypes['Scan'] }>;
  Occurrence: ResolverTypeWrapper<OccurrenceRef>;
  CreateCheckInListInput: CreateCheckInListInput;
  UpdateCheckInListInput: UpdateCheckInListInput;
  CheckInListCreated: ResolverTypeWrapper<
    Omit<CheckInListCreated, 'checkInList'> & { checkInList: ResolversTypes['CheckInList'] }
  >;
  CheckInListUpdated: ResolverTypeWrapper<
    Omit<CheckInListUpdated, 'checkInList'> & { checkInList: ResolversTypes['CheckInList'] }
  >;
  CheckInListNameTaken: ResolverTypeWrapper<CheckInListNameTaken>;
  CheckInListInUse: ResolverTypeWrapper<CheckInListInUse>;
  CreateCheckInListResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['CreateCheckInListResult']
  >;
  UpdateCheckInListResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['UpdateCheckInListResult']
  >;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Device: ResolverTypeWrapper<DeviceModel>;
  DeviceStatus: DeviceStatus;
  DeviceConnection: ResolverTypeWrapper<
    Omit<DeviceConnection, 'edges'> & { edges: Array<ResolversTypes['DeviceEdge']> }
  >;
  DeviceEdge: ResolverTypeWrapper<Omit<DeviceEdge, 'node'> & { node: ResolversTypes['Device'] }>;
  CreateDeviceInput: CreateDeviceInput;
  DeviceCreated: ResolverTypeWrapper<Omit<DeviceCreated, 'device'> & { device: ResolversTypes['Device'] }>;
  UpdateDeviceInput: UpdateDeviceInput;
  DeviceUpdated: ResolverTypeWrapper<Omit<DeviceUpdated, 'device'> & { device: ResolversTypes['Device'] }>;
  EnrolmentCodeRenewed: ResolverTypeWrapper<
    Omit<EnrolmentCodeRenewed, 'device'> & { device: ResolversTypes['Device'] }
  >;
  DeviceIsRevoked: ResolverTypeWrapper<
    Omit<DeviceIsRevoked, 'device'> & { device: ResolversTypes['Device'] }
  >;
  DeviceRevoked: ResolverTypeWrapper<DeviceRevoked>;
  CreateDeviceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateDeviceResult']>;
  UpdateDeviceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateDeviceResult']>;
  RenewEnrolmentCodeResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RenewEnrolmentCodeResult']
  >;
  RevokeDeviceResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RevokeDeviceResult']>;
  ExchangeTicketInput: ExchangeTicketInput;
  ExchangeAnswerInput: ExchangeAnswerInput;
  TicketExchanged: ResolverTypeWrapper<
    Omit<TicketExchanged, 'ticket'> & { ticket: ResolversTypes['Ticket'] }
  >;
  ExchangeToBePaid: ResolverTypeWrapper<Omit<ExchangeToBePaid, 'order'> & { order: ResolversTypes['Order'] }>;
  ExchangeCostsMore: ResolverTypeWrapper<ExchangeCostsMore>;
  ExchangeNotPossible: ResolverTypeWrapper<ExchangeNotPossible>;
  ExchangeTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExchangeTicketResult']>;
  Order: ResolverTypeWrapper<OrderView>;
  Hold: ResolverTypeWrapper<HoldModel>;
  HoldStatus: HoldStatus;
  HoldLine: ResolverTypeWrapper<HoldLineView>;
  HoldTicketsInput: HoldTicketsInput;
  HoldItemInput: HoldItemInput;
  TicketsHeld: ResolverTypeWrapper<Omit<TicketsHeld, 'hold'> & { hold: ResolversTypes['Hold'] }>;
  NotEnoughTickets: ResolverTypeWrapper<NotEnoughTickets>;
  SeatsTaken: ResolverTypeWrapper<SeatsTakenView>;
  TooBusy: ResolverTypeWrapper<TooBusy>;
  NotOnSale: ResolverTypeWrapper<NotOnSale>;
  HoldReleased: ResolverTypeWrapper<Omit<HoldReleased, 'hold'> & { hold: ResolversTypes['Hold'] }>;
  HoldExpired: ResolverTypeWrapper<HoldExpired>;
  HoldNotActive: ResolverTypeWrapper<HoldNotActive>;
  HoldTicketsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['HoldTicketsResult']>;
  ExtendHoldInput: ExtendHoldInput;
  HoldExtended: ResolverTypeWrapper<Omit<HoldExtended, 'hold'> & { hold: ResolversTypes['Hold'] }>;
  HoldNotExtendable: ResolverTypeWrapper<HoldNotExtendable>;
  ExtendHoldResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ExtendHoldResult']>;
  ReleaseHoldResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ReleaseHoldResult']>;
  PaymentPlan: ResolverTypeWrapper<PaymentPlanModel>;
  PlannedInstalment: ResolverTypeWrapper<PlannedInstalment>;
  Instalment: ResolverTypeWrapper<InstalmentView>;
  InstalmentStatus: InstalmentStatus;
  Quote: ResolverTypeWrapper<QuoteView>;
  PlannedInstalmentInput: PlannedInstalmentInput;
  PaymentPlanInput: PaymentPlanInput;
  PaymentPlanSaved: ResolverTypeWrapper<
    Omit<PaymentPlanSaved, 'paymentPlan'> & { paymentPlan: ResolversTypes['PaymentPlan'] }
  >;
  InstalmentPaid: ResolverTypeWrapper<Omit<InstalmentPaid, 'order'> & { order: ResolversTypes['Order'] }>;
  SavePaymentPlanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SavePaymentPlanResult']>;
  TicketType: ResolverTypeWrapper<TicketTypeView>;
  Event: ResolverTypeWrapper<EventRef>;
  Availability: ResolverTypeWrapper<Availability>;
  AvailabilityStatus: AvailabilityStatus;
  SeatAvailability: ResolverTypeWrapper<SeatAvailability>;
  SeatStatus: SeatStatus;
  Seat: ResolverTypeWrapper<SeatRef>;
  CreateTicketTypeInput: CreateTicketTypeInput;
  TicketTypeCreated: ResolverTypeWrapper<
    Omit<TicketTypeCreated, 'ticketType'> & { ticketType: ResolversTypes['TicketType'] }
  >;
  TicketTypeNameTaken: ResolverTypeWrapper<TicketTypeNameTaken>;
  CreateTicketTypeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateTicketTypeResult']>;
  TicketTypeDeleted: ResolverTypeWrapper<TicketTypeDeleted>;
  TicketTypeRestored: ResolverTypeWrapper<
    Omit<TicketTypeRestored, 'ticketType'> & { ticketType: ResolversTypes['TicketType'] }
  >;
  TicketsSold: ResolverTypeWrapper<TicketsSold>;
  DeleteTicketTypeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeleteTicketTypeResult']>;
  RestoreTicketTypeResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RestoreTicketTypeResult']
  >;
  Quota: ResolverTypeWrapper<QuotaView>;
  PriceTier: ResolverTypeWrapper<SeenTier>;
  PlaceBlock: ResolverTypeWrapper<PlaceBlockModel>;
  PlaceBlockLine: ResolverTypeWrapper<PlaceBlockLineView>;
  CreateQuotaInput: CreateQuotaInput;
  UpdateQuotaInput: UpdateQuotaInput;
  AssignQuotasInput: AssignQuotasInput;
  PriceTierInput: PriceTierInput;
  SetPriceTiersInput: SetPriceTiersInput;
  BlockItemInput: BlockItemInput;
  BlockPlacesInput: BlockPlacesInput;
  QuotaCreated: ResolverTypeWrapper<Omit<QuotaCreated, 'quota'> & { quota: ResolversTypes['Quota'] }>;
  QuotaUpdated: ResolverTypeWrapper<Omit<QuotaUpdated, 'quota'> & { quota: ResolversTypes['Quota'] }>;
  QuotasAssigned: ResolverTypeWrapper<
    Omit<QuotasAssigned, 'ticketType'> & { ticketType: ResolversTypes['TicketType'] }
  >;
  PriceTiersSet: ResolverTypeWrapper<
    Omit<PriceTiersSet, 'ticketType'> & { ticketType: ResolversTypes['TicketType'] }
  >;
  PlacesBlocked: ResolverTypeWrapper<Omit<PlacesBlocked, 'block'> & { block: ResolversTypes['PlaceBlock'] }>;
  PlacesUnblocked: ResolverTypeWrapper<
    Omit<PlacesUnblocked, 'block'> & { block: ResolversTypes['PlaceBlock'] }
  >;
  QuotaTooSmall: ResolverTypeWrapper<QuotaTooSmall>;
  TicketTypeInUse: ResolverTypeWrapper<TicketTypeInUse>;
  CreateQuotaResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CreateQuotaResult']>;
  UpdateQuotaResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UpdateQuotaResult']>;
  AssignQuotasResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AssignQuotasResult']>;
  SetPriceTiersResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetPriceTiersResult']>;
  BlockPlacesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BlockPlacesResult']>;
  UnblockPlacesResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UnblockPlacesResult']>;
  InvoiceKind: InvoiceKind;
  Invoice: ResolverTypeWrapper<InvoiceModel>;
  InvoiceLine: ResolverTypeWrapper<InvoiceLine>;
  InvoiceTax: ResolverTypeWrapper<InvoiceTax>;
  InvoiceIssuer: ResolverTypeWrapper<InvoiceIssuer>;
  SetInvoiceIssuerInput: SetInvoiceIssuerInput;
  InvoiceIssuerSet: ResolverTypeWrapper<InvoiceIssuerSet>;
  SetInvoiceIssuerResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetInvoiceIssuerResult']>;
  TicketOwnership: ResolverTypeWrapper<
    Omit<TicketOwnership, 'holders'> & { holders: Array<ResolversTypes['TicketHolding']> }
  >;
  TicketHolding: ResolverTypeWrapper<Holding>;
  TicketHoldingBeginning: TicketHoldingBeginning;
  TicketHoldingEnd: TicketHoldingEnd;
  TicketHistoryEntry: ResolverTypeWrapper<TicketHistoryEntry>;
  LedgerKey: ResolverTypeWrapper<LedgerKey>;
  Ticket: ResolverTypeWrapper<TicketModel>;
  OccurrenceCancellation: ResolverTypeWrapper<OccurrenceCancellation>;
  OccurrenceCancellationStatus: OccurrenceCancellationStatus;
  OccurrenceReschedule: ResolverTypeWrapper<OccurrenceReschedule>;
  RefundRescheduledOrderInput: RefundRescheduledOrderInput;
  RescheduledOrderRefunded: ResolverTypeWrapper<
    Omit<RescheduledOrderRefunded, 'order'> & { order: ResolversTypes['Order'] }
  >;
  RefundNotPossible: ResolverTypeWrapper<RefundNotPossible>;
  RefundRescheduledOrderResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RefundRescheduledOrderResult']
  >;
  OrderStatus: OrderStatus;
  OrderLine: ResolverTypeWrapper<OrderLineModel>;
  OrderFee: ResolverTypeWrapper<OrderFeeModel>;
  TaxAmount: ResolverTypeWrapper<TaxAmount>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  OrderHistoryEntry: ResolverTypeWrapper<OrderHistoryEntry>;
  OrderConnection: ResolverTypeWrapper<
    Omit<OrderConnection, 'edges'> & { edges: Array<ResolversTypes['OrderEdge']> }
  >;
  OrderEdge: ResolverTypeWrapper<Omit<OrderEdge, 'node'> & { node: ResolversTypes['Order'] }>;
  OrderFilter: OrderFilter;
  Guest: ResolverTypeWrapper<GuestName>;
  CheckOutGuestInput: CheckOutGuestInput;
  CheckOutInput: CheckOutInput;
  OrderPlaced: ResolverTypeWrapper<Omit<OrderPlaced, 'order'> & { order: ResolversTypes['Order'] }>;
  CheckOutResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['CheckOutResult']>;
  RejectOrderInput: RejectOrderInput;
  DeskPayment: DeskPayment;
  SellAtBoxOfficeInput: SellAtBoxOfficeInput;
  SellInBulkInput: SellInBulkInput;
  BulkRowInput: BulkRowInput;
  OrderSubmitted: ResolverTypeWrapper<Omit<OrderSubmitted, 'order'> & { order: ResolversTypes['Order'] }>;
  OrderApproved: ResolverTypeWrapper<Omit<OrderApproved, 'order'> & { order: ResolversTypes['Order'] }>;
  OrderRejected: ResolverTypeWrapper<Omit<OrderRejected, 'order'> & { order: ResolversTypes['Order'] }>;
  OrderNotWaiting: ResolverTypeWrapper<OrderNotWaiting>;
  SoldInBulk: ResolverTypeWrapper<Omit<SoldInBulk, 'rows'> & { rows: Array<ResolversTypes['BulkRow']> }>;
  BulkRow: ResolverTypeWrapper<Omit<BulkRow, 'order'> & { order?: Maybe<ResolversTypes['Order']> }>;
  SubmitOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SubmitOrderResult']>;
  ApproveOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ApproveOrderResult']>;
  RejectOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RejectOrderResult']>;
  SellAtBoxOfficeResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SellAtBoxOfficeResult']>;
  SellInBulkResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SellInBulkResult']>;
  TicketFile: ResolverTypeWrapper<TicketFile>;
  Wallet: Wallet;
  WalletPass: ResolverTypeWrapper<WalletPass>;
  WalletNotConfigured: ResolverTypeWrapper<WalletNotConfigured>;
  WalletNotPossible: ResolverTypeWrapper<WalletNotPossible>;
  WalletPassResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['WalletPassResult']>;
  Payment: ResolverTypeWrapper<PaymentModel>;
  PaymentStatus: PaymentStatus;
  PayOrderInput: PayOrderInput;
  OrderPaid: ResolverTypeWrapper<Omit<OrderPaid, 'order'> & { order: ResolversTypes['Order'] }>;
  PaymentDeclined: ResolverTypeWrapper<PaymentDeclined>;
  PaymentPending: ResolverTypeWrapper<PaymentPending>;
  PaymentActionRequired: ResolverTypeWrapper<
    Omit<PaymentActionRequired, 'payment'> & { payment: ResolversTypes['Payment'] }
  >;
  OrderExpired: ResolverTypeWrapper<OrderExpired>;
  OrderNotPayable: ResolverTypeWrapper<OrderNotPayable>;
  PayOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['PayOrderResult']>;
  TicketAddition: ResolverTypeWrapper<Addition>;
  TicketField: ResolverTypeWrapper<TicketField>;
  ReportCell: ResolverTypeWrapper<ReportCell>;
  QuoteLine: ResolverTypeWrapper<QuoteLineView>;
  QuoteFee: ResolverTypeWrapper<QuoteFee>;
  BusinessInput: BusinessInput;
  QuoteInput: QuoteInput;
  CartQuoted: ResolverTypeWrapper<Omit<CartQuoted, 'quote'> & { quote: ResolversTypes['Quote'] }>;
  QuoteResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['QuoteResult']>;
  TaxRate: ResolverTypeWrapper<StoredTaxRate>;
  FeeRule: ResolverTypeWrapper<StoredFeeRule>;
  FeePer: FeePer;
  TaxProfile: ResolverTypeWrapper<TaxProfileModel>;
  SaleTerms: ResolverTypeWrapper<SaleTermsModel>;
  TaxRateInput: TaxRateInput;
  FeeRuleInput: FeeRuleInput;
  TaxProfileInput: TaxProfileInput;
  SaleTermsInput: SaleTermsInput;
  TaxRateSaved: ResolverTypeWrapper<Omit<TaxRateSaved, 'taxRate'> & { taxRate: ResolversTypes['TaxRate'] }>;
  FeeRuleSaved: ResolverTypeWrapper<Omit<FeeRuleSaved, 'feeRule'> & { feeRule: ResolversTypes['FeeRule'] }>;
  TaxProfileSaved: ResolverTypeWrapper<
    Omit<TaxProfileSaved, 'taxProfile'> & { taxProfile: ResolversTypes['TaxProfile'] }
  >;
  SaleTermsSet: ResolverTypeWrapper<
    Omit<SaleTermsSet, 'ticketType'> & { ticketType: ResolversTypes['TicketType'] }
  >;
  GuestLimitReached: ResolverTypeWrapper<GuestLimitReachedView>;
  SaveTaxRateResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SaveTaxRateResult']>;
  SaveFeeRuleResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SaveFeeRuleResult']>;
  SaveTaxProfileResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SaveTaxProfileResult']>;
  SetSaleTermsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetSaleTermsResult']>;
  SalesPolicy: ResolverTypeWrapper<SalesPolicyModel>;
  CancellationStep: ResolverTypeWrapper<CancellationStepModel>;
  CancellationStepInput: CancellationStepInput;
  SalesPolicyInput: SalesPolicyInput;
  SalesPolicySaved: ResolverTypeWrapper<
    Omit<SalesPolicySaved, 'salesPolicy'> & { salesPolicy: ResolversTypes['SalesPolicy'] }
  >;
  CurrencyNotAllowed: ResolverTypeWrapper<CurrencyNotAllowedView>;
  SaveSalesPolicyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SaveSalesPolicyResult']>;
  Question: ResolverTypeWrapper<QuestionModel>;
  QuestionKind: QuestionKind;
  Answer: ResolverTypeWrapper<AnswerView>;
  AnswerInput: AnswerInput;
  QuestionInput: QuestionInput;
  AnswerQuestionsInput: AnswerQuestionsInput;
  QuestionSaved: ResolverTypeWrapper<
    Omit<QuestionSaved, 'question'> & { question: ResolversTypes['Question'] }
  >;
  QuestionsAnswered: ResolverTypeWrapper<
    Omit<QuestionsAnswered, 'order'> & { order: ResolversTypes['Order'] }
  >;
  TooLateToAnswer: ResolverTypeWrapper<TooLateToAnswer>;
  SaveQuestionResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SaveQuestionResult']>;
  AnswerQuestionsResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AnswerQuestionsResult']>;
  Refund: ResolverTypeWrapper<RefundModel>;
  RefundStatus: RefundStatus;
  RefundOrderInput: RefundOrderInput;
  RecordExternalRefundInput: RecordExternalRefundInput;
  TicketNotRefundable: ResolverTypeWrapper<TicketNotRefundable>;
  OrderRefunded: ResolverTypeWrapper<Omit<OrderRefunded, 'order'> & { order: ResolversTypes['Order'] }>;
  RefundExceedsPayments: ResolverTypeWrapper<RefundExceedsPayments>;
  RefundOrderResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RefundOrderResult']>;
  RecordExternalRefundResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['RecordExternalRefundResult']
  >;
  ResaleListing: ResolverTypeWrapper<ResaleListingModel>;
  ResaleListingStatus: ResaleListingStatus;
  BuyResaleTicketInput: BuyResaleTicketInput;
  TicketListed: ResolverTypeWrapper<
    Omit<TicketListed, 'listing'> & { listing: ResolversTypes['ResaleListing'] }
  >;
  TicketUnlisted: ResolverTypeWrapper<
    Omit<TicketUnlisted, 'listing'> & { listing: ResolversTypes['ResaleListing'] }
  >;
  ResaleTicketHeld: ResolverTypeWrapper<Omit<ResaleTicketHeld, 'hold'> & { hold: ResolversTypes['Hold'] }>;
  ResaleNotPossible: ResolverTypeWrapper<ResaleNotPossible>;
  ListTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ListTicketResult']>;
  UnlistTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UnlistTicketResult']>;
  BuyResaleTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['BuyResaleTicketResult']>;
  Scan: ResolverTypeWrapper<ScanModel>;
  ScanDirection: ScanDirection;
  ScanResult: ScanResult;
  ScanRejectionReason: ScanRejectionReason;
  ScanTicketInput: ScanTicketInput;
  ScanAccepted: ResolverTypeWrapper<Omit<ScanAccepted, 'scan'> & { scan: ResolversTypes['Scan'] }>;
  ScanRejected: ResolverTypeWrapper<ScanRejected>;
  UndoScanInput: UndoScanInput;
  ScanUndone: ResolverTypeWrapper<Omit<ScanUndone, 'scan'> & { scan: ResolversTypes['Scan'] }>;
  ScanNotReversible: ResolverTypeWrapper<ScanNotReversible>;
  ScanTicketResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['ScanTicketResult']>;
  UndoScanResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['UndoScanResult']>;
  SingleSeats: SingleSeats;
  SeatingPolicy: ResolverTypeWrapper<SeatingPolicyModel>;
  SetSeatingPolicyInput: SetSeatingPolicyInput;
  SeatingPolicySet: ResolverTypeWrapper<
    Omit<SeatingPolicySet, 'policy'> & { policy: ResolversTypes['SeatingPolicy'] }
  >;
  SetSeatingPolicyResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetSeatingPolicyResult']>;
  HoldBestAvailableInput: HoldBestAvailableInput;
  SingleSeatLeft: ResolverTypeWrapper<SeatsNamed>;
  CompanionSeatAlone: ResolverTypeWrapper<SeatsNamed>;
  NoSeatsTogether: ResolverTypeWrapper<NoSeatsTogetherView>;
  QrCodeFormat: QrCodeFormat;
  QrCode: ResolverTypeWrapper<QrCode>;
  CredentialRotation: ResolverTypeWrapper<CredentialRotation>;
  CredentialPolicy: CredentialPolicy;
  TicketKey: ResolverTypeWrapper<TicketKey>;
  SetCredentialPolicyInput: SetCredentialPolicyInput;
  CredentialPolicySet: ResolverTypeWrapper<
    Omit<CredentialPolicySet, 'event'> & { event?: Maybe<ResolversTypes['Event']> }
  >;
  SetCredentialPolicyResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['SetCredentialPolicyResult']
  >;
  TicketStatus: TicketStatus;
  TicketConnection: ResolverTypeWrapper<
    Omit<TicketConnection, 'edges'> & { edges: Array<ResolversTypes['TicketEdge']> }
  >;
  TicketEdge: ResolverTypeWrapper<Omit<TicketEdge, 'node'> & { node: ResolversTypes['Ticket'] }>;
  Viewer: ResolverTypeWrapper<ViewerRef>;
  Transfer: ResolverTypeWrapper<TransferModel>;
  TransferStatus: TransferStatus;
  OfferTransferInput: OfferTransferInput;
  TransferOffered: ResolverTypeWrapper<
    Omit<TransferOffered, 'transfer'> & { transfer: ResolversTypes['Transfer'] }
  >;
  TransferAccepted: ResolverTypeWrapper<
    Omit<TransferAccepted, 'ticket'> & { ticket: ResolversTypes['Ticket'] }
  >;
  TransferDeclined: ResolverTypeWrapper<
    Omit<TransferDeclined, 'transfer'> & { transfer: ResolversTypes['Transfer'] }
  >;
  TransferRecalled: ResolverTypeWrapper<
    Omit<TransferRecalled, 'transfer'> & { transfer: ResolversTypes['Transfer'] }
  >;
  TransferNotPossible: ResolverTypeWrapper<TransferNotPossible>;
  OfferTransferResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['OfferTransferResult']>;
  AcceptTransferResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['AcceptTransferResult']>;
  DeclineTransferResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['DeclineTransferResult']>;
  RecallTransferResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['RecallTransferResult']>;
  Voucher: ResolverTypeWrapper<VoucherModel>;
  VoucherConnection: ResolverTypeWrapper<
    Omit<VoucherConnection, 'edges'> & { edges: Array<ResolversTypes['VoucherEdge']> }
  >;
  VoucherEdge: ResolverTypeWrapper<Omit<VoucherEdge, 'node'> & { node: ResolversTypes['Voucher'] }>;
  VoucherInput: VoucherInput;
  VoucherSaved: ResolverTypeWrapper<Omit<VoucherSaved, 'voucher'> & { voucher: ResolversTypes['Voucher'] }>;
  VoucherCodeTaken: ResolverTypeWrapper<VoucherCodeTaken>;
  VoucherNotUsable: ResolverTypeWrapper<VoucherNotUsable>;
  VoucherProblem: VoucherProblem;
  SaveVoucherResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SaveVoucherResult']>;
  WaitingRoom: ResolverTypeWrapper<WaitingRoomView>;
  WaitingRoomState: WaitingRoomState;
  SetWaitingRoomInput: SetWaitingRoomInput;
  WaitingRoomSet: ResolverTypeWrapper<
    Omit<WaitingRoomSet, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }
  >;
  WaitingRoomJoined: ResolverTypeWrapper<
    Omit<WaitingRoomJoined, 'waitingRoom'> & { waitingRoom: ResolversTypes['WaitingRoom'] }
  >;
  WaitingRoomRequired: ResolverTypeWrapper<WaitingRoomRequired>;
  SetWaitingRoomResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['SetWaitingRoomResult']>;
  JoinWaitingRoomResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['JoinWaitingRoomResult']>;
  WaitlistEntry: ResolverTypeWrapper<WaitlistEntryModel>;
  WaitlistOffer: ResolverTypeWrapper<WaitlistOffer>;
  WaitlistExplanation: ResolverTypeWrapper<WaitlistExplanation>;
  Waitlist: ResolverTypeWrapper<Omit<Waitlist, 'ticketType'> & { ticketType: ResolversTypes['TicketType'] }>;
  WaitlistEntryConnection: ResolverTypeWrapper<
    Omit<WaitlistEntryConnection, 'edges'> & { edges: Array<ResolversTypes['WaitlistEntryEdge']> }
  >;
  WaitlistEntryEdge: ResolverTypeWrapper<
    Omit<WaitlistEntryEdge, 'node'> & { node: ResolversTypes['WaitlistEntry'] }
  >;
  WaitlistOfferClaimed: ResolverTypeWrapper<
    Omit<WaitlistOfferClaimed, 'entry' | 'hold'> & {
      entry: ResolversTypes['WaitlistEntry'];
      hold: ResolversTypes['Hold'];
    }
  >;
  WaitlistLeft: ResolverTypeWrapper<Omit<WaitlistLeft, 'entry'> & { entry: ResolversTypes['WaitlistEntry'] }>;
  NoOpenOffer: ResolverTypeWrapper<NoOpenOffer>;
  ClaimWaitlistOfferResult: ResolverTypeWrapper<
    ResolversUnionTypes<ResolversTypes>['ClaimWaitlistOfferResult']
  >;
  LeaveWaitlistResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['LeaveWaitlistResult']>;
  WaitlistStatus: WaitlistStatus;
  WaitlistGuestInput: WaitlistGuestInput;
  JoinWaitlistInput: JoinWaitlistInput;
  WaitlistJoined: ResolverTypeWrapper<
    Omit<WaitlistJoined, 'entry'> & { entry: ResolversTypes['WaitlistEntry'] }
  >;
  TicketsAvailable: ResolverTypeWrapper<TicketsAvailable>;
  JoinWaitlistResult: ResolverTypeWrapper<ResolversUnionTypes<ResolversTypes>['JoinWaitlistResult']>;
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
  CheckInList: CheckInListModel;
  CheckInCounts: CountsView;
  CheckInTypeCounts: TypeCounts;
  CheckInGateCounts: CheckInGateCounts;
  ScanConnection: Omit<ScanConnection, 'edges'> & { edges: Array<ResolversParentTypes['ScanEdge']> };
  ScanEdge: Omit<ScanEdge, 'node'> & { node: ResolversParentTypes['Scan'] };
  Occurrence: OccurrenceRef;
  CreateCheckInListInput: CreateCheckInListInput;
  UpdateCheckInListInput: UpdateCheckInListInput;
  CheckInListCreated: Omit<CheckInListCreated, 'checkInList'> & {
    checkInList: ResolversParentTypes['CheckInList'];
  };
  CheckInListUpdated: Omit<CheckInListUpdated, 'checkInList'> & {
    checkInList: ResolversParentTypes['CheckInList'];
  };
  CheckInListNameTaken: CheckInListNameTaken;
  CheckInListInUse: CheckInListInUse;
  CreateCheckInListResult: ResolversUnionTypes<ResolversParentTypes>['CreateCheckInListResult'];
  UpdateCheckInListResult: ResolversUnionTypes<ResolversParentTypes>['UpdateCheckInListResult'];
  Query: Record<PropertyKey, never>;
  Mutation: Record<PropertyKey, never>;
  Subscription: Record<PropertyKey, never>;
  Device: DeviceModel;
  DeviceConnection: Omit<DeviceConnection, 'edges'> & { edges: Array<ResolversParentTypes['DeviceEdge']> };
  DeviceEdge: Omit<DeviceEdge, 'node'> & { node: ResolversParentTypes['Device'] };
  CreateDeviceInput: CreateDeviceInput;
  DeviceCreated: Omit<DeviceCreated, 'device'> & { device: ResolversParentTypes['Device'] };
  UpdateDeviceInput: UpdateDeviceInput;
  DeviceUpdated: Omit<DeviceUpdated, 'device'> & { device: ResolversParentTypes['Device'] };
  EnrolmentCodeRenewed: Omit<EnrolmentCodeRenewed, 'device'> & { device: ResolversParentTypes['Device'] };
  DeviceIsRevoked: Omit<DeviceIsRevoked, 'device'> & { device: ResolversParentTypes['Device'] };
  DeviceRevoked: DeviceRevoked;
  CreateDeviceResult: ResolversUnionTypes<ResolversParentTypes>['CreateDeviceResult'];
  UpdateDeviceResult: ResolversUnionTypes<ResolversParentTypes>['UpdateDeviceResult'];
  RenewEnrolmentCodeResult: ResolversUnionTypes<ResolversParentTypes>['RenewEnrolmentCodeResult'];
  RevokeDeviceResult: ResolversUnionTypes<ResolversParentTypes>['RevokeDeviceResult'];
  ExchangeTicketInput: ExchangeTicketInput;
  ExchangeAnswerInput: ExchangeAnswerInput;
  TicketExchanged: Omit<TicketExchanged, 'ticket'> & { ticket: ResolversParentTypes['Ticket'] };
  ExchangeToBePaid: Omit<ExchangeToBePaid, 'order'> & { order: ResolversParentTypes['Order'] };
  ExchangeCostsMore: ExchangeCostsMore;
  ExchangeNotPossible: ExchangeNotPossible;
  ExchangeTicketResult: ResolversUnionTypes<ResolversParentTypes>['ExchangeTicketResult'];
  Order: OrderView;
  Hold: HoldModel;
  HoldLine: HoldLineView;
  HoldTicketsInput: HoldTicketsInput;
  HoldItemInput: HoldItemInput;
  TicketsHeld: Omit<TicketsHeld, 'hold'> & { hold: ResolversParentTypes['Hold'] };
  NotEnoughTickets: NotEnoughTickets;
  SeatsTaken: SeatsTakenView;
  TooBusy: TooBusy;
  NotOnSale: NotOnSale;
  HoldReleased: Omit<HoldReleased, 'hold'> & { hold: ResolversParentTypes['Hold'] };
  HoldExpired: HoldExpired;
  HoldNotActive: HoldNotActive;
  HoldTicketsResult: ResolversUnionTypes<ResolversParentTypes>['HoldTicketsResult'];
  ExtendHoldInput: ExtendHoldInput;
  HoldExtended: Omit<HoldExtended, 'hold'> & { hold: ResolversParentTypes['Hold'] };
  HoldNotExtendable: HoldNotExtendable;
  ExtendHoldResult: ResolversUnionTypes<ResolversParentTypes>['ExtendHoldResult'];
  ReleaseHoldResult: ResolversUnionTypes<ResolversParentTypes>['ReleaseHoldResult'];
  PaymentPlan: PaymentPlanModel;
  PlannedInstalment: PlannedInstalment;
  Instalment: InstalmentView;
  Quote: QuoteView;
  PlannedInstalmentInput: PlannedInstalmentInput;
  PaymentPlanInput: PaymentPlanInput;
  PaymentPlanSaved: Omit<PaymentPlanSaved, 'paymentPlan'> & {
    paymentPlan: ResolversParentTypes['PaymentPlan'];
  };
  InstalmentPaid: Omit<InstalmentPaid, 'order'> & { order: ResolversParentTypes['Order'] };
  SavePaymentPlanResult: ResolversUnionTypes<ResolversParentTypes>['SavePaymentPlanResult'];
  TicketType: TicketTypeView;
  Event: EventRef;
  Availability: Availability;
  SeatAvailability: SeatAvailability;
  Seat: SeatRef;
  CreateTicketTypeInput: CreateTicketTypeInput;
  TicketTypeCreated: Omit<TicketTypeCreated, 'ticketType'> & {
    ticketType: ResolversParentTypes['TicketType'];
  };
  TicketTypeNameTaken: TicketTypeNameTaken;
  CreateTicketTypeResult: ResolversUnionTypes<ResolversParentTypes>['CreateTicketTypeResult'];
  TicketTypeDeleted: TicketTypeDeleted;
  TicketTypeRestored: Omit<TicketTypeRestored, 'ticketType'> & {
    ticketType: ResolversParentTypes['TicketType'];
  };
  TicketsSold: TicketsSold;
  DeleteTicketTypeResult: ResolversUnionTypes<ResolversParentTypes>['DeleteTicketTypeResult'];
  RestoreTicketTypeResult: ResolversUnionTypes<ResolversParentTypes>['RestoreTicketTypeResult'];
  Quota: QuotaView;
  PriceTier: SeenTier;
  PlaceBlock: PlaceBlockModel;
  PlaceBlockLine: PlaceBlockLineView;
  CreateQuotaInput: CreateQuotaInput;
  UpdateQuotaInput: UpdateQuotaInput;
  AssignQuotasInput: AssignQuotasInput;
  PriceTierInput: PriceTierInput;
  SetPriceTiersInput: SetPriceTiersInput;
  BlockItemInput: BlockItemInput;
  BlockPlacesInput: BlockPlacesInput;
  QuotaCreated: Omit<QuotaCreated, 'quota'> & { quota: ResolversParentTypes['Quota'] };
  QuotaUpdated: Omit<QuotaUpdated, 'quota'> & { quota: ResolversParentTypes['Quota'] };
  QuotasAssigned: Omit<QuotasAssigned, 'ticketType'> & { ticketType: ResolversParentTypes['TicketType'] };
  PriceTiersSet: Omit<PriceTiersSet, 'ticketType'> & { ticketType: ResolversParentTypes['TicketType'] };
  PlacesBlocked: Omit<PlacesBlocked, 'block'> & { block: ResolversParentTypes['PlaceBlock'] };
  PlacesUnblocked: Omit<PlacesUnblocked, 'block'> & { block: ResolversParentTypes['PlaceBlock'] };
  QuotaTooSmall: QuotaTooSmall;
  TicketTypeInUse: TicketTypeInUse;
  CreateQuotaResult: ResolversUnionTypes<ResolversParentTypes>['CreateQuotaResult'];
  UpdateQuotaResult: ResolversUnionTypes<ResolversParentTypes>['UpdateQuotaResult'];
  AssignQuotasResult: ResolversUnionTypes<ResolversParentTypes>['AssignQuotasResult'];
  SetPriceTiersResult: ResolversUnionTypes<ResolversParentTypes>['SetPriceTiersResult'];
  BlockPlacesResult: ResolversUnionTypes<ResolversParentTypes>['BlockPlacesResult'];
  UnblockPlacesResult: ResolversUnionTypes<ResolversParentTypes>['UnblockPlacesResult'];
  Invoice: InvoiceModel;
  InvoiceLine: InvoiceLine;
  InvoiceTax: InvoiceTax;
  InvoiceIssuer: InvoiceIssuer;
  SetInvoiceIssuerInput: SetInvoiceIssuerInput;
  InvoiceIssuerSet: InvoiceIssuerSet;
  SetInvoiceIssuerResult: ResolversUnionTypes<ResolversParentTypes>['SetInvoiceIssuerResult'];
  TicketOwnership: Omit<TicketOwnership, 'holders'> & {
    holders: Array<ResolversParentTypes['TicketHolding']>;
  };
  TicketHolding: Holding;
  TicketHistoryEntry: TicketHistoryEntry;
  LedgerKey: LedgerKey;
  Ticket: TicketModel;
  OccurrenceCancellation: OccurrenceCancellation;
  OccurrenceReschedule: OccurrenceReschedule;
  RefundRescheduledOrderInput: RefundRescheduledOrderInput;
  RescheduledOrderRefunded: Omit<RescheduledOrderRefunded, 'order'> & {
    order: ResolversParentTypes['Order'];
  };
  RefundNotPossible: RefundNotPossible;
  RefundRescheduledOrderResult: ResolversUnionTypes<ResolversParentTypes>['RefundRescheduledOrderResult'];
  OrderLine: OrderLineModel;
  OrderFee: OrderFeeModel;
  TaxAmount: TaxAmount;
  Float: Scalars['Float']['output'];
  OrderHistoryEntry: OrderHistoryEntry;
  OrderConnection: Omit<OrderConnection, 'edges'> & { edges: Array<ResolversParentTypes['OrderEdge']> };
  OrderEdge: Omit<OrderEdge, 'node'> & { node: ResolversParentTypes['Order'] };
  OrderFilter: OrderFilter;
  Guest: GuestName;
  CheckOutGuestInput: CheckOutGuestInput;
  CheckOutInput: CheckOutInput;
  OrderPlaced: Omit<OrderPlaced, 'order'> & { order: ResolversParentTypes['Order'] };
  CheckOutResult: ResolversUnionTypes<ResolversParentTypes>['CheckOutResult'];
  RejectOrderInput: RejectOrderInput;
  SellAtBoxOfficeInput: SellAtBoxOfficeInput;
  SellInBulkInput: SellInBulkInput;
  BulkRowInput: BulkRowInput;
  OrderSubmitted: Omit<OrderSubmitted, 'order'> & { order: ResolversParentTypes['Order'] };
  OrderApproved: Omit<OrderApproved, 'order'> & { order: ResolversParentTypes['Order'] };
  OrderRejected: Omit<OrderRejected, 'order'> & { order: ResolversParentTypes['Order'] };
  OrderNotWaiting: OrderNotWaiting;
  SoldInBulk: Omit<SoldInBulk, 'rows'> & { rows: Array<ResolversParentTypes['BulkRow']> };
  BulkRow: Omit<BulkRow, 'order'> & { order?: Maybe<ResolversParentTypes['Order']> };
  SubmitOrderResult: ResolversUnionTypes<ResolversParentTypes>['SubmitOrderResult'];
  ApproveOrderResult: ResolversUnionTypes<ResolversParentTypes>['ApproveOrderResult'];
  RejectOrderResult: ResolversUnionTypes<ResolversParentTypes>['RejectOrderResult'];
  SellAtBoxOfficeResult: ResolversUnionTypes<ResolversParentTypes>['SellAtBoxOfficeResult'];
  SellInBulkResult: ResolversUnionTypes<ResolversParentTypes>['SellInBulkResult'];
  TicketFile: TicketFile;
  WalletPass: WalletPass;
  WalletNotConfigured: WalletNotConfigured;
  WalletNotPossible: WalletNotPossible;
  WalletPassResult: ResolversUnionTypes<ResolversParentTypes>['WalletPassResult'];
  Payment: PaymentModel;
  PayOrderInput: PayOrderInput;
  OrderPaid: Omit<OrderPaid, 'order'> & { order: ResolversParentTypes['Order'] };
  PaymentDeclined: PaymentDeclined;
  PaymentPending: PaymentPending;
  PaymentActionRequired: Omit<PaymentActionRequired, 'payment'> & {
    payment: ResolversParentTypes['Payment'];
  };
  OrderExpired: OrderExpired;
  OrderNotPayable: OrderNotPayable;
  PayOrderResult: ResolversUnionTypes<ResolversParentTypes>['PayOrderResult'];
  TicketAddition: Addition;
  TicketField: TicketField;
  ReportCell: ReportCell;
  QuoteLine: QuoteLineView;
  QuoteFee: QuoteFee;
  BusinessInput: BusinessInput;
  QuoteInput: QuoteInput;
  CartQuoted: Omit<CartQuoted, 'quote'> & { quote: ResolversParentTypes['Quote'] };
  QuoteResult: ResolversUnionTypes<ResolversParentTypes>['QuoteResult'];
  TaxRate: StoredTaxRate;
  FeeRule: StoredFeeRule;
  TaxProfile: TaxProfileModel;
  SaleTerms: SaleTermsModel;
  TaxRateInput: TaxRateInput;
  FeeRuleInput: FeeRuleInput;
  TaxProfileInput: TaxProfileInput;
  SaleTermsInput: SaleTermsInput;
  TaxRateSaved: Omit<TaxRateSaved, 'taxRate'> & { taxRate: ResolversParentTypes['TaxRate'] };
  FeeRuleSaved: Omit<FeeRuleSaved, 'feeRule'> & { feeRule: ResolversParentTypes['FeeRule'] };
  TaxProfileSaved: Omit<TaxProfileSaved, 'taxProfile'> & { taxProfile: ResolversParentTypes['TaxProfile'] };
  SaleTermsSet: Omit<SaleTermsSet, 'ticketType'> & { ticketType: ResolversParentTypes['TicketType'] };
  GuestLimitReached: GuestLimitReachedView;
  SaveTaxRateResult: ResolversUnionTypes<ResolversParentTypes>['SaveTaxRateResult'];
  SaveFeeRuleResult: ResolversUnionTypes<ResolversParentTypes>['SaveFeeRuleResult'];
  SaveTaxProfileResult: ResolversUnionTypes<ResolversParentTypes>['SaveTaxProfileResult'];
  SetSaleTermsResult: ResolversUnionTypes<ResolversParentTypes>['SetSaleTermsResult'];
  SalesPolicy: SalesPolicyModel;
  CancellationStep: CancellationStepModel;
  CancellationStepInput: CancellationStepInput;
  SalesPolicyInput: SalesPolicyInput;
  SalesPolicySaved: Omit<SalesPolicySaved, 'salesPolicy'> & {
    salesPolicy: ResolversParentTypes['SalesPolicy'];
  };
  CurrencyNotAllowed: CurrencyNotAllowedView;
  SaveSalesPolicyResult: ResolversUnionTypes<ResolversParentTypes>['SaveSalesPolicyResult'];
  Question: QuestionModel;
  Answer: AnswerView;
  AnswerInput: AnswerInput;
  QuestionInput: QuestionInput;
  AnswerQuestionsInput: AnswerQuestionsInput;
  QuestionSaved: Omit<QuestionSaved, 'question'> & { question: ResolversParentTypes['Question'] };
  QuestionsAnswered: Omit<QuestionsAnswered, 'order'> & { order: ResolversParentTypes['Order'] };
  TooLateToAnswer: TooLateToAnswer;
  SaveQuestionResult: ResolversUnionTypes<ResolversParentTypes>['SaveQuestionResult'];
  AnswerQuestionsResult: ResolversUnionTypes<ResolversParentTypes>['AnswerQuestionsResult'];
  Refund: RefundModel;
  RefundOrderInput: RefundOrderInput;
  RecordExternalRefundInput: RecordExternalRefundInput;
  TicketNotRefundable: TicketNotRefundable;
  OrderRefunded: Omit<OrderRefunded, 'order'> & { order: ResolversParentTypes['Order'] };
  RefundExceedsPayments: RefundExceedsPayments;
  RefundOrderResult: ResolversUnionTypes<ResolversParentTypes>['RefundOrderResult'];
  RecordExternalRefundResult: ResolversUnionTypes<ResolversParentTypes>['RecordExternalRefundResult'];
  ResaleListing: ResaleListingModel;
  BuyResaleTicketInput: BuyResaleTicketInput;
  TicketListed: Omit<TicketListed, 'listing'> & { listing: ResolversParentTypes['ResaleListing'] };
  TicketUnlisted: Omit<TicketUnlisted, 'listing'> & { listing: ResolversParentTypes['ResaleListing'] };
  ResaleTicketHeld: Omit<ResaleTicketHeld, 'hold'> & { hold: ResolversParentTypes['Hold'] };
  ResaleNotPossible: ResaleNotPossible;
  ListTicketResult: ResolversUnionTypes<ResolversParentTypes>['ListTicketResult'];
  UnlistTicketResult: ResolversUnionTypes<ResolversParentTypes>['UnlistTicketResult'];
  BuyResaleTicketResult: ResolversUnionTypes<ResolversParentTypes>['BuyResaleTicketResult'];
  Scan: ScanModel;
  ScanTicketInput: ScanTicketInput;
  ScanAccepted: Omit<ScanAccepted, 'scan'> & { scan: ResolversParentTypes['Scan'] };
  ScanRejected: ScanRejected;
  UndoScanInput: UndoScanInput;
  ScanUndone: Omit<ScanUndone, 'scan'> & { scan: ResolversParentTypes['Scan'] };
  ScanNotReversible: ScanNotReversible;
  ScanTicketResult: ResolversUnionTypes<ResolversParentTypes>['ScanTicketResult'];
  UndoScanResult: ResolversUnionTypes<ResolversParentTypes>['UndoScanResult'];
  SeatingPolicy: SeatingPolicyModel;
  SetSeatingPolicyInput: SetSeatingPolicyInput;
  SeatingPolicySet: Omit<SeatingPolicySet, 'policy'> & { policy: ResolversParentTypes['SeatingPolicy'] };
  SetSeatingPolicyResult: ResolversUnionTypes<ResolversParentTypes>['SetSeatingPolicyResult'];
  HoldBestAvailableInput: HoldBestAvailableInput;
  SingleSeatLeft: SeatsNamed;
  CompanionSeatAlone: SeatsNamed;
  NoSeatsTogether: NoSeatsTogetherView;
  QrCode: QrCode;
  CredentialRotation: CredentialRotation;
  TicketKey: TicketKey;
  SetCredentialPolicyInput: SetCredentialPolicyInput;
  CredentialPolicySet: Omit<CredentialPolicySet, 'event'> & { event?: Maybe<ResolversParentTypes['Event']> };
  SetCredentialPolicyResult: ResolversUnionTypes<ResolversParentTypes>['SetCredentialPolicyResult'];
  TicketConnection: Omit<TicketConnection, 'edges'> & { edges: Array<ResolversParentTypes['TicketEdge']> };
  TicketEdge: Omit<TicketEdge, 'node'> & { node: ResolversParentTypes['Ticket'] };
  Viewer: ViewerRef;
  Transfer: TransferModel;
  OfferTransferInput: OfferTransferInput;
  TransferOffered: Omit<TransferOffered, 'transfer'> & { transfer: ResolversParentTypes['Transfer'] };
  TransferAccepted: Omit<TransferAccepted, 'ticket'> & { ticket: ResolversParentTypes['Ticket'] };
  TransferDeclined: Omit<TransferDeclined, 'transfer'> & { transfer: ResolversParentTypes['Transfer'] };
  TransferRecalled: Omit<TransferRecalled, 'transfer'> & { transfer: ResolversParentTypes['Transfer'] };
  TransferNotPossible: TransferNotPossible;
  OfferTransferResult: ResolversUnionTypes<ResolversParentTypes>['OfferTransferResult'];
  AcceptTransferResult: ResolversUnionTypes<ResolversParentTypes>['AcceptTransferResult'];
  DeclineTransferResult: ResolversUnionTypes<ResolversParentTypes>['DeclineTransferResult'];
  RecallTransferResult: ResolversUnionTypes<ResolversParentTypes>['RecallTransferResult'];
  Voucher: VoucherModel;
  VoucherConnection: Omit<VoucherConnection, 'edges'> & { edges: Array<ResolversParentTypes['VoucherEdge']> };
  VoucherEdge: Omit<VoucherEdge, 'node'> & { node: ResolversParentTypes['Voucher'] };
  VoucherInput: VoucherInput;
  VoucherSaved: Omit<VoucherSaved, 'voucher'> & { voucher: ResolversParentTypes['Voucher'] };
  VoucherCodeTaken: VoucherCodeTaken;
  VoucherNotUsable: VoucherNotUsable;
  SaveVoucherResult: ResolversUnionTypes<ResolversParentTypes>['SaveVoucherResult'];
  WaitingRoom: WaitingRoomView;
  SetWaitingRoomInput: SetWaitingRoomInput;
  WaitingRoomSet: Omit<WaitingRoomSet, 'waitingRoom'> & { waitingRoom: ResolversParentTypes['WaitingRoom'] };
  WaitingRoomJoined: Omit<WaitingRoomJoined, 'waitingRoom'> & {
    waitingRoom: ResolversParentTypes['WaitingRoom'];
  };
  WaitingRoomRequired: WaitingRoomRequired;
  SetWaitingRoomResult: ResolversUnionTypes<ResolversParentTypes>['SetWaitingRoomResult'];
  JoinWaitingRoomResult: ResolversUnionTypes<ResolversParentTypes>['JoinWaitingRoomResult'];
  WaitlistEntry: WaitlistEntryModel;
  WaitlistOffer: WaitlistOffer;
  WaitlistExplanation: WaitlistExplanation;
  Waitlist: Omit<Waitlist, 'ticketType'> & { ticketType: ResolversParentTypes['TicketType'] };
  WaitlistEntryConnection: Omit<WaitlistEntryConnection, 'edges'> & {
    edges: Array<ResolversParentTypes['WaitlistEntryEdge']>;
  };
  WaitlistEntryEdge: Omit<WaitlistEntryEdge, 'node'> & { node: ResolversParentTypes['WaitlistEntry'] };
  WaitlistOfferClaimed: Omit<WaitlistOfferClaimed, 'entry' | 'hold'> & {
    entry: ResolversParentTypes['WaitlistEntry'];
    hold: ResolversParentTypes['Hold'];
  };
  WaitlistLeft: Omit<WaitlistLeft, 'entry'> & { entry: ResolversParentTypes['WaitlistEntry'] };
  NoOpenOffer: NoOpenOffer;
  ClaimWaitlistOfferResult: ResolversUnionTypes<ResolversParentTypes>['ClaimWaitlistOfferResult'];
  LeaveWaitlistResult: ResolversUnionTypes<ResolversParentTypes>['LeaveWaitlistResult'];
  WaitlistGuestInput: WaitlistGuestInput;
  JoinWaitlistInput: JoinWaitlistInput;
  WaitlistJoined: Omit<WaitlistJoined, 'entry'> & { entry: ResolversParentTypes['WaitlistEntry'] };
  TicketsAvailable: TicketsAvailable;
  JoinWaitlistResult: ResolversUnionTypes<ResolversParentTypes>['JoinWaitlistResult'];
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
    | 'CheckInList'
    | 'Device'
    | 'Order'
    | 'Hold'
    | 'TicketType'
    | 'Quota'
    | 'PlaceBlock'
    | 'Invoice'
    | 'Ticket'
    | 'ResaleListing'
    | 'Transfer'
    | 'WaitlistEntry',
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
    | 'CheckInListNameTaken'
    | 'CheckInListInUse'
    | 'DeviceRevoked'
    | 'ExchangeCostsMore'
    | 'ExchangeNotPossible'
    | 'NotEnoughTickets'
    | 'SeatsTaken'
    | 'TooBusy'
    | 'NotOnSale'
    | 'HoldExpired'
    | 'HoldNotActive'
    | 'HoldNotExtendable'
    | 'TicketTypeNameTaken'
    | 'TicketsSold'
    | 'QuotaTooSmall'
    | 'TicketTypeInUse'
    | 'RefundNotPossible'
    | 'OrderNotWaiting'
    | 'WalletNotConfigured'
    | 'WalletNotPossible'
    | 'PaymentDeclined'
    | 'PaymentPending'
    | 'PaymentActionRequired'
    | 'OrderExpired'
    | 'OrderNotPayable'
    | 'GuestLimitReached'
    | 'CurrencyNotAllowed'
    | 'TooLateToAnswer'
    | 'TicketNotRefundable'
    | 'RefundExceedsPayments'
    | 'ResaleNotPossible'
    | 'ScanRejected'
    | 'ScanNotReversible'
    | 'SingleSeatLeft'
    | 'CompanionSeatAlone'
    | 'NoSeatsTogether'
    | 'TransferNotPossible'
    | 'VoucherCodeTaken'
    | 'VoucherNotUsable'
    | 'WaitingRoomRequired'
    | 'NoOpenOffer'
    | 'TicketsAvailable',
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

export type CheckInListResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInList'] = ResolversParentTypes['CheckInList'],
  FederationReferenceType extends FederationReferenceTypes['CheckInList'] =
    FederationReferenceTypes['CheckInList'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['CheckInList']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ticketTypes?: Resolver<Maybe<Array<ResolversTypes['TicketType']>>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  entriesPerTicket?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  exits?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  reEntry?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  counts?: Resolver<ResolversTypes['CheckInCounts'], ParentType, ContextType>;
  scans?: Resolver<ResolversTypes['ScanConnection'], ParentType, ContextType, Partial<CheckInListScansArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckInCountsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInCounts'] = ResolversParentTypes['CheckInCounts'],
> = {
  admitted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conflicts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  byTicketType?: Resolver<Array<ResolversTypes['CheckInTypeCounts']>, ParentType, ContextType>;
  byGate?: Resolver<Array<ResolversTypes['CheckInGateCounts']>, ParentType, ContextType>;
};

export type CheckInTypeCountsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInTypeCounts'] = ResolversParentTypes['CheckInTypeCounts'],
> = {
  ticketType?: Resolver<Maybe<ResolversTypes['TicketType']>, ParentType, ContextType>;
  admitted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inside?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conflicts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CheckInGateCountsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInGateCounts'] = ResolversParentTypes['CheckInGateCounts'],
> = {
  gate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  entries?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  exits?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rejected?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  conflicts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ScanConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanConnection'] = ResolversParentTypes['ScanConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['ScanEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ScanEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanEdge'] = ResolversParentTypes['ScanEdge'],
> = {
  node?: Resolver<ResolversTypes['Scan'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  checkInLists?: Resolver<Maybe<Array<ResolversTypes['CheckInList']>>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  availability?: Resolver<Maybe<ResolversTypes['Availability']>, ParentType, ContextType>;
  ticketTypes?: Resolver<Maybe<Array<ResolversTypes['TicketType']>>, ParentType, ContextType>;
  seatAvailability?: Resolver<Maybe<Array<ResolversTypes['SeatAvailability']>>, ParentType, ContextType>;
  blocks?: Resolver<Maybe<Array<ResolversTypes['PlaceBlock']>>, ParentType, ContextType>;
  cancellation?: Resolver<Maybe<ResolversTypes['OccurrenceCancellation']>, ParentType, ContextType>;
  reschedule?: Resolver<Maybe<ResolversTypes['OccurrenceReschedule']>, ParentType, ContextType>;
  resaleListings?: Resolver<Maybe<Array<ResolversTypes['ResaleListing']>>, ParentType, ContextType>;
  seatingPolicy?: Resolver<Maybe<ResolversTypes['SeatingPolicy']>, ParentType, ContextType>;
  keptSeats?: Resolver<Maybe<Array<Maybe<ResolversTypes['Seat']>>>, ParentType, ContextType>;
  waitlists?: Resolver<Maybe<Array<ResolversTypes['Waitlist']>>, ParentType, ContextType>;
};

export type CheckInListCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInListCreated'] = ResolversParentTypes['CheckInListCreated'],
> = {
  checkInList?: Resolver<ResolversTypes['CheckInList'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckInListUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInListUpdated'] = ResolversParentTypes['CheckInListUpdated'],
> = {
  checkInList?: Resolver<ResolversTypes['CheckInList'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckInListNameTakenResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInListNameTaken'] =
    ResolversParentTypes['CheckInListNameTaken'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckInListInUseResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckInListInUse'] = ResolversParentTypes['CheckInListInUse'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateCheckInListResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateCheckInListResult'] =
    ResolversParentTypes['CreateCheckInListResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'CheckInListCreated'
    | 'CheckInListNameTaken'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type UpdateCheckInListResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateCheckInListResult'] =
    ResolversParentTypes['UpdateCheckInListResult'],
> = {
  __resolveType: TypeResolveFn<
    'CheckInListUpdated' | 'CheckInListNameTaken' | 'CheckInListInUse' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type QueryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query'],
> = {
  checkInList?: Resolver<
    Maybe<ResolversTypes['CheckInList']>,
    ParentType,
    ContextType,
    RequireFields<QueryCheckInListArgs, 'id'>
  >;
  devices?: Resolver<ResolversTypes['DeviceConnection'], ParentType, ContextType, Partial<QueryDevicesArgs>>;
  hold?: Resolver<Maybe<ResolversTypes['Hold']>, ParentType, ContextType, RequireFields<QueryHoldArgs, 'id'>>;
  paymentPlans?: Resolver<Array<ResolversTypes['PaymentPlan']>, ParentType, ContextType>;
  deletedTicketTypes?: Resolver<
    ResolversTypes['DeletedConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryDeletedTicketTypesArgs, 'first'>
  >;
  invoice?: Resolver<
    Maybe<ResolversTypes['Invoice']>,
    ParentType,
    ContextType,
    RequireFields<QueryInvoiceArgs, 'id'>
  >;
  invoiceIssuer?: Resolver<Maybe<ResolversTypes['InvoiceIssuer']>, ParentType, ContextType>;
  ledgerKeys?: Resolver<Array<ResolversTypes['LedgerKey']>, ParentType, ContextType>;
  order?: Resolver<
    Maybe<ResolversTypes['Order']>,
    ParentType,
    ContextType,
    RequireFields<QueryOrderArgs, 'id'>
  >;
  orders?: Resolver<
    ResolversTypes['OrderConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryOrdersArgs, 'first'>
  >;
  quote?: Resolver<
    ResolversTypes['QuoteResult'],
    ParentType,
    ContextType,
    RequireFields<QueryQuoteArgs, 'input'>
  >;
  taxRates?: Resolver<Array<ResolversTypes['TaxRate']>, ParentType, ContextType>;
  feeRules?: Resolver<Array<ResolversTypes['FeeRule']>, ParentType, ContextType>;
  taxProfile?: Resolver<Maybe<ResolversTypes['TaxProfile']>, ParentType, ContextType>;
  salesPolicy?: Resolver<ResolversTypes['SalesPolicy'], ParentType, ContextType>;
  seatingPolicy?: Resolver<ResolversTypes['SeatingPolicy'], ParentType, ContextType>;
  ticket?: Resolver<
    Maybe<ResolversTypes['Ticket']>,
    ParentType,
    ContextType,
    RequireFields<QueryTicketArgs, 'id'>
  >;
  ticketKeys?: Resolver<Array<ResolversTypes['TicketKey']>, ParentType, ContextType>;
  vouchers?: Resolver<
    ResolversTypes['VoucherConnection'],
    ParentType,
    ContextType,
    RequireFields<QueryVouchersArgs, 'first'>
  >;
  waitingRoom?: Resolver<
    Maybe<ResolversTypes['WaitingRoom']>,
    ParentType,
    ContextType,
    RequireFields<QueryWaitingRoomArgs, 'occurrenceId'>
  >;
  waitlistEntry?: Resolver<
    Maybe<ResolversTypes['WaitlistEntry']>,
    ParentType,
    ContextType,
    RequireFields<QueryWaitlistEntryArgs, 'id'>
  >;
};

export type MutationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation'],
> = {
  createCheckInList?: Resolver<
    ResolversTypes['CreateCheckInListResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateCheckInListArgs, 'input'>
  >;
  updateCheckInList?: Resolver<
    ResolversTypes['UpdateCheckInListResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateCheckInListArgs, 'input'>
  >;
  createDevice?: Resolver<
    ResolversTypes['CreateDeviceResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateDeviceArgs, 'input'>
  >;
  updateDevice?: Resolver<
    ResolversTypes['UpdateDeviceResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateDeviceArgs, 'input'>
  >;
  renewEnrolmentCode?: Resolver<
    ResolversTypes['RenewEnrolmentCodeResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRenewEnrolmentCodeArgs, 'deviceId'>
  >;
  revokeDevice?: Resolver<
    ResolversTypes['RevokeDeviceResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRevokeDeviceArgs, 'deviceId'>
  >;
  exchangeTicket?: Resolver<
    ResolversTypes['ExchangeTicketResult'],
    ParentType,
    ContextType,
    RequireFields<MutationExchangeTicketArgs, 'input'>
  >;
  holdTickets?: Resolver<
    ResolversTypes['HoldTicketsResult'],
    ParentType,
    ContextType,
    RequireFields<MutationHoldTicketsArgs, 'input'>
  >;
  extendHold?: Resolver<
    ResolversTypes['ExtendHoldResult'],
    ParentType,
    ContextType,
    RequireFields<MutationExtendHoldArgs, 'input'>
  >;
  releaseHold?: Resolver<
    ResolversTypes['ReleaseHoldResult'],
    ParentType,
    ContextType,
    RequireFields<MutationReleaseHoldArgs, 'id'>
  >;
  savePaymentPlan?: Resolver<
    ResolversTypes['SavePaymentPlanResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSavePaymentPlanArgs, 'input'>
  >;
  deleteTicketType?: Resolver<
    ResolversTypes['DeleteTicketTypeResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDeleteTicketTypeArgs, 'id'>
  >;
  restoreTicketType?: Resolver<
    ResolversTypes['RestoreTicketTypeResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRestoreTicketTypeArgs, 'id'>
  >;
  createTicketType?: Resolver<
    ResolversTypes['CreateTicketTypeResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateTicketTypeArgs, 'input'>
  >;
  createQuota?: Resolver<
    ResolversTypes['CreateQuotaResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCreateQuotaArgs, 'input'>
  >;
  updateQuota?: Resolver<
    ResolversTypes['UpdateQuotaResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUpdateQuotaArgs, 'input'>
  >;
  assignQuotas?: Resolver<
    ResolversTypes['AssignQuotasResult'],
    ParentType,
    ContextType,
    RequireFields<MutationAssignQuotasArgs, 'input'>
  >;
  setPriceTiers?: Resolver<
    ResolversTypes['SetPriceTiersResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetPriceTiersArgs, 'input'>
  >;
  blockPlaces?: Resolver<
    ResolversTypes['BlockPlacesResult'],
    ParentType,
    ContextType,
    RequireFields<MutationBlockPlacesArgs, 'input'>
  >;
  unblockPlaces?: Resolver<
    ResolversTypes['UnblockPlacesResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUnblockPlacesArgs, 'id'>
  >;
  setInvoiceIssuer?: Resolver<
    ResolversTypes['SetInvoiceIssuerResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetInvoiceIssuerArgs, 'input'>
  >;
  refundRescheduledOrder?: Resolver<
    ResolversTypes['RefundRescheduledOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRefundRescheduledOrderArgs, 'input'>
  >;
  checkOut?: Resolver<
    ResolversTypes['CheckOutResult'],
    ParentType,
    ContextType,
    RequireFields<MutationCheckOutArgs, 'input'>
  >;
  submitOrder?: Resolver<
    ResolversTypes['SubmitOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSubmitOrderArgs, 'id'>
  >;
  approveOrder?: Resolver<
    ResolversTypes['ApproveOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationApproveOrderArgs, 'id'>
  >;
  rejectOrder?: Resolver<
    ResolversTypes['RejectOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRejectOrderArgs, 'input'>
  >;
  sellAtBoxOffice?: Resolver<
    ResolversTypes['SellAtBoxOfficeResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSellAtBoxOfficeArgs, 'input'>
  >;
  sellInBulk?: Resolver<
    ResolversTypes['SellInBulkResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSellInBulkArgs, 'input'>
  >;
  payOrder?: Resolver<
    ResolversTypes['PayOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationPayOrderArgs, 'input'>
  >;
  saveTaxRate?: Resolver<
    ResolversTypes['SaveTaxRateResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSaveTaxRateArgs, 'input'>
  >;
  saveFeeRule?: Resolver<
    ResolversTypes['SaveFeeRuleResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSaveFeeRuleArgs, 'input'>
  >;
  saveTaxProfile?: Resolver<
    ResolversTypes['SaveTaxProfileResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSaveTaxProfileArgs, 'input'>
  >;
  setSaleTerms?: Resolver<
    ResolversTypes['SetSaleTermsResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetSaleTermsArgs, 'input'>
  >;
  saveSalesPolicy?: Resolver<
    ResolversTypes['SaveSalesPolicyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSaveSalesPolicyArgs, 'input'>
  >;
  saveQuestion?: Resolver<
    ResolversTypes['SaveQuestionResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSaveQuestionArgs, 'input'>
  >;
  answerQuestions?: Resolver<
    ResolversTypes['AnswerQuestionsResult'],
    ParentType,
    ContextType,
    RequireFields<MutationAnswerQuestionsArgs, 'input'>
  >;
  refundOrder?: Resolver<
    ResolversTypes['RefundOrderResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRefundOrderArgs, 'input'>
  >;
  recordExternalRefund?: Resolver<
    ResolversTypes['RecordExternalRefundResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRecordExternalRefundArgs, 'input'>
  >;
  listTicket?: Resolver<
    ResolversTypes['ListTicketResult'],
    ParentType,
    ContextType,
    RequireFields<MutationListTicketArgs, 'ticketId'>
  >;
  unlistTicket?: Resolver<
    ResolversTypes['UnlistTicketResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUnlistTicketArgs, 'listingId'>
  >;
  buyResaleTicket?: Resolver<
    ResolversTypes['BuyResaleTicketResult'],
    ParentType,
    ContextType,
    RequireFields<MutationBuyResaleTicketArgs, 'input'>
  >;
  scanTicket?: Resolver<
    ResolversTypes['ScanTicketResult'],
    ParentType,
    ContextType,
    RequireFields<MutationScanTicketArgs, 'input'>
  >;
  undoScan?: Resolver<
    ResolversTypes['UndoScanResult'],
    ParentType,
    ContextType,
    RequireFields<MutationUndoScanArgs, 'input'>
  >;
  setSeatingPolicy?: Resolver<
    ResolversTypes['SetSeatingPolicyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetSeatingPolicyArgs, 'input'>
  >;
  holdBestAvailable?: Resolver<
    ResolversTypes['HoldTicketsResult'],
    ParentType,
    ContextType,
    RequireFields<MutationHoldBestAvailableArgs, 'input'>
  >;
  setCredentialPolicy?: Resolver<
    ResolversTypes['SetCredentialPolicyResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetCredentialPolicyArgs, 'input'>
  >;
  offerTransfer?: Resolver<
    ResolversTypes['OfferTransferResult'],
    ParentType,
    ContextType,
    RequireFields<MutationOfferTransferArgs, 'input'>
  >;
  acceptTransfer?: Resolver<
    ResolversTypes['AcceptTransferResult'],
    ParentType,
    ContextType,
    RequireFields<MutationAcceptTransferArgs, 'id'>
  >;
  declineTransfer?: Resolver<
    ResolversTypes['DeclineTransferResult'],
    ParentType,
    ContextType,
    RequireFields<MutationDeclineTransferArgs, 'id'>
  >;
  recallTransfer?: Resolver<
    ResolversTypes['RecallTransferResult'],
    ParentType,
    ContextType,
    RequireFields<MutationRecallTransferArgs, 'id'>
  >;
  saveVoucher?: Resolver<
    ResolversTypes['SaveVoucherResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSaveVoucherArgs, 'input'>
  >;
  setWaitingRoom?: Resolver<
    ResolversTypes['SetWaitingRoomResult'],
    ParentType,
    ContextType,
    RequireFields<MutationSetWaitingRoomArgs, 'input'>
  >;
  joinWaitingRoom?: Resolver<
    ResolversTypes['JoinWaitingRoomResult'],
    ParentType,
    ContextType,
    RequireFields<MutationJoinWaitingRoomArgs, 'occurrenceId'>
  >;
  claimWaitlistOffer?: Resolver<
    ResolversTypes['ClaimWaitlistOfferResult'],
    ParentType,
    ContextType,
    RequireFields<MutationClaimWaitlistOfferArgs, 'entryId'>
  >;
  leaveWaitlist?: Resolver<
    ResolversTypes['LeaveWaitlistResult'],
    ParentType,
    ContextType,
    RequireFields<MutationLeaveWaitlistArgs, 'entryId'>
  >;
  joinWaitlist?: Resolver<
    ResolversTypes['JoinWaitlistResult'],
    ParentType,
    ContextType,
    RequireFields<MutationJoinWaitlistArgs, 'input'>
  >;
};

export type SubscriptionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription'],
> = {
  checkInCountsChanged?: SubscriptionResolver<
    Maybe<ResolversTypes['CheckInList']>,
    'checkInCountsChanged',
    ParentType,
    ContextType,
    RequireFields<SubscriptionCheckInCountsChangedArgs, 'listId'>
  >;
  availabilityChanged?: SubscriptionResolver<
    Maybe<ResolversTypes['Occurrence']>,
    'availabilityChanged',
    ParentType,
    ContextType,
    RequireFields<SubscriptionAvailabilityChangedArgs, 'occurrenceId'>
  >;
  orderChanged?: SubscriptionResolver<
    Maybe<ResolversTypes['Order']>,
    'orderChanged',
    ParentType,
    ContextType,
    RequireFields<SubscriptionOrderChangedArgs, 'orderId'>
  >;
  waitingRoomChanged?: SubscriptionResolver<
    ResolversTypes['WaitingRoom'],
    'waitingRoomChanged',
    ParentType,
    ContextType,
    RequireFields<SubscriptionWaitingRoomChangedArgs, 'occurrenceId' | 'token'>
  >;
};

export type DeviceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Device'] = ResolversParentTypes['Device'],
  FederationReferenceType extends FederationReferenceTypes['Device'] = FederationReferenceTypes['Device'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Device']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DeviceStatus'], ParentType, ContextType>;
  checkInLists?: Resolver<Array<ResolversTypes['CheckInList']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  enrolledAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastSeenAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  clockBehindMs?: Resolver<Maybe<ResolversTypes['BigInt']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeviceConnection'] = ResolversParentTypes['DeviceConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['DeviceEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DeviceEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeviceEdge'] = ResolversParentTypes['DeviceEdge'],
> = {
  node?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type DeviceCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeviceCreated'] = ResolversParentTypes['DeviceCreated'],
> = {
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  enrolmentCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeviceUpdated'] = ResolversParentTypes['DeviceUpdated'],
> = {
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type EnrolmentCodeRenewedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['EnrolmentCodeRenewed'] =
    ResolversParentTypes['EnrolmentCodeRenewed'],
> = {
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  enrolmentCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceIsRevokedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeviceIsRevoked'] = ResolversParentTypes['DeviceIsRevoked'],
> = {
  device?: Resolver<ResolversTypes['Device'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeviceRevokedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeviceRevoked'] = ResolversParentTypes['DeviceRevoked'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateDeviceResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateDeviceResult'] = ResolversParentTypes['CreateDeviceResult'],
> = {
  __resolveType: TypeResolveFn<'DeviceCreated' | 'InvalidInput', ParentType, ContextType>;
};

export type UpdateDeviceResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateDeviceResult'] = ResolversParentTypes['UpdateDeviceResult'],
> = {
  __resolveType: TypeResolveFn<
    'DeviceUpdated' | 'DeviceRevoked' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RenewEnrolmentCodeResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RenewEnrolmentCodeResult'] =
    ResolversParentTypes['RenewEnrolmentCodeResult'],
> = {
  __resolveType: TypeResolveFn<
    'EnrolmentCodeRenewed' | 'DeviceRevoked' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RevokeDeviceResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RevokeDeviceResult'] = ResolversParentTypes['RevokeDeviceResult'],
> = {
  __resolveType: TypeResolveFn<'DeviceIsRevoked' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type TicketExchangedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketExchanged'] = ResolversParentTypes['TicketExchanged'],
> = {
  ticket?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
  refunded?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExchangeToBePaidResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExchangeToBePaid'] = ResolversParentTypes['ExchangeToBePaid'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExchangeCostsMoreResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExchangeCostsMore'] = ResolversParentTypes['ExchangeCostsMore'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  difference?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExchangeNotPossibleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExchangeNotPossible'] =
    ResolversParentTypes['ExchangeNotPossible'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExchangeTicketResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExchangeTicketResult'] =
    ResolversParentTypes['ExchangeTicketResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'TicketExchanged'
    | 'ExchangeToBePaid'
    | 'ExchangeCostsMore'
    | 'ExchangeNotPossible'
    | 'NotEnoughTickets'
    | 'SeatsTaken'
    | 'SingleSeatLeft'
    | 'CompanionSeatAlone'
    | 'NotOnSale'
    | 'WaitingRoomRequired'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type OrderResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Order'] = ResolversParentTypes['Order'],
  FederationReferenceType extends FederationReferenceTypes['Order'] = FederationReferenceTypes['Order'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Order']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  exchangedTicket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
  paymentSchedule?: Resolver<Array<ResolversTypes['Instalment']>, ParentType, ContextType>;
  paidAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  dueAmount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  invoices?: Resolver<Array<ResolversTypes['Invoice']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fees?: Resolver<Array<ResolversTypes['OrderFee']>, ParentType, ContextType>;
  taxes?: Resolver<Array<ResolversTypes['TaxAmount']>, ParentType, ContextType>;
  voucher?: Resolver<Maybe<ResolversTypes['Voucher']>, ParentType, ContextType>;
  reverseCharge?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  expiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  paidAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  eventTitle?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['OrderLine']>, ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  payments?: Resolver<Array<ResolversTypes['Payment']>, ParentType, ContextType>;
  refunds?: Resolver<Array<ResolversTypes['Refund']>, ParentType, ContextType>;
  history?: Resolver<Array<ResolversTypes['OrderHistoryEntry']>, ParentType, ContextType>;
  ticketsPdf?: Resolver<Maybe<ResolversTypes['TicketFile']>, ParentType, ContextType>;
  reportColumns?: Resolver<Maybe<Array<ResolversTypes['ReportCell']>>, ParentType, ContextType>;
  answers?: Resolver<Array<ResolversTypes['Answer']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Hold'] = ResolversParentTypes['Hold'],
  FederationReferenceType extends FederationReferenceTypes['Hold'] = FederationReferenceTypes['Hold'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Hold']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['HoldStatus'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['HoldLine']>, ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldLine'] = ResolversParentTypes['HoldLine'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<Maybe<ResolversTypes['Seat']>>, ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TicketsHeldResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketsHeld'] = ResolversParentTypes['TicketsHeld'],
> = {
  hold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotEnoughTicketsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotEnoughTickets'] = ResolversParentTypes['NotEnoughTickets'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SeatsTakenResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatsTaken'] = ResolversParentTypes['SeatsTaken'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooBusyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TooBusy'] = ResolversParentTypes['TooBusy'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retryAfterSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NotOnSaleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NotOnSale'] = ResolversParentTypes['NotOnSale'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldReleasedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldReleased'] = ResolversParentTypes['HoldReleased'],
> = {
  hold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldExpiredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldExpired'] = ResolversParentTypes['HoldExpired'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldNotActiveResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldNotActive'] = ResolversParentTypes['HoldNotActive'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['HoldStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldTicketsResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldTicketsResult'] = ResolversParentTypes['HoldTicketsResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'TicketsHeld'
    | 'NotEnoughTickets'
    | 'SeatsTaken'
    | 'SingleSeatLeft'
    | 'CompanionSeatAlone'
    | 'NoSeatsTogether'
    | 'NotOnSale'
    | 'WaitingRoomRequired'
    | 'VoucherNotUsable'
    | 'TooBusy'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type HoldExtendedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldExtended'] = ResolversParentTypes['HoldExtended'],
> = {
  hold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type HoldNotExtendableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['HoldNotExtendable'] = ResolversParentTypes['HoldNotExtendable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ExtendHoldResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ExtendHoldResult'] = ResolversParentTypes['ExtendHoldResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'HoldExtended'
    | 'HoldNotExtendable'
    | 'HoldExpired'
    | 'HoldNotActive'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type ReleaseHoldResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ReleaseHoldResult'] = ResolversParentTypes['ReleaseHoldResult'],
> = {
  __resolveType: TypeResolveFn<
    'HoldReleased' | 'HoldExpired' | 'HoldNotActive' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type PaymentPlanResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PaymentPlan'] = ResolversParentTypes['PaymentPlan'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  ticketType?: Resolver<Maybe<ResolversTypes['TicketType']>, ParentType, ContextType>;
  depositBasisPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  deposit?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  instalments?: Resolver<Array<ResolversTypes['PlannedInstalment']>, ParentType, ContextType>;
  graceDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  remindDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  forfeitBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PlannedInstalmentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlannedInstalment'] = ResolversParentTypes['PlannedInstalment'],
> = {
  daysBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  shareBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InstalmentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Instalment'] = ResolversParentTypes['Instalment'],
> = {
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  paid?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  dueAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InstalmentStatus'], ParentType, ContextType>;
};

export type QuoteResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Quote'] = ResolversParentTypes['Quote'],
> = {
  paymentSchedule?: Resolver<Maybe<Array<ResolversTypes['Instalment']>>, ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['QuoteLine']>, ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  fees?: Resolver<Array<ResolversTypes['QuoteFee']>, ParentType, ContextType>;
  taxes?: Resolver<Array<ResolversTypes['TaxAmount']>, ParentType, ContextType>;
  reverseCharge?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type PaymentPlanSavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PaymentPlanSaved'] = ResolversParentTypes['PaymentPlanSaved'],
> = {
  paymentPlan?: Resolver<ResolversTypes['PaymentPlan'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstalmentPaidResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InstalmentPaid'] = ResolversParentTypes['InstalmentPaid'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SavePaymentPlanResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SavePaymentPlanResult'] =
    ResolversParentTypes['SavePaymentPlanResult'],
> = {
  __resolveType: TypeResolveFn<
    'PaymentPlanSaved' | 'CurrencyNotAllowed' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type TicketTypeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketType'] = ResolversParentTypes['TicketType'],
  FederationReferenceType extends FederationReferenceTypes['TicketType'] =
    FederationReferenceTypes['TicketType'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['TicketType']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  maxPerOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sectionName?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  seated?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  currentPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  currentTier?: Resolver<Maybe<ResolversTypes['PriceTier']>, ParentType, ContextType>;
  nextTier?: Resolver<Maybe<ResolversTypes['PriceTier']>, ParentType, ContextType>;
  priceTiers?: Resolver<Array<ResolversTypes['PriceTier']>, ParentType, ContextType>;
  saleTerms?: Resolver<ResolversTypes['SaleTerms'], ParentType, ContextType>;
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
  ticketTypes?: Resolver<Maybe<Array<ResolversTypes['TicketType']>>, ParentType, ContextType>;
  quotas?: Resolver<Maybe<Array<ResolversTypes['Quota']>>, ParentType, ContextType>;
  questions?: Resolver<Maybe<Array<ResolversTypes['Question']>>, ParentType, ContextType>;
  credentialPolicy?: Resolver<Maybe<ResolversTypes['CredentialPolicy']>, ParentType, ContextType>;
};

export type AvailabilityResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Availability'] = ResolversParentTypes['Availability'],
> = {
  status?: Resolver<ResolversTypes['AvailabilityStatus'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SeatAvailabilityResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatAvailability'] = ResolversParentTypes['SeatAvailability'],
> = {
  seatId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SeatStatus'], ParentType, ContextType>;
};

export type SeatResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Seat'] = ResolversParentTypes['Seat'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TicketTypeCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketTypeCreated'] = ResolversParentTypes['TicketTypeCreated'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketTypeNameTakenResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketTypeNameTaken'] =
    ResolversParentTypes['TicketTypeNameTaken'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateTicketTypeResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateTicketTypeResult'] =
    ResolversParentTypes['CreateTicketTypeResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'TicketTypeCreated'
    | 'TicketTypeNameTaken'
    | 'CurrencyNotAllowed'
    | 'InvalidInput'
    | 'NotFound'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type TicketTypeDeletedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketTypeDeleted'] = ResolversParentTypes['TicketTypeDeleted'],
> = {
  deleted?: Resolver<ResolversTypes['Deleted'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketTypeRestoredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketTypeRestored'] = ResolversParentTypes['TicketTypeRestored'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsSoldResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketsSold'] = ResolversParentTypes['TicketsSold'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type DeleteTicketTypeResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeleteTicketTypeResult'] =
    ResolversParentTypes['DeleteTicketTypeResult'],
> = {
  __resolveType: TypeResolveFn<
    'TicketTypeDeleted' | 'TicketsSold' | 'TicketTypeInUse' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RestoreTicketTypeResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RestoreTicketTypeResult'] =
    ResolversParentTypes['RestoreTicketTypeResult'],
> = {
  __resolveType: TypeResolveFn<'TicketTypeRestored' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type QuotaResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Quota'] = ResolversParentTypes['Quota'],
  FederationReferenceType extends FederationReferenceTypes['Quota'] = FederationReferenceTypes['Quota'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Quota']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  size?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketTypes?: Resolver<Array<ResolversTypes['TicketType']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceTierResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PriceTier'] = ResolversParentTypes['PriceTier'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  startsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endsAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  available?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PlaceBlockResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlaceBlock'] = ResolversParentTypes['PlaceBlock'],
  FederationReferenceType extends FederationReferenceTypes['PlaceBlock'] =
    FederationReferenceTypes['PlaceBlock'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['PlaceBlock']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['PlaceBlockLine']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  releasedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlaceBlockLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlaceBlockLine'] = ResolversParentTypes['PlaceBlockLine'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<Maybe<ResolversTypes['Seat']>>, ParentType, ContextType>;
};

export type QuotaCreatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuotaCreated'] = ResolversParentTypes['QuotaCreated'],
> = {
  quota?: Resolver<ResolversTypes['Quota'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuotaUpdatedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuotaUpdated'] = ResolversParentTypes['QuotaUpdated'],
> = {
  quota?: Resolver<ResolversTypes['Quota'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuotasAssignedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuotasAssigned'] = ResolversParentTypes['QuotasAssigned'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PriceTiersSetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PriceTiersSet'] = ResolversParentTypes['PriceTiersSet'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlacesBlockedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlacesBlocked'] = ResolversParentTypes['PlacesBlocked'],
> = {
  block?: Resolver<ResolversTypes['PlaceBlock'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PlacesUnblockedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PlacesUnblocked'] = ResolversParentTypes['PlacesUnblocked'],
> = {
  block?: Resolver<ResolversTypes['PlaceBlock'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuotaTooSmallResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuotaTooSmall'] = ResolversParentTypes['QuotaTooSmall'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  taken?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketTypeInUseResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketTypeInUse'] = ResolversParentTypes['TicketTypeInUse'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CreateQuotaResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CreateQuotaResult'] = ResolversParentTypes['CreateQuotaResult'],
> = {
  __resolveType: TypeResolveFn<'QuotaCreated' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type UpdateQuotaResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UpdateQuotaResult'] = ResolversParentTypes['UpdateQuotaResult'],
> = {
  __resolveType: TypeResolveFn<
    'QuotaUpdated' | 'QuotaTooSmall' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type AssignQuotasResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AssignQuotasResult'] = ResolversParentTypes['AssignQuotasResult'],
> = {
  __resolveType: TypeResolveFn<
    'QuotasAssigned' | 'TicketTypeInUse' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type SetPriceTiersResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetPriceTiersResult'] =
    ResolversParentTypes['SetPriceTiersResult'],
> = {
  __resolveType: TypeResolveFn<
    'PriceTiersSet' | 'QuotaTooSmall' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type BlockPlacesResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BlockPlacesResult'] = ResolversParentTypes['BlockPlacesResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'PlacesBlocked'
    | 'NotEnoughTickets'
    | 'SeatsTaken'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type UnblockPlacesResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UnblockPlacesResult'] =
    ResolversParentTypes['UnblockPlacesResult'],
> = {
  __resolveType: TypeResolveFn<'PlacesUnblocked' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type InvoiceResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Invoice'] = ResolversParentTypes['Invoice'],
  FederationReferenceType extends FederationReferenceTypes['Invoice'] = FederationReferenceTypes['Invoice'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Invoice']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InvoiceKind'], ParentType, ContextType>;
  number?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  issuedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  corrects?: Resolver<Maybe<ResolversTypes['Invoice']>, ParentType, ContextType>;
  sellerName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  customerName?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  lines?: Resolver<Array<ResolversTypes['InvoiceLine']>, ParentType, ContextType>;
  taxes?: Resolver<Array<ResolversTypes['InvoiceTax']>, ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  pdfUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InvoiceLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvoiceLine'] = ResolversParentTypes['InvoiceLine'],
> = {
  description?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type InvoiceTaxResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvoiceTax'] = ResolversParentTypes['InvoiceTax'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rateBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type InvoiceIssuerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvoiceIssuer'] = ResolversParentTypes['InvoiceIssuer'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  address?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  taxId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  email?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type InvoiceIssuerSetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['InvoiceIssuerSet'] = ResolversParentTypes['InvoiceIssuerSet'],
> = {
  issuer?: Resolver<ResolversTypes['InvoiceIssuer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetInvoiceIssuerResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetInvoiceIssuerResult'] =
    ResolversParentTypes['SetInvoiceIssuerResult'],
> = {
  __resolveType: TypeResolveFn<'InvoiceIssuerSet' | 'InvalidInput', ParentType, ContextType>;
};

export type TicketOwnershipResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketOwnership'] = ResolversParentTypes['TicketOwnership'],
> = {
  holders?: Resolver<Array<ResolversTypes['TicketHolding']>, ParentType, ContextType>;
  proof?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  notYetProven?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TicketHoldingResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketHolding'] = ResolversParentTypes['TicketHolding'],
> = {
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  how?: Resolver<ResolversTypes['TicketHoldingBeginning'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  ended?: Resolver<Maybe<ResolversTypes['TicketHoldingEnd']>, ParentType, ContextType>;
};

export type TicketHistoryEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketHistoryEntry'] = ResolversParentTypes['TicketHistoryEntry'],
> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type LedgerKeyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['LedgerKey'] = ResolversParentTypes['LedgerKey'],
> = {
  kid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kty?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  crv?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TicketResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Ticket'] = ResolversParentTypes['Ticket'],
  FederationReferenceType extends FederationReferenceTypes['Ticket'] = FederationReferenceTypes['Ticket'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Ticket']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  history?: Resolver<Maybe<Array<ResolversTypes['TicketHistoryEntry']>>, ParentType, ContextType>;
  ownership?: Resolver<Maybe<ResolversTypes['TicketOwnership']>, ParentType, ContextType>;
  pdf?: Resolver<Maybe<ResolversTypes['TicketFile']>, ParentType, ContextType>;
  walletPass?: Resolver<
    Maybe<ResolversTypes['WalletPassResult']>,
    ParentType,
    ContextType,
    RequireFields<TicketWalletPassArgs, 'wallet'>
  >;
  additions?: Resolver<Array<ResolversTypes['TicketAddition']>, ParentType, ContextType>;
  waitsForPlugins?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  answers?: Resolver<Array<ResolversTypes['Answer']>, ParentType, ContextType>;
  resaleListing?: Resolver<Maybe<ResolversTypes['ResaleListing']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TicketStatus'], ParentType, ContextType>;
  credential?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  qrCode?: Resolver<
    Maybe<ResolversTypes['QrCode']>,
    ParentType,
    ContextType,
    RequireFields<TicketQrCodeArgs, 'format'>
  >;
  credentialRotation?: Resolver<Maybe<ResolversTypes['CredentialRotation']>, ParentType, ContextType>;
  seat?: Resolver<Maybe<ResolversTypes['Seat']>, ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  admittedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  transfers?: Resolver<Maybe<Array<ResolversTypes['Transfer']>>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OccurrenceCancellationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceCancellation'] =
    ResolversParentTypes['OccurrenceCancellation'],
> = {
  status?: Resolver<ResolversTypes['OccurrenceCancellationStatus'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  requestedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  endedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  refundsUnderWay?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refundsDone?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  refundsFailed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type OccurrenceRescheduleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OccurrenceReschedule'] =
    ResolversParentTypes['OccurrenceReschedule'],
> = {
  startsAtBefore?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  startsAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  refundUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type RescheduledOrderRefundedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RescheduledOrderRefunded'] =
    ResolversParentTypes['RescheduledOrderRefunded'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundNotPossibleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RefundNotPossible'] = ResolversParentTypes['RefundNotPossible'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundRescheduledOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RefundRescheduledOrderResult'] =
    ResolversParentTypes['RefundRescheduledOrderResult'],
> = {
  __resolveType: TypeResolveFn<
    'RescheduledOrderRefunded' | 'RefundNotPossible' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type OrderLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderLine'] = ResolversParentTypes['OrderLine'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  seats?: Resolver<Array<Maybe<ResolversTypes['Seat']>>, ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderFeeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderFee'] = ResolversParentTypes['OrderFee'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type TaxAmountResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TaxAmount'] = ResolversParentTypes['TaxAmount'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rate?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type OrderHistoryEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderHistoryEntry'] = ResolversParentTypes['OrderHistoryEntry'],
> = {
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  occurredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderConnection'] = ResolversParentTypes['OrderConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['OrderEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type OrderEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderEdge'] = ResolversParentTypes['OrderEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
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
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OrderPlacedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderPlaced'] = ResolversParentTypes['OrderPlaced'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CheckOutResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CheckOutResult'] = ResolversParentTypes['CheckOutResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OrderPlaced'
    | 'HoldExpired'
    | 'HoldNotActive'
    | 'NotOnSale'
    | 'VoucherNotUsable'
    | 'GuestLimitReached'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type OrderSubmittedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderSubmitted'] = ResolversParentTypes['OrderSubmitted'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderApprovedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderApproved'] = ResolversParentTypes['OrderApproved'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderRejectedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderRejected'] = ResolversParentTypes['OrderRejected'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderNotWaitingResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderNotWaiting'] = ResolversParentTypes['OrderNotWaiting'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SoldInBulkResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SoldInBulk'] = ResolversParentTypes['SoldInBulk'],
> = {
  sold?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  rows?: Resolver<Array<ResolversTypes['BulkRow']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type BulkRowResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BulkRow'] = ResolversParentTypes['BulkRow'],
> = {
  row?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  order?: Resolver<Maybe<ResolversTypes['Order']>, ParentType, ContextType>;
  refusal?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SubmitOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SubmitOrderResult'] = ResolversParentTypes['SubmitOrderResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrderSubmitted' | 'OrderNotWaiting' | 'OrderExpired' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type ApproveOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ApproveOrderResult'] = ResolversParentTypes['ApproveOrderResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrderApproved' | 'OrderNotWaiting' | 'OrderExpired' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RejectOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RejectOrderResult'] = ResolversParentTypes['RejectOrderResult'],
> = {
  __resolveType: TypeResolveFn<
    'OrderRejected' | 'OrderNotWaiting' | 'OrderExpired' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type SellAtBoxOfficeResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SellAtBoxOfficeResult'] =
    ResolversParentTypes['SellAtBoxOfficeResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OrderPaid'
    | 'OrderExpired'
    | 'HoldExpired'
    | 'HoldNotActive'
    | 'NotOnSale'
    | 'VoucherNotUsable'
    | 'GuestLimitReached'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type SellInBulkResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SellInBulkResult'] = ResolversParentTypes['SellInBulkResult'],
> = {
  __resolveType: TypeResolveFn<'SoldInBulk' | 'InvalidInput', ParentType, ContextType>;
};

export type TicketFileResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketFile'] = ResolversParentTypes['TicketFile'],
> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WalletPassResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WalletPass'] = ResolversParentTypes['WalletPass'],
> = {
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WalletNotConfiguredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WalletNotConfigured'] =
    ResolversParentTypes['WalletNotConfigured'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WalletNotPossibleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WalletNotPossible'] = ResolversParentTypes['WalletNotPossible'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WalletPassResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WalletPassResult'] = ResolversParentTypes['WalletPassResult'],
> = {
  __resolveType: TypeResolveFn<
    'WalletPass' | 'WalletNotConfigured' | 'WalletNotPossible',
    ParentType,
    ContextType
  >;
};

export type PaymentResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Payment'] = ResolversParentTypes['Payment'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PaymentStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  provider?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  failureReason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  actionUrl?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OrderPaidResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderPaid'] = ResolversParentTypes['OrderPaid'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentDeclinedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PaymentDeclined'] = ResolversParentTypes['PaymentDeclined'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentPendingResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PaymentPending'] = ResolversParentTypes['PaymentPending'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PaymentActionRequiredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PaymentActionRequired'] =
    ResolversParentTypes['PaymentActionRequired'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  redirectUrl?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  payment?: Resolver<ResolversTypes['Payment'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderExpiredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderExpired'] = ResolversParentTypes['OrderExpired'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderNotPayableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderNotPayable'] = ResolversParentTypes['OrderNotPayable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['OrderStatus'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PayOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['PayOrderResult'] = ResolversParentTypes['PayOrderResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OrderPaid'
    | 'InstalmentPaid'
    | 'PaymentDeclined'
    | 'PaymentPending'
    | 'PaymentActionRequired'
    | 'OrderExpired'
    | 'OrderNotPayable'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type TicketAdditionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketAddition'] = ResolversParentTypes['TicketAddition'],
> = {
  plugin?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  title?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fields?: Resolver<Array<ResolversTypes['TicketField']>, ParentType, ContextType>;
  note?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TicketFieldResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketField'] = ResolversParentTypes['TicketField'],
> = {
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type QuoteLineResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuoteLine'] = ResolversParentTypes['QuoteLine'],
> = {
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  unitPrice?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  discount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type QuoteFeeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuoteFee'] = ResolversParentTypes['QuoteFee'],
> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  net?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  tax?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
};

export type CartQuotedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CartQuoted'] = ResolversParentTypes['CartQuoted'],
> = {
  quote?: Resolver<ResolversTypes['Quote'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuoteResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuoteResult'] = ResolversParentTypes['QuoteResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'CartQuoted'
    | 'HoldExpired'
    | 'HoldNotActive'
    | 'VoucherNotUsable'
    | 'InvalidInput'
    | 'NotFound'
    | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type TaxRateResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TaxRate'] = ResolversParentTypes['TaxRate'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rateBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  inclusive?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  ticketType?: Resolver<Maybe<ResolversTypes['TicketType']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type FeeRuleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['FeeRule'] = ResolversParentTypes['FeeRule'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  per?: Resolver<ResolversTypes['FeePer'], ParentType, ContextType>;
  percentBasisPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  ticketType?: Resolver<Maybe<ResolversTypes['TicketType']>, ParentType, ContextType>;
  taxRate?: Resolver<Maybe<ResolversTypes['TaxRate']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  refundable?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TaxProfileResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TaxProfile'] = ResolversParentTypes['TaxProfile'],
> = {
  countryCode?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  vatId?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reverseChargeCountries?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
};

export type SaleTermsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaleTerms'] = ResolversParentTypes['SaleTerms'],
> = {
  salesFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  salesUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  minPerOrder?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  maxPerGuest?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  hidden?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  needsApproval?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  decisionHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  donation?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type TaxRateSavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TaxRateSaved'] = ResolversParentTypes['TaxRateSaved'],
> = {
  taxRate?: Resolver<ResolversTypes['TaxRate'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type FeeRuleSavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['FeeRuleSaved'] = ResolversParentTypes['FeeRuleSaved'],
> = {
  feeRule?: Resolver<ResolversTypes['FeeRule'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TaxProfileSavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TaxProfileSaved'] = ResolversParentTypes['TaxProfileSaved'],
> = {
  taxProfile?: Resolver<ResolversTypes['TaxProfile'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SaleTermsSetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaleTermsSet'] = ResolversParentTypes['SaleTermsSet'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type GuestLimitReachedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['GuestLimitReached'] = ResolversParentTypes['GuestLimitReached'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ticketTypeId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  allowed?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SaveTaxRateResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaveTaxRateResult'] = ResolversParentTypes['SaveTaxRateResult'],
> = {
  __resolveType: TypeResolveFn<'TaxRateSaved' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type SaveFeeRuleResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaveFeeRuleResult'] = ResolversParentTypes['SaveFeeRuleResult'],
> = {
  __resolveType: TypeResolveFn<
    'FeeRuleSaved' | 'CurrencyNotAllowed' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type SaveTaxProfileResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaveTaxProfileResult'] =
    ResolversParentTypes['SaveTaxProfileResult'],
> = {
  __resolveType: TypeResolveFn<'TaxProfileSaved' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type SetSaleTermsResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetSaleTermsResult'] = ResolversParentTypes['SetSaleTermsResult'],
> = {
  __resolveType: TypeResolveFn<'SaleTermsSet' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type SalesPolicyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SalesPolicy'] = ResolversParentTypes['SalesPolicy'],
> = {
  currencies?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  cancellationSteps?: Resolver<Array<ResolversTypes['CancellationStep']>, ParentType, ContextType>;
};

export type CancellationStepResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CancellationStep'] = ResolversParentTypes['CancellationStep'],
> = {
  fromHoursBefore?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  keptBasisPoints?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type SalesPolicySavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SalesPolicySaved'] = ResolversParentTypes['SalesPolicySaved'],
> = {
  salesPolicy?: Resolver<ResolversTypes['SalesPolicy'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CurrencyNotAllowedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CurrencyNotAllowed'] = ResolversParentTypes['CurrencyNotAllowed'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  allowedCurrencies?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SaveSalesPolicyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaveSalesPolicyResult'] =
    ResolversParentTypes['SaveSalesPolicyResult'],
> = {
  __resolveType: TypeResolveFn<'SalesPolicySaved' | 'InvalidInput', ParentType, ContextType>;
};

export type QuestionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Question'] = ResolversParentTypes['Question'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['QuestionKind'], ParentType, ContextType>;
  choices?: Resolver<Array<ResolversTypes['String']>, ParentType, ContextType>;
  required?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  ticketTypes?: Resolver<Maybe<Array<ResolversTypes['TicketType']>>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AnswerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Answer'] = ResolversParentTypes['Answer'],
> = {
  question?: Resolver<ResolversTypes['Question'], ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  place?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type QuestionSavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuestionSaved'] = ResolversParentTypes['QuestionSaved'],
> = {
  question?: Resolver<ResolversTypes['Question'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QuestionsAnsweredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QuestionsAnswered'] = ResolversParentTypes['QuestionsAnswered'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TooLateToAnswerResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TooLateToAnswer'] = ResolversParentTypes['TooLateToAnswer'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SaveQuestionResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaveQuestionResult'] = ResolversParentTypes['SaveQuestionResult'],
> = {
  __resolveType: TypeResolveFn<'QuestionSaved' | 'InvalidInput' | 'NotFound', ParentType, ContextType>;
};

export type AnswerQuestionsResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AnswerQuestionsResult'] =
    ResolversParentTypes['AnswerQuestionsResult'],
> = {
  __resolveType: TypeResolveFn<
    'QuestionsAnswered' | 'TooLateToAnswer' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RefundResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Refund'] = ResolversParentTypes['Refund'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['RefundStatus'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  tickets?: Resolver<Array<ResolversTypes['Ticket']>, ParentType, ContextType>;
  kept?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  payment?: Resolver<Maybe<ResolversTypes['Payment']>, ParentType, ContextType>;
  reference?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TicketNotRefundableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketNotRefundable'] =
    ResolversParentTypes['TicketNotRefundable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  ticketId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OrderRefundedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OrderRefunded'] = ResolversParentTypes['OrderRefunded'],
> = {
  order?: Resolver<ResolversTypes['Order'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundExceedsPaymentsResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RefundExceedsPayments'] =
    ResolversParentTypes['RefundExceedsPayments'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  refundable?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type RefundOrderResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RefundOrderResult'] = ResolversParentTypes['RefundOrderResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OrderRefunded'
    | 'RefundExceedsPayments'
    | 'TicketNotRefundable'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type RecordExternalRefundResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RecordExternalRefundResult'] =
    ResolversParentTypes['RecordExternalRefundResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'OrderRefunded'
    | 'RefundExceedsPayments'
    | 'TicketNotRefundable'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type ResaleListingResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ResaleListing'] = ResolversParentTypes['ResaleListing'],
  FederationReferenceType extends FederationReferenceTypes['ResaleListing'] =
    FederationReferenceTypes['ResaleListing'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['ResaleListing']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ResaleListingStatus'], ParentType, ContextType>;
  reserved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  price?: Resolver<ResolversTypes['Money'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  seat?: Resolver<Maybe<ResolversTypes['Seat']>, ParentType, ContextType>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketListedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketListed'] = ResolversParentTypes['TicketListed'],
> = {
  listing?: Resolver<ResolversTypes['ResaleListing'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketUnlistedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketUnlisted'] = ResolversParentTypes['TicketUnlisted'],
> = {
  listing?: Resolver<ResolversTypes['ResaleListing'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResaleTicketHeldResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ResaleTicketHeld'] = ResolversParentTypes['ResaleTicketHeld'],
> = {
  hold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ResaleNotPossibleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ResaleNotPossible'] = ResolversParentTypes['ResaleNotPossible'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ListTicketResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ListTicketResult'] = ResolversParentTypes['ListTicketResult'],
> = {
  __resolveType: TypeResolveFn<
    'TicketListed' | 'ResaleNotPossible' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type UnlistTicketResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UnlistTicketResult'] = ResolversParentTypes['UnlistTicketResult'],
> = {
  __resolveType: TypeResolveFn<
    'TicketUnlisted' | 'ResaleNotPossible' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type BuyResaleTicketResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['BuyResaleTicketResult'] =
    ResolversParentTypes['BuyResaleTicketResult'],
> = {
  __resolveType: TypeResolveFn<
    | 'ResaleTicketHeld'
    | 'ResaleNotPossible'
    | 'NotOnSale'
    | 'InvalidInput'
    | 'NotFound'
    | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type ScanResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Scan'] = ResolversParentTypes['Scan'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  scannedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ticket?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  direction?: Resolver<ResolversTypes['ScanDirection'], ParentType, ContextType>;
  result?: Resolver<ResolversTypes['ScanResult'], ParentType, ContextType>;
  reason?: Resolver<Maybe<ResolversTypes['ScanRejectionReason']>, ParentType, ContextType>;
  winner?: Resolver<Maybe<ResolversTypes['Scan']>, ParentType, ContextType>;
  gate?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  deviceId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  offline?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  checkInList?: Resolver<ResolversTypes['CheckInList'], ParentType, ContextType>;
};

export type ScanAcceptedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanAccepted'] = ResolversParentTypes['ScanAccepted'],
> = {
  scan?: Resolver<ResolversTypes['Scan'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanRejectedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanRejected'] = ResolversParentTypes['ScanRejected'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['ScanRejectionReason'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanUndoneResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanUndone'] = ResolversParentTypes['ScanUndone'],
> = {
  scan?: Resolver<ResolversTypes['Scan'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanNotReversibleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanNotReversible'] = ResolversParentTypes['ScanNotReversible'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ScanTicketResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ScanTicketResult'] = ResolversParentTypes['ScanTicketResult'],
> = {
  __resolveType: TypeResolveFn<
    'ScanAccepted' | 'ScanRejected' | 'InvalidInput' | 'NotFound' | 'IdempotencyConflict',
    ParentType,
    ContextType
  >;
};

export type UndoScanResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['UndoScanResult'] = ResolversParentTypes['UndoScanResult'],
> = {
  __resolveType: TypeResolveFn<
    'ScanUndone' | 'ScanNotReversible' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type SeatingPolicyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatingPolicy'] = ResolversParentTypes['SeatingPolicy'],
> = {
  singleSeats?: Resolver<ResolversTypes['SingleSeats'], ParentType, ContextType>;
  releaseAccessibleHours?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SeatingPolicySetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SeatingPolicySet'] = ResolversParentTypes['SeatingPolicySet'],
> = {
  policy?: Resolver<ResolversTypes['SeatingPolicy'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetSeatingPolicyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetSeatingPolicyResult'] =
    ResolversParentTypes['SetSeatingPolicyResult'],
> = {
  __resolveType: TypeResolveFn<
    'SeatingPolicySet' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type SingleSeatLeftResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SingleSeatLeft'] = ResolversParentTypes['SingleSeatLeft'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type CompanionSeatAloneResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CompanionSeatAlone'] = ResolversParentTypes['CompanionSeatAlone'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seatIds?: Resolver<Array<ResolversTypes['ID']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NoSeatsTogetherResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NoSeatsTogether'] = ResolversParentTypes['NoSeatsTogether'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  largestTogether?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QrCodeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['QrCode'] = ResolversParentTypes['QrCode'],
> = {
  text?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['QrCodeFormat'], ParentType, ContextType>;
  dataUri?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CredentialRotationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CredentialRotation'] = ResolversParentTypes['CredentialRotation'],
> = {
  code?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  opensAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  closesAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  stepSeconds?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  steps?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  signed?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seed?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TicketKeyResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketKey'] = ResolversParentTypes['TicketKey'],
> = {
  kty?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  crv?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  x?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kid?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  alg?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  use?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  signsFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  verifiesUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type CredentialPolicySetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['CredentialPolicySet'] =
    ResolversParentTypes['CredentialPolicySet'],
> = {
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetCredentialPolicyResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetCredentialPolicyResult'] =
    ResolversParentTypes['SetCredentialPolicyResult'],
> = {
  __resolveType: TypeResolveFn<
    'CredentialPolicySet' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type TicketConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketConnection'] = ResolversParentTypes['TicketConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['TicketEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TicketEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketEdge'] = ResolversParentTypes['TicketEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
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
  tickets?: Resolver<
    Maybe<ResolversTypes['TicketConnection']>,
    ParentType,
    ContextType,
    RequireFields<ViewerTicketsArgs, 'first'>
  >;
  transferOffers?: Resolver<Maybe<Array<ResolversTypes['Transfer']>>, ParentType, ContextType>;
  waitlistEntries?: Resolver<
    Maybe<ResolversTypes['WaitlistEntryConnection']>,
    ParentType,
    ContextType,
    RequireFields<ViewerWaitlistEntriesArgs, 'first'>
  >;
};

export type TransferResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Transfer'] = ResolversParentTypes['Transfer'],
  FederationReferenceType extends FederationReferenceTypes['Transfer'] = FederationReferenceTypes['Transfer'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['Transfer']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['TransferStatus'], ParentType, ContextType>;
  toEmail?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  ticket?: Resolver<Maybe<ResolversTypes['Ticket']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferOfferedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TransferOffered'] = ResolversParentTypes['TransferOffered'],
> = {
  transfer?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferAcceptedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TransferAccepted'] = ResolversParentTypes['TransferAccepted'],
> = {
  ticket?: Resolver<ResolversTypes['Ticket'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferDeclinedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TransferDeclined'] = ResolversParentTypes['TransferDeclined'],
> = {
  transfer?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferRecalledResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TransferRecalled'] = ResolversParentTypes['TransferRecalled'],
> = {
  transfer?: Resolver<ResolversTypes['Transfer'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TransferNotPossibleResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TransferNotPossible'] =
    ResolversParentTypes['TransferNotPossible'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type OfferTransferResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['OfferTransferResult'] =
    ResolversParentTypes['OfferTransferResult'],
> = {
  __resolveType: TypeResolveFn<
    'TransferOffered' | 'TransferNotPossible' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type AcceptTransferResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['AcceptTransferResult'] =
    ResolversParentTypes['AcceptTransferResult'],
> = {
  __resolveType: TypeResolveFn<
    'TransferAccepted' | 'TransferNotPossible' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type DeclineTransferResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['DeclineTransferResult'] =
    ResolversParentTypes['DeclineTransferResult'],
> = {
  __resolveType: TypeResolveFn<
    'TransferDeclined' | 'TransferNotPossible' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type RecallTransferResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['RecallTransferResult'] =
    ResolversParentTypes['RecallTransferResult'],
> = {
  __resolveType: TypeResolveFn<
    'TransferRecalled' | 'TransferNotPossible' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type VoucherResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Voucher'] = ResolversParentTypes['Voucher'],
> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  percentBasisPoints?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  amount?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  event?: Resolver<Maybe<ResolversTypes['Event']>, ParentType, ContextType>;
  ticketTypes?: Resolver<Maybe<Array<ResolversTypes['TicketType']>>, ParentType, ContextType>;
  unlocks?: Resolver<Array<ResolversTypes['TicketType']>, ParentType, ContextType>;
  maxUses?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  maxUsesPerGuest?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  budget?: Resolver<Maybe<ResolversTypes['Money']>, ParentType, ContextType>;
  validFrom?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  validUntil?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  active?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  uses?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type VoucherConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VoucherConnection'] = ResolversParentTypes['VoucherConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['VoucherEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type VoucherEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VoucherEdge'] = ResolversParentTypes['VoucherEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Voucher'], ParentType, ContextType>;
};

export type VoucherSavedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VoucherSaved'] = ResolversParentTypes['VoucherSaved'],
> = {
  voucher?: Resolver<ResolversTypes['Voucher'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VoucherCodeTakenResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VoucherCodeTaken'] = ResolversParentTypes['VoucherCodeTaken'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type VoucherNotUsableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['VoucherNotUsable'] = ResolversParentTypes['VoucherNotUsable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['VoucherProblem'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SaveVoucherResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SaveVoucherResult'] = ResolversParentTypes['SaveVoucherResult'],
> = {
  __resolveType: TypeResolveFn<
    'VoucherSaved' | 'VoucherCodeTaken' | 'CurrencyNotAllowed' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type WaitingRoomResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitingRoom'] = ResolversParentTypes['WaitingRoom'],
> = {
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WaitingRoomState'], ParentType, ContextType>;
  opensAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  openedAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  commitment?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  seed?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  earlyArrivals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  laterArrivals?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  admittedPerSecond?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  estimatedWaitSeconds?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  admissionPass?: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  admissionPassExpiresAt?: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WaitingRoomSetResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitingRoomSet'] = ResolversParentTypes['WaitingRoomSet'],
> = {
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomJoinedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitingRoomJoined'] = ResolversParentTypes['WaitingRoomJoined'],
> = {
  token?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waitingRoom?: Resolver<ResolversTypes['WaitingRoom'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitingRoomRequiredResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitingRoomRequired'] =
    ResolversParentTypes['WaitingRoomRequired'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SetWaitingRoomResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['SetWaitingRoomResult'] =
    ResolversParentTypes['SetWaitingRoomResult'],
> = {
  __resolveType: TypeResolveFn<
    'WaitingRoomSet' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type JoinWaitingRoomResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['JoinWaitingRoomResult'] =
    ResolversParentTypes['JoinWaitingRoomResult'],
> = {
  __resolveType: TypeResolveFn<
    'WaitingRoomJoined' | 'InvalidInput' | 'NotFound' | 'Unavailable',
    ParentType,
    ContextType
  >;
};

export type WaitlistEntryResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistEntry'] = ResolversParentTypes['WaitlistEntry'],
  FederationReferenceType extends FederationReferenceTypes['WaitlistEntry'] =
    FederationReferenceTypes['WaitlistEntry'],
> = {
  __resolveReference?: ReferenceResolver<
    Maybe<ResolversTypes['WaitlistEntry']> | FederationReferenceType,
    FederationReferenceType,
    ContextType
  >;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['WaitlistStatus'], ParentType, ContextType>;
  position?: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  quantity?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  occurrence?: Resolver<Maybe<ResolversTypes['Occurrence']>, ParentType, ContextType>;
  guest?: Resolver<Maybe<ResolversTypes['Guest']>, ParentType, ContextType>;
  offer?: Resolver<Maybe<ResolversTypes['WaitlistOffer']>, ParentType, ContextType>;
  whyNotYet?: Resolver<Maybe<ResolversTypes['WaitlistExplanation']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitlistOfferResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistOffer'] = ResolversParentTypes['WaitlistOffer'],
> = {
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WaitlistExplanationResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistExplanation'] =
    ResolversParentTypes['WaitlistExplanation'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  partiesAhead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placesWantedAhead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placesFree?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsForResale?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openOffers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitlistResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['Waitlist'] = ResolversParentTypes['Waitlist'],
> = {
  ticketType?: Resolver<ResolversTypes['TicketType'], ParentType, ContextType>;
  rule?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  partiesWaiting?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placesWanted?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  placesFree?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  ticketsForResale?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openOffers?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type WaitlistEntryConnectionResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistEntryConnection'] =
    ResolversParentTypes['WaitlistEntryConnection'],
> = {
  edges?: Resolver<Array<ResolversTypes['WaitlistEntryEdge']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WaitlistEntryEdgeResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistEntryEdge'] = ResolversParentTypes['WaitlistEntryEdge'],
> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WaitlistEntry'], ParentType, ContextType>;
};

export type WaitlistOfferClaimedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistOfferClaimed'] =
    ResolversParentTypes['WaitlistOfferClaimed'],
> = {
  entry?: Resolver<ResolversTypes['WaitlistEntry'], ParentType, ContextType>;
  hold?: Resolver<ResolversTypes['Hold'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type WaitlistLeftResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistLeft'] = ResolversParentTypes['WaitlistLeft'],
> = {
  entry?: Resolver<ResolversTypes['WaitlistEntry'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type NoOpenOfferResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['NoOpenOffer'] = ResolversParentTypes['NoOpenOffer'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ClaimWaitlistOfferResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['ClaimWaitlistOfferResult'] =
    ResolversParentTypes['ClaimWaitlistOfferResult'],
> = {
  __resolveType: TypeResolveFn<
    'WaitlistOfferClaimed' | 'NoOpenOffer' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type LeaveWaitlistResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['LeaveWaitlistResult'] =
    ResolversParentTypes['LeaveWaitlistResult'],
> = {
  __resolveType: TypeResolveFn<
    'WaitlistLeft' | 'NoOpenOffer' | 'InvalidInput' | 'NotFound',
    ParentType,
    ContextType
  >;
};

export type WaitlistJoinedResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['WaitlistJoined'] = ResolversParentTypes['WaitlistJoined'],
> = {
  entry?: Resolver<ResolversTypes['WaitlistEntry'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TicketsAvailableResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['TicketsAvailable'] = ResolversParentTypes['TicketsAvailable'],
> = {
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  available?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JoinWaitlistResultResolvers<
  ContextType = Context,
  ParentType extends ResolversParentTypes['JoinWaitlistResult'] = ResolversParentTypes['JoinWaitlistResult'],
> = {
  __resolveType: TypeResolveFn<
    'WaitlistJoined' | 'TicketsAvailable' | 'NotOnSale' | 'InvalidInput' | 'NotFound' | 'Unavailable',
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
  CheckInList?: CheckInListResolvers<ContextType>;
  CheckInCounts?: CheckInCountsResolvers<ContextType>;
  CheckInTypeCounts?: CheckInTypeCountsResolvers<ContextType>;
  CheckInGateCounts?: CheckInGateCountsResolvers<ContextType>;
  ScanConnection?: ScanConnectionResolvers<ContextType>;
  ScanEdge?: ScanEdgeResolvers<ContextType>;
  Occurrence?: OccurrenceResolvers<ContextType>;
  CheckInListCreated?: CheckInListCreatedResolvers<ContextType>;
  CheckInListUpdated?: CheckInListUpdatedResolvers<ContextType>;
  CheckInListNameTaken?: CheckInListNameTakenResolvers<ContextType>;
  CheckInListInUse?: CheckInListInUseResolvers<ContextType>;
  CreateCheckInListResult?: CreateCheckInListResultResolvers<ContextType>;
  UpdateCheckInListResult?: UpdateCheckInListResultResolvers<ContextType>;
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Subscription?: SubscriptionResolvers<ContextType>;
  Device?: DeviceResolvers<ContextType>;
  DeviceConnection?: DeviceConnectionResolvers<ContextType>;
  DeviceEdge?: DeviceEdgeResolvers<ContextType>;
  DeviceCreated?: DeviceCreatedResolvers<ContextType>;
  DeviceUpdated?: DeviceUpdatedResolvers<ContextType>;
  EnrolmentCodeRenewed?: EnrolmentCodeRenewedResolvers<ContextType>;
  DeviceIsRevoked?: DeviceIsRevokedResolvers<ContextType>;
  DeviceRevoked?: DeviceRevokedResolvers<ContextType>;
  CreateDeviceResult?: CreateDeviceResultResolvers<ContextType>;
  UpdateDeviceResult?: UpdateDeviceResultResolvers<ContextType>;
  RenewEnrolmentCodeResult?: RenewEnrolmentCodeResultResolvers<ContextType>;
  RevokeDeviceResult?: RevokeDeviceResultResolvers<ContextType>;
  TicketExchanged?: TicketExchangedResolvers<ContextType>;
  ExchangeToBePaid?: ExchangeToBePaidResolvers<ContextType>;
  ExchangeCostsMore?: ExchangeCostsMoreResolvers<ContextType>;
  ExchangeNotPossible?: ExchangeNotPossibleResolvers<ContextType>;
  ExchangeTicketResult?: ExchangeTicketResultResolvers<ContextType>;
  Order?: OrderResolvers<ContextType>;
  Hold?: HoldResolvers<ContextType>;
  HoldLine?: HoldLineResolvers<ContextType>;
  TicketsHeld?: TicketsHeldResolvers<ContextType>;
  NotEnoughTickets?: NotEnoughTicketsResolvers<ContextType>;
  SeatsTaken?: SeatsTakenResolvers<ContextType>;
  TooBusy?: TooBusyResolvers<ContextType>;
  NotOnSale?: NotOnSaleResolvers<ContextType>;
  HoldReleased?: HoldReleasedResolvers<ContextType>;
  HoldExpired?: HoldExpiredResolvers<ContextType>;
  HoldNotActive?: HoldNotActiveResolvers<ContextType>;
  HoldTicketsResult?: HoldTicketsResultResolvers<ContextType>;
  HoldExtended?: HoldExtendedResolvers<ContextType>;
  HoldNotExtendable?: HoldNotExtendableResolvers<ContextType>;
  ExtendHoldResult?: ExtendHoldResultResolvers<ContextType>;
  ReleaseHoldResult?: ReleaseHoldResultResolvers<ContextType>;
  PaymentPlan?: PaymentPlanResolvers<ContextType>;
  PlannedInstalment?: PlannedInstalmentResolvers<ContextType>;
  Instalment?: InstalmentResolvers<ContextType>;
  Quote?: QuoteResolvers<ContextType>;
  PaymentPlanSaved?: PaymentPlanSavedResolvers<ContextType>;
  InstalmentPaid?: InstalmentPaidResolvers<ContextType>;
  SavePaymentPlanResult?: SavePaymentPlanResultResolvers<ContextType>;
  TicketType?: TicketTypeResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  Availability?: AvailabilityResolvers<ContextType>;
  SeatAvailability?: SeatAvailabilityResolvers<ContextType>;
  Seat?: SeatResolvers<ContextType>;
  TicketTypeCreated?: TicketTypeCreatedResolvers<ContextType>;
  TicketTypeNameTaken?: TicketTypeNameTakenResolvers<ContextType>;
  CreateTicketTypeResult?: CreateTicketTypeResultResolvers<ContextType>;
  TicketTypeDeleted?: TicketTypeDeletedResolvers<ContextType>;
  TicketTypeRestored?: TicketTypeRestoredResolvers<ContextType>;
  TicketsSold?: TicketsSoldResolvers<ContextType>;
  DeleteTicketTypeResult?: DeleteTicketTypeResultResolvers<ContextType>;
  RestoreTicketTypeResult?: RestoreTicketTypeResultResolvers<ContextType>;
  Quota?: QuotaResolvers<ContextType>;
  PriceTier?: PriceTierResolvers<ContextType>;
  PlaceBlock?: PlaceBlockResolvers<ContextType>;
  PlaceBlockLine?: PlaceBlockLineResolvers<ContextType>;
  QuotaCreated?: QuotaCreatedResolvers<ContextType>;
  QuotaUpdated?: QuotaUpdatedResolvers<ContextType>;
  QuotasAssigned?: QuotasAssignedResolvers<ContextType>;
  PriceTiersSet?: PriceTiersSetResolvers<ContextType>;
  PlacesBlocked?: PlacesBlockedResolvers<ContextType>;
  PlacesUnblocked?: PlacesUnblockedResolvers<ContextType>;
  QuotaTooSmall?: QuotaTooSmallResolvers<ContextType>;
  TicketTypeInUse?: TicketTypeInUseResolvers<ContextType>;
  CreateQuotaResult?: CreateQuotaResultResolvers<ContextType>;
  UpdateQuotaResult?: UpdateQuotaResultResolvers<ContextType>;
  AssignQuotasResult?: AssignQuotasResultResolvers<ContextType>;
  SetPriceTiersResult?: SetPriceTiersResultResolvers<ContextType>;
  BlockPlacesResult?: BlockPlacesResultResolvers<ContextType>;
  UnblockPlacesResult?: UnblockPlacesResultResolvers<ContextType>;
  Invoice?: InvoiceResolvers<ContextType>;
  InvoiceLine?: InvoiceLineResolvers<ContextType>;
  InvoiceTax?: InvoiceTaxResolvers<ContextType>;
  InvoiceIssuer?: InvoiceIssuerResolvers<ContextType>;
  InvoiceIssuerSet?: InvoiceIssuerSetResolvers<ContextType>;
  SetInvoiceIssuerResult?: SetInvoiceIssuerResultResolvers<ContextType>;
  TicketOwnership?: TicketOwnershipResolvers<ContextType>;
  TicketHolding?: TicketHoldingResolvers<ContextType>;
  TicketHistoryEntry?: TicketHistoryEntryResolvers<ContextType>;
  LedgerKey?: LedgerKeyResolvers<ContextType>;
  Ticket?: TicketResolvers<ContextType>;
  OccurrenceCancellation?: OccurrenceCancellationResolvers<ContextType>;
  OccurrenceReschedule?: OccurrenceRescheduleResolvers<ContextType>;
  RescheduledOrderRefunded?: RescheduledOrderRefundedResolvers<ContextType>;
  RefundNotPossible?: RefundNotPossibleResolvers<ContextType>;
  RefundRescheduledOrderResult?: RefundRescheduledOrderResultResolvers<ContextType>;
  OrderLine?: OrderLineResolvers<ContextType>;
  OrderFee?: OrderFeeResolvers<ContextType>;
  TaxAmount?: TaxAmountResolvers<ContextType>;
  OrderHistoryEntry?: OrderHistoryEntryResolvers<ContextType>;
  OrderConnection?: OrderConnectionResolvers<ContextType>;
  OrderEdge?: OrderEdgeResolvers<ContextType>;
  Guest?: GuestResolvers<ContextType>;
  OrderPlaced?: OrderPlacedResolvers<ContextType>;
  CheckOutResult?: CheckOutResultResolvers<ContextType>;
  OrderSubmitted?: OrderSubmittedResolvers<ContextType>;
  OrderApproved?: OrderApprovedResolvers<ContextType>;
  OrderRejected?: OrderRejectedResolvers<ContextType>;
  OrderNotWaiting?: OrderNotWaitingResolvers<ContextType>;
  SoldInBulk?: SoldInBulkResolvers<ContextType>;
  BulkRow?: BulkRowResolvers<ContextType>;
  SubmitOrderResult?: SubmitOrderResultResolvers<ContextType>;
  ApproveOrderResult?: ApproveOrderResultResolvers<ContextType>;
  RejectOrderResult?: RejectOrderResultResolvers<ContextType>;
  SellAtBoxOfficeResult?: SellAtBoxOfficeResultResolvers<ContextType>;
  SellInBulkResult?: SellInBulkResultResolvers<ContextType>;
  TicketFile?: TicketFileResolvers<ContextType>;
  WalletPass?: WalletPassResolvers<ContextType>;
  WalletNotConfigured?: WalletNotConfiguredResolvers<ContextType>;
  WalletNotPossible?: WalletNotPossibleResolvers<ContextType>;
  WalletPassResult?: WalletPassResultResolvers<ContextType>;
  Payment?: PaymentResolvers<ContextType>;
  OrderPaid?: OrderPaidResolvers<ContextType>;
  PaymentDeclined?: PaymentDeclinedResolvers<ContextType>;
  PaymentPending?: PaymentPendingResolvers<ContextType>;
  PaymentActionRequired?: PaymentActionRequiredResolvers<ContextType>;
  OrderExpired?: OrderExpiredResolvers<ContextType>;
  OrderNotPayable?: OrderNotPayableResolvers<ContextType>;
  PayOrderResult?: PayOrderResultResolvers<ContextType>;
  TicketAddition?: TicketAdditionResolvers<ContextType>;
  TicketField?: TicketFieldResolvers<ContextType>;
  ReportCell?: ReportCellResolvers<ContextType>;
  QuoteLine?: QuoteLineResolvers<ContextType>;
  QuoteFee?: QuoteFeeResolvers<ContextType>;
  CartQuoted?: CartQuotedResolvers<ContextType>;
  QuoteResult?: QuoteResultResolvers<ContextType>;
  TaxRate?: TaxRateResolvers<ContextType>;
  FeeRule?: FeeRuleResolvers<ContextType>;
  TaxProfile?: TaxProfileResolvers<ContextType>;
  SaleTerms?: SaleTermsResolvers<ContextType>;
  TaxRateSaved?: TaxRateSavedResolvers<ContextType>;
  FeeRuleSaved?: FeeRuleSavedResolvers<ContextType>;
  TaxProfileSaved?: TaxProfileSavedResolvers<ContextType>;
  SaleTermsSet?: SaleTermsSetResolvers<ContextType>;
  GuestLimitReached?: GuestLimitReachedResolvers<ContextType>;
  SaveTaxRateResult?: SaveTaxRateResultResolvers<ContextType>;
  SaveFeeRuleResult?: SaveFeeRuleResultResolvers<ContextType>;
  SaveTaxProfileResult?: SaveTaxProfileResultResolvers<ContextType>;
  SetSaleTermsResult?: SetSaleTermsResultResolvers<ContextType>;
  SalesPolicy?: SalesPolicyResolvers<ContextType>;
  CancellationStep?: CancellationStepResolvers<ContextType>;
  SalesPolicySaved?: SalesPolicySavedResolvers<ContextType>;
  CurrencyNotAllowed?: CurrencyNotAllowedResolvers<ContextType>;
  SaveSalesPolicyResult?: SaveSalesPolicyResultResolvers<ContextType>;
  Question?: QuestionResolvers<ContextType>;
  Answer?: AnswerResolvers<ContextType>;
  QuestionSaved?: QuestionSavedResolvers<ContextType>;
  QuestionsAnswered?: QuestionsAnsweredResolvers<ContextType>;
  TooLateToAnswer?: TooLateToAnswerResolvers<ContextType>;
  SaveQuestionResult?: SaveQuestionResultResolvers<ContextType>;
  AnswerQuestionsResult?: AnswerQuestionsResultResolvers<ContextType>;
  Refund?: RefundResolvers<ContextType>;
  TicketNotRefundable?: TicketNotRefundableResolvers<ContextType>;
  OrderRefunded?: OrderRefundedResolvers<ContextType>;
  RefundExceedsPayments?: RefundExceedsPaymentsResolvers<ContextType>;
  RefundOrderResult?: RefundOrderResultResolvers<ContextType>;
  RecordExternalRefundResult?: RecordExternalRefundResultResolvers<ContextType>;
  ResaleListing?: ResaleListingResolvers<ContextType>;
  TicketListed?: TicketListedResolvers<ContextType>;
  TicketUnlisted?: TicketUnlistedResolvers<ContextType>;
  ResaleTicketHeld?: ResaleTicketHeldResolvers<ContextType>;
  ResaleNotPossible?: ResaleNotPossibleResolvers<ContextType>;
  ListTicketResult?: ListTicketResultResolvers<ContextType>;
  UnlistTicketResult?: UnlistTicketResultResolvers<ContextType>;
  BuyResaleTicketResult?: BuyResaleTicketResultResolvers<ContextType>;
  Scan?: ScanResolvers<ContextType>;
  ScanAccepted?: ScanAcceptedResolvers<ContextType>;
  ScanRejected?: ScanRejectedResolvers<ContextType>;
  ScanUndone?: ScanUndoneResolvers<ContextType>;
  ScanNotReversible?: ScanNotReversibleResolvers<ContextType>;
  ScanTicketResult?: ScanTicketResultResolvers<ContextType>;
  UndoScanResult?: UndoScanResultResolvers<ContextType>;
  SeatingPolicy?: SeatingPolicyResolvers<ContextType>;
  SeatingPolicySet?: SeatingPolicySetResolvers<ContextType>;
  SetSeatingPolicyResult?: SetSeatingPolicyResultResolvers<ContextType>;
  SingleSeatLeft?: SingleSeatLeftResolvers<ContextType>;
  CompanionSeatAlone?: CompanionSeatAloneResolvers<ContextType>;
  NoSeatsTogether?: NoSeatsTogetherResolvers<ContextType>;
  QrCode?: QrCodeResolvers<ContextType>;
  CredentialRotation?: CredentialRotationResolvers<ContextType>;
  TicketKey?: TicketKeyResolvers<ContextType>;
  CredentialPolicySet?: CredentialPolicySetResolvers<ContextType>;
  SetCredentialPolicyResult?: SetCredentialPolicyResultResolvers<ContextType>;
  TicketConnection?: TicketConnectionResolvers<ContextType>;
  TicketEdge?: TicketEdgeResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Transfer?: TransferResolvers<ContextType>;
  TransferOffered?: TransferOfferedResolvers<ContextType>;
  TransferAccepted?: TransferAcceptedResolvers<ContextType>;
  TransferDeclined?: TransferDeclinedResolvers<ContextType>;
  TransferRecalled?: TransferRecalledResolvers<ContextType>;
  TransferNotPossible?: TransferNotPossibleResolvers<ContextType>;
  OfferTransferResult?: OfferTransferResultResolvers<ContextType>;
  AcceptTransferResult?: AcceptTransferResultResolvers<ContextType>;
  DeclineTransferResult?: DeclineTransferResultResolvers<ContextType>;
  RecallTransferResult?: RecallTransferResultResolvers<ContextType>;
  Voucher?: VoucherResolvers<ContextType>;
  VoucherConnection?: VoucherConnectionResolvers<ContextType>;
  VoucherEdge?: VoucherEdgeResolvers<ContextType>;
  VoucherSaved?: VoucherSavedResolvers<ContextType>;
  VoucherCodeTaken?: VoucherCodeTakenResolvers<ContextType>;
  VoucherNotUsable?: VoucherNotUsableResolvers<ContextType>;
  SaveVoucherResult?: SaveVoucherResultResolvers<ContextType>;
  WaitingRoom?: WaitingRoomResolvers<ContextType>;
  WaitingRoomSet?: WaitingRoomSetResolvers<ContextType>;
  WaitingRoomJoined?: WaitingRoomJoinedResolvers<ContextType>;
  WaitingRoomRequired?: WaitingRoomRequiredResolvers<ContextType>;
  SetWaitingRoomResult?: SetWaitingRoomResultResolvers<ContextType>;
  JoinWaitingRoomResult?: JoinWaitingRoomResultResolvers<ContextType>;
  WaitlistEntry?: WaitlistEntryResolvers<ContextType>;
  WaitlistOffer?: WaitlistOfferResolvers<ContextType>;
  WaitlistExplanation?: WaitlistExplanationResolvers<ContextType>;
  Waitlist?: WaitlistResolvers<ContextType>;
  WaitlistEntryConnection?: WaitlistEntryConnectionResolvers<ContextType>;
  WaitlistEntryEdge?: WaitlistEntryEdgeResolvers<ContextType>;
  WaitlistOfferClaimed?: WaitlistOfferClaimedResolvers<ContextType>;
  WaitlistLeft?: WaitlistLeftResolvers<ContextType>;
  NoOpenOffer?: NoOpenOfferResolvers<ContextType>;
  ClaimWaitlistOfferResult?: ClaimWaitlistOfferResultResolvers<ContextType>;
  LeaveWaitlistResult?: LeaveWaitlistResultResolvers<ContextType>;
  WaitlistJoined?: WaitlistJoinedResolvers<ContextType>;
  TicketsAvailable?: TicketsAvailableResolvers<ContextType>;
  JoinWaitlistResult?: JoinWaitlistResultResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  cacheControl?: CacheControlDirectiveResolver<any, any, ContextType>;
};
