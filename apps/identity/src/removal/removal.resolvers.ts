import { andThen } from '@marquee/kernel';
import { parseAll, parseText, parseIdempotencyKey, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { linkTo } from '../links.ts';
import { reload } from '../load.ts';
import { archivePath } from './archive.ts';
import { findRemoval } from './removal-rows.ts';
import { cancelRemoval, removeOrganisation } from './remove-organisation.ts';

const linkMinutes = 15;

export const removalResolvers: Resolvers = {
  Mutation: {
    removeOrganisation: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        name: parseText('name', input.name, { max: 200 }),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, name }) =>
        removeOrganisation({ ...context, idempotencyKey }, { name }),
      );
      return toResult(outcome, ({ organisationId }) => ({
        __typename: 'OrganisationRemovalStarted',
        organisation: reload(context.loaders.organisation, organisationId),
      }));
    },
    cancelOrganisationRemoval: async (_, { input }, context) => {
      const outcome = await andThen(
        parseIdempotencyKey('idempotencyKey', input.idempotencyKey),
        (idempotencyKey) => cancelRemoval({ ...context, idempotencyKey }),
      );
      return toResult(outcome, ({ organisationId }) => ({
        __typename: 'OrganisationRemovalCancelled',
        organisation: reload(context.loaders.organisation, organisationId),
      }));
    },
  },
  Organisation: {
    removal: async (_, __, context) => {
      const { database, viewer, clock } = context;
      const removal = await database.read(viewer, findRemoval);
      if (!removal || removal.status === 'CANCELLED') return null;
      const { status, requestedAt, erasesAt, archive } = removal;
      const { organisationId } = viewer;
      const until = new Date(clock.now().getTime() + linkMinutes * 60_000);
      const url = linkTo(context, archivePath, { organisationId, removalId: removal.id }, until);
      const offered = status === 'WAITING' && archive;
      return {
        status,
        requestedAt,
        erasesAt,
        archive: offered ? { ...offered, bytes: BigInt(offered.bytes), url } : null,
      };
    },
  },
};
