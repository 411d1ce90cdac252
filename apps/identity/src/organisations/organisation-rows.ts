import type { Transaction } from '@marquee/postgres';
import type { Organisation } from './organisation.ts';

const columns = `organisation_id as id, name, second_factor_roles as "secondFactorRoles",
  created_at as "createdAt", updated_at as "updatedAt"`;

export async function organisationsById(tx: Transaction, ids: readonly string[]): Promise<Organisation[]> {
  return tx.rows<Organisation>(
    `select ${columns} from organisation where organisation_id = any($1::uuid[])`,
    [ids],
  );
}

/**
 * The transaction's own organisation, kept from changing until it ends. Taken before any of its members: who counts the
 * owners holds it, so that two owners cannot leave at once.
 */
export async function lockOrganisation(tx: Transaction): Promise<Organisation | null> {
  const [organisation] = await tx.rows<Organisation>(`select ${columns} from organisation for update`);
  return organisation ?? null;
}

export async function insertOrganisation(tx: Transaction, name: string): Promise<void> {
  await tx.execute('insert into organisation (organisation_id, name) values ($1, $2)', [
    tx.organisationId,
    name,
  ]);
}

export async function updateOrganisationRow(
  tx: Transaction,
  { name, secondFactorRoles }: Pick<Organisation, 'name' | 'secondFactorRoles'>,
): Promise<void> {
  await tx.execute('update organisation set name = $1, second_factor_roles = $2, updated_at = now()', [
    name,
    [...secondFactorRoles],
  ]);
}
