import { auditQuestionsOf, type AnswerOf } from '@marquee/contracts';
import type { Messaging } from '@marquee/messaging';

type Questions = ReturnType<typeof auditQuestionsOf>;
export type TrailPage = AnswerOf<Questions['trail']>;
export type TrailRequest = Parameters<AuditLogs['page']>[2];
export type LogSeals = AnswerOf<Questions['seals']>;
export type SealedEntry = TrailPage['entries'][number];

/** The logs of the platform, each asked of its service. Throws QuestionUnavailableError where one does not answer. */
export type AuditLogs = {
  readonly names: readonly string[];
  page(
    log: string,
    organisationId: string,
    request: NonNullable<Questions['trail']['types']>['request'],
  ): Promise<TrailPage>;
  /** By which key it is sealed, up to where, and where it began since then. */
  seals(log: string, organisationId: string, since: string | null): Promise<LogSeals>;
  /** Entries from one index up to another; fewer where they are long, and one at least. */
  sealed(log: string, organisationId: string, from: number, to: number): Promise<readonly SealedEntry[]>;
};

/** Every service that has events of its own. */
export const auditedLogs = ['events', 'guests', 'hub', 'identity', 'tickets', 'venues'];
const timeoutMs = 5_000;

export function askAuditLogs(
  messaging: Pick<Messaging, 'ask'>,
  names: readonly string[] = auditedLogs,
): AuditLogs {
  const asked = new Map(names.map((name) => [name, auditQuestionsOf(name)]));
  return {
    names,
    page: (log, organisationId, request) =>
      messaging.ask(asked.get(log)!.trail, request, { organisationId, timeoutMs }),
    seals: (log, organisationId, since) =>
      messaging.ask(asked.get(log)!.seals, { since }, { organisationId, timeoutMs }),
    sealed: async (log, organisationId, from, to) =>
      (await messaging.ask(asked.get(log)!.sealed, { from, to }, { organisationId, timeoutMs })).entries,
  };
}
