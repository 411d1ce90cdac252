export { appendEvents, appendMany, ConcurrencyError, streamId, type StreamAppend } from './append.ts';
export { eventLogMigrations } from './migrations.ts';
export { logStart, readAll, type LogPosition, type RecordedEvent } from './read-all.ts';
export { readStream, StreamTooLongError, type StreamRange } from './read-stream.ts';
