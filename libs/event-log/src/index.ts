export { appendEvents, appendMany, ConcurrencyError, streamId } from './append.ts';
export type { StreamAppend } from './draft.ts';
export type { EventContent, EventInterceptor } from './intercept.ts';
export { eventLogMigrations } from './migrations.ts';
export {
  logStart,
  readAll,
  readCategory,
  readCorrelation,
  readTypes,
  type LogPosition,
  type RecordedEvent,
} from './read-all.ts';
export { readStream, readStreamPages, StreamTooLongError, type StreamRange } from './read-stream.ts';
export {
  AppenderFullError,
  createAppender,
  type Appender,
  type AppenderOptions,
} from './appender/appender.ts';
