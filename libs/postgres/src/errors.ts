/**
 * What PostgreSQL said, told apart by SQLSTATE. Never by `instanceof`: TypeORM wraps pg's errors, and under Jest a
 * class has a copy in every realm.
 */
type DatabaseError = { readonly code?: string; readonly constraint?: string };

/** The five-character SQLSTATE, or Node's code (`ECONNREFUSED`) of a connection that failed, or null. */
export function sqlState(error: unknown): string | null {
  return detailsOf(error).code ?? null;
}

/** A unique index refused the row. `constraint` narrows it to one index by name. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23505', constraint);
}

/** An EXCLUDE constraint refused the row, such as overlapping bookings. */
export function isExclusionViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23P01', constraint);
}

export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23503', constraint);
}

export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return violates(error, '23514', constraint);
}

/** Two transactions waited for each other and this one was chosen to end; it may be tried again from its start. */
export function isDeadlock(error: unknown): boolean {
  return sqlState(error) === '40P01';
}

/** The statement, its lock or its transaction ran out of time. */
export function isStatementTimeout(error: unknown): boolean {
  return ['57014', '55P03', '25P04', '25P03'].includes(sqlState(error) ?? '') || isQueryTimeout(error);
}

/** pg gave up waiting for an answer; the connection still waits for it and must not be used again. */
export function isQueryTimeout(error: unknown): boolean {
  return isObject(error) && 'message' in error && error.message === 'Query read timeout';
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // cannot_connect_now (starting up), admin_shutdown, crash_shutdown, too_many_connections
  '57P03',
  '57P01',
  '57P02',
  '53300',
]);
const connectionMessages =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Query read timeout)/;

/** The server could not be reached or went away: nothing is known about the statement, and a later try may succeed. */
export function isConnectionFailure(error: unknown): boolean {
  const code = sqlState(error);
  if (code && (connectionCodes.has(code) || code.startsWith('08'))) return true;
  const nested = isObject(error) && 'errors' in error && Array.isArray(error.errors) ? error.errors : [];
  if (nested.some(isConnectionFailure)) return true;
  return isObject(error) && 'message' in error && connectionMessages.test(String(error.message));
}

function violates(error: unknown, code: string, constraint?: string): boolean {
  const details = detailsOf(error);
  return details.code === code && (constraint === undefined || details.constraint === constraint);
}

function detailsOf(error: unknown): DatabaseError {
  if (!isObject(error)) return {};
  const driverError = 'driverError' in error ? error.driverError : undefined;
  return (isObject(driverError) ? driverError : error) as DatabaseError;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** Resources short (53), rolled back by deadlock or serialisation (40), operator at work (57P), lock not available. */
const passingStates = /^(53|40)[0-9A-Z]{3}$|^57P0[1-5]$|^55P03$/;

/**
 * Whether it passes by itself, whatever was being done, so that a job may try again for ever. The name
 * `OutboundUnavailableError` is a peer that does not answer.
 */
export function isPassing(error: unknown, depth = 0): boolean {
  if (!isObject(error) || depth > 4) return false;
  const { name, cause } = error as { readonly name?: unknown; readonly cause?: unknown };
  if (name === 'OutboundUnavailableError' || isConnectionFailure(error)) return true;
  return passingStates.test(sqlState(error) ?? '') || isPassing(cause, depth + 1);
}
