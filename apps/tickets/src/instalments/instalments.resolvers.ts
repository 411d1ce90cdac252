import { accept, encodeId, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import {
  parseAll,
  parseId,
  parseInteger,
  parseList,
  parseMoney,
  parseOptional,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { PaymentPlanInput, Resolvers } from '../generated/schema.ts';
import { ticketTypeOf } from '../inventory/inventory.resolvers.ts';
import { whenParsed } from '../when-parsed.ts';
import { dueOf, viewSchedule, type PaymentPlan } from './payment-plan.ts';
import { findPlans } from './plan-rows.ts';
import { savePaymentPlan } from './save-plan.ts';

const wholeBp = { min: 0, max: 10_000 };
const days = { min: 0, max: 90 };

function readPlan(
  input: PaymentPlanInput,
): Outcome<Omit<PaymentPlan, 'id'> & { readonly id: string | null }, InvalidInput> {
  const parsed = parseAll({
    id: parseOptional(input.id, (id) => parseId('PaymentPlan', 'id', id)),
    name: parseText('name', input.name, { max: 100 }),
    occurrenceId: parseOptional(input.occurrenceId, (id) => parseId('Occurrence', 'occurrenceId', id)),
    ticketTypeId: parseOptional(input.ticketTypeId, (id) => parseId('TicketType', 'ticketTypeId', id)),
    depositBp: parseOptional(input.depositBasisPoints, (bp) =>
      parseInteger('depositBasisPoints', bp, wholeBp),
    ),
    deposit: parseOptional(input.deposit, (deposit) => parseMoney('deposit', deposit, { min: 1n })),
    instalments: parseList('instalments', input.instalments, { min: 1, max: 24 }, (field, each) =>
      parseAll({
        daysBefore: parseInteger(`${field}.daysBefore`, each.daysBefore, { min: 0, max: 730 }),
        shareBp: parseInteger(`${field}.shareBasisPoints`, each.shareBasisPoints, { min: 1, max: 10_000 }),
      }),
    ),
    graceDays: parseInteger('graceDays', input.graceDays ?? 3, days),
    remindDays: parseInteger('remindDays', input.remindDays ?? 7, days),
    forfeitBp: parseInteger('forfeitBasisPoints', input.forfeitBasisPoints ?? 0, wholeBp),
    active: accept(input.active ?? true),
  });
  if (!parsed.ok) return parsed;
  if ((parsed.value.depositBp === null) === (parsed.value.deposit === null))
    return invalid('deposit', 'or depositBasisPoints must be given, and not both');
  return parsed;
}

export const instalmentsResolvers: Resolvers = {
  Query: {
    paymentPlans: (_, _args, { services, viewer }) => services.database.read(viewer, findPlans),
  },
  Mutation: {
    savePaymentPlan: async (_, { input }, { services, viewer }) => {
      const outcome = await whenParsed(readPlan(input), (plan) => savePaymentPlan(services, viewer, plan));
      return toResult(outcome, (paymentPlan) => ({ __typename: 'PaymentPlanSaved', paymentPlan }));
    },
  },
  PaymentPlan: {
    id: ({ id }) => encodeId('PaymentPlan', id),
    occurrence: ({ occurrenceId }) => (occurrenceId === null ? null : { id: occurrenceId }),
    ticketType: ({ ticketTypeId }, _, context) =>
      ticketTypeId === null ? null : ticketTypeOf(context, ticketTypeId, null),
    depositBasisPoints: ({ depositBp }) => depositBp,
    instalments: ({ instalments }) =>
      instalments.map(({ daysBefore, shareBp }) => ({ daysBefore, shareBasisPoints: shareBp })),
    forfeitBasisPoints: ({ forfeitBp }) => forfeitBp,
  },
  Order: {
    paymentSchedule: async ({ id, paid, asOf }, _, { loaders }) => {
      const schedule = await loaders.schedule.load(id);
      return schedule ? viewSchedule(schedule.instalments, paid, asOf ?? new Date()) : [];
    },
    paidAmount: ({ paid }) => paid,
    dueAmount: async ({ id, status, total, paid, asOf }, _, { loaders }) => {
      const schedule = await loaders.schedule.load(id);
      const payable = status === 'PENDING_PAYMENT';
      const due = schedule
        ? dueOf(schedule.instalments, paid.amountMinor, asOf ?? new Date())
        : total.amountMinor;
      return { amountMinor: payable ? due : 0n, currency: total.currency };
    },
  },
};
