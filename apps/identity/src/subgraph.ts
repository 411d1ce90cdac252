import type { ClientMetadata } from 'oidc-provider';
import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import { createAuditRoutes } from './audit/audit-routes.ts';
import type { Services } from './command.ts';
import { createContext } from './context.ts';
import { createInternalRoutes } from './internal-routes.ts';
import { archivePath, createArchiveRoute } from './removal/archive.ts';
import { resolvers } from './resolvers.ts';
import { createExternalIssuers, type ExternalIssuer } from './sign-in/external.ts';
import { createSignInRoute } from './sign-in/routes.ts';
import { createIssuerRoute } from './tokens/issuer-routes.ts';
import { followKeys } from './tokens/follow-keys.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context' | 'routes'> & {
  /** Other OpenID providers by which people may sign in. */
  readonly externalIssuers?: readonly ExternalIssuer[];
  /** Applications that may ask the issuer for tokens, beside the explorer. */
  readonly clients?: readonly ClientMetadata[];
};

/** Serves identity: the graph, and the routes of signing in beside it. */
export async function serveIdentity(services: Services, options: Hosting): Promise<RunningSubgraph> {
  const { externalIssuers = [], clients = [], ...hosting } = options;
  const { internalSecret, logger } = hosting;
  const following = followKeys(services, clients, logger);
  const { issuer } = following;
  const external = createExternalIssuers(services, externalIssuers, logger);
  const signIn = createSignInRoute({ services, issuer, external, internalSecret });
  return runSubgraph({
    ...hosting,
    onDrain: async () => {
      await following.stop();
      await hosting.onDrain();
    },
    routes: {
      '/oidc/*': createIssuerRoute(services, issuer),
      '/sign-in': async () => ({ status: 303, headers: { location: '/explorer?sign-in' } }),
      '/sign-in/*': signIn,
      ...createAuditRoutes(services),
      [archivePath]: createArchiveRoute(services),
      ...createInternalRoutes(services, internalSecret),
    },
    name: 'identity',
    schema: loadSchema(import.meta.dirname),
    resolvers,
    context: ({ viewer }) => createContext(services, viewer),
  });
}
