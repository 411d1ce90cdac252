import type { Scope } from '@marquee/postgres';
import type { Services } from '../services.ts';
import type { Payment } from './payment.ts';

/**
 * The provider's name of the payment is kept before anything is charged under it, so that whoever comes after us, and
 * every webhook, finds it. False where the payment has gone on without us.
 */
export async function noteStarted(
  services: Services,
  scope: Scope,
  payment: Payment,
  reference: string,
): Promise<boolean> {
  const noted = await services.database.transaction(scope, (tx) =>
    tx.execute(
      `update payment set reference = $2, status = 'PENDING'
       where id = $1 and (status = 'CREATED' or (reference = $2 and status in ('PENDING', 'AUTHORIZED', 'CONFIRMED')))`,
      [payment.id, reference],
    ),
  );
  return noted === 1;
}

/** The provider waits for the payer. */
export async function noteAction(
  services: Services,
  scope: Scope,
  payment: Payment,
  redirectUrl: string,
): Promise<void> {
  await services.database.transaction(scope, (tx) =>
    tx.execute(
      `update payment set action_url = $2, status = 'PENDING' where id = $1 and status in ('CREATED', 'PENDING')`,
      [payment.id, redirectUrl.slice(0, 2_000)],
    ),
  );
}
