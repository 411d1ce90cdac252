import { encodeId } from '@marquee/kernel';
import type { Viewer } from '@marquee/subgraph';
import type { Resolvers } from '../generated/schema.ts';
import { viewerId, type ViewerAccount } from './viewer.ts';

function accountOf({ subject, role, scopes, organisationId, email }: Viewer): ViewerAccount {
  return { id: viewerId(subject), role, scopes, organisationId, email: email ?? null };
}

export const viewerResolvers: Resolvers = {
  Query: {
    viewer: (_, __, { viewer }) => accountOf(viewer),
  },
  Viewer: {
    // Only ever the one who asks: no id leads to somebody else.
    __resolveReference: ({ id }, { viewer }) => (id === viewerId(viewer.subject) ? accountOf(viewer) : null),
    scopes: ({ scopes }) => [...scopes],
    organisationId: ({ organisationId }) => encodeId('Organisation', organisationId),
    guest: ({ email }, _, { loaders }) => (email === null ? null : loaders.guestByEmail.load(email)),
  },
};
