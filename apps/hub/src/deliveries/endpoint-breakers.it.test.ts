import { expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import type { Claimed } from './claim.ts';
import { createEndpointBreakers } from './endpoint-breakers.ts';
import type { Sent } from './send.ts';

test('an endpoint is sent to whatever its breaker says while breakers are switched off for its organisation', async () => {
  const [ours, theirs] = [newUuid(), newUuid()];
  let off: string | undefined;
  const breakers = createEndpointBreakers((organisationId) => organisationId !== off);
  const sent = { ok: false } as Sent;
  const send = async (organisationId: string, times: number) => {
    const claimed = { organisationId, endpointId: organisationId, trial: false, claimedAtMs: 0 } as Claimed;
    const results = [];
    for (let time = 0; time < times; time++) results.push(await breakers.run(claimed, async () => sent));
    return results.at(-1);
  };
  try {
    expect([await send(ours, 11), await send(theirs, 11)]).toEqual(['open', 'open']);
    off = ours;
    expect([await send(ours, 11), await send(theirs, 1)]).toEqual([sent, 'open']);
    off = undefined;
    expect(await send(ours, 1)).toBe('open');
  } finally {
    breakers.stop();
  }
});
