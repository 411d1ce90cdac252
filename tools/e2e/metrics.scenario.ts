import { describe, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import { operation } from '../client/journey.ts';
import { readExposed, unknownIn, type Exposed } from '../slo/known-metrics.ts';
import { readSlo } from '../slo/read-slo.ts';
import type { TestPlatform } from './platform.ts';

/** Dashboards ask for names and labels; a platform that has been used exposes each of them, under exactly these. */
export function describeMetrics(platform: () => TestPlatform): void {
  describe('metrics', () => {
    test('every query of a dashboard finds its metrics and labels in what the processes expose', async () => {
      const queries = readSlo().dashboards.flatMap(({ panels }) => panels.flatMap((panel) => panel.queries));
      const always = queries.filter(({ rare }) => !rare);
      expect(always.length).toBeGreaterThan(20);
      // Who runs this scenario alone has a gateway that was never asked.
      const { token } = platform().running.tokens.find(({ role }) => role === 'GUEST')!;
      await platform().client.query(operation('MyTickets'), { first: 1 }, { token });
      await eventually(async () => {
        const { urls } = platform().running;
        const exposed: Exposed = new Map();
        for (const url of [urls.gateway, ...Object.values(urls.services)]) {
          const answer = await fetch(`${new URL(url).origin}/metrics`);
          readExposed(await answer.text(), exposed);
        }
        expect(always.flatMap(({ expr }) => unknownIn(expr, exposed))).toEqual([]);
      });
    });
  });
}
