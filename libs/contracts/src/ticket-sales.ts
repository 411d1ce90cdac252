import { Type } from 'typebox';
import { count, event, instant, money, nullable, text, uuid } from './schemas.ts';

/** Of the ticket service: under which rules is sold, and what is decided about an order before it is paid. */
export const ticketSalesEvents = {
  'tickets.order-submitted.v1': event(
    'A draft was sent in: it waits for approval or for its payment. Its capacity stays held.',
    {
      orderId: uuid,
      status: Type.Union([Type.Literal('PENDING_APPROVAL'), Type.Literal('PENDING_PAYMENT')]),
      expiresAt: instant,
    },
  ),
  'tickets.order-approved.v1': event(
    'The organiser approved an order: it waits for its payment. Its capacity stays held.',
    { orderId: uuid, expiresAt: instant },
  ),
  'tickets.hold-extended.v1': event('A hold was given more time.', {
    holdId: uuid,
    occurrenceId: uuid,
    expiresAt: instant,
  }),
  'tickets.question-saved.v1': event('What is asked for each ticket of an event was made or changed.', {
    questionId: uuid,
    eventId: uuid,
    label: text(200),
    kind: Type.Union([
      Type.Literal('TEXT'),
      Type.Literal('CHOICE'),
      Type.Literal('NUMBER'),
      Type.Literal('YES_NO'),
    ]),
    required: Type.Boolean(),
    active: Type.Boolean(),
  }),
  'tickets.questions-answered.v1': event(
    'Questions of an order were answered anew. What was said is personal and not told.',
    { orderId: uuid, answers: count },
  ),
  'tickets.voucher-saved.v1': event('A voucher was made or changed.', {
    voucherId: uuid,
    code: text(50),
    active: Type.Boolean(),
    percentBp: nullable(count),
    amount: nullable(money),
    budget: nullable(money),
    maxUses: nullable(count),
  }),
  'tickets.fee-rule-saved.v1': event(
    'A fee was made or changed; orders placed before keep what they were told.',
    {
      feeRuleId: uuid,
      name: text(100),
      per: Type.Union([Type.Literal('TICKET'), Type.Literal('ORDER')]),
      percentBp: nullable(count),
      amount: nullable(money),
      active: Type.Boolean(),
      /** True where it is absent. */
      refundable: Type.Optional(Type.Boolean()),
    },
  ),
  'tickets.tax-rate-saved.v1': event('A tax rate was made or changed; orders placed before keep theirs.', {
    taxRateId: uuid,
    name: text(100),
    rateBp: count,
    inclusive: Type.Boolean(),
    active: Type.Boolean(),
  }),
  'tickets.tax-profile-saved.v1': event(
    'Where the organisation is taxed, and whom it sells to by reverse charge.',
    {
      countryCode: text(2),
      vatId: nullable(text(20)),
      reverseChargeCountries: Type.Array(text(2), { maxItems: 250 }),
    },
  ),
  'tickets.payment-plan-saved.v1': event(
    'A plan by which orders may be paid in instalments was made or changed; orders placed before keep theirs.',
    {
      paymentPlanId: uuid,
      name: text(100),
      occurrenceId: nullable(uuid),
      ticketTypeId: nullable(uuid),
      depositBp: nullable(count),
      deposit: nullable(money),
      instalments: Type.Array(Type.Object({ daysBefore: count, shareBp: count }), { maxItems: 24 }),
      forfeitBp: count,
      active: Type.Boolean(),
    },
  ),
  'tickets.instalment-paid.v1': event(
    'A part of an order was paid: it keeps its places until the next is due. Nothing that is counted changes: order-paid comes with the last one.',
    {
      orderId: uuid,
      occurrenceId: uuid,
      guestId: uuid,
      paymentId: uuid,
      amount: money,
      paid: money,
      nextDueAt: instant,
      payBy: instant,
    },
  ),
  'tickets.instalment-due.v1': event(
    'An instalment is due soon, or is overdue: its guest wants to be reminded. Told once for each.',
    {
      orderId: uuid,
      occurrenceId: uuid,
      guestId: uuid,
      amount: money,
      dueAt: instant,
      payBy: instant,
    },
  ),
  'tickets.instalments-defaulted.v1': event(
    'An instalment was missed, so the order ended (order-cancelled counts for its places). What was paid goes back but for what its plan keeps.',
    {
      orderId: uuid,
      occurrenceId: uuid,
      guestId: uuid,
      paid: money,
      returned: money,
      kept: money,
    },
  ),
  'tickets.sales-policy-set.v1': event(
    'In which currencies an organisation sells from now on (any where there is none), and what it keeps of tickets that are given back.',
    {
      currencies: Type.Array(text(3), { maxItems: 50 }),
      cancellationSteps: Type.Array(Type.Object({ fromHoursBefore: count, keptBp: count }), { maxItems: 20 }),
    },
  ),
  'tickets.sale-terms-set.v1': event('Under which terms a ticket type is sold from now on.', {
    ticketTypeId: uuid,
    salesFrom: nullable(instant),
    salesUntil: nullable(instant),
    minPerOrder: count,
    maxPerGuest: nullable(count),
    hidden: Type.Boolean(),
    needsApproval: Type.Boolean(),
    donation: Type.Boolean(),
  }),
};
