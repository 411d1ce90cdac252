import { minorUnitDigits } from '@marquee/kernel';
import { actors, instant, type LogEntry } from './log.ts';
import type { SeedOrganisation } from './organisations.ts';
import { createRandom } from './random.ts';
import type { TableRows } from './rows.ts';
import type { SeedTicketType, World } from './types.ts';

const dayMs = 86_400_000;

type Voucher = {
  readonly id: string;
  readonly organisationId: string;
  readonly code: string;
  readonly name: string;
  readonly percentBp: number | null;
  readonly amountMinor: number | null;
  readonly budgetMinor: number | null;
  readonly currency: string | null;
  readonly maxUses: number | null;
};

type Plan = {
  readonly id: string;
  readonly organisationId: string;
  readonly ticketType: SeedTicketType;
};

const plan = { name: 'In three parts', depositBp: 4_000, graceDays: 3, remindDays: 5, forfeitBp: 2_500 };
const instalments = [
  { daysBefore: 30, shareBp: 5_000 },
  { daysBefore: 7, shareBp: 5_000 },
];

/** What organisations offer beside tickets: each a voucher for all, one of limited number, and a plan to pay later. */
function planOffers({ seed, startMs, organisations, ticketTypes }: World): {
  readonly madeMs: number;
  readonly vouchers: readonly Voucher[];
  readonly plans: readonly Plan[];
} {
  const random = createRandom(`${seed}/offers`);
  const madeMs = startMs - 30 * dayMs;
  const id = () => random.uuid(madeMs);
  return {
    madeMs,
    vouchers: organisations.flatMap((organisation) => vouchersOf(organisation, id)),
    plans: organisations.flatMap(({ id: organisationId }) => {
      const own = ticketTypes.filter((type) => type.organisationId === organisationId);
      const [dearest] = own.toSorted((a, b) => b.amountMinor - a.amountMinor);
      return dearest ? [{ id: id(), organisationId, ticketType: dearest }] : [];
    }),
  };
}

function vouchersOf({ id: organisationId, currency }: SeedOrganisation, id: () => string): Voucher[] {
  const unit = 10 ** minorUnitDigits(currency);
  const ten = (unit === 1 ? 1_000 : 10) * unit;
  const common = { organisationId, amountMinor: null, budgetMinor: null, currency: null, maxUses: null };
  return [
    { ...common, id: id(), code: 'WELCOME10', name: 'A tenth off', percentBp: 1_000 },
    {
      ...common,
      id: id(),
      code: 'FRIENDS',
      name: 'For friends of the house',
      percentBp: null,
      amountMinor: ten,
      budgetMinor: 50 * ten,
      currency,
      maxUses: 100,
    },
  ];
}

export function offersRows(world: World): TableRows[] {
  const { madeMs, vouchers, plans } = planOffers(world);
  return [
    {
      table: 'voucher',
      rows: vouchers.map((voucher) => ({
        organisation_id: voucher.organisationId,
        id: voucher.id,
        code: voucher.code,
        name: voucher.name,
        percent_bp: voucher.percentBp,
        amount_minor: voucher.amountMinor,
        budget_minor: voucher.budgetMinor,
        currency: voucher.currency,
        max_uses: voucher.maxUses,
        created_at: instant(madeMs),
      })),
    },
    {
      table: 'payment_plan',
      rows: plans.map(({ id, organisationId, ticketType }) => ({
        organisation_id: organisationId,
        id,
        name: plan.name,
        ticket_type_id: ticketType.id,
        deposit_bp: plan.depositBp,
        instalments,
        grace_days: plan.graceDays,
        remind_days: plan.remindDays,
        forfeit_bp: plan.forfeitBp,
        created_at: instant(madeMs),
      })),
    },
  ];
}

export function offersLog(world: World): LogEntry[] {
  const { madeMs, vouchers, plans } = planOffers(world);
  const money = (amountMinor: number | null, currency: string | null) =>
    amountMinor === null || currency === null ? null : { amountMinor: String(amountMinor), currency };
  const common = { atMs: madeMs, actor: actors.organiser };
  return [
    ...vouchers.map((voucher): LogEntry => ({
      ...common,
      type: 'tickets.voucher-saved.v1',
      organisationId: voucher.organisationId,
      streamId: `voucher-${voucher.id}`,
      correlationId: voucher.id,
      data: {
        voucherId: voucher.id,
        code: voucher.code,
        active: true,
        percentBp: voucher.percentBp,
        amount: money(voucher.amountMinor, voucher.currency),
        budget: money(voucher.budgetMinor, voucher.currency),
        maxUses: voucher.maxUses,
      },
    })),
    ...plans.map(({ id, organisationId, ticketType }): LogEntry => ({
      ...common,
      type: 'tickets.payment-plan-saved.v1',
      organisationId,
      streamId: `payment-plan-${id}`,
      correlationId: id,
      data: {
        paymentPlanId: id,
        name: plan.name,
        occurrenceId: null,
        ticketTypeId: ticketType.id,
        depositBp: plan.depositBp,
        deposit: null,
        instalments,
        forfeitBp: plan.forfeitBp,
        active: true,
      },
    })),
  ];
}
