import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import type { Command } from './command.ts';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

/** Serves venues. `onCommit` is told when events were committed. */
export function serveVenues(options: Hosting & Omit<Command, 'viewer'>): Promise<RunningSubgraph> {
  const { database, onCommit, venueDeletion, askTakenSeats, ...hosting } = options;
  return runSubgraph({
    ...hosting,
    name: 'venues',
    schema: loadSchema(import.meta.dirname),
    resolvers,
    context: ({ viewer }) => createContext({ database, onCommit, venueDeletion, askTakenSeats }, viewer),
  });
}
