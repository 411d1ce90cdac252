import type { Transaction } from '@marquee/postgres';
import type { Instalment, PaymentPlan } from './payment-plan.ts';

export type Schedule = {
  readonly orderId: string;
  readonly remindDays: number;
  readonly forfeitBp: number;
  readonly instalments: readonly Instalment[];
};

/** Freezes how an order is to be paid, with the order. */
export async function keepSchedule(
  tx: Transaction,
  orderId: string,
  { plan, schedule }: { readonly plan: PaymentPlan; readonly schedule: readonly Instalment[] },
): Promise<void> {
  const { id, name, remindDays, forfeitBp } = plan;
  const rows = schedule.map(({ amountMinor, dueAt, payBy }, place) => ({
    place,
    amount_minor: `${amountMinor}`,
    due_at: dueAt,
    pay_by: payBy,
  }));
  await tx.execute('update ticket_order set payment_plan = $2 where id = $1', [
    orderId,
    JSON.stringify({ id, name, remindDays, forfeitBp }),
  ]);
  await tx.execute(
    `insert into order_instalment (organisation_id, order_id, place, amount_minor, due_at, pay_by)
     select $1, $2, i.place, i.amount_minor, i.due_at, i.pay_by
     from jsonb_to_recordset($3) as i(place integer, amount_minor bigint, due_at timestamptz, pay_by timestamptz)`,
    [tx.organisationId, orderId, JSON.stringify(rows)],
  );
}

/** Of those of the orders that are paid in instalments. */
export async function findSchedules(tx: Transaction, orderIds: readonly string[]): Promise<Schedule[]> {
  const rows = await tx.rows<{
    order_id: string;
    amount_minor: string;
    due_at: Date;
    pay_by: Date;
    payment_plan: { readonly remindDays: number; readonly forfeitBp: number };
  }>(
    `select i.order_id, i.amount_minor, i.due_at, i.pay_by, o.payment_plan
     from order_instalment i join ticket_order o on o.id = i.order_id
     where i.order_id = any($1) order by i.order_id, i.place`,
    [orderIds],
  );
  return [...Map.groupBy(rows, (row) => row.order_id)].map(([orderId, own]) => ({
    orderId,
    remindDays: own[0]!.payment_plan.remindDays,
    forfeitBp: own[0]!.payment_plan.forfeitBp,
    instalments: own.map((row) => ({
      amountMinor: BigInt(row.amount_minor),
      dueAt: row.due_at,
      payBy: row.pay_by,
    })),
  }));
}

export async function findSchedule(tx: Transaction, orderId: string): Promise<Schedule | null> {
  const [schedule] = await findSchedules(tx, [orderId]);
  return schedule ?? null;
}

/** For an order that this transaction has locked: what its payments have confirmed, and what is on its way. */
export async function findPaidSums(
  tx: Transaction,
  orderId: string,
): Promise<{ readonly confirmedMinor: bigint; readonly openMinor: bigint }> {
  const [row] = await tx.rows<{ confirmed: string; open: string }>(
    `select coalesce(sum(amount_minor) filter (where status in ('CONFIRMED', 'CHARGED_BACK')), 0) as confirmed,
            coalesce(sum(amount_minor) filter (where status in ('CREATED', 'PENDING', 'AUTHORIZED')), 0) as open
     from payment where order_id = $1 and not exists (
       -- What was taken for nothing goes back by itself.
       select from refund r where r.payment_id = payment.id and r.amount_minor = payment.amount_minor)`,
    [orderId],
  );
  return { confirmedMinor: BigInt(row?.confirmed ?? 0), openMinor: BigInt(row?.open ?? 0) };
}
