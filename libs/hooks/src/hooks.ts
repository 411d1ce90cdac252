import { questions, type HookInput, type HookOutput, type HookPoint } from '@marquee/contracts';
import { accept, refuse, type Outcome, type Unavailable } from '@marquee/kernel';
import { isQuestionUnavailable, type Messaging } from '@marquee/messaging';
import type { Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { createHookReplica } from './replica.ts';

export type Hooks = {
  /** Whether anybody has a say there. Costs a look into a map; up to a second late. */
  has(organisationId: string, point: HookPoint): boolean;
  /**
   * What the organisation's plugins say at a place, in the sequence of their installation; nothing, and nobody asked, where
   * none has a say. Refused where one that must be heard did not answer in its time. Not within a transaction.
   */
  ask<P extends HookPoint>(
    organisationId: string,
    point: P,
    input: HookInput<P>,
  ): Promise<Outcome<readonly HookOutput<P>[], Unavailable>>;
  stop(): Promise<void>;
};

/** Beside the plugins' own time: to the hub, its look at the database, a thread that starts, and back. */
const onTheWayMs = 1_200;

/** Hooks for a service: the replica of who has a say where, and the way to ask them through the hub. */
export function startHooks(options: {
  readonly database: Database;
  readonly messaging: Pick<Messaging, 'ask' | 'project'>;
  readonly logger: Logger;
}): Hooks {
  const { database, messaging, logger } = options;
  const replica = createHookReplica(database, logger);
  messaging.project(replica.projection());
  const ask = async <P extends HookPoint>(organisationId: string, point: P, input: HookInput<P>) => {
    const say = replica.sayOf(organisationId, point);
    if (!say) return accept<readonly HookOutput<P>[]>([]);
    const timeoutMs = say.timeBudgetMs + onTheWayMs;
    try {
      const answer = await messaging.ask(questions.runHook, { point, input }, { organisationId, timeoutMs });
      if (answer.missing !== null) return silent(answer.missing);
      return accept(answer.outputs as readonly HookOutput<P>[]);
    } catch (error) {
      if (!isQuestionUnavailable(error)) throw error;
      logger.warn({ error, point }, 'the hub did not say what plugins say');
      return say.indispensable === null ? accept([]) : silent(say.indispensable);
    }
  };
  return {
    has: (organisationId, point) => replica.sayOf(organisationId, point) !== null,
    ask,
    stop: () => replica.stop(),
  };
}

function silent(plugin: string) {
  const message = `The plugin ${plugin}, which must be heard here, did not answer. Try again.`;
  return refuse({ kind: 'Unavailable' as const, message });
}

/** For what runs without a hub: nobody has a say. */
export const noHooks: Hooks = {
  has: () => false,
  ask: async () => accept([]),
  stop: async () => undefined,
};
