import type { Logger } from 'typeorm';

/** TypeORM prints failed migrations on its own; ours are thrown, and logged by who knows the correlation. */
export const quietLogger: Logger = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};
