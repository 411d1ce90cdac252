import { isConnectionFailure, sqlState, type Database } from '@marquee/postgres';

/** Another process moved the checkpoint: what was being done is rolled back and begins anew from there. */
export class StaleCheckpointError extends Error {
  override readonly name = 'StaleCheckpointError';
}

const unanswered = new Set(['OutboundUnavailableError', 'PeerUnavailableError', 'QuestionUnavailableError']);

/** Resources short (53), rolled back by deadlock or serialisation (40), operator at work (57P), lock not available. */
const passingStates = /^(53|40)[0-9A-Z]{3}$|^57P0[1-5]$|^55P03$/;

/**
 * Whether trying again for ever is right: the fault passes by itself, whatever the event. A peer that does not answer
 * is such a fault.
 */
export function isTransient(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const { name, cause } = error as { name?: unknown; cause?: unknown };
  if (unanswered.has(String(name)) || isConnectionFailure(error)) return true;
  return passingStates.test(sqlState(error) ?? '') || isTransient(cause, depth + 1);
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
