import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import { createContext } from './context.ts';
import { createEventsOf } from './events-of.ts';
import { resolvers } from './resolvers.ts';
import { createTicketDownload } from './passes/download.ts';
import { passFilesPath, ticketFilesPath } from './passes/file-links.ts';
import { createDeviceRoute, devicePath } from './devices/device-routes.ts';
import type { Services } from './services.ts';
import { ticketKeysRoute } from './tickets/ticket-keys-route.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

export function serveTickets(services: Services, hosting: Hosting): Promise<RunningSubgraph> {
  return runSubgraph({
    ...hosting,
    name: 'tickets',
    schema: loadSchema(import.meta.dirname),
    resolvers,
    routes: {
      ...hosting.routes,
      '/.well-known/ticket-keys.json': ticketKeysRoute(services.credentials),
      [devicePath]: createDeviceRoute(services),
      [ticketFilesPath]: createTicketDownload(services),
      [passFilesPath]: createTicketDownload(services),
    },
    context: ({ viewer }) => createContext(services, viewer),
    eventsOf: createEventsOf(services.database),
  });
}
