import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import { createDocumentDownloads } from './billing/download-documents.ts';
import type { Services } from './command.ts';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

/** Serves the integration hub. */
export function serveHub(services: Services, hosting: Hosting): Promise<RunningSubgraph> {
  return runSubgraph({
    ...hosting,
    name: 'hub',
    routes: { ...hosting.routes, ...createDocumentDownloads(services) },
    schema: loadSchema(import.meta.dirname),
    resolvers,
    context: ({ viewer }) => createContext(services, viewer),
  });
}
