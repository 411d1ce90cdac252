import { isDeepStrictEqual } from 'node:util';
import { faultsOf, faultText, hookPoints, unfit, type HookPoint } from '@marquee/contracts';
import {
  hookRequest,
  installation,
  uninstallation,
  type HookRequest,
  type InstallationInput,
} from './hook.ts';
import {
  exportOf,
  fitsHost,
  hostVersion,
  readManifest,
  type Manifest,
  type ManifestHook,
} from './manifest.ts';
import { packPlugin } from './package.ts';
import type { PluginFolder, Sample } from './plugin-folder.ts';
import type { Sandbox } from './sandbox/sandbox.ts';
import { readSettings, type Settings } from './settings.ts';

const organisationId = '01980000-0000-7000-8000-000000000001';

/** One thing that every plugin must do; `run` rejects with what is wrong. For any test runner: give it name and function. */
export type Check = { readonly name: string; readonly run: () => Promise<void> };

/** Sends a request to the plugin's remote app, signed or (to see that it minds) with a signature that does not hold. */
export type SendToRemote = (
  body: string,
  genuine: boolean,
) => Promise<{ readonly status: number; readonly text: string }>;

/**
 * The conformance suite: what `marquee plugin test` runs, and what a plugin's own tests can. Every hook needs a sample;
 * remote hooks are looked at where `send` says how to reach the app.
 */
export function checksOf(
  folder: PluginFolder,
  { sandbox, send }: { readonly sandbox: Sandbox; readonly send?: SendToRemote },
): readonly Check[] {
  const read = readManifest(folder.manifest);
  if (!read.ok)
    return read.faults.map(({ path, message }) => ({
      name: `plugin.json: ${path}`,
      run: async () => fail(`${path} ${message}`),
    }));
  const { manifest } = read;
  const { code, samples } = folder;
  const general: Check[] = [
    {
      name: `works with host ${hostVersion}`,
      run: async () => demand(fitsHost(manifest), `its range is ${manifest.host}`),
    },
    { name: 'can be packed', run: async () => void packPlugin(manifest, code) },
  ];
  const answering = { manifest, code: code ?? '', sandbox, send };
  if (manifest.remote && send) {
    const input: InstallationInput = { apiKey: 'mqk_of-the-conformance-suite', scopes: manifest.scopes };
    if (manifest.scopes.length > 0)
      general.push(checkOfTold('takes an API key', { point: installation, input }, manifest, send));
    const end = { point: uninstallation, input: {} } as const;
    general.push(checkOfTold('hears that its plugin was uninstalled', end, manifest, send));
  }
  return [...general, ...manifest.hooks.flatMap((hook) => checksOfHook(answering, hook, samples))];
}

/** Of what an app is told without being asked anything. */
function checkOfTold(
  what: string,
  told: Pick<HookRequest, 'point' | 'input'>,
  manifest: Manifest,
  send: SendToRemote,
): Check {
  const { settings } = manifest;
  const body = JSON.stringify(
    hookRequest(manifest, {
      ...told,
      organisationId,
      settings: Object.fromEntries(
        Object.entries(settings).flatMap(([name, { default: value }]) =>
          value === undefined ? [] : [[name, value]],
        ),
      ),
    }),
  );
  return {
    name: `its app ${what}, twice, and from nobody else`,
    run: async () => {
      for (const genuine of [true, true, false]) {
        const { status } = await send(body, genuine);
        const fits = genuine ? status >= 200 && status < 300 : status === 401;
        demand(fits, `it answered ${status} to a request that is ${genuine ? '' : 'not '}genuine`);
      }
    },
  };
}

type Answering = {
  readonly manifest: Manifest;
  readonly code: string;
  readonly sandbox: Sandbox;
  readonly send?: SendToRemote | undefined;
};

function checksOfHook(answering: Answering, hook: ManifestHook, samples: readonly Sample[]): Check[] {
  const own = samples.filter(({ point }) => point === hook.point);
  const checks: Check[] = [
    {
      name: `${hook.point} has a sample`,
      run: async () => demand(own.length > 0, `samples.json has none for ${hook.point}`),
    },
  ];
  if (hook.runs === 'remote' && !answering.send) return checks;
  for (const sample of own)
    checks.push({
      name: `${hook.point}: ${sample.about}`,
      run: () => checkSample(answering, hook, sample),
    });
  const [first] = own;
  if (hook.runs === 'remote' && first)
    checks.push({
      name: `${hook.point} refuses a request that is not genuine`,
      run: async () => {
        const { status } = await answering.send!(bodyOf(answering, first), false);
        demand(status === 401, `it answered ${status}, not 401`);
      },
    });
  return checks;
}

async function checkSample(answering: Answering, hook: ManifestHook, sample: Sample): Promise<void> {
  const { input } = hookPoints[hook.point];
  demandFit('the input of the sample', faultText(faultsOf(input, sample.input)));
  const answer = await answerOf(answering, hook, sample);
  demandFit('the answer', unfit(hook.point, sample.input, answer));
  demand(
    isDeepStrictEqual(answer, sample.output),
    `it answered ${JSON.stringify(answer)}, not ${JSON.stringify(sample.output)}`,
  );
  // Questions may be asked twice, of another process.
  const again = await answerOf(answering, hook, sample);
  demand(isDeepStrictEqual(again, answer), `asked again it answered ${JSON.stringify(again)}`);
  const shy = withoutGuarded(hook.point, sample.input);
  if (shy)
    demandFit(
      'the answer without what it needs scopes for',
      unfit(hook.point, shy, await answerOf(answering, hook, { ...sample, input: shy })),
    );
}

async function answerOf(answering: Answering, { runs, point, timeBudgetMs }: ManifestHook, sample: Sample) {
  const { manifest, code, sandbox, send } = answering;
  if (runs === 'sandbox') {
    const context = {
      settings: settingsOf(manifest, sample),
      plugin: { name: manifest.name, version: manifest.version },
    };
    return sandbox.call(code, exportOf(point), [sample.input, context], { deadlineMs: timeBudgetMs });
  }
  const { status, text } = await send!(bodyOf(answering, sample), true);
  demand(status === 200, `it answered ${status}`);
  return JSON.parse(text) as unknown;
}

function bodyOf({ manifest }: Answering, sample: Sample): string {
  const { point, input } = sample;
  return JSON.stringify(
    hookRequest(manifest, { point, organisationId, input, settings: settingsOf(manifest, sample) }),
  );
}

function settingsOf(manifest: Manifest, { settings = {} }: Sample): Settings {
  const read = readSettings(manifest.settings, settings);
  return read.ok ? read.value : fail(`${read.refusal.field} ${read.refusal.message}`);
}

/** The input as a plugin without scopes sees it; null where that is the same. */
export function withoutGuarded(
  point: HookPoint,
  input: unknown,
  scopes: readonly string[] = [],
): object | null {
  const hidden = Object.entries(hookPoints[point].guarded).filter(([, scope]) => !scopes.includes(scope));
  const shown = Object.entries(input as object).filter(([name]) => !hidden.some(([field]) => field === name));
  return hidden.length === 0 ? null : Object.fromEntries(shown);
}

function demandFit(what: string, where: string | null): void {
  demand(where === null, `${what} does not fit: ${where}`);
}

function demand(condition: boolean, otherwise: string): void {
  if (!condition) fail(otherwise);
}

function fail(message: string): never {
  throw new Error(message);
}
