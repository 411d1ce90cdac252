import type { QuestionFault } from '@marquee/contracts';

/**
 * Why there is no answer: nobody listens (`NO_RESPONDERS`), the deadline passed (`TIMEOUT`), too many questions are
 * open on one of the two sides (`OVERLOADED`), this process has no connection (`NOT_CONNECTED`), too many went
 * unanswered of late (`BREAKER_OPEN`), or the other side met a fault of its own (`FAILED`, `INVALID_ANSWER`).
 */
export type QuestionUnavailableCode =
  'NO_RESPONDERS' | 'TIMEOUT' | 'OVERLOADED' | 'NOT_CONNECTED' | 'BREAKER_OPEN' | 'FAILED' | 'INVALID_ANSWER';

/** No answer, so nothing is known; asking again later may help. Match on `name` and `code`, not `instanceof`. */
export class QuestionUnavailableError extends Error {
  override readonly name = 'QuestionUnavailableError';
  readonly code: QuestionUnavailableCode;
  readonly question: string;

  constructor(question: string, code: QuestionUnavailableCode, message: string, cause?: unknown) {
    super(`${question}: ${message}`, cause === undefined ? undefined : { cause });
    this.question = question;
    this.code = code;
  }
}

/** `FORBIDDEN`: the signature does not hold (another secret), or it came too late. */
export type QuestionRefusedCode = 'INVALID_REQUEST' | 'FORBIDDEN';

/** Refused, and would be again: a fault of the one who asks. */
export class QuestionRefusedError extends Error {
  override readonly name = 'QuestionRefusedError';
  readonly code: QuestionRefusedCode;
  readonly question: string;
  /** What of the request does not fit, where that is why. */
  readonly faults: readonly QuestionFault[];

  constructor(question: string, code: QuestionRefusedCode, faults: readonly QuestionFault[] = []) {
    const why = faults.map(({ path, message }) => `${path || '/'} ${message}`).join('; ');
    super(`${question}: ${code === 'FORBIDDEN' ? 'the signature was not accepted' : why}`);
    this.question = question;
    this.code = code;
    this.faults = faults;
  }
}

/** What was asked; null where nobody answered, so that a refusal `Unavailable` is due. */
export async function answerIfAny<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (isQuestionUnavailable(error)) return null;
    throw error;
  }
}

/** Whether nobody answered, so that a refusal `Unavailable` is due. */
export function isQuestionUnavailable(error: unknown): error is QuestionUnavailableError {
  return (error as { name?: unknown } | null)?.name === 'QuestionUnavailableError';
}
