import { assert } from '@marquee/kernel';

/** Cluster-wide, cannot log in. A transaction in the system scope takes this role on, and so sees every tenant. */
export const systemRole = 'marquee_system';

/** Set for the length of one transaction; the policies read it. */
export const tenantSetting = 'marquee.organisation_id';

const tenant = `nullif(current_setting('${tenantSetting}', true), '')::uuid`;

/**
 * SQL that has the tenant of what is written to a table of `tenantTable` read once a statement instead of once a row:
 * 0.7 µs a row, for tables of a hot path. What is read is better off with the setting itself, whose value the planner
 * can estimate with.
 */
export function tenantCheckedOnce(table: string): string {
  assertIdentifier(table);
  return `alter policy tenant on ${table} with check (organisation_id = (select ${tenant}));`;
}

/** Undoes `tenantCheckedOnce`. */
export function tenantCheckedByRow(table: string): string {
  assertIdentifier(table);
  return `alter policy tenant on ${table} with check (organisation_id = ${tenant});`;
}

/**
 * SQL that closes a table to all but the tenant's own rows, for a migration. The table has
 * `organisation_id uuid not null`. RLS is forced, so that not even the owner passes by; where no tenant is set no row
 * is seen and none can be written.
 */
export function tenantTable(table: string): string {
  assertIdentifier(table);
  const own = `organisation_id = ${tenant}`;
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy tenant on ${table} using (${own}) with check (${own});
    create policy system on ${table} to ${systemRole} using (true) with check (true);`;
}

/** SQL that takes from every role but the owner the right to change or remove the table's rows. */
export function appendOnlyTable(table: string): string {
  assertIdentifier(table);
  return `
    do $$
    declare grantee text;
    begin
      for grantee in
        select distinct acl.grantee::regrole::text
        from pg_class, aclexplode(relacl) acl
        where pg_class.oid = '${table}'::regclass and acl.grantee not in (0, relowner)
      loop
        execute format('revoke update, delete, truncate on ${table} from %s', grantee);
      end loop;
    end $$;`;
}

/** Names go into SQL as they are, so only plain ones pass. */
export function assertIdentifier(name: string): void {
  assert(/^[a-z_][a-z0-9_]{0,62}$/.test(name), `not a plain SQL identifier: ${name}`);
}
