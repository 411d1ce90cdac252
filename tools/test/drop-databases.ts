import { dropTestDatabases } from '../../libs/testkit/src/database.ts';

const [postgresUrl, run] = process.argv.slice(2);
await dropTestDatabases(postgresUrl!, run!);
