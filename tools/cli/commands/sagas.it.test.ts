import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { carryOut, defineSaga, sagaMigrations, startSaga, startSagaWorkers } from '@marquee/sagas';
import { silentLogger } from '@marquee/telemetry';
import { eventually, testDatabase, type TestDatabase } from '@marquee/testkit';
import { run } from '../cli.test-support.ts';
import { runMarquee } from '../marquee.ts';

type Parcel = {
  State: { sent: boolean };
  Start: { to: string };
  Message: never;
  Timer: never;
  Commands: { send: { data: { to: string }; result: null } };
};

const parcel = defineSaga<Parcel>({
  name: 'parcel',
  version: 1,
  start: ({ to }) => ({ state: { sent: false }, commands: [{ type: 'send', data: { to } }] }),
  react: (state, input) =>
    input.kind === 'succeeded' ? { state: { sent: true }, done: true } : { state, done: true },
});

let fixture: TestDatabase;
let broken = true;
beforeAll(async () => {
  fixture = await testDatabase({ name: 'cli_sagas', migrations: sagaMigrations });
});
afterAll(() => fixture?.drop());

const sagas = (...args: string[]) => run('sagas', ...args, '--database', fixture.url);

describe('sagas', () => {
  test('are listed, shown with what they were told, and retried where they are stuck', async () => {
    const { database } = fixture;
    const send = {
      attempts: 1,
      run: async () => {
        if (broken) throw new Error('the van is broken');
        return { ok: true as const, value: null };
      },
    };
    const workers = startSagaWorkers(database, {
      sagas: [carryOut(parcel, { send })],
      logger: silentLogger,
      pollMs: 20,
    });
    await database.transaction({ organisationId: newUuid() }, (tx) =>
      startSaga(tx, parcel, { key: 'order-7', input: { to: 'Ada' } }),
    );
    await eventually(async () => {
      const stuck = await sagas('list', '--status', 'stuck', '--json');
      expect(stuck.lines()).toMatchObject([{ name: 'parcel', key: 'order-7', status: 'STUCK' }]);
    });
    const listed = await sagas('list', '--name', 'parcel');
    expect(listed.out).toContain('the van is broken');
    const id = (await sagas('list', '--json')).lines<{ id: string }>()[0]!.id;
    const shown = await sagas('show', id);
    expect(shown.out).toMatch(/parcel order-7 of .*: STUCK/);
    expect(shown.out).toMatch(/started.*"to":"Ada".*send/);
    expect(shown.out).toMatch(/command +send +given up +1/);
    broken = false;
    expect(await sagas('retry', '--all', '--json')).toMatchObject({ exitCode: 0, out: '{"retried":1}\n' });
    await eventually(async () => {
      expect((await sagas('list', '--status', 'done', '--json')).lines()).toMatchObject([{ id }]);
    });
    expect(await sagas('retry', id)).toMatchObject({ exitCode: 1, err: `${id} is not a stuck saga.\n` });
    await workers.stop();
  });

  test('need to be told what is wanted', async () => {
    expect(await sagas('list', '--status', 'odd')).toMatchObject({ exitCode: 2 });
    expect(await sagas('show', 'order-7')).toMatchObject({
      exitCode: 2,
      err: expect.stringContaining('UUID'),
    });
    expect(await sagas('show', newUuid())).toMatchObject({ exitCode: 1 });
    expect(await sagas('retry')).toMatchObject({ exitCode: 2 });
  });

  test('have the short way too', async () => {
    let out = '';
    const io = {
      out: async (text: string) => void (out += text),
      err: () => undefined,
      isTerminal: false,
      signal: new AbortController().signal,
    };
    expect(await runMarquee(['sagas', '--help'], io)).toBe(0);
    expect(out).toContain('marquee events sagas list');
  });
});
