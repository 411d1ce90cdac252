import { questions, type AnswerOf } from '@marquee/contracts';
import { answerIfAny, type Messaging } from '@marquee/messaging';

/** What of an organisation's business is not over, what it ever sold, and what it owes the platform. */
export type Business = AnswerOf<(typeof questions)['organisationBusiness']> &
  AnswerOf<(typeof questions)['organisationDues']>;

/** Null where it cannot be said at the moment. */
export type AskBusiness = (organisationId: string) => Promise<Business | null>;

export function askBusiness(messaging: Pick<Messaging, 'ask'>): AskBusiness {
  return async (organisationId) => {
    const of = { organisationId, timeoutMs: 5_000 };
    const [business, dues] = await Promise.all([
      answerIfAny(messaging.ask(questions.organisationBusiness, {}, of)),
      answerIfAny(messaging.ask(questions.organisationDues, {}, of)),
    ]);
    return business && dues && { ...business, ...dues };
  };
}
