import {
  questions,
  type AnswerOf,
  type HookInput,
  type HookOutput,
  type HookPoint,
} from '@marquee/contracts';
import type { Flags } from '@marquee/flags';
import { accept, refuse, type Outcome, type Unavailable } from '@marquee/kernel';
import { isQuestionUnavailable, type Messaging } from '@marquee/messaging';
import type { Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import { createHookReplica } from './replica.ts';

export type PluginName = { readonly name: string; readonly title: string };

/** What plugins say, and who of them said nothing. */
export type Said<P extends HookPoint> = {
  readonly each: readonly { readonly plugin: PluginName; readonly output: HookOutput<P> }[];
  readonly silent: readonly PluginName[];
};

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
  /** As `ask`, where it matters who says it. */
  askEach<P extends HookPoint>(
    organisationId: string,
    point: P,
    input: HookInput<P>,
  ): Promise<Outcome<Said<P>, Unavailable>>;
  /** Whether nothing may go on there without one of them. */
  mustBeHeard(organisationId: string, point: HookPoint): boolean;
  stop(): Promise<void>;
};

const nothing: AnswerOf<typeof questions.runHook> = { outputs: [], missing: null };

/** Beside the plugins' own time: to the hub, its look at the database, a thread that starts, and back. */
const onTheWayMs = 1_200;

/** Hooks for a service: the replica of who has a say where, and the way to ask them through the hub. */
export function startHooks(options: {
  readonly database: Database;
  readonly messaging: Pick<Messaging, 'ask' | 'project'>;
  readonly flags: Pick<Flags, 'isOn'>;
  readonly logger: Logger;
}): Hooks {
  const { database, messaging, flags, logger } = options;
  const replica = createHookReplica(database, logger);
  messaging.project(replica.projection());
  // Switched off, nobody has a say: a plugin that does harm is silenced without being asked whether it must be heard.
  const sayOf = (organisationId: string, point: HookPoint) =>
    flags.isOn('plugins', organisationId) ? replica.sayOf(organisationId, point) : null;
  const put = async (
    organisationId: string,
    point: HookPoint,
    input: unknown,
  ): Promise<Outcome<AnswerOf<typeof questions.runHook>, Unavailable>> => {
    const say = sayOf(organisationId, point);
    if (!say) return accept(nothing);
    const timeoutMs = say.timeBudgetMs + onTheWayMs;
    try {
      const answer = await messaging.ask(questions.runHook, { point, input }, { organisationId, timeoutMs });
      return answer.missing === null ? accept(answer) : silent(answer.missing);
    } catch (error) {
      if (!isQuestionUnavailable(error)) throw error;
      logger.warn({ error, point }, 'the hub did not say what plugins say');
      if (say.indispensable !== null) return silent(say.indispensable);
      return accept({ ...nothing, silent: say.names.map((name) => ({ name, title: name })) });
    }
  };
  return {
    has: (organisationId, point) => sayOf(organisationId, point) !== null,
    ask: async <P extends HookPoint>(organisationId: string, point: P, input: HookInput<P>) => {
      const said = await put(organisationId, point, input);
      return said.ok ? accept(said.value.outputs as readonly HookOutput<P>[]) : said;
    },
    askEach: async <P extends HookPoint>(organisationId: string, point: P, input: HookInput<P>) => {
      const said = await put(organisationId, point, input);
      if (!said.ok) return said;
      const { outputs, from = [], silent: unheard = [] } = said.value;
      const each = from.map((plugin, place) => ({ plugin, output: outputs[place] as HookOutput<P> }));
      return accept<Said<P>>({ each, silent: unheard });
    },
    mustBeHeard: (organisationId, point) => (sayOf(organisationId, point)?.indispensable ?? null) !== null,
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
  askEach: async () => accept({ each: [], silent: [] }),
  mustBeHeard: () => false,
  stop: async () => undefined,
};
