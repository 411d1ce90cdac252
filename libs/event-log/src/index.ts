export { appendEvents, appendMany, closeWithEvents, ConcurrencyError, streamId } from './append.ts';
export { firstEventsSql } from './first-events.sql.ts';
export type { StreamAppend } from './draft.ts';
export type { EventContent, EventInterceptor } from './intercept.ts';
export { eventLogMigrations } from './migrations.ts';
export {
  logEnd,
  logStart,
  readAll,
  readCategory,
  readCorrelation,
  readTypes,
  type LogPosition,
  type RecordedEvent,
} from './read-all.ts';
export { readEvents } from './read-events.ts';
export { readStream, readStreamPages, StreamTooLongError, type StreamRange } from './read-stream.ts';
export { createAppender, type Appender, type AppenderOptions } from './appender/appender.ts';
export { AppenderFullError } from './appender/pending.ts';
export { defineAggregate, type Aggregate, type SnapshotPolicy } from './aggregates/aggregate.ts';
export {
  execute,
  type DatabaseExecuteOptions,
  type ExecuteOptions,
  type Executed,
} from './aggregates/execute.ts';
export { loadAggregate, type Loaded, type LoadOptions } from './aggregates/load.ts';
export { difference, stateAsOf, type Moment } from './aggregates/time-travel.ts';
export { createSnapshotter, type Snapshotter, type SnapshotterOptions } from './snapshots/snapshotter.ts';
export { dropSnapshots, writeSnapshot, type SnapshotFault, type SnapshotToWrite } from './snapshots/store.ts';
export {
  indexSince,
  readAuditPage,
  readSealedEvents,
  type AuditFilter,
  type AuditPage,
  type SealedEvent,
} from './integrity/audit.ts';
export { verifyExport, type ExportFault, type ExportVerifier } from './integrity/verify-export.ts';
export type { LogFault, LogFaultKind } from './integrity/log-fault.ts';
export {
  proveConsistency,
  proveEvent,
  readChainStart,
  readNewestHead,
  readTreeHeads,
  verifyConsistencyProof,
  verifyEventProof,
  type ChainStart,
  type ConsistencyProof,
  type EventProof,
} from './integrity/proofs.ts';
export { sealLog, type SealedLog, type SealOptions } from './integrity/seal.ts';
export { parseLogKey, sealInBackground } from './integrity/seal-in-background.ts';
export { startSealer, type Sealer, type SealerOptions } from './integrity/sealer.ts';
export {
  createHeadSigner,
  headKeyId,
  verifyTreeHead,
  type HeadSigner,
  type SignedTreeHead,
  type TreeHead,
} from './integrity/tree-head.ts';
export { verifyLog, type VerifiedLog, type VerifyOptions } from './integrity/verify.ts';
export { keyManagementConformance } from './encryption/conformance.ts';
export { FieldEncryptionError } from './encryption/encryption-error.ts';
export {
  createFieldEncryption,
  type EncryptionInterceptors,
  type FieldEncryption,
  type FieldEncryptionOptions,
} from './encryption/field-encryption.ts';
export { createFileKeyManagement, type FileKeyManagement } from './encryption/file-key-management.ts';
export {
  KeyManagementError,
  type KeyContext,
  type KeyManagement,
  type WrappedKey,
} from './encryption/key-management.ts';
export { rewrapSubjectKeys } from './encryption/rewrap.ts';
export { isWithheld, withholding } from './encryption/withhold.ts';
export { logInvariants } from './invariants.ts';
export { projectInline } from './projections/inline.ts';
export {
  pauseProjection,
  projectionDeadLetters,
  projectionStatus,
  rebuildProjection,
  resumeProjection,
  retryProjectionDeadLetter,
  type GenerationStatus,
  type ProjectionDeadLetter,
  type ProjectionStatus,
} from './projections/operate.ts';
export {
  anyProjection,
  defineProjection,
  ProjectionVersionError,
  type AnyProjection,
  type Projection,
} from './projections/projection.ts';
export { startProjections, type ProjectionRunner, type ProjectionsOptions } from './projections/runner.ts';
export { destroySubjectKeys } from './encryption/subject-keys.ts';
