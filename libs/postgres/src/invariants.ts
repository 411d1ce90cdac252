import { withDeleted } from './soft-deletion.ts';
import type { Transaction } from './transaction.ts';
import { systemRole } from './tenancy.ts';

/**
 * Something that is never broken, under any concurrency, crash or redelivery, as SQL that finds what breaks it. Run in
 * the system scope, all of a database in one REPEATABLE READ transaction, so that all checks see one instant.
 */
export type Invariant = {
  /** Its number in the domain's list of fifteen. */
  readonly number: number;
  readonly states: string;
  /** The table whose rows it looks at, or a query in parentheses. Where there is no such table there is nothing to break. */
  readonly over: string;
  /** Answers the rows that break it, each with a text `subject`. */
  readonly sql: string;
};

export type Verdict = {
  readonly number: number;
  readonly states: string;
  /** Rows looked at; null where this database has no such table. */
  readonly looked: number | null;
  readonly violations: number;
  /** What breaks it, the first twenty of them. */
  readonly subjects: readonly string[];
};

const shownAtMost = 20;

/** How each invariant fares now, with what was deleted and may come back. */
export async function judgeInvariants(tx: Transaction, invariants: readonly Invariant[]): Promise<Verdict[]> {
  return withDeleted(tx, async () => {
    const verdicts: Verdict[] = [];
    for (const invariant of invariants) verdicts.push(await judge(tx, invariant));
    return verdicts;
  });
}

async function judge(tx: Transaction, { number, states, over, sql }: Invariant): Promise<Verdict> {
  if (!(await isThere(tx, over))) return { number, states, looked: null, violations: 0, subjects: [] };
  const [counted] = await tx.rows<{ looked: string }>(`select count(*) as looked from ${over} as seen`);
  const broken = await tx.rows<{ subject: string; all: string }>(
    `select subject, count(*) over () as all from (${sql}) as broken limit ${shownAtMost}`,
  );
  return {
    number,
    states,
    looked: Number(counted!.looked),
    violations: Number(broken[0]?.all ?? 0),
    subjects: broken.map(({ subject }) => subject),
  };
}

async function isThere(tx: Transaction, over: string): Promise<boolean> {
  if (over.startsWith('(')) return true;
  const [row] = await tx.rows<{ there: boolean }>('select to_regclass($1) is not null as there', [over]);
  return row!.there;
}

const tenantTables = `
  select c.oid, c.relname, c.relrowsecurity and c.relforcerowsecurity as closed
  from pg_class c join pg_attribute a on a.attrelid = c.oid
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')
    and a.attname = 'organisation_id' and not a.attisdropped`;

/** What holds in every service's database, whatever is in it. */
export const tenancyInvariants: readonly Invariant[] = [
  {
    number: 14,
    states: "every table with tenants' rows is closed to all but the tenant",
    over: `(${tenantTables})`,
    sql: `select format('table %s', relname) as subject from (${tenantTables}) as t
          where not closed or not exists (select from pg_policy p where p.polrelid = t.oid)
            -- A policy that lets every row pass is for the system role alone.
            or exists (select from pg_policy p where p.polrelid = t.oid and p.polpermissive
              and pg_get_expr(p.polqual, p.polrelid) = 'true'
              and p.polroles <> array[(select r.oid from pg_roles r where r.rolname = '${systemRole}')])`,
  },
];
