import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { logInvariants } from '@marquee/event-log';
import {
  judgeInvariants,
  openDatabase,
  systemScope,
  tenancyInvariants,
  type Database,
  type Invariant,
  type Verdict,
} from '@marquee/postgres';
import { importAppModule } from '../client/app-module.ts';
import { workspaceRoot } from '../start/config.ts';
import { findServices } from '../start/services.ts';
import { findCrossings } from './crossings.ts';
import { domainInvariants } from './domain.ts';

/** One service's database. */
export type Checked = { readonly service: string; readonly database: Database };

/** One statement about one database. */
export type ServiceVerdict = Verdict & { readonly service: string };

/** One of the fifteen, with all that was looked at for it. */
export type Finding = {
  readonly number: number;
  readonly invariant: string;
  /** Rows looked at; null where no database that was checked has anything of it. */
  readonly looked: number | null;
  readonly violations: number;
  readonly checks: readonly ServiceVerdict[];
};

export type Findings = { readonly ok: boolean; readonly invariants: readonly Finding[] };

/** A check reads whole tables, and the platform may be busy meanwhile. */
const timeoutMs = 10 * 60_000;

export async function openForCheck(url: string): Promise<Database> {
  return openDatabase({
    url,
    applicationName: 'marquee invariants',
    entities: [],
    poolSize: 2,
    statementTimeoutMs: timeoutMs,
    transactionTimeoutMs: timeoutMs,
  });
}

/** Everything that a service says it never breaks, and what holds in every database. */
export async function invariantsOf(service: string): Promise<readonly Invariant[]> {
  const path = `${service}/src/invariants/invariants.ts`;
  const own = existsSync(join(workspaceRoot, 'apps', path))
    ? (await importAppModule<{ invariants: readonly Invariant[] }>(path)).invariants
    : [];
  return [...own, ...logInvariants, ...tenancyInvariants];
}

/** Each database is judged as it is at one instant; between two of them time may pass. */
export async function checkInvariants(databases: readonly Checked[]): Promise<Findings> {
  const verdicts: ServiceVerdict[] = [];
  for (const { service, database } of databases) {
    const own = await invariantsOf(service);
    const judged = await database.transaction(systemScope, (tx) => judgeInvariants(tx, own), {
      isolation: 'repeatable read',
      readOnly: true,
    });
    verdicts.push(...judged.map((verdict) => ({ ...verdict, service })));
  }
  verdicts.push(...(await findCrossings(databases)));
  const invariants = domainInvariants.map((invariant, index) => {
    const checks = verdicts.filter(({ number }) => number === index + 1);
    const looked = checks.flatMap((check) => (check.looked === null ? [] : [check.looked]));
    return {
      number: index + 1,
      invariant,
      looked: looked.length > 0 ? looked.reduce((sum, rows) => sum + rows, 0) : null,
      violations: checks.reduce((sum, check) => sum + check.violations, 0),
      checks,
    };
  });
  return { ok: invariants.every(({ violations }) => violations === 0), invariants };
}

/** Whose database this is, by the tables that are in it; null where it is no service's. */
export async function recogniseService(database: Database): Promise<string | null> {
  const tables = await database.read(systemScope, (tx) =>
    tx.rows<{ name: string }>(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace`,
    ),
  );
  const there = new Set(tables.map(({ name }) => name));
  let best: { service: string; share: number } | null = null;
  for (const { name: service, migrations } of findServices(workspaceRoot)) {
    if (!migrations) continue;
    const wanted = (await invariantsOf(service))
      .map(({ over }) => over)
      .filter((over) => /^[a-z_]+$/.test(over));
    const own = wanted.filter((table) => table !== 'event_log');
    const share = own.filter((table) => there.has(table)).length / own.length;
    if (share > (best?.share ?? 0.5)) best = { service, share };
  }
  return best?.service ?? null;
}
