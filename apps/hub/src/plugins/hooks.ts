import {
  unfit,
  type AnswerOf,
  type HookOutput,
  type HookPoint,
  type questions,
  type ReportName,
} from '@marquee/contracts';
import type { Flags } from '@marquee/flags';
import { assert, newUuid } from '@marquee/kernel';
import { createOutbound, isUnavailable, type Outbound } from '@marquee/outbound';
import {
  addsTo,
  exportOf,
  hookRequest,
  installation,
  sandboxDeadlineMs,
  withoutGuarded,
  type InstallationInput,
  type ManifestHook,
  type Sandbox,
} from '@marquee/plugin-sdk';
import type { Database } from '@marquee/postgres';
import { currentCorrelation, newCorrelationId, type Logger, type Metrics } from '@marquee/telemetry';
import { LRUCache } from 'lru-cache';
import type { Dispatcher } from 'undici';
import { signWebhook } from '../signing/sign.ts';
import type { CallLog } from './call-log.ts';
import { targetOf } from './configuration.ts';
import { runnableAt, runnableById, type PluginCall, type Runnable } from './plugin-rows.ts';
import type { PluginSecrets } from './plugin-secrets.ts';

type Answer = AnswerOf<typeof questions.runHook>;

export type Hooks = {
  /** What the plugins of an organisation say at a place, all asked at once. */
  ask(organisationId: string, point: HookPoint, input: unknown): Promise<Answer>;
  /** As `ask`, of one plugin; null where it has no say there any more. */
  askOne<P extends HookPoint>(
    asked: { readonly organisationId: string; readonly pluginId: string; readonly point: P },
    input: unknown,
  ): Promise<{ readonly output: HookOutput<P> | null; readonly missing: string | null } | null>;
  /** Hands a plugin's app what it needs for its work, signed as any request to it; whether it took it. */
  install(
    to: { readonly organisationId: string; readonly plugin: Runnable; readonly messageId: string },
    input: InstallationInput,
  ): Promise<boolean>;
  stop(): Promise<void>;
};

export type HooksOptions = {
  readonly database: Database;
  readonly sandbox: Sandbox;
  /** Guarded: plugins' apps are strangers' addresses, as webhooks' are. */
  readonly dispatcher: Dispatcher;
  readonly pluginSecrets: PluginSecrets;
  readonly calls: CallLog;
  /** Left out: breakers hold for everybody. */
  readonly flags?: Pick<Flags, 'isOn'>;
  readonly logger: Logger;
  readonly metrics: Metrics;
};

/** What a call in the sandbox may take beside its own time: a thread that starts, others before it. */
const sandboxPatienceMs = 1_000;
const mostAnswerBytes = 256 * 1024;
/** How long an app may take to take its API key. */
const installingMs = 4_000;
const mostBreakers = 10_000;
/** A plugin that fails most of at least ten calls is left alone for ten seconds. */
const breaker = { errorThresholdPercentage: 70, volumeThreshold: 10, resetTimeoutMs: 10_000 };

/** The answer is none that fits the place: the plugin's fault. Match on `code`. */
class InvalidAnswerError extends Error {
  override readonly name = 'InvalidAnswerError';
  readonly code = 'INVALID';
}

type Asked = { readonly organisationId: string; readonly point: HookPoint; readonly input: unknown };

/** Asks plugins, each within its time budget and behind a breaker of its own, and writes down how it went. */
export function createHooks(options: HooksOptions): Hooks {
  const { database } = options;
  const outbounds = new LRUCache<string, Outbound>({
    max: mostBreakers,
    dispose: (outbound) => void outbound.close(),
  });
  const outboundOf: OutboundOf = (organisationId, { id, manifest }, { point, runs, timeBudgetMs }) => {
    const key = `${id} ${point} ${manifest.version}`;
    const known = outbounds.get(key);
    if (known) return known;
    const timeoutMs = runs === 'sandbox' ? sandboxPatienceMs : timeBudgetMs;
    const { dispatcher, flags, logger, metrics } = options;
    const isOn = () => flags?.isOn('breakers', organisationId) ?? true;
    const outbound = createOutbound({
      name: `plugin ${manifest.name}`,
      timeoutMs,
      breaker: { ...breaker, isOn },
      dispatcher,
      logger,
      metrics,
      maxResponseBytes: mostAnswerBytes,
    });
    outbounds.set(key, outbound);
    return outbound;
  };
  const asking = (plugin: Runnable, asked: Asked) => askPlugin(options, outboundOf, plugin, asked);
  return {
    ask: async (organisationId, point, input) => {
      const there = await database.read({ organisationId }, (tx) => runnableAt(tx, point));
      const plugins = there.filter((plugin) => isMeant(plugin, point, input));
      const answers = await Promise.all(
        plugins.map((plugin) => asking(plugin, { organisationId, point, input })),
      );
      const nameOf = ({ manifest: { name, title } }: Runnable) => ({ name, title });
      const spoke = answers.map(({ output }) => output !== null);
      return {
        outputs: answers.flatMap(({ output }) => (output === null ? [] : [output])),
        from: plugins.filter((_, place) => spoke[place]).map(nameOf),
        silent: plugins.filter((_, place) => !spoke[place]).map(nameOf),
        missing: answers.find(({ missing }) => missing !== null)?.missing ?? null,
      };
    },
    askOne: async ({ organisationId, pluginId, point }, input) => {
      const plugin = await database.read({ organisationId }, (tx) => runnableById(tx, pluginId));
      if (!plugin?.manifest.hooks.some((each) => each.point === point)) return null;
      return (await asking(plugin, { organisationId, point, input })) as never;
    },
    install: async ({ organisationId, plugin, messageId }, input) => {
      const hook = { point: installation, runs: 'remote', timeBudgetMs: installingMs } as const;
      const outbound = outboundOf(organisationId, plugin, hook);
      const request: AppRequest = { organisationId, point: installation, input };
      const taken = await noted(options, plugin, request, () =>
        requestApp(options, outbound, plugin, request, messageId),
      );
      return taken !== null;
    },
    stop: async () => {
      outbounds.clear();
      await options.calls.stop();
      await options.sandbox.close();
    },
  };
}

