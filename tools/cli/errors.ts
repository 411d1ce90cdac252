import { isConnectionFailure, sqlState } from '@marquee/postgres';

/** Exit codes of every command. */
export const exitCodes = { done: 0, failed: 1, usage: 2 } as const;

/** What a person can mend: shown without a stack, and the message says how. */
export class CliError extends Error {
  override readonly name: string = 'CliError';
}

/** A fault of the command line itself. */
export class UsageError extends CliError {
  override readonly name = 'UsageError';
}

/** Names of errors of our own libraries whose message is written for the one who asked. */
const spoken = new Set([
  'CliError',
  'UsageError',
  'LaunchError',
  'OperatorError',
  'InvalidEventError',
  'ConcurrencyError',
  'PluginRefusedError',
]);

/** What is shown of an error, and the exit code. */
export function explain(error: unknown): { readonly text: string; readonly exitCode: number } {
  const { name, message, stack } = error as Error;
  if (spoken.has(name)) {
    return { text: message, exitCode: name === 'UsageError' ? exitCodes.usage : exitCodes.failed };
  }
  const known = explainDatabase(error);
  return { text: known ?? stack ?? message ?? String(error), exitCode: exitCodes.failed };
}

function explainDatabase(error: unknown): string | null {
  const { message } = error as Error;
  if (isConnectionFailure(error)) {
    return `The database cannot be reached (${message}). Is the platform still running? npm start, or name another --database.`;
  }
  switch (sqlState(error)) {
    case '28P01':
    case '28000':
      return `The server refuses this user (${message}). Check user and password of --database.`;
    case '3D000':
      return `There is no such database (${message}). Create it first, then: marquee events init --database URL`;
    case '42P01':
      return `The database is not laid out (${message}). Run: marquee events init --database URL, or marquee events migrate`;
    case '42501':
      return `The user may not do this (${message}). Give the URL of the database's owner.`;
    case '57014':
      return 'The query took longer than a minute. Narrow it down: --stream, --type, --correlation or --since.';
    default:
      return null;
  }
}
