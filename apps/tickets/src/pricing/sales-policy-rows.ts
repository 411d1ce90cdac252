import type { Transaction } from '@marquee/postgres';
import type { SalesPolicy } from './sales-policy.ts';

/** The organisation's, or what is so where it has said nothing. */
export async function findSalesPolicy(tx: Transaction): Promise<SalesPolicy> {
  const [row] = await tx.rows<{
    currencies: readonly string[];
    cancellation_steps: SalesPolicy['cancellationSteps'];
  }>('select currencies, cancellation_steps from sales_policy');
  return { currencies: row?.currencies ?? [], cancellationSteps: row?.cancellation_steps ?? [] };
}

export async function keepSalesPolicy(
  tx: Transaction,
  { currencies, cancellationSteps }: SalesPolicy,
): Promise<void> {
  await tx.execute(
    `insert into sales_policy (organisation_id, currencies, cancellation_steps) values ($1, $2, $3)
     on conflict (organisation_id) do update set currencies = $2, cancellation_steps = $3, updated_at = now()`,
    [tx.organisationId, currencies, JSON.stringify(cancellationSteps)],
  );
}
