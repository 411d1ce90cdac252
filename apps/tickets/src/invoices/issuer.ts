import type { Transaction } from '@marquee/postgres';
import type { Seller } from './invoice.ts';

/** How an organisation is printed on its invoices from now on; those that are issued stay as they are. */
export type Issuer = Seller & { readonly timeZone: string };

export async function findIssuer(tx: Transaction): Promise<Issuer | null> {
  const [row] = await tx.rows<Issuer>(
    `select name, address, tax_id as "taxId", email, note, time_zone as "timeZone" from invoice_issuer`,
  );
  return row ?? null;
}

export async function setIssuer(tx: Transaction, issuer: Issuer): Promise<void> {
  await tx.execute(
    `insert into invoice_issuer (organisation_id, name, address, tax_id, email, note, time_zone)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (organisation_id) do update set name = excluded.name, address = excluded.address,
       tax_id = excluded.tax_id, email = excluded.email, note = excluded.note, time_zone = excluded.time_zone,
       updated_at = now()`,
    [
      tx.organisationId,
      issuer.name,
      issuer.address,
      issuer.taxId,
      issuer.email,
      issuer.note,
      issuer.timeZone,
    ],
  );
}
