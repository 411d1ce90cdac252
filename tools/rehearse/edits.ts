import type { Fault } from './faults.ts';
import { rehearsedQueue } from './messages.ts';

/** A change of a file of the service: text that stands in it once, or a file that is new (null). */
export type Edit = { readonly file: string; readonly find: string | null; readonly replace: string };

export const migrationOfNext = 'VenueTaglines4102444800000';

const migrationOf = (change: string) => `import type { MigrationInterface, QueryRunner } from 'typeorm';

export class ${migrationOfNext} implements MigrationInterface {
  readonly name = '${migrationOfNext}';

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('alter table venue ${change}');
  }

  async down(): Promise<void> {}
}
`;

const migration = (change: string): Edit[] => [
  { file: 'src/migrations/taglines.ts', find: null, replace: migrationOf(change) },
  {
    file: 'src/migrations/index.ts',
    find: 'export const migrations = [',
    replace: `import { ${migrationOfNext} } from './taglines.ts';\nexport const migrations = [`,
  },
  { file: 'src/migrations/index.ts', find: '\n];', replace: `\n  ${migrationOfNext},\n];` },
];

/** A field more in the schema, the column that it reads, and the migration that adds it. */
const tagline: readonly Edit[] = [
  {
    file: 'src/venues/venues.graphql',
    find: '  location: GeoPoint\n  spaces(',
    replace: '  location: GeoPoint\n  tagline: String\n  spaces(',
  },
  {
    file: 'src/venues/find-venues.ts',
    find: 'created_at as "createdAt"',
    replace: 'created_at as "createdAt", tagline',
  },
  {
    file: 'src/venues/venue.entity.ts',
    find: '    createdAt: {',
    replace: `    tagline: { type: 'text', nullable: true },\n    createdAt: {`,
  },
];

/** Another name for what clients of N ask for. */
const renamedField: Edit = {
  file: 'src/venues/venues.graphql',
  find: '  name: String!\n  "IANA zone',
  replace: '  title: String!\n  "IANA zone',
};

/** Both versions take from a queue, as the hub does: what each message does must be there once, whoever took it. */
const taker = (fails: boolean) => `import type { Messaging } from '@marquee/messaging';
import { systemScope, type Database } from '@marquee/postgres';

export function takeRehearsed(messaging: Messaging, database: Database): void {
  const track = process.env['MARQUEE_TRACK'] ?? 'stable';
  messaging.queue({ ...${JSON.stringify(rehearsedQueue)}, track }).take(async (message) => {
    ${fails ? "throw new Error('rehearsed: the consumer fails');" : ''}
    const { id } = message as { id: string };
    const sql = 'insert into rehearsed_message (id, track) values ($1, $2) on conflict do nothing';
    await database.transaction(systemScope, (tx) => tx.execute(sql, [id, track]));
  });
}
`;

const takesFromQueue = (fails: boolean): Edit[] => [
  { file: 'src/rehearsed.ts', find: null, replace: taker(fails) },
  {
    file: 'src/main.ts',
    find: 'messaging.startRelay();',
    replace: 'messaging.startRelay();\ntakeRehearsed(messaging, database);',
  },
  {
    file: 'src/main.ts',
    find: `import { readConfig } from './config.ts';`,
    replace: `import { readConfig } from './config.ts';\nimport { takeRehearsed } from './rehearsed.ts';`,
  },
];

/** What the service of version N has for a rehearsal alone. */
export const editsOfPresent: readonly Edit[] = takesFromQueue(false);

/** What makes version N+1 of the service of version N. */
export function editsOfNext(fault: Fault): readonly Edit[] {
  const change = fault === 'migration' ? 'rename column name to title' : 'add column tagline text';
  return [
    ...takesFromQueue(fault === 'consumer'),
    ...tagline,
    ...migration(change),
    ...(fault === 'schema' ? [renamedField] : []),
  ];
}
