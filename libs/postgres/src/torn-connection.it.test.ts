import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { testDatabase, type TestDatabase } from '@marquee/testkit';
import { noteMigrations, readNotes, writeNote } from './fixtures/note.ts';
import { isConnectionFailure, openDatabase } from './index.ts';

const scope = { organisationId: newUuid() };
const readyForQuery = Buffer.from('5a0000000549', 'hex');

/** ErrorResponse of the protocol (https://www.postgresql.org/docs/current/protocol-message-formats.html). */
function goodbye(): Buffer {
  const fields = Buffer.from('SFATAL\0C57P01\0Mterminating connection due to unexpected postmaster exit\0\0');
  const head = Buffer.from('E\0\0\0\0');
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

let fixture: TestDatabase;
let proxy: Server;
let torn = 0;
let isTearing = false;

/** Hands everything on; while tearing, a connection is told goodbye in the very packet that says that it is open. */
function startProxy(target: URL): Server {
  return createServer((client) => {
    const server = connect(Number(target.port), target.hostname);
    client.on('error', () => server.destroy()).on('close', () => server.destroy());
    server.on('error', () => client.destroy()).on('close', () => client.destroy());
    client.pipe(server);
    if (!isTearing) return void server.pipe(client);
    let greeting = Buffer.alloc(0);
    server.on('data', (chunk) => {
      // What asks for a password is answered with it.
      if (chunk.subarray(-readyForQuery.length).equals(readyForQuery)) {
        torn += 1;
        client.end(Buffer.concat([greeting, chunk, goodbye()]));
      } else if (chunk[0] === 0x52 && chunk.length < 200) client.write(chunk);
      else greeting = Buffer.concat([greeting, chunk]);
    });
  }).listen(0, '127.0.0.1');
}

beforeAll(async () => {
  fixture = await testDatabase({ name: 'postgres', migrations: noteMigrations });
  proxy = startProxy(new URL(fixture.url));
  await once(proxy, 'listening');
});
afterAll(async () => {
  proxy.close();
  await fixture.drop();
});

test('a connection that ends as it opens fails its transaction, and nothing else', async () => {
  const url = new URL(fixture.url);
  url.port = String((proxy.address() as AddressInfo).port);
  const database = await openDatabase({ url: url.href, applicationName: 'torn', entities: [] });
  // The one that opening left behind is in use: the next needs another.
  await database.transaction(scope, async (tx) => {
    await writeNote(tx, 'kept');
    isTearing = true;
    const failure = await database.read(scope, readNotes).catch((error: unknown) => error);
    expect(isConnectionFailure(failure)).toBe(true);
    expect(torn).toBe(1);
    isTearing = false;
  });
  expect(await database.read(scope, readNotes)).toEqual(['kept']);
  await database.close();
});
