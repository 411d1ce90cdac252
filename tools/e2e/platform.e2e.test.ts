import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@marquee/testkit';
import { describeAudit } from './audit.scenario.ts';
import { describeBadInput } from './bad-input.scenario.ts';
import { describeBilling } from './billing.scenario.ts';
import { describeChaos } from './chaos.scenario.ts';
import { describeCsv } from './csv.scenario.ts';
import { describeDemo } from './demo.scenario.ts';
import { describeErasure } from './erasure.scenario.ts';
import { describeIntegrators } from './integrators.scenario.ts';
import { describeJourney } from './journey.scenario.ts';
import { describeMetrics } from './metrics.scenario.ts';
import { describePlugins } from './plugins.scenario.ts';
import { startTestPlatform, type TestPlatform } from './platform.ts';
import { describeReadme } from './readme.scenario.ts';
import { describeRemoval } from './removal.scenario.ts';
import { describeRush } from './rush.scenario.ts';
import { describeSignIn } from './sign-in.scenario.ts';
import { describeStatements } from './statements.scenario.ts';
import { describeTelemetry } from './telemetry.scenario.ts';
import { describeTenancy } from './tenancy.scenario.ts';
import { describeWebhooks } from './webhooks.scenario.ts';

/**
 * One start of the real platform for all of it: starting is the slow part. Each scenario plays in an organisation of
 * its own, so none sees another's; chaos comes last.
 */
describe('the platform', () => {
  let running: TestPlatform;
  const platform = () => running;

  beforeAll(async () => {
    running = await startTestPlatform({ demo: true });
    // The demo data goes through JetStream too; what is tested next should not stand in its queue.
    await running.settled();
  }, 270_000);

  afterAll(() => running?.stop(), 60_000);

  test('is ready as a whole', async () => {
    await eventually(async () => {
      const response = await fetch(`${running.running.urls.gateway}/health/ready`);
      expect(response.status).toBe(200);
    });
  });

  describeJourney(platform);
  describeReadme(platform);
  describeTenancy(platform);
  describeSignIn(platform);
  describeWebhooks(platform);
  describeAudit(platform);
  describePlugins(platform);
  describeIntegrators(platform);
  describeBilling(platform);
  describeErasure(platform);
  describeRemoval(platform);
  describeBadInput(platform);
  describeStatements(platform);
  describeDemo(platform);
  describeCsv(platform);
  describeTelemetry(platform);
  describeMetrics(platform);
  describeChaos(platform);
  describeRush(platform);
});
