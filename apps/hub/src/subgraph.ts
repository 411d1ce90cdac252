import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import { webhooksResolvers } from './webhooks/webhooks.resolvers.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

/** Serves the integration hub. */
export function serveHub(hosting: Hosting): Promise<RunningSubgraph> {
  return runSubgraph({
    ...hosting,
    name: 'hub',
    schema: loadSchema(import.meta.dirname),
    resolvers: webhooksResolvers,
    context: ({ viewer }) => ({ viewer }),
  });
}
