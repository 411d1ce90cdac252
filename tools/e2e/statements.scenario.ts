import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import pg from 'pg';
import { operation } from '../client/journey.ts';
import { northlight } from '../seed/organisations.ts';
import type { TestPlatform } from './platform.ts';

/**
 * Counts what a request costs in SQL, through the gateway and over all services. PostgreSQL logs every statement; those
 * of a request are in transactions in which only its organisation exists, and nobody else asks for that one now.
 */
export function describeStatements(platform: () => TestPlatform): void {
  describe('the statements of a request', () => {
    let token: string;

    beforeAll(async () => {
      token = await platform().tokens.token({ role: 'organiser', organisationId: northlight.id });
      await logStatements(platform().running.urls.postgres, true);
    });
    afterAll(() => logStatements(platform().running.urls.postgres, false));

    const read = (): string => readFileSync(join(platform().running.home, 'logs', 'postgres.log'), 'utf8');

    const ask = async (first: number): Promise<{ readonly log: string; readonly correlationId: string }> => {
      const from = read().length;
      const filter = { from: new Date().toISOString() };
      const { data, errors, correlationId } = await platform().client.send<{
        occurrences: { edges: unknown[] };
      }>(operation('UpcomingOccurrences'), { first, filter }, { token });
      expect(errors).toEqual([]);
      expect(data?.occurrences.edges).toHaveLength(first);
      return { log: read().slice(from), correlationId: correlationId! };
    };

    test('are as few for fifty occurrences as for five', async () => {
      for (const first of [5, 50]) {
        // The demo data may still be on its way, in the organisation's transactions too.
        await eventually(async () => {
          const counts = countByDatabase((await ask(first)).log);
          expect(Object.keys(counts).toSorted()).toEqual([
            'marquee_events',
            'marquee_tickets',
            'marquee_venues',
          ]);
          // A loader that is asked in two turns asks twice: hence a bound, and not a number.
          for (const count of Object.values(counts)) expect(count).toBeLessThanOrEqual(8);
        });
      }
    }, 130_000);

    test('name the request that they belong to', async () => {
      const { log, correlationId } = await ask(5);
      expect(correlationId).toBeTruthy();
      expect(log).toContain(`/*correlation_id='${correlationId}'*/`);
    });
  });
}

async function logStatements(adminUrl: string, on: boolean): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(on ? `alter system set log_statement = 'all'` : 'alter system reset log_statement');
    await admin.query(
      on ? `alter system set log_line_prefix = 'db=%d pid=%p '` : 'alter system reset log_line_prefix',
    );
    await admin.query('select pg_reload_conf()');
    await eventually(async () => {
      const { rows } = await admin.query<{ log_statement: string }>('show log_statement');
      expect(rows[0]!.log_statement).toBe(on ? 'all' : 'none');
    });
  } finally {
    await admin.end();
  }
}

/** Statements inside the organisation's transactions, by database; begin and commit are not counted. */
function countByDatabase(log: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const inside = new Set<string>();
  for (const entry of log.split(/^(?=db=)/m)) {
    const [, database, pid, statement] =
      /^db=(\S*) pid=(\d+) LOG:\s+(?:statement|execute [^:]+): (.*)/s.exec(entry) ?? [];
    if (!database || !pid || statement === undefined) continue;
    if (/^(commit|rollback)/i.test(statement)) inside.delete(pid);
    else if (/^begin/i.test(statement)) {
      if (statement.includes(northlight.id)) inside.add(pid);
    } else if (inside.has(pid)) counts[database] = (counts[database] ?? 0) + 1;
  }
  return counts;
}
