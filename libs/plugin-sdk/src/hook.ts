import type { HookInput, HookOutput, HookPoint } from '@marquee/contracts';
import type { Manifest } from './manifest.ts';
import type { Settings } from './settings.ts';

/** What a hook knows beside its input. Never a secret: those stay in the host. */
export type HookContext = {
  readonly settings: Settings;
  readonly plugin: { readonly name: string; readonly version: string };
};

/** A function that a plugin's code exports, named for its place: `Hook<'price-adjustment'>` is `priceAdjustment`. */
export type Hook<Point extends HookPoint> = (
  input: HookInput<Point>,
  context: HookContext,
) => HookOutput<Point> | Promise<HookOutput<Point>>;

/**
 * The `point` of what a remote app is told once its plugin was allowed something, and again with each new key: what it may
 * ask the graph with. Any 2xx takes it; until then it is told again, under the same message id.
 */
export const installation = 'installation';
export type InstallationInput = { readonly apiKey: string; readonly scopes: readonly string[] };

/**
 * The `point` of the last that a remote app is told: its plugin was uninstalled, and its key is nobody's any more. Any 2xx
 * takes it; until then it is told again as a webhook is, under the same message id.
 */
export const uninstallation = 'uninstallation';

/**
 * The body of a remote hook's request, a JSON text, signed as webhooks are. The answer is 200 and the output as JSON,
 * within the time budget.
 */
export type HookRequest = HookContext & {
  readonly point: HookPoint | typeof installation | typeof uninstallation;
  readonly organisationId: string;
  readonly input: unknown;
};

export function hookRequest(
  { name, version }: Pick<Manifest, 'name' | 'version'>,
  request: Omit<HookRequest, 'plugin'>,
): HookRequest {
  return { ...request, plugin: { name, version } };
}
