import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { flagCatalogue } from '@marquee/flags';
import { connectMessaging, type Messaging } from '@marquee/messaging';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testNats } from '@marquee/testkit';
import { runMarquee } from '../marquee.ts';

const house = '0b6b7c1e-7d1c-4c55-9c5e-0e6a4a3f1f10';
const before = { ...process.env };
let messaging: Messaging;
let told: ReadonlyMap<string, string>;

beforeAll(async () => {
  const nats = await testNats();
  Object.assign(process.env, { NATS_URL: nats.url, NATS_NAMESPACE: nats.namespace });
  messaging = await connectMessaging({ ...nats, service: 'anyone', logger: silentLogger });
  messaging.watchSettings('flags', (settings) => (told = settings));
});
afterAll(async () => {
  process.env = before;
  await messaging.drain();
});

async function flags(...args: string[]): Promise<{ exitCode: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const exitCode = await runMarquee(['flags', ...args], {
    out: async (text) => void out.push(text),
    err: (text) => void err.push(text),
    isTerminal: false,
    signal: new AbortController().signal,
  });
  return { exitCode, out: out.join(''), err: err.join('') };
}

test('what an operator sets, lists and takes away, running processes are told', async () => {
  expect((await flags('set', 'breakers', '25%')).out).toBe(
    '{"flag":"breakers","rule":{"percent":25,"organisations":{}}}\n',
  );
  expect(await flags('set', 'breakers', 'off', '--organisation', house)).toMatchObject({ exitCode: 0 });
  await eventually(() =>
    expect(told.get('breakers')).toBe(`{"percent":25,"organisations":{"${house}":false}}`),
  );
  const { out } = await flags('list', '--organisation', house, '--json');
  const listed = out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { flag: string });
  expect(listed.map(({ flag }) => flag)).toEqual(Object.keys(flagCatalogue));
  expect(listed).toContainEqual(
    expect.objectContaining({ flag: 'breakers', value: false, reason: 'TARGETING_MATCH' }),
  );
  expect((await flags('list')).out).toMatch(/rate-limits +not set/);
  await flags('unset', 'breakers', '--organisation', house);
  await eventually(() => expect(told.get('breakers')).toBe('{"percent":25,"organisations":{}}'));
  await flags('unset', 'breakers');
  await eventually(() => expect(told.has('breakers')).toBe(false));
});

test.each([
  [['set', 'cache', 'off'], 'There is no flag cache; there are: rate-limits,'],
  [['set', 'breakers', '101%'], 'a share such as 25%, not "101%"'],
  [['set', 'breakers', '5%', '--organisation', house], 'never for a part of it'],
  [['list', '--organisation', '7'], "must be the organisation's UUID"],
  [['toggle'], 'Say list, set or unset'],
])('%j is refused with what to say instead', async (args, reason) => {
  expect(await flags(...args)).toMatchObject({ exitCode: 2, err: expect.stringContaining(reason) });
});
