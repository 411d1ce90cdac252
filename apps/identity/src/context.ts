import type { Loader, Viewer } from '@marquee/subgraph';
import type { Account } from './accounts/account.ts';
import { createAccountLoader } from './accounts/load-accounts.ts';
import { createActorLoader } from './audit/load-actors.ts';
import type { Services } from './command.ts';
import { invitationsById } from './invitations/invitation-rows.ts';
import type { Invitation } from './invitations/invitation.ts';
import { apiKeysById } from './keys/api-key-rows.ts';
import type { ApiKey } from './keys/api-key.ts';
import { createRowLoader } from './load.ts';
import { membershipsById } from './members/member-rows.ts';
import type { Membership } from './members/membership.ts';
import { organisationsById } from './organisations/organisation-rows.ts';
import type { Organisation } from './organisations/organisation.ts';
import { sessionsById } from './sessions/session-rows.ts';
import type { Session } from './sessions/session.ts';

/** What a resolver may see. Loaders answer only the viewer's own organisation, and accounts of its members. */
export type Context = Services & {
  readonly viewer: Viewer;
  readonly loaders: {
    readonly account: Loader<string, Account | null>;
    readonly organisation: Loader<string, Organisation | null>;
    readonly membership: Loader<string, Membership | null>;
    readonly invitation: Loader<string, Invitation | null>;
    readonly apiKey: Loader<string, ApiKey | null>;
    /** Names of those who act, by their ids in the logs. */
    readonly auditActor: Loader<string, string | null>;
    readonly session: Loader<string, Session | null>;
  };
};

export function createContext(services: Services, viewer: Viewer): Context {
  const { database } = services;
  const account = createAccountLoader(database, viewer);
  return {
    ...services,
    viewer,
    loaders: {
      account,
      auditActor: createActorLoader(database, viewer, account),
      organisation: createRowLoader(database, viewer, organisationsById),
      membership: createRowLoader(database, viewer, membershipsById),
      invitation: createRowLoader(database, viewer, invitationsById),
      apiKey: createRowLoader(database, viewer, apiKeysById),
      session: createRowLoader(database, viewer, sessionsById),
    },
  };
}
