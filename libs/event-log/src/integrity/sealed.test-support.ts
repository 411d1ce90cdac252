import { generateKeyPairSync } from 'node:crypto';
import pg from 'pg';
import type { NewEvent } from '@marquee/contracts';
import { newUuid } from '@marquee/kernel';
import { platformMigrations, systemScope, type Database, type Transaction } from '@marquee/postgres';
import { testDatabase, testServers, type TestDatabase } from '@marquee/testkit';
import {
  appendEvents,
  createHeadSigner,
  eventLogMigrations,
  readTreeHeads,
  streamId,
  type SignedTreeHead,
} from '../index.ts';

export const [a, b] = ['0197aaaa-0000-7000-8000-000000000001', '0197aaaa-0000-7000-8000-000000000002'];
const keys = generateKeyPairSync('ed25519');
export const signer = createHeadSigner({ log: 'guests', privateKey: keys.privateKey });
export const publicKeys = [keys.publicKey];
export const strangersKeys = generateKeyPairSync('ed25519');
export const migrations = [...platformMigrations, ...eventLogMigrations];

export type SealedFixture = {
  readonly database: Database;
  /** What no right of the log's own holds back. */
  readonly superuser: pg.Client;
  append(organisationId: string, count: number): Promise<string[]>;
  inSystem<T>(work: (tx: Transaction) => Promise<T>): Promise<T>;
  headsOf(organisationId: string): Promise<SignedTreeHead[]>;
  positionOf(eventId: string): Promise<string>;
  close(): Promise<void>;
};

export const registered = (name: string): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId: newUuid(), email: 'ada@example.com', name },
});

export async function openSealed(): Promise<SealedFixture> {
  const fixture: TestDatabase = await testDatabase({ name: 'integrity', migrations });
  const { database } = fixture;
  const url = new URL((await testServers()).postgresUrl);
  url.pathname = `/${fixture.name}`;
  const superuser = new pg.Client({ connectionString: url.toString() });
  await superuser.connect();
  const inSystem: SealedFixture['inSystem'] = (work) => database.read(systemScope, work);
  return {
    database,
    superuser,
    inSystem,
    append: async (organisationId, count) => {
      const stream = streamId('guest', newUuid());
      const events = Array.from({ length: count }, (_, index) => registered(`${index}`));
      const appended = await database.transaction({ organisationId }, (tx) =>
        appendEvents(tx, { streamId: stream, events }),
      );
      return appended.map((event) => event.id);
    },
    headsOf: (organisationId) => inSystem((tx) => readTreeHeads(tx, organisationId)),
    positionOf: async (eventId) => {
      const { rows } = await superuser.query<{ position: string }>(
        'select global_position::text as position from event_log where event_id = $1',
        [eventId],
      );
      return rows[0]!.position;
    },
    close: async () => {
      await superuser.end();
      await fixture.drop();
    },
  };
}
