import { accept, andThen, decodeId, encodeId } from '@marquee/kernel';
import { parseAll, parseOptional, parseText, toResult } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { readKey } from '../input.ts';
import { reload } from '../load.ts';
import { createOrganisation } from './create-organisation.ts';
import { updateOrganisation } from './update-organisation.ts';

const parseName = (name: string) => parseText('name', name, { max: 200 });

export const organisationsResolvers: Resolvers = {
  Query: {
    organisation: (_, __, { viewer, loaders }) => loaders.organisation.load(viewer.organisationId),
  },
  Mutation: {
    createOrganisation: async (_, { input }, context) => {
      const parsed = parseAll({ idempotencyKey: readKey(input), name: parseName(input.name) });
      const outcome = await andThen(parsed, ({ idempotencyKey, name }) =>
        createOrganisation({ ...context, idempotencyKey }, { name }),
      );
      return toResult(outcome, ({ organisationId }) => ({
        __typename: 'OrganisationCreated',
        organisationId: encodeId('Organisation', organisationId),
      }));
    },
    updateOrganisation: async (_, { input }, context) => {
      const parsed = parseAll({
        idempotencyKey: readKey(input),
        name: parseOptional(input.name, parseName),
        secondFactorRoles: accept(input.secondFactorRoles ?? null),
      });
      const outcome = await andThen(parsed, ({ idempotencyKey, name, secondFactorRoles }) =>
        updateOrganisation(
          { ...context, idempotencyKey },
          {
            ...(name !== null && { name }),
            ...(secondFactorRoles !== null && { secondFactorRoles: [...new Set(secondFactorRoles)] }),
          },
        ),
      );
      return toResult(outcome, ({ organisationId }) => ({
        __typename: 'OrganisationUpdated',
        organisation: reload(context.loaders.organisation, organisationId),
      }));
    },
  },
  Organisation: {
    __resolveReference: ({ id }, { loaders }) => {
      const uuid = decodeId('Organisation', id);
      return uuid === null ? null : loaders.organisation.load(uuid);
    },
    id: ({ id }) => encodeId('Organisation', id),
    secondFactorRoles: ({ secondFactorRoles }) => [...secondFactorRoles],
  },
};
