import { appendEvents, streamId } from '@marquee/event-log';
import { accept, type IdempotencyConflict, type Outcome } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import { decide, type Command } from '../command.ts';
import type { Party } from './terms.ts';

/** Who an organisation's invoices are to; null where it has not said. */
export async function findBillingDetails(tx: Transaction): Promise<Party | null> {
  const [found] = await tx.rows<Party>(
    'select name, address, country_code as "countryCode", vat_id as "vatId" from billing_details',
  );
  return found ?? null;
}

/** From now on; invoices that are issued stay as they are. */
export function setBillingDetails(
  command: Command,
  details: Party,
): Promise<Outcome<null, IdempotencyConflict>> {
  return decide<null, never>(command, 'setBillingDetails', details, async (tx) => {
    await tx.execute(
      `insert into billing_details (organisation_id, name, address, country_code, vat_id)
       values ($1, $2, $3, $4, $5)
       on conflict (organisation_id) do update set name = excluded.name, address = excluded.address,
         country_code = excluded.country_code, vat_id = excluded.vat_id, changed_at = now()`,
      [tx.organisationId, details.name, details.address, details.countryCode, details.vatId],
    );
    await appendEvents(tx, {
      streamId: streamId('billing-details', tx.organisationId!),
      events: [{ type: 'hub.billing-details-changed.v1', data: { countryCode: details.countryCode } }],
    });
    return accept(null);
  });
}
