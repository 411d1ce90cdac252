import { isPassing as isPassingFault } from '@marquee/postgres';
import { SagaVersionError } from '../definition.ts';

/** The task is not ours any more: whoever has it does it. What was about to be written is rolled back. */
export class LostClaimError extends Error {
  override readonly name = 'LostClaimError';
}

/** The handler of a command threw; what it threw is the cause. */
export class HandlerError extends Error {
  override readonly name = 'HandlerError';
}

/** The handler did not answer in its time. */
export class CommandTimeoutError extends Error {
  override readonly name = 'CommandTimeoutError';
}

/** Whether trying again for ever is right: it passes by itself. */
export function isPassing(error: unknown): boolean {
  return error instanceof SagaVersionError || isPassingFault(error);
}

/** For people: name, message and causes, without the stack. */
export function describe(error: unknown): string {
  const parts: string[] = [];
  for (let at = error; typeof at === 'object' && at !== null && parts.length < 5;) {
    const { name, message, cause } = at as { name?: unknown; message?: unknown; cause?: unknown };
    if (name !== 'HandlerError') parts.push(`${String(name ?? 'Error')}: ${String(message ?? '')}`);
    at = cause;
  }
  return (parts.join('; caused by ') || String(error)).slice(0, 2_000);
}
