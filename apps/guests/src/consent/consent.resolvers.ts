import { accept, decodeId, encodeId, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseKeyset, toConnection } from '@marquee/postgres';
import {
  orBadInput,
  parseAll,
  parseId,
  parseIdempotencyKey,
  parseOptional,
  parsePage,
  parseText,
  toResult,
} from '@marquee/subgraph';
import { withInput } from '../command.ts';
import type { Context } from '../context.ts';
import type { GuestConsentHistoryArgs, RecordConsentInput, Resolvers } from '../generated/schema.ts';
import { parsePurpose, type ConsentAnswer, type ConsentRecord } from './consent.ts';
import { recordConsent } from './record-consent.ts';

type Parsed<T> = Outcome<T, InvalidInput>;

function readAnswer(input: RecordConsentInput): Parsed<ConsentAnswer & { readonly idempotencyKey: string }> {
  return parseAll({
    idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
    guestId: parseId('Guest', 'guestId', input.guestId),
    purpose: parsePurpose('purpose', input.purpose),
    granted: accept(input.granted),
    source: parseOptional(input.source, (source) => parseText('source', source, { max: 200 })),
  });
}

async function listHistory(guestId: string, args: Partial<GuestConsentHistoryArgs>, { loaders }: Context) {
  const page = orBadInput(parseKeyset(orBadInput(parsePage(args)), ['instant', 'uuid']));
  const records = await loaders.consentHistory.load({ parentId: guestId, page });
  return toConnection(records, page, ({ recordedAt, id }) => [recordedAt.toISOString(), id]);
}

async function reload({ loaders }: Context, id: string): Promise<ConsentRecord> {
  loaders.consent.clear(id);
  const record = await loaders.consent.load(id);
  if (!record) throw new Error(`consent record ${id} vanished after it was added`);
  return record;
}

export const consentResolvers: Resolvers = {
  Mutation: {
    recordConsent: async (_, { input }, context) => {
      const outcome = await withInput(readAnswer(input), ({ idempotencyKey, ...answer }) =>
        recordConsent(context.database, { ...context, idempotencyKey }, answer),
      );
      return toResult(outcome, (id) => ({ __typename: 'ConsentRecorded', consent: reload(context, id) }));
    },
  },
  Guest: {
    consents: async ({ id }, _, { loaders }) => [...(await loaders.currentConsents.load(id))],
    consentHistory: ({ id }, args, context) => listHistory(id, args, context),
  },
  ConsentRecord: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('ConsentRecord', id);
      return uuid === null ? null : loaders.consent.load(uuid);
    },
    id: ({ id }) => encodeId('ConsentRecord', id),
  },
};
