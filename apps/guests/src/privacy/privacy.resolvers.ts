import { decodeId, encodeId } from '@marquee/kernel';
import { toResult } from '@marquee/subgraph';
import { withInput } from '../command.ts';
import type { Context } from '../context.ts';
import type { Resolvers } from '../generated/schema.ts';
import { readErasure } from '../guests/guests.input.ts';
import { exportGuestData } from './export-guest-data.ts';
import { mayReadRequest } from './load-requests.ts';
import { holders, type PrivacyRequest } from './privacy-request.ts';
import { erasureOf, requestsOf } from './privacy-rows.ts';

async function reload({ loaders }: Context, id: string): Promise<PrivacyRequest> {
  loaders.privacyRequest.clear(id);
  const request = await loaders.privacyRequest.load(id);
  if (!request) throw new Error(`privacy request ${id} vanished after it was made`);
  return request;
}

export const privacyResolvers: Resolvers = {
  Mutation: {
    exportGuestData: async (_, { input }, context) => {
      const outcome = await withInput(readErasure(input), ({ idempotencyKey, guestId }) =>
        exportGuestData(context.database, { ...context, idempotencyKey }, guestId),
      );
      return toResult(outcome, (id) => ({
        __typename: 'GuestDataExportStarted',
        request: reload(context, id),
      }));
    },
  },
  Guest: {
    privacyRequests: async ({ id }, _, { database, viewer }) =>
      (await database.read(viewer, (tx) => requestsOf(tx, id))).filter((each) =>
        mayReadRequest(viewer, each),
      ),
  },
  GuestErased: {
    request: async ({ guestId }, _, { database, viewer, loaders }) => {
      const id = await database.read(viewer, (tx) => erasureOf(tx, decodeId('Guest', guestId)!));
      return id === null ? null : loaders.privacyRequest.load(id);
    },
  },
  PrivacyRequest: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('PrivacyRequest', id);
      return uuid === null ? null : loaders.privacyRequest.load(uuid);
    },
    id: ({ id }) => encodeId('PrivacyRequest', id),
    status: ({ completedAt }) => (completedAt ? 'DONE' : 'RUNNING'),
    progress: ({ answered }) =>
      holders.map((service) => {
        const answeredAt = answered[service];
        return { service, answeredAt: answeredAt === undefined ? null : new Date(answeredAt) };
      }),
  },
};
