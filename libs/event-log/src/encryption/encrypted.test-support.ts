import { newUuid } from '@marquee/kernel';
import type { DomainEvent, NewEvent } from '@marquee/contracts';
import { openDatabase, platformMigrations, type Database } from '@marquee/postgres';
import { temporaryDirectory, testDatabase } from '@marquee/testkit';
import {
  appendEvents,
  createFieldEncryption,
  createFileKeyManagement,
  eventLogMigrations,
  readStream,
  streamId,
  type FieldEncryption,
  type FileKeyManagement,
} from '../index.ts';

export const organisationId = newUuid();
export const scope = { organisationId };

export const registered = (guestId: string, more: object = {}): NewEvent => ({
  type: 'guests.guest-registered.v1',
  data: { guestId, email: 'ada@example.com', name: 'Ada Lovelace', ...more },
});
export const streamOf = (guestId: string) => streamId('guest', guestId);

export type EncryptedFixture = {
  readonly database: Database;
  readonly keys: FileKeyManagement;
  readonly encryption: FieldEncryption;
  /** As another process would have it: with nothing in memory. */
  elsewhere(options?: { cacheMs?: number }): FieldEncryption;
  append(by: FieldEncryption, stream: string, ...events: NewEvent[]): Promise<DomainEvent[]>;
  read(by: FieldEncryption, stream: string): Promise<DomainEvent[]>;
  stored(stream: string): Promise<{ data: Record<string, unknown>; text: string }[]>;
  erase(by: FieldEncryption, guestId: string): Promise<DomainEvent[]>;
  /** As the owner, who is held to the tenant's rows but may change them. */
  forge(sql: string, parameters: readonly unknown[]): Promise<void>;
  close(): Promise<void>;
};

export async function openEncrypted(): Promise<EncryptedFixture> {
  const fixture = await testDatabase({
    name: 'encryption',
    migrations: [...platformMigrations, ...eventLogMigrations],
  });
  const { database } = fixture;
  const directory = await temporaryDirectory();
  const keys = await createFileKeyManagement({ path: `${directory.path}/keys.json` });
  const elsewhere = (options: { cacheMs?: number } = {}) => createFieldEncryption({ keys, ...options });
  return {
    database,
    keys,
    encryption: elsewhere(),
    elsewhere,
    append: (by, stream, ...events) =>
      database.transaction(scope, (tx) =>
        appendEvents(tx, { streamId: stream, events, interceptors: [by.within(tx).append] }),
      ),
    read: (by, stream) =>
      database.read(scope, (tx) => readStream(tx, stream, { interceptors: [by.within(tx).read] })),
    stored: (stream) =>
      database.read(scope, (tx) =>
        tx.rows('select data, data::text as text from event_log where stream_id = $1 order by version', [
          stream,
        ]),
      ),
    erase: (by, guestId) =>
      database.transaction(scope, (tx) =>
        by.eraseSubject(tx, {
          subject: guestId,
          announce: {
            streamId: streamOf(guestId),
            events: [{ type: 'guests.guest-erased.v1', data: { guestId } }],
          },
        }),
      ),
    forge: async (sql, parameters) => {
      const owner = await openDatabase({ url: fixture.ownerUrl, applicationName: 'forger', entities: [] });
      await owner.transaction(scope, (tx) => tx.execute(sql, parameters));
      await owner.close();
    },
    close: async () => {
      await fixture.drop();
      await directory.remove();
    },
  };
}
