// Made by `npm run generate` from libs/contracts. Do not edit.

/** The data of each event by its type. Ids are bare UUIDs, instants RFC 3339 in UTC, amounts decimal strings. */
export type EventDataByType = {
  /** A calendar was imported; what became of its entries is counted. */
  'events.calendar-imported.v1': {
    readonly importId: string;
    readonly taken: number;
    readonly unchanged: number;
    readonly refused: number;
  };
  /** An event was cancelled, with all its occurrences. */
  'events.event-cancelled.v1': { readonly eventId: string; readonly reason: string | null };
  /** An event was planned. Its occurrences follow, each in an event of its own. */
  'events.event-created.v1': {
    readonly eventId: string;
    readonly title: string;
    readonly spaceId: string | null;
    readonly timeZone: string;
    readonly recurrence: string | null;
    readonly status: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
  };
  /** An event was deleted with its occurrences: nobody sees them, and they can be restored for a while. What was sold stays sold. */
  'events.event-deleted.v1': { readonly eventId: string; readonly restorableUntil: string };
  /** An event was published: guests see it, and its tickets can be sold. */
  'events.event-published.v1': { readonly eventId: string };
  /** A deleted event was not restored in time: it is gone for ever, with its occurrences. */
  'events.event-purged.v1': { readonly eventId: string };
  /** An event got another space, time zone or recurrence. Its occurrences follow. */
  'events.event-rescheduled.v1': {
    readonly eventId: string;
    readonly spaceId: string | null;
    readonly timeZone: string;
    readonly recurrence: string | null;
  };
  /** A deleted event is back with its occurrences. */
  'events.event-restored.v1': { readonly eventId: string };
  /** An event's title changed. */
  'events.event-updated.v1': { readonly eventId: string; readonly title: string };
  /** An occurrence was cancelled. The whole occurrence, as it now is. */
  'events.occurrence-cancelled.v1': {
    readonly occurrenceId: string;
    readonly eventId: string;
    readonly eventTitle: string;
    readonly eventStatus: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
    readonly spaceId: string | null;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly timeZone: string;
    readonly status: 'SCHEDULED' | 'CANCELLED';
    readonly revision: number;
  };
  /** An occurrence moved in time or to another space. The whole occurrence, as it now is. */
  'events.occurrence-rescheduled.v1': {
    readonly occurrenceId: string;
    readonly eventId: string;
    readonly eventTitle: string;
    readonly eventStatus: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
    readonly spaceId: string | null;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly timeZone: string;
    readonly status: 'SCHEDULED' | 'CANCELLED';
    readonly revision: number;
  };
  /** An occurrence of an event was put on the calendar. The whole occurrence, so that a replica never needs two events; a replica keeps the highest revision it has seen. */
  'events.occurrence-scheduled.v1': {
    readonly occurrenceId: string;
    readonly eventId: string;
    readonly eventTitle: string;
    readonly eventStatus: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
    readonly spaceId: string | null;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly timeZone: string;
    readonly status: 'SCHEDULED' | 'CANCELLED';
    readonly revision: number;
  };
  /** Something else that replicas keep of an occurrence changed, such as its event's status. The whole occurrence, as it now is. */
  'events.occurrence-updated.v1': {
    readonly occurrenceId: string;
    readonly eventId: string;
    readonly eventTitle: string;
    readonly eventStatus: 'DRAFT' | 'PUBLISHED' | 'CANCELLED';
    readonly spaceId: string | null;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly timeZone: string;
    readonly status: 'SCHEDULED' | 'CANCELLED';
    readonly revision: number;
  };
  /** A series, which groups events, was created. */
  'events.series-created.v1': { readonly seriesId: string; readonly title: string };
  /** A guest gave consent for a purpose, or withdrew it. */
  'guests.consent-recorded.v1': {
    readonly guestId: string;
    readonly consentId?: string;
    readonly purpose: string;
    readonly granted: boolean;
    readonly source?: string | null;
  };
  /** A guest was deleted: the organisation sees the person no more, and can restore them for a while; after it they are erased. What they bought stays theirs. */
  'guests.guest-deleted.v1': { readonly guestId: string; readonly restorableUntil: string };
  /** What was personal of a guest is gone for ever. Who has a copy of it removes it; older events read as erased. */
  'guests.guest-erased.v1': { readonly guestId: string };
  /** A guest is known to the organisation for the first time. */
  'guests.guest-registered.v1': {
    readonly guestId: string;
    readonly email: string;
    readonly name: string;
    readonly locale?: string;
    readonly phone?: string | null;
  };
  /** A deleted guest is back: restored, or registered again. */
  'guests.guest-restored.v1': { readonly guestId: string };
  /** What is known of a guest changed. The whole guest, as it now is. */
  'guests.guest-updated.v1': {
    readonly guestId: string;
    readonly email: string;
    readonly name: string;
    readonly locale?: string;
    readonly phone?: string | null;
  };
  /** There is something new in the notifications of these guests. */
  'guests.guests-notified.v1': { readonly guestIds: readonly string[] };
  /** A guest's preferences changed. All of them, as they now are. */
  'guests.preferences-updated.v1': {
    readonly guestId: string;
    readonly preferences: readonly { readonly kind: string; readonly value: string }[];
  };
  /** Every service answered: the archive, or the certificate of the erasure, is there. */
  'guests.privacy-completed.v1': {
    readonly requestId: string;
    readonly guestId: string;
    readonly kind: string;
  };
  /** Somebody asked for all that the platform has of a guest, or had it erased everywhere. */
  'guests.privacy-requested.v1': {
    readonly requestId: string;
    readonly guestId: string;
    readonly kind: string;
  };
  /** An organisation said who invoices for the API are to. */
  'hub.billing-details-changed.v1': { readonly countryCode: string };
  /** Events that were dealt with are delivered to an address once more. */
  'hub.deliveries-replayed.v1': { readonly endpointId: string; readonly deliveries: number };
  /** An event could not be delivered at any attempt. It can be replayed. */
  'hub.delivery-exhausted.v1': {
    readonly endpointId: string;
    readonly deliveryId: string;
    readonly eventType: string;
    readonly attempts: number;
    readonly because: string;
  };
  /** Events are sent to an address from now on. */
  'hub.endpoint-created.v1': { readonly endpointId: string; readonly eventTypes: readonly string[] };
  /** Nothing is sent to an address any more, nor kept for it. */
  'hub.endpoint-deleted.v1': { readonly endpointId: string };
  /** An address is sent nothing any more since it does not take it. Events for it are kept until it is resumed. */
  'hub.endpoint-disabled.v1': { readonly endpointId: string; readonly because: string };
  /** Events for an address are kept until it is resumed. */
  'hub.endpoint-paused.v1': { readonly endpointId: string };
  /** Events are sent to an address again, those kept first. */
  'hub.endpoint-resumed.v1': { readonly endpointId: string };
  /** Deliveries to an address are signed with a new secret, too. */
  'hub.endpoint-secret-rotated.v1': { readonly endpointId: string };
  /** What is sent to an address, or where it is, changed. */
  'hub.endpoint-updated.v1': { readonly endpointId: string; readonly eventTypes: readonly string[] };
  /** An invoice or a part of it was taken back by a credit note. */
  'hub.invoice-credited.v1': {
    readonly invoiceId: string;
    readonly number: string;
    readonly creditNoteNumber: string;
    readonly net: { readonly amountMinor: string; readonly currency: string };
    readonly tax: { readonly amountMinor: string; readonly currency: string };
    readonly gross: { readonly amountMinor: string; readonly currency: string };
    readonly due: { readonly amountMinor: string; readonly currency: string };
  };
  /** The use of the API in a period was invoiced. Nothing of it changes any more. */
  'hub.invoice-issued.v1': {
    readonly invoiceId: string;
    readonly number: string;
    readonly periodStart: string;
    readonly periodEnd: string;
    readonly requests: number;
    readonly total: { readonly amountMinor: string; readonly currency: string };
    readonly tax?: { readonly amountMinor: string; readonly currency: string };
    readonly gross?: { readonly amountMinor: string; readonly currency: string };
    readonly dueAt?: string;
  };
  /** An invoice was not paid in time. */
  'hub.invoice-overdue.v1': {
    readonly invoiceId: string;
    readonly number: string;
    readonly due: { readonly amountMinor: string; readonly currency: string };
    readonly dueAt: string;
  };
  /** Money came for an invoice. Where nothing is due any more, it is paid. */
  'hub.invoice-payment-recorded.v1': {
    readonly invoiceId: string;
    readonly number: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly due: { readonly amountMinor: string; readonly currency: string };
  };
  /** An organisation chose what it pays for the API: a dearer plan from now on, a cheaper one from the next period. */
  'hub.plan-changed.v1': { readonly plan: string; readonly from: string };
  /** Nothing is overdue any more: API keys have their plan again. */
  'hub.plan-restored.v1': { readonly plan: string };
  /** An invoice is overdue for too long: API keys may ask for no more than the cheapest plan allows. */
  'hub.plan-restricted.v1': { readonly plan: string; readonly since: string };
  /** A plugin is asked nothing and sent nothing any more. */
  'hub.plugin-disabled.v1': { readonly pluginId: string; readonly name: string };
  /** A plugin that was disabled works again. */
  'hub.plugin-enabled.v1': {
    readonly pluginId: string;
    readonly name: string;
    readonly version: string;
    readonly hooks: readonly {
      readonly point: string;
      readonly failsClosed: boolean;
      readonly timeBudgetMs: number;
    }[];
  };
  /** A plugin works for an organisation. */
  'hub.plugin-installed.v1': {
    readonly pluginId: string;
    readonly name: string;
    readonly version: string;
    readonly hooks: readonly {
      readonly point: string;
      readonly failsClosed: boolean;
      readonly timeBudgetMs: number;
    }[];
  };
  /** A plugin goes by other settings or secrets. */
  'hub.plugin-settings-changed.v1': { readonly pluginId: string; readonly name: string };
  /** A plugin is gone, with its secrets and subscriptions. */
  'hub.plugin-uninstalled.v1': { readonly pluginId: string; readonly name: string };
  /** Another version of a plugin works. */
  'hub.plugin-upgraded.v1': {
    readonly pluginId: string;
    readonly name: string;
    readonly version: string;
    readonly hooks: readonly {
      readonly point: string;
      readonly failsClosed: boolean;
      readonly timeBudgetMs: number;
    }[];
  };
  /** A program may act for the organisation, by a key. */
  'identity.api-key-created.v1': {
    readonly apiKeyId: string;
    readonly scopes: readonly string[];
    readonly expiresAt: string | null;
    readonly pluginId?: string;
  };
  /** A key works no more. */
  'identity.api-key-revoked.v1': { readonly apiKeyId: string };
  /** A key has a new secret; the old one works until then. */
  'identity.api-key-rotated.v1': { readonly apiKeyId: string; readonly oldSecretUntil: string };
  /** An owner took out the audit trail. */
  'identity.audit-trail-exported.v1': { readonly format: string; readonly since: string | null };
  /** An invitation cannot be accepted any more. */
  'identity.invitation-revoked.v1': { readonly invitationId: string };
  /** What a member may do changed. All of it, as it now is. */
  'identity.member-changed.v1': {
    readonly membershipId: string;
    readonly accountId: string;
    readonly role: string;
    readonly scopes: readonly string[] | null;
    readonly eventIds: readonly string[] | null;
  };
  /** Somebody was asked, by mail, to join the organisation. */
  'identity.member-invited.v1': {
    readonly invitationId: string;
    readonly role: string;
    readonly expiresAt: string;
  };
  /** Somebody became a member of the organisation. */
  'identity.member-joined.v1': {
    readonly membershipId: string;
    readonly accountId: string;
    readonly role: string;
    readonly scopes: readonly string[] | null;
    readonly eventIds: readonly string[] | null;
    readonly invitationId: string | null;
  };
  /** Somebody is no member of the organisation any more. */
  'identity.member-removed.v1': { readonly membershipId: string; readonly accountId: string };
  /** Who bought without an account was mailed a link to the order. */
  'identity.order-link-sent.v1': { readonly linkId: string; readonly orderId: string };
  /** The links to an order lead nowhere any more. */
  'identity.order-links-revoked.v1': { readonly orderId: string; readonly because: string };
  /** An organisation exists: a tenant of the platform. */
  'identity.organisation-created.v1': { readonly name: string };
  /** The organisation stays after all. */
  'identity.organisation-removal-cancelled.v1': { readonly removalId: string };
  /** An organisation is to be removed. Until it is, or that is cancelled, nothing acts for it by itself. */
  'identity.organisation-removal-requested.v1': { readonly removalId: string };
  /** An organisation is gone. Who has anything of it erases that; what its log has that is personal cannot be read any more. */
  'identity.organisation-removed.v1': { readonly removalId: string };
  /** What is known of an organisation changed. All of it, as it is. */
  'identity.organisation-updated.v1': {
    readonly name: string;
    readonly secondFactorRoles: readonly string[];
  };
  /** A session ended before its time; its tokens are good for nothing. */
  'identity.session-revoked.v1': {
    readonly sessionId: string;
    readonly accountId: string;
    readonly because: string;
  };
  /** Somebody signed in to the organisation. */
  'identity.session-started.v1': {
    readonly sessionId: string;
    readonly accountId: string;
    readonly methods: readonly string[];
  };
  /** All that a cancelled occurrence leaves to do is done: holds released, orders cancelled or put on their way back. */
  'tickets.cancellation-followed.v1': { readonly occurrenceId: string; readonly done: number };
  /** Money of an order that was charged back is ours again, or was given back as a refund and counts as that. Counts: revenue += amount. */
  'tickets.chargeback-reversed.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
  };
  /** A list by which tickets are let in was made or changed. Each occurrence has a first one that nobody made. */
  'tickets.check-in-list-saved.v1': {
    readonly listId: string;
    readonly occurrenceId: string;
    readonly name: string;
    readonly ticketTypeIds: readonly string[] | null;
    readonly validFrom: string | null;
    readonly validUntil: string | null;
    readonly entriesPerTicket: number | null;
    readonly exits: boolean;
    readonly reEntry: boolean;
  };
  /** Which forms of credential the doors of an event accept. */
  'tickets.credential-policy-set.v1': {
    readonly eventId: string;
    readonly policy: 'ANY' | 'STATIC' | 'ROTATING';
  };
  /** A device that reads tickets was set up; it may enrol by a code. */
  'tickets.device-created.v1': {
    readonly deviceId: string;
    readonly name: string;
    readonly gate: string;
    readonly listIds: readonly string[];
  };
  /** A device gave its public key: what it signs counts from now on. */
  'tickets.device-enrolled.v1': { readonly deviceId: string };
  /** What a device signs counts no more. */
  'tickets.device-revoked.v1': { readonly deviceId: string };
  /** A device has another name or gate, or reads other lists from now on. All of it, as it now is. */
  'tickets.device-updated.v1': {
    readonly deviceId: string;
    readonly name: string;
    readonly gate: string;
    readonly listIds: readonly string[];
  };
  /** A dispute about a payment ended, for us (WON) or for the payer (LOST). */
  'tickets.dispute-closed.v1': {
    readonly disputeId: string;
    readonly paymentId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly outcome: 'WON' | 'LOST';
  };
  /** The payer's bank wants a payment back. What of it counts is told by order-charged-back. */
  'tickets.dispute-opened.v1': {
    readonly disputeId: string;
    readonly paymentId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly reason: string | null;
  };
  /** A fee was made or changed; orders placed before keep what they were told. */
  'tickets.fee-rule-saved.v1': {
    readonly feeRuleId: string;
    readonly name: string;
    readonly per: 'TICKET' | 'ORDER';
    readonly percentBp: number | null;
    readonly amount: { readonly amountMinor: string; readonly currency: string } | null;
    readonly active: boolean;
    readonly refundable?: boolean;
  };
  /** A hold ended unused. Counts: held -= quantity. */
  'tickets.hold-expired.v1': {
    readonly holdId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
  };
  /** A hold was given more time. */
  'tickets.hold-extended.v1': {
    readonly holdId: string;
    readonly occurrenceId: string;
    readonly expiresAt: string;
  };
  /** Places were taken for a while, so that a guest can check out. Counts: held += quantity. */
  'tickets.hold-placed.v1': {
    readonly holdId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
    readonly lines: readonly {
      readonly ticketTypeId: string;
      readonly quantity: number;
      readonly seatIds: readonly string[];
    }[];
    readonly total: { readonly amountMinor: string; readonly currency: string };
    readonly expiresAt: string;
  };
  /** A hold was given up before it ended. Counts: held -= quantity. */
  'tickets.hold-released.v1': {
    readonly holdId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
  };
  /** An instalment is due soon, or is overdue: its guest wants to be reminded. Told once for each. */
  'tickets.instalment-due.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly guestId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly dueAt: string;
    readonly payBy: string;
  };
  /** A part of an order was paid: it keeps its places until the next is due. Nothing that is counted changes: order-paid comes with the last one. */
  'tickets.instalment-paid.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly guestId: string;
    readonly paymentId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly paid: { readonly amountMinor: string; readonly currency: string };
    readonly nextDueAt: string;
    readonly payBy: string;
  };
  /** An instalment was missed, so the order ended (order-cancelled counts for its places). What was paid goes back but for what its plan keeps. */
  'tickets.instalments-defaulted.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly guestId: string;
    readonly paid: { readonly amountMinor: string; readonly currency: string };
    readonly returned: { readonly amountMinor: string; readonly currency: string };
    readonly kept: { readonly amountMinor: string; readonly currency: string };
  };
  /** An invoice, or the credit note of a refund, was issued. Numbers of a kind and year have no gap. */
  'tickets.invoice-issued.v1': {
    readonly invoiceId: string;
    readonly orderId: string;
    readonly kind: 'INVOICE' | 'CREDIT_NOTE';
    readonly number: string;
    readonly total: { readonly amountMinor: string; readonly currency: string };
  };
  /** The organiser approved an order: it waits for its payment. Its capacity stays held. */
  'tickets.order-approved.v1': { readonly orderId: string; readonly expiresAt: string };
  /** An order was cancelled before it was paid; of a cart, told once for each of its holds. Counts: held -= quantity. */
  'tickets.order-cancelled.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
    readonly reason: string | null;
  };
  /** Banks took money of an order back. Counts: revenue -= amount. */
  'tickets.order-charged-back.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
  };
  /** An order was not paid in time; of a cart, told once for each of its holds. Counts: held -= quantity. */
  'tickets.order-expired.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
  };
  /** An order was paid; of a cart, told once for each of its holds with its lines and what of the total falls to it. Counts: held -= heldQuantity (0 where the capacity was taken anew after expiry), sold += quantity, revenue += total. Of an order that exchanges a ticket for a dearer one the quantity is 0: `ticket-exchanged` counts it. */
  'tickets.order-paid.v1': {
    readonly orderId: string;
    readonly number: string;
    readonly guestId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
    readonly heldQuantity: number;
    readonly lines: readonly {
      readonly ticketTypeId: string;
      readonly quantity: number;
      readonly seatIds: readonly string[];
    }[];
    readonly total: { readonly amountMinor: string; readonly currency: string };
  };
  /** A hold became this order, or of a cart a part of it: told once for each hold, with its lines and what of the total falls to it. The capacity stays held until the order is paid, expires or is cancelled. */
  'tickets.order-placed.v1': {
    readonly orderId: string;
    readonly number: string;
    readonly holdId: string;
    readonly guestId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
    readonly lines: readonly {
      readonly ticketTypeId: string;
      readonly quantity: number;
      readonly seatIds: readonly string[];
    }[];
    readonly total: { readonly amountMinor: string; readonly currency: string };
    readonly expiresAt: string;
    readonly status?: 'DRAFT' | 'PENDING_APPROVAL' | 'PENDING_PAYMENT';
  };
  /** Money of an order is to go back to the guest; of a cart, told once for each hold with its share. Counts: revenue -= amount. */
  'tickets.order-refunded.v1': {
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly refundId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly status: 'PARTIALLY_REFUNDED' | 'REFUNDED';
    readonly reason: string | null;
  };
  /** A draft was sent in: it waits for approval or for its payment. Its capacity stays held. */
  'tickets.order-submitted.v1': {
    readonly orderId: string;
    readonly status: 'PENDING_APPROVAL' | 'PENDING_PAYMENT';
    readonly expiresAt: string;
  };
  /** The provider has set the money of a payment aside; it is taken once the places are certain. */
  'tickets.payment-authorized.v1': {
    readonly paymentId: string;
    readonly orderId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
  };
  /** The provider has the money of a payment. */
  'tickets.payment-confirmed.v1': {
    readonly paymentId: string;
    readonly orderId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
  };
  /** The provider refused a payment; the order may be paid by another. */
  'tickets.payment-failed.v1': {
    readonly paymentId: string;
    readonly orderId: string;
    readonly reason: string;
  };
  /** A plan by which orders may be paid in instalments was made or changed; orders placed before keep theirs. */
  'tickets.payment-plan-saved.v1': {
    readonly paymentPlanId: string;
    readonly name: string;
    readonly occurrenceId: string | null;
    readonly ticketTypeId: string | null;
    readonly depositBp: number | null;
    readonly deposit: { readonly amountMinor: string; readonly currency: string } | null;
    readonly instalments: readonly { readonly daysBefore: number; readonly shareBp: number }[];
    readonly forfeitBp: number;
    readonly active: boolean;
  };
  /** Money of an order that was never paid (up) goes back by itself: the provider said yes when its places were gone, or it was paid in part and ended. Neither sold nor revenue change: the order was never paid. */
  'tickets.payment-returned.v1': {
    readonly paymentId: string;
    readonly orderId: string;
    readonly refundId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly reason: string;
  };
  /** A payment of an order was begun with a provider. */
  'tickets.payment-started.v1': {
    readonly paymentId: string;
    readonly orderId: string;
    readonly provider: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
  };
  /** The organiser keeps places: nobody can buy them until they are released. */
  'tickets.places-blocked.v1': {
    readonly blockId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
    readonly lines: readonly {
      readonly ticketTypeId: string;
      readonly quantity: number;
      readonly seatIds: readonly string[];
    }[];
    readonly reason: string;
  };
  /** Places that the organiser kept can be bought again. */
  'tickets.places-unblocked.v1': {
    readonly blockId: string;
    readonly occurrenceId: string;
    readonly quantity: number;
  };
  /** The prices of a ticket type by time and by amount sold, the first one first. */
  'tickets.price-tiers-set.v1': {
    readonly ticketTypeId: string;
    readonly tiers: readonly {
      readonly tierId: string;
      readonly name: string;
      readonly price: { readonly amountMinor: string; readonly currency: string };
      readonly startsAt: string | null;
      readonly endsAt: string | null;
      readonly amount: number | null;
    }[];
  };
  /** What is asked for each ticket of an event was made or changed. */
  'tickets.question-saved.v1': {
    readonly questionId: string;
    readonly eventId: string;
    readonly label: string;
    readonly kind: 'TEXT' | 'CHOICE' | 'NUMBER' | 'YES_NO';
    readonly required: boolean;
    readonly active: boolean;
  };
  /** Questions of an order were answered anew. What was said is personal and not told. */
  'tickets.questions-answered.v1': { readonly orderId: string; readonly answers: number };
  /** A quota has another name or size, for every occurrence of its event. */
  'tickets.quota-changed.v1': { readonly quotaId: string; readonly name: string; readonly size: number };
  /** A quota that several ticket types may share. */
  'tickets.quota-created.v1': {
    readonly quotaId: string;
    readonly eventId: string;
    readonly name: string;
    readonly size: number;
  };
  /** The provider refused to give money back. Counts: revenue += revenueRestored (zero for a returned payment). */
  'tickets.refund-failed.v1': {
    readonly refundId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
    readonly revenueRestored: { readonly amountMinor: string; readonly currency: string };
    readonly reason: string;
  };
  /** The money has arrived where it came from. Nothing that is counted changes: order-refunded did that. */
  'tickets.refund-settled.v1': {
    readonly refundId: string;
    readonly orderId: string;
    readonly amount: { readonly amountMinor: string; readonly currency: string };
  };
  /** A ticket is for sale by its holder, at what was paid for it. */
  'tickets.resale-listed.v1': {
    readonly listingId: string;
    readonly ticketId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
    readonly price: { readonly amountMinor: string; readonly currency: string };
  };
  /** A ticket was sold on. It is cancelled in the same transaction, and the buyer's order issues a new one. */
  'tickets.resale-sold.v1': {
    readonly listingId: string;
    readonly ticketId: string;
    readonly occurrenceId: string;
    readonly buyerOrderId: string;
  };
  /** A ticket is not for sale any more, unsold. */
  'tickets.resale-unlisted.v1': {
    readonly listingId: string;
    readonly ticketId: string;
    readonly occurrenceId: string;
  };
  /** Under which terms a ticket type is sold from now on. */
  'tickets.sale-terms-set.v1': {
    readonly ticketTypeId: string;
    readonly salesFrom: string | null;
    readonly salesUntil: string | null;
    readonly minPerOrder: number;
    readonly maxPerGuest: number | null;
    readonly hidden: boolean;
    readonly needsApproval: boolean;
    readonly donation: boolean;
  };
  /** In which currencies an organisation sells from now on (any where there is none), and what it keeps of tickets that are given back. */
  'tickets.sales-policy-set.v1': {
    readonly currencies: readonly string[];
    readonly cancellationSteps: readonly { readonly fromHoursBefore: number; readonly keptBp: number }[];
  };
  /** A device without network opened a door that should have stayed shut: another reading was first, or the ticket was not valid any more. Counts nothing. */
  'tickets.scan-conflicted.v1': {
    readonly scanId: string;
    readonly occurrenceId: string;
    readonly listId: string;
    readonly ticketId: string;
    readonly direction: 'IN' | 'OUT';
    readonly gate: string;
    readonly reason: string;
    readonly winnerId: string | null;
    readonly scannedAt: string;
  };
  /** A later sync, or an undoing, has shown what an earlier reading counts as. Counts nothing: its ticket was let in before and after. */
  'tickets.scan-judged.v1': {
    readonly scanId: string;
    readonly occurrenceId: string;
    readonly listId: string;
    readonly ticketId: string;
    readonly result: 'ACCEPTED' | 'CONFLICT' | 'REVERSED';
    readonly reason: string | null;
    readonly winnerId: string | null;
  };
  /** A reading was undone, by the actor of this event. Counts: checkedIn -= checkedOut. */
  'tickets.scan-reversed.v1': {
    readonly scanId: string;
    readonly occurrenceId: string;
    readonly listId: string;
    readonly reversedScanId: string;
    readonly ticketId: string;
    readonly reason: string;
    readonly checkedOut: 0 | 1;
  };
  /** How seats are chosen at an occurrence, or, where none is named, at all that have no policy of their own. Null: as the next one says. */
  'tickets.seating-policy-set.v1': {
    readonly occurrenceId: string | null;
    readonly singleSeats: 'ALLOWED' | 'AVOIDED' | 'REFUSED' | null;
    readonly releaseAccessibleHours: number | null;
  };
  /** A new seat map left out seats that were sold or held since its owner had asked: whoever has them keeps them. Several events where there are many. */
  'tickets.seats-kept.v1': {
    readonly spaceId: string;
    readonly seatMapId: string;
    readonly version: number;
    readonly seats: readonly { readonly occurrenceId: string; readonly seatId: string }[];
  };
  /** Where the organisation is taxed, and whom it sells to by reverse charge. */
  'tickets.tax-profile-saved.v1': {
    readonly countryCode: string;
    readonly vatId: string | null;
    readonly reverseChargeCountries: readonly string[];
  };
  /** A tax rate was made or changed; orders placed before keep theirs. */
  'tickets.tax-rate-saved.v1': {
    readonly taxRateId: string;
    readonly name: string;
    readonly rateBp: number;
    readonly inclusive: boolean;
    readonly active: boolean;
  };
  /** A ticket admits nobody any more. Counts: sold -= 1. */
  'tickets.ticket-cancelled.v1': {
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly reason: string | null;
  };
  /** A ticket is for this occurrence instead of another; credentials made before are worthless. Counts: sold += 1. */
  'tickets.ticket-exchanged.v1': {
    readonly exchangeId: string;
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
    readonly seatId: string | null;
    readonly fromOccurrenceId: string;
  };
  /** Plugins added something to a ticket; what, its `additions` say. */
  'tickets.ticket-extended.v1': {
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly plugins: readonly string[];
  };
  /** A ticket of a paid order was issued to its guest. */
  'tickets.ticket-issued.v1': {
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
    readonly guestId: string;
    readonly seatId: string | null;
  };
  /** A revoked ticket opens doors again: the dispute was won. */
  'tickets.ticket-restored.v1': {
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
  };
  /** A ticket opens no door while its payment is disputed; it keeps its place. Nothing that is counted changes. */
  'tickets.ticket-revoked.v1': {
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly reason: string | null;
  };
  /** A ticket was shown at the door. Counts: checkedIn += checkedIn; where that is absent, 1 where the result is ACCEPTED. */
  'tickets.ticket-scanned.v1': {
    readonly scanId: string;
    readonly occurrenceId: string;
    readonly ticketId: string | null;
    readonly result: 'ACCEPTED' | 'REJECTED';
    readonly reason: string | null;
    readonly scannedAt: string;
    readonly listId?: string;
    readonly direction?: 'IN' | 'OUT';
    readonly gate?: string;
    readonly checkedIn?: 0 | 1;
  };
  /** A ticket type is on sale for an event. */
  'tickets.ticket-type-created.v1': {
    readonly ticketTypeId: string;
    readonly eventId: string;
    readonly name: string;
    readonly price: { readonly amountMinor: string; readonly currency: string };
    readonly quotaSize: number;
    readonly maxPerOrder: number;
    readonly sectionName: string | null;
  };
  /** A ticket type was deleted: nobody sees or buys it, and it can be restored for a while. */
  'tickets.ticket-type-deleted.v1': {
    readonly ticketTypeId: string;
    readonly eventId: string;
    readonly restorableUntil: string;
  };
  /** A deleted ticket type was not restored in time: it is gone for ever. */
  'tickets.ticket-type-purged.v1': { readonly ticketTypeId: string; readonly eventId: string };
  /** A ticket type draws on these quotas and on no others. */
  'tickets.ticket-type-quotas-assigned.v1': {
    readonly ticketTypeId: string;
    readonly quotaIds: readonly string[];
  };
  /** A deleted ticket type is back. */
  'tickets.ticket-type-restored.v1': { readonly ticketTypeId: string; readonly eventId: string };
  /** A ticket left an occurrence by an exchange; `ticket-exchanged` follows. Counts: sold -= 1. What was paid stays counted where it was paid for. */
  'tickets.ticket-withdrawn.v1': {
    readonly exchangeId: string;
    readonly ticketId: string;
    readonly orderId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
  };
  /** An offered ticket has a new holder. */
  'tickets.transfer-accepted.v1': {
    readonly transferId: string;
    readonly ticketId: string;
    readonly occurrenceId: string;
    readonly guestId: string;
  };
  /** The offer ended without a new holder; the ticket stays with the old one (or was cancelled meanwhile). */
  'tickets.transfer-closed.v1': {
    readonly transferId: string;
    readonly ticketId: string;
    readonly occurrenceId: string;
    readonly status: 'DECLINED' | 'EXPIRED' | 'RECALLED';
  };
  /** A ticket's holder offered it to someone else. */
  'tickets.transfer-offered.v1': {
    readonly transferId: string;
    readonly ticketId: string;
    readonly occurrenceId: string;
    readonly toEmail: string;
    readonly expiresAt: string;
  };
  /** A voucher was made or changed. */
  'tickets.voucher-saved.v1': {
    readonly voucherId: string;
    readonly code: string;
    readonly active: boolean;
    readonly percentBp: number | null;
    readonly amount: { readonly amountMinor: string; readonly currency: string } | null;
    readonly budget: { readonly amountMinor: string; readonly currency: string } | null;
    readonly maxUses: number | null;
  };
  /** A waiting room opened: the seed is known from here on, and the lots of all who came early can be computed. */
  'tickets.waiting-room-opened.v1': {
    readonly occurrenceId: string;
    readonly round: number;
    readonly seed: string;
    readonly early: number;
  };
  /** A waiting room was set up, changed or turned off. The seed of its lottery is fixed by the commitment. */
  'tickets.waiting-room-set.v1': {
    readonly occurrenceId: string;
    readonly enabled: boolean;
    readonly round: number;
    readonly opensAt: string;
    readonly commitment: string;
  };
  /** A guest waits no more: they took the offer up or let it pass, left, or the occurrence does not take place. */
  'tickets.waitlist-closed.v1': {
    readonly entryId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
    readonly guestId: string;
    readonly quantity: number;
    readonly status: 'CLAIMED' | 'OFFER_EXPIRED' | 'CANCELLED' | 'REVOKED';
  };
  /** A guest waits for places that are sold out. */
  'tickets.waitlist-joined.v1': {
    readonly entryId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
    readonly guestId: string;
    readonly quantity: number;
  };
  /** It is the turn of a guest who waits: places are held for them until then. The hold tells of the capacity. */
  'tickets.waitlist-offered.v1': {
    readonly offerId: string;
    readonly entryId: string;
    readonly occurrenceId: string;
    readonly ticketTypeId: string;
    readonly guestId: string;
    readonly quantity: number;
    readonly holdId: string;
    readonly expiresAt: string;
  };
  /** A new version of a space's seat map as a whole; each section's seats follow in an event of their own, so that no message grows unbounded. */
  'venues.seat-map-published.v1': {
    readonly seatMapId: string;
    readonly spaceId: string;
    readonly version: number;
    readonly seatCount: number;
    readonly sections: readonly {
      readonly sectionId: string;
      readonly name: string;
      readonly seatCount: number;
    }[];
    readonly generalAdmissionAreas: readonly {
      readonly areaId: string;
      readonly name: string;
      readonly capacity: number;
    }[];
  };
  /** The seats of one section of a seat map, row by row as people sit. */
  'venues.seat-map-section-published.v1': {
    readonly seatMapId: string;
    readonly spaceId: string;
    readonly version: number;
    readonly sectionId: string;
    readonly name: string;
    readonly seats: readonly {
      readonly seatId: string;
      readonly row: string;
      readonly label: string;
      readonly x?: number;
      readonly y?: number;
      readonly rowRank?: number;
      readonly accessible?: boolean;
      readonly companionOf?: string;
      readonly restrictedView?: boolean;
      readonly aisleAfter?: boolean;
    }[];
  };
  /** A space is booked for an occurrence, as asked by its being scheduled. */
  'venues.space-booked.v1': {
    readonly bookingId: string;
    readonly spaceId: string;
    readonly occurrenceId: string;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly revision: number;
  };
  /** A space could not be booked for an occurrence. */
  'venues.space-booking-refused.v1': {
    readonly spaceId: string;
    readonly occurrenceId: string;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly revision: number;
    readonly reason: 'CONFLICT' | 'UNKNOWN_SPACE';
    readonly conflictingOccurrenceId: string | null;
  };
  /** A space of a venue, such as a hall, was added. Carries what replicas show of the venue. */
  'venues.space-created.v1': {
    readonly spaceId: string;
    readonly venueId: string;
    readonly name: string;
    readonly capacity: number;
    readonly venueName: string;
    readonly city: string;
    readonly timeZone: string;
  };
  /** An occurrence needs its space no more. */
  'venues.space-released.v1': {
    readonly spaceId: string;
    readonly occurrenceId: string;
    readonly revision: number;
  };
  /** A venue was added. */
  'venues.venue-created.v1': {
    readonly venueId: string;
    readonly name: string;
    readonly timeZone: string;
    readonly city: string;
    readonly countryCode: string;
  };
  /** A venue was deleted with its spaces and their seat maps: nobody sees it, and it can be restored for a while. */
  'venues.venue-deleted.v1': { readonly venueId: string; readonly restorableUntil: string };
  /** A deleted venue was not restored in time: it is gone for ever, with its spaces, seat maps and past bookings. */
  'venues.venue-purged.v1': { readonly venueId: string };
  /** A deleted venue is back with all that it had. */
  'venues.venue-restored.v1': { readonly venueId: string };
};

export type EventType = keyof EventDataByType;

/** A message as it is sent: a CloudEvents 1.0 event. Of an endpoint with a selection, `data` is what that asks for. */
export type MarqueeEvent<Type extends EventType = EventType> = {
  [T in Type]: {
    readonly specversion: '1.0';
    /** Of the event; the same for all who are told of it. */
    readonly id: string;
    /** `/marquee/` and the service. */
    readonly source: string;
    readonly type: T;
    /** The thing that the event is about, such as `order-0197…`. */
    readonly subject: string;
    readonly time: string;
    readonly datacontenttype: 'application/json';
    readonly organisationid: string;
    readonly correlationid: string;
    readonly traceparent?: string;
    /** Whether it is a sample that was asked for. */
    readonly test?: true;
    readonly data: EventDataByType[T];
  };
}[Type];
