import { expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { waitUntilSettled } from './settled.ts';

const relay = { state: 'leading', oldestAgeMs: 0, lastError: null };

/** A service whose answers about itself are these, one after the other; the last stays. */
async function serviceSaying(...answers: readonly object[]) {
  let asked = 0;
  const server = createServer((_, response) => {
    response.end(JSON.stringify({ details: answers[Math.min(asked++, answers.length - 1)] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, asked: () => asked, close: () => server.close() };
}

const mail = (lag: number | null, lastError: string | null = null) => ({
  relay,
  subscriptions: [{ name: 'mail', lag, oldestAgeMs: 0, lastError }],
});

test('it has settled when nothing was left three times in a row', async () => {
  const service = await serviceSaying(mail(null), mail(2), mail(0), mail(1), mail(0));
  await waitUntilSettled([service.url], 60_000);
  expect(service.asked()).toBe(7);
  service.close();
});

test('where nothing moves any more it says what is left, and why', async () => {
  const service = await serviceSaying(mail(3), mail(2, 'events does not answer'));
  await expect(waitUntilSettled([service.url], 700)).rejects.toThrow(
    `nothing has moved for 0.7 s: ${service.url} mail has 2 (events does not answer)`,
  );
  service.close();
});

test('what its relay has not yet published is under way, however old it grows', async () => {
  const ages = Array.from({ length: 40 }, (_, index) => ({ relay: { ...relay, oldestAgeMs: 1 + index } }));
  const service = await serviceSaying(...ages);
  await expect(waitUntilSettled([service.url], 700)).rejects.toThrow('relay has some');
  service.close();
});
