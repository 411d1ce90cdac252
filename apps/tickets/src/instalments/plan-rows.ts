import type { Transaction } from '@marquee/postgres';
import type { PaymentPlan } from './payment-plan.ts';

type PlanRow = {
  readonly id: string;
  readonly name: string;
  readonly occurrence_id: string | null;
  readonly ticket_type_id: string | null;
  readonly deposit_bp: number | null;
  readonly deposit_minor: string | null;
  readonly currency: string | null;
  readonly instalments: PaymentPlan['instalments'];
  readonly grace_days: number;
  readonly remind_days: number;
  readonly forfeit_bp: number;
  readonly active: boolean;
};

function readPlan(row: PlanRow): PaymentPlan {
  const { deposit_minor: minor, currency } = row;
  return {
    id: row.id,
    name: row.name,
    occurrenceId: row.occurrence_id,
    ticketTypeId: row.ticket_type_id,
    depositBp: row.deposit_bp,
    deposit: minor === null || currency === null ? null : { amountMinor: BigInt(minor), currency },
    instalments: row.instalments,
    graceDays: row.grace_days,
    remindDays: row.remind_days,
    forfeitBp: row.forfeit_bp,
    active: row.active,
  };
}

export async function findPlans(tx: Transaction): Promise<PaymentPlan[]> {
  const rows = await tx.rows<PlanRow>('select * from payment_plan order by created_at, id limit 500');
  return rows.map(readPlan);
}

/** False where there is no such plan to change. */
export async function keepPlan(tx: Transaction, plan: PaymentPlan, isNew: boolean): Promise<boolean> {
  const written = await tx.execute(
    isNew
      ? `insert into payment_plan (organisation_id, id, name, occurrence_id, ticket_type_id, deposit_bp, deposit_minor,
           currency, instalments, grace_days, remind_days, forfeit_bp, active)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
      : `update payment_plan set name = $3, occurrence_id = $4, ticket_type_id = $5, deposit_bp = $6, deposit_minor = $7,
           currency = $8, instalments = $9, grace_days = $10, remind_days = $11, forfeit_bp = $12, active = $13
         where organisation_id = $1 and id = $2`,
    [
      tx.organisationId,
      plan.id,
      plan.name,
      plan.occurrenceId,
      plan.ticketTypeId,
      plan.depositBp,
      plan.deposit && `${plan.deposit.amountMinor}`,
      plan.deposit?.currency ?? null,
      JSON.stringify(plan.instalments),
      plan.graceDays,
      plan.remindDays,
      plan.forfeitBp,
      plan.active,
    ],
  );
  return written === 1;
}

type Wanted = { readonly occurrenceId: string; readonly ticketTypeId: string };

/** The plan that all of a cart may be paid by, and when its first occurrence starts; null where there is none. */
export async function findPlanForCart(
  tx: Transaction,
  wanted: readonly Wanted[],
  currency: string,
): Promise<{ readonly plan: PaymentPlan; readonly startsAt: Date } | null> {
  const rows = await tx.rows<{ plan_id: string | null; starts_at: Date }>(
    `select o.starts_at, (
       select p.id from payment_plan p
       where p.active and (p.currency is null or p.currency = $3)
         and (p.ticket_type_id = w.ticket_type_id
           or p.ticket_type_id is null and (p.occurrence_id = w.occurrence_id or p.occurrence_id is null))
         and (p.occurrence_id is null or p.occurrence_id = w.occurrence_id)
       order by p.ticket_type_id is null, p.occurrence_id is null, p.created_at desc, p.id desc limit 1) as plan_id
     from unnest($1::uuid[], $2::uuid[]) as w (occurrence_id, ticket_type_id)
     join occurrence o on o.id = w.occurrence_id
     order by o.starts_at`,
    [wanted.map((each) => each.occurrenceId), wanted.map((each) => each.ticketTypeId), currency],
  );
  const [first] = rows;
  if (!first || first.plan_id === null || rows.some((row) => row.plan_id !== first.plan_id)) return null;
  const [row] = await tx.rows<PlanRow>('select * from payment_plan where id = $1', [first.plan_id]);
  return row ? { plan: readPlan(row), startsAt: first.starts_at } : null;
}
