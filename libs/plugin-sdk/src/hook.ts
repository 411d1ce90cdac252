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
 * The body of a remote hook's request, a JSON text, signed as webhooks are. The answer is 200 and the output as JSON,
 * within the time budget.
 */
export type HookRequest = HookContext & {
  readonly point: HookPoint;
  readonly organisationId: string;
  readonly input: unknown;
};

export function hookRequest(
  { name, version }: Pick<Manifest, 'name' | 'version'>,
  request: Omit<HookRequest, 'plugin'>,
): HookRequest {
  return { ...request, plugin: { name, version } };
}
