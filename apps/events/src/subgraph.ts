import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import type { Command } from './command.ts';
import { createContext } from './context.ts';
import { createEventsOf } from './events-of.ts';
import { resolvers } from './resolvers.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

/** Serves events. `onCommit` is told when events were committed. */
export function serveEvents(options: Hosting & Omit<Command, 'viewer'>): Promise<RunningSubgraph> {
  const { database, clock, askVenues, eventDeletion, onCommit, ...hosting } = options;
  return runSubgraph({
    ...hosting,
    name: 'events',
    schema: loadSchema(import.meta.dirname),
    resolvers,
    context: ({ viewer }) => createContext({ database, clock, askVenues, eventDeletion, onCommit }, viewer),
    eventsOf: createEventsOf(database),
  });
}
