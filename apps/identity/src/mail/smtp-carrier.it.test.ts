import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { systemScope } from '@marquee/postgres';
import { SMTPServer } from 'smtp-server';
import { createWorld, type World } from '../harness.test-support.ts';
import { deliverMail } from './deliver-mail.ts';
import { post } from './mail.ts';
import { smtpCarrier, type SmtpCarrier } from './smtp-carrier.ts';

type Taken = { readonly from: string; readonly to: readonly string[]; readonly text: string };

let world: World;
let server: SMTPServer;
let carrier: SmtpCarrier;
let taken: Taken[];
let refusing: boolean;

beforeAll(async () => {
  world = await createWorld();
  server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    authOptional: false,
    allowInsecureAuth: true,
    onAuth: ({ username, password }, _, done) =>
      username === 'marquee' && password === 'p@ss' ? done(null, { user: 'marquee' }) : done(new Error('no')),
    onRcptTo: (_, __, done) => (refusing ? done(new Error('come back later')) : done()),
    onData: (stream, { envelope }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        const to = envelope.rcptTo.map(({ address }) => address);
        taken.push({ from, to, text: Buffer.concat(chunks).toString('utf8') });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  carrier = smtpCarrier({
    url: `smtp://marquee:${encodeURIComponent('p@ss')}@127.0.0.1:${port}`,
    from: 'Marquee <no-reply@tickets.example>',
  });
});
afterAll(async () => {
  carrier?.close();
  await new Promise<void>((resolve) => server.close(() => resolve()));
  await world?.drop();
});
beforeEach(() => {
  [taken, refusing] = [[], false];
});

const database = () => world.services.database;
const send = (recipient: string, body = 'Sign in:\nhttps://tickets.example/sign-in/1/link?token=abc\n') =>
  database().transaction(systemScope, (tx) => post(tx, { recipient, subject: 'Grüße', body }));
const deliver = () => deliverMail(database(), carrier.carry);
const waiting = async () =>
  (
    await database().read(systemScope, (tx) =>
      tx.rows<{ attempts: number }>('select attempts from mail where sent_at is null'),
    )
  ).map(({ attempts }) => attempts);

test('a mail is handed to the SMTP server, with its link unbroken, to that one address alone', async () => {
  await send('ada@example.com');
  await deliver();
  expect(taken).toEqual([
    { from: 'no-reply@tickets.example', to: ['ada@example.com'], text: expect.any(String) },
  ]);
  const { text } = taken[0]!;
  expect(text).toContain('https://tickets.example/sign-in/1/link?token=');
  expect(text).toMatch(/^From: Marquee <no-reply@tickets\.example>/m);
  expect(text).toMatch(/^Subject: =\?UTF-8\?/m);
  expect(text).toMatch(/^Message-ID: <[0-9a-f-]{36}@127\.0\.0\.1>/m);
  expect(await waiting()).toEqual([]);
});

test('a mail that the server does not take waits and is tried again, under the same name', async () => {
  refusing = true;
  await send('bob@example.com');
  await deliver();
  expect(taken).toEqual([]);
  expect(await waiting()).toEqual([1]);
  refusing = false;
  // Its pause is not over.
  await deliver();
  expect(taken).toEqual([]);
  await database().transaction(systemScope, (tx) =>
    tx.execute('update mail set next_attempt_at = now() where sent_at is null'),
  );
  await deliver();
  expect(taken.map(({ to }) => to)).toEqual([['bob@example.com']]);
  expect(await waiting()).toEqual([]);
});

test('what somebody wrote into an address makes no second recipient and no header', async () => {
  await send('eve@example.com, mallory@example.com\r\nBcc: mallory@example.com');
  await deliver();
  expect(taken.flatMap(({ to }) => to)).not.toContain('mallory@example.com');
  await database().transaction(systemScope, (tx) => tx.execute('delete from mail'));
});
