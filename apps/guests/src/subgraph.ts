import type { FieldEncryption } from '@marquee/event-log';
import type { Database, SoftDeletion } from '@marquee/postgres';
import { loadSchema, runSubgraph, type RunningSubgraph, type SubgraphOptions } from '@marquee/subgraph';
import { createContext } from './context.ts';
import { resolvers } from './resolvers.ts';

type Hosting = Omit<SubgraphOptions<object>, 'name' | 'schema' | 'resolvers' | 'context'>;

/** Serves guests. `onCommit` is told when events were committed. */
export function serveGuests(
  options: Hosting & {
    readonly database: Database;
    readonly encryption: FieldEncryption;
    readonly guestDeletion: SoftDeletion;
    readonly onCommit: () => void;
  },
): Promise<RunningSubgraph> {
  const { database, encryption, guestDeletion, onCommit, ...hosting } = options;
  return runSubgraph({
    ...hosting,
    name: 'guests',
    schema: loadSchema(import.meta.dirname),
    resolvers,
    context: ({ viewer }) => createContext({ database, encryption, guestDeletion, onCommit }, viewer),
  });
}
