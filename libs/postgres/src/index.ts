export { decodeCursor, encodeCursor } from './cursor.ts';
export { openDatabase, type Database, type DatabaseOptions } from './database.ts';
export {
  isCheckViolation,
  isConnectionFailure,
  isDeadlock,
  isExclusionViolation,
  isForeignKeyViolation,
  isPassing,
  isStatementTimeout,
  isUniqueViolation,
  sqlState,
} from './errors.ts';
export { forgetIdempotencyKeys } from './forget-idempotency-keys.ts';
export { idempotent, sweepIdempotencyKeys, type IdempotentRequest } from './idempotency.ts';
export { hourMs, repeat, type Repeated } from './repeat.ts';
export { judgeInvariants, tenancyInvariants, type Invariant, type Verdict } from './invariants.ts';
export {
  findOutcomes,
  idempotencyConflict,
  requestHash,
  storedOutcome,
  type KeyedRequest,
} from './idempotent-batch.ts';
export {
  pageBatch,
  pageCacheKey,
  parseKeyset,
  toConnection,
  type Connection,
  type KeyKind,
  type KeysetPage,
  type PageKey,
} from './keyset.ts';
export { migrate, revertMigrations, type MigrationClass } from './migrate.ts';
export { platformMigrations } from './platform-migrations.ts';
export { provisionDatabase } from './provision.ts';
export { schemaCheck } from './schema-check.ts';
export { isSerializationFailure, withIsolation } from './retrying.ts';
export {
  createSoftDeletion,
  deletableTable,
  startPurging,
  undeletableTable,
  showDeleted,
  withDeleted,
  type Deleted,
  type Purge,
  type SoftDeletion,
} from './soft-deletion.ts';
export {
  appendOnlyTable,
  systemRole,
  tenantCheckedByRow,
  tenantCheckedOnce,
  tenantTable,
} from './tenancy.ts';
export {
  asTenant,
  asTenants,
  systemScope,
  type Isolation,
  type Scope,
  type SystemScope,
  type Transaction,
  type TransactionOptions,
} from './transaction.ts';
