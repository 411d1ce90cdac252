import { parseArgs } from 'node:util';
import { createFileKeyManagement, rewrapSubjectKeys, type KeyManagement } from '@marquee/event-log';
import { openDatabase, systemScope, type Database } from '@marquee/postgres';
import { importAppModule } from '../client/app-module.ts';
import { readFieldKeysConfig } from './config.ts';

const usage = `npm run field-keys -- rewrap [--rotate] [--destroy-old]

Wraps all keys and secrets that a service's database holds under the current key-encryption key. Beside the running service;
killed, it can be run again.

  DATABASE_URL               of the service, as it has it
  MARQUEE_FIELD_KEYS_FILE    its key-encryption keys

  --rotate        makes a new key-encryption key first
  --destroy-old   removes the others afterwards: what backups of the database hold is then lost
`;

type Secrets = { rewrapSecrets(database: Database, keys: KeyManagement): Promise<number> };

/** What a database may hold under a key-encryption key, by its table. */
const holders: Readonly<Record<string, (database: Database, keys: KeyManagement) => Promise<number>>> = {
  event_subject_key: rewrapSubjectKeys,
  webhook_secret: async (database, keys) =>
    (await importAppModule<Secrets>('hub/src/signing/rewrap-secrets.ts')).rewrapSecrets(database, keys),
};

async function rewrapAll(database: Database, keys: KeyManagement): Promise<void> {
  for (const [table, rewrap] of Object.entries(holders)) {
    const [found] = await database.read(systemScope, (tx) =>
      tx.rows<{ isThere: boolean }>('select to_regclass($1) is not null as "isThere"', [table]),
    );
    if (found?.isThere) process.stdout.write(`${table}: ${await rewrap(database, keys)} wrapped anew\n`);
  }
}

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      rotate: { type: 'boolean', default: false },
      'destroy-old': { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  if (values.help || positionals.length !== 1 || positionals[0] !== 'rewrap') {
    process.stdout.write(usage);
    return values.help ? 0 : 2;
  }
  const { databaseUrl, keysFile } = readFieldKeysConfig();
  const keys = await createFileKeyManagement({ path: keysFile });
  if (values.rotate) process.stdout.write(`the current key is ${await keys.rotate()} now\n`);
  const database = await openDatabase({
    url: databaseUrl,
    applicationName: 'field-keys',
    entities: [],
    poolSize: 2,
  });
  try {
    await rewrapAll(database, keys);
    if (values['destroy-old'])
      for (const old of await keys.oldKeyIds()) {
        await keys.destroy(old);
        process.stdout.write(`${old} is destroyed\n`);
      }
  } finally {
    await database.close();
  }
  return 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
