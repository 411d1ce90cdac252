import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import { createContext, type Services } from './context.ts';
import { resolvers } from './resolvers.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

/** Serves the statistics; it only reads. */
export function serveAnalytics(options: Hosting & Services): Promise<RunningSubgraph> {
  const { database, hooks, ...hosting } = options;
  return runSubgraph({
    ...hosting,
    name: 'analytics',
    schema: loadSchema(import.meta.dirname),
    resolvers,
    context: ({ viewer }) => createContext({ database, hooks }, viewer),
  });
}
