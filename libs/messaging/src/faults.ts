import { isPassing, sqlState, type Database } from '@marquee/postgres';

/** Another process moved the checkpoint: what was being done is rolled back and begins anew from there. */
export class StaleCheckpointError extends Error {
  override readonly name = 'StaleCheckpointError';
}

/** Of peers and of questions: who does not answer now may later. */
const unanswered = new Set(['PeerUnavailableError', 'QuestionUnavailableError']);

/** Whether trying again for ever is right: the fault passes by itself, whatever the event. */
export function isTransient(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  return unanswered.has(String(name)) || isPassing(error) || isTransient(cause, depth + 1);
}

/** For a status or a dead letter: name, message and causes, without the stack. */
export function describe(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; typeof at === 'object' && at !== null && parts.length < 5;) {
    const { name, message, cause } = at as { name?: unknown; message?: unknown; cause?: unknown };
    parts.push(`${String(name ?? 'Error')}: ${String(message ?? '')}`);
    at = cause;
  }
  return (parts.join('; caused by ') || String(error)).slice(0, 2000);
}

/** The refusal by which `advanceCheckpoint` fails a commit, as what it means; every other fault as it is. */
export function asStale(error: unknown): unknown {
  if (sqlState(error) !== 'MQ410') return error;
  return new StaleCheckpointError((error as Error).message, { cause: error });
}

export function isStale(error: unknown): boolean {
  return (error as { name?: unknown } | null)?.name === 'StaleCheckpointError';
}

/** Asked when a handler failed in a way nobody knows: with the database away the event is not to blame. */
export async function databaseAnswers(database: Database): Promise<boolean> {
  return database.ping().then(
    () => true,
    () => false,
  );
}