/** Of reports a plugin is asked about those that it knows: another's rows are not what its code was written for. */
function isMeant({ manifest }: Runnable, point: HookPoint, input: unknown): boolean {
  if (point !== 'report-column') return true;
  const { report } = input as { readonly report: ReportName };
  return manifest.hooks.some((hook) => addsTo(report, hook));
}

type OutboundOf = (
  organisationId: string,
  plugin: Runnable,
  hook: Pick<ManifestHook, 'runs' | 'timeBudgetMs'> & { readonly point: string },
) => Outbound;
type Said = { readonly output: unknown; readonly missing: string | null };

async function askPlugin(
  options: HooksOptions,
  outboundOf: OutboundOf,
  plugin: Runnable,
  asked: Asked,
): Promise<Said> {
  const { manifest, approvedScopes } = plugin;
  const hook = manifest.hooks.find(({ point }) => point === asked.point);
  assert(hook, 'a plugin is asked where it has its say');
  const input = withoutGuarded(asked.point, asked.input, approvedScopes) ?? asked.input;
  const call = hook.runs === 'sandbox' ? callSandbox : callRemote;
  const output = await noted(options, plugin, asked, () =>
    call(options, outboundOf(asked.organisationId, plugin, hook), plugin, hook, { ...asked, input }),
  );
  return { output, missing: output === null && hook.failure === 'closed' ? manifest.title : null };
}

/** Never throws: whatever happens is an answer or none, and is noted. */
async function noted<T>(
  options: HooksOptions,
  plugin: Runnable,
  asked: { readonly organisationId: string; readonly point: string },
  work: () => Promise<T>,
): Promise<T | null> {
  const at = new Date();
  const startedMs = performance.now();
  const note = (outcome: PluginCall['outcome'], message: string | null) => {
    options.calls.note({
      id: newUuid(),
      organisationId: asked.organisationId,
      pluginId: plugin.id,
      point: asked.point,
      at,
      durationMs: performance.now() - startedMs,
      outcome,
      message,
      correlationId: currentCorrelation()?.correlationId ?? newCorrelationId(),
    });
    options.metrics
      .counter('marquee_plugin_calls_total', "Calls of plugins' hooks by place and outcome")
      .add(1, { point: asked.point, outcome: outcome.toLowerCase() });
  };
  try {
    const output = await work();
    note('OK', null);
    return output;
  } catch (error) {
    const { outcome, message } = describe(error);
    note(outcome, message);
    return null;
  }
}

type Calling = (
  options: HooksOptions,
  outbound: Outbound,
  plugin: Runnable,
  hook: ManifestHook,
  asked: Asked,
) => Promise<unknown>;

const callSandbox: Calling = async ({ sandbox }, outbound, plugin, { point, timeBudgetMs }, { input }) => {
  const { manifest, settings, code } = plugin;
  const context = { settings, plugin: { name: manifest.name, version: manifest.version } };
  const deadlineMs = Math.min(timeBudgetMs, sandboxDeadlineMs);
  return outbound.run(async () =>
    fitting(point, input, await sandbox.call(code ?? '', exportOf(point), [input, context], { deadlineMs })),
  );
};

const callRemote: Calling = async (options, outbound, plugin, { point }, { organisationId, input }) => {
  const response = await requestApp(options, outbound, plugin, { organisationId, point, input }, newUuid());
  return fitting(
    point,
    input,
    await response.json().catch(() => {
      throw new InvalidAnswerError('Its app did not answer JSON.');
    }),
  );
};

type AppRequest = Omit<Asked, 'point'> & { readonly point: HookPoint | typeof installation };

/** What the plugin's app answers, which is well; throws where it does not, or not so. */
async function requestApp(
  options: HooksOptions,
  outbound: Outbound,
  { manifest, settings, id }: Runnable,
  { organisationId, point, input }: AppRequest,
  messageId: string,
) {
  const { remote } = manifest;
  assert(remote, 'a remote hook has a place to be asked at');
  const url = targetOf(manifest, remote, settings);
  if (url === null) throw new InvalidAnswerError('Its address is not one of its hosts.');
  const { key, bearer } = await options.database.read({ organisationId }, (tx) =>
    options.pluginSecrets.forRequest(tx, id, remote.bearerSecret),
  );
  const body = JSON.stringify(hookRequest(manifest, { point, organisationId, input, settings }));
  const response = await outbound.fetch(url, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      ...signWebhook({ secrets: [key], privateKey: null }, messageId, new Date(), body),
      ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
    },
  });
  if (!response.ok) throw new Error(`Its app answered ${response.status}.`);
  return response;
}

function fitting(point: HookPoint, input: unknown, output: unknown): unknown {
  const where = unfit(point, input, output);
  if (where === null) return output;
  throw new InvalidAnswerError(`The answer does not fit: ${where}`.slice(0, 500));
}

function describe(error: unknown): { readonly outcome: PluginCall['outcome']; readonly message: string } {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  const text = message.slice(0, 500).toWellFormed().replaceAll('\0', '');
  if (isUnavailable(error) && code === 'BREAKER_OPEN') return { outcome: 'SKIPPED', message: text };
  if (code === 'DEADLINE') return { outcome: 'TIMEOUT', message: text };
  return { outcome: code === 'INVALID' ? 'INVALID' : 'FAILED', message: text };
}
