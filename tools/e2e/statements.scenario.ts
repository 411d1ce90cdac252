import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, afterAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import pg from 'pg';
import { operation } from '../client/journey.ts';
import { northlight } from '../seed/organisations.ts';
import type { TestPlatform } from './platform.ts';

/**
 * Counts what a request costs in SQL, through the gateway and over all services: PostgreSQL logs every statement,
 * and each carries the correlation id of the request that it belongs to.
 */
export function describeStatements(platform: () => TestPlatform): void {
  describe('the statements of a request', () => {
    let token: string;

    beforeAll(async () => {
      token = await platform().tokens.token({ role: 'organiser', organisationId: northlight.id });
      await logStatements(platform().running.urls.postgres, true);
    });
    afterAll(() => logStatements(platform().running.urls.postgres, false));

    const countFor = async (first: number): Promise<Readonly<Record<string, number>>> => {
      const filter = { from: new Date().toISOString() };
      const { data, errors, correlationId } = await platform().client.send<{
        occurrences: { edges: unknown[] };
      }>(operation('UpcomingOccurrences'), { first, filter }, { token });
      expect(errors).toEqual([]);
      expect(data?.occurrences.edges).toHaveLength(first);
      expect(correlationId).toBeTruthy();
      let counts: Record<string, number> = {};
      await eventually(() => {
        counts = statementsOf(platform().running.home, correlationId!);
        expect(Object.keys(counts)).toEqual(
          expect.arrayContaining(['marquee_events', 'marquee_tickets', 'marquee_venues']),
        );
      });
      return counts;
    };

    test('are as few for fifty occurrences as for five', async () => {
      const [few, many] = [await countFor(5), await countFor(50)];
      expect(many).toEqual(few);
      for (const count of Object.values(many)) expect(count).toBeLessThanOrEqual(6);
    }, 30_000);
  });
}

async function logStatements(adminUrl: string, on: boolean): Promise<void> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await admin.query(on ? `alter system set log_statement = 'all'` : 'alter system reset log_statement');
    await admin.query(
      on ? `alter system set log_line_prefix = 'db=%d '` : 'alter system reset log_line_prefix',
    );
    await admin.query('select pg_reload_conf()');
  } finally {
    await admin.end();
  }
}

/** Statements by database. Framing (begin, commit) carries no correlation id and is not counted. */
function statementsOf(home: string, correlationId: string): Record<string, number> {
  const counts: Record<string, number> = {};
  const log = readFileSync(join(home, 'logs', 'postgres.log'), 'utf8');
  const entries = log
    .split(/^(?=db=)/m)
    .filter((entry) => entry.includes(`correlation_id='${correlationId}'`));
  for (const entry of entries) {
    const database = /^db=(\S*)/.exec(entry)![1]!;
    if (/execute|statement:/.test(entry)) counts[database] = (counts[database] ?? 0) + 1;
  }
  return counts;
}
