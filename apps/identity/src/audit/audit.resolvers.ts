import { accept, andThen, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { isQuestionUnavailable } from '@marquee/messaging';
import {
  graphError,
  orBadInput,
  parseAll,
  parseOptional,
  parsePage,
  parseText,
  toResult,
} from '@marquee/subgraph';
import type { Context } from '../context.ts';
import type { AuditActorKind, QueryAuditTrailArgs, Resolvers } from '../generated/schema.ts';
import { readKey } from '../input.ts';
import { linkTo } from '../links.ts';
import { exportPath } from './audit-routes.ts';
import { exportTrail } from './export-trail.ts';
import { parsePositions, readTrail } from './read-trail.ts';
import { streamsAbout, subjectIdOf } from './subjects.ts';

function readInstant(field: string, value: Date | null | undefined): Outcome<string | null, InvalidInput> {
  return parseOptional(value, (given) => accept(given.toISOString()));
}

async function auditTrail(args: Partial<QueryAuditTrailArgs>, { auditLogs, viewer }: Context) {
  const { page, streamIds, ...parsed } = orBadInput(
    parseAll({
      page: parsePage(args),
      actor: parseOptional(args.actor, (actor) => parseText('actor', actor, { max: 200 })),
      type: parseOptional(args.type, (type) => parseText('type', type, { max: 200 })),
      streamIds: parseOptional(args.subjectId, (id) => {
        const streams = streamsAbout(id);
        return streams ? accept(streams) : invalid('subjectId', 'is not the id of a thing');
      }),
      from: readInstant('from', args.from),
      to: readInstant('to', args.to),
    }),
  );
  const after = orBadInput(parsePositions(auditLogs, page.after));
  const filter = { ...parsed, streamIds };
  try {
    const found = await readTrail(auditLogs, viewer.organisationId, { first: page.first, after, filter });
    return {
      edges: [...found.edges],
      pageInfo: {
        hasNextPage: found.hasMore,
        hasPreviousPage: after !== null,
        startCursor: found.edges[0]?.cursor ?? null,
        endCursor: found.endCursor,
      },
    };
  } catch (error) {
    // A trail with a hole in it would pass for the whole of it.
    if (isQuestionUnavailable(error))
      throw graphError('SUBGRAPH_UNAVAILABLE', 'A service whose log is needed did not answer. Try again.');
    throw error;
  }
}

const kinds: readonly (readonly [RegExp, AuditActorKind])[] = [
  [/^acc_/, 'PERSON'],
  [/^key_/, 'API_KEY'],
  [/^service:/, 'SERVICE'],
];

export const auditResolvers: Resolvers = {
  Query: { auditTrail: (_, args, context) => auditTrail(args, context) },
  Mutation: {
    exportAuditTrail: async (_, { input }, context) => {
      const { format } = input;
      const parsed = parseAll({ idempotencyKey: readKey(input), since: readInstant('since', input.since) });
      const outcome = await andThen(parsed, ({ idempotencyKey, since }) =>
        exportTrail({ ...context, idempotencyKey }, { format, since }),
      );
      return toResult(outcome, ({ expiresAt, ...request }) => {
        const { organisationId } = context.viewer;
        const until = new Date(expiresAt);
        const url = linkTo(context, exportPath, { organisationId, ...request }, until);
        return { __typename: 'AuditTrailExported', url, expiresAt: until };
      });
    },
  },
  AuditEntry: {
    occurredAt: ({ event }) => new Date(event.occurredAt),
    type: ({ event }) => event.type,
    actor: ({ event }) => event.actor,
    subject: ({ event }) => event.streamId,
    correlationId: ({ event }) => event.correlationId,
    details: ({ event }) => JSON.stringify(event.data),
  },
  AuditActor: {
    id: (actor) => actor,
    kind: (actor) => kinds.find(([pattern]) => pattern.test(actor))?.[1] ?? 'OTHER',
    name: (actor, _, { loaders }) => loaders.auditActor.load(actor),
  },
  AuditSubject: { stream: (stream) => stream, id: (stream) => subjectIdOf(stream) },
};
