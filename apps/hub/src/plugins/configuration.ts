import { invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { readSettings, type Manifest, type Settings } from '@marquee/plugin-sdk';
import type { AddressRule } from '../guard/addresses.ts';
import { readTargetUrl } from '../guard/target-url.ts';

/** The settings as the plugin will have them, once all that it needs is there and all its addresses may be gone to. */
export async function judgeConfiguration(
  rule: AddressRule,
  manifest: Manifest,
  given: { readonly settings: unknown; readonly secretNames: readonly string[] },
): Promise<Outcome<Settings, InvalidInput>> {
  const read = readSettings(manifest.settings, given.settings);
  if (!read.ok) return read;
  const unknown = given.secretNames.find((name) => !Object.hasOwn(manifest.secrets, name));
  if (unknown !== undefined) return invalid('secrets', `names ${unknown}, which this plugin does not know`);
  const missing = Object.entries(manifest.secrets).find(([name]) => !given.secretNames.includes(name));
  if (missing) return invalid('secrets', `must hold ${missing[0]}: ${missing[1].title}`);
  for (const at of [manifest.remote, manifest.events]) {
    if (!at) continue;
    const field = at.urlSetting === undefined ? 'name' : `settings.${at.urlSetting}`;
    const target = targetOf(manifest, at, read.value);
    if (target === null) return invalid(field, 'must be given: it is where the plugin is reached');
    const judged = await readTargetUrl(field, target, rule);
    if (!judged.ok) return judged;
  }
  return read;
}

/** The settings that a newer release knows, of those that there are; then what is given. A null removes one. */
export function mergeSettings(manifest: Manifest, known: Settings, given: object): object {
  const kept = Object.entries(known).filter(([name]) => Object.hasOwn(manifest.settings, name));
  return { ...Object.fromEntries(kept), ...given };
}

/** Where a plugin is reached: an address of its manifest, or of its settings. Null where that is not set, or no host of its. */
export function targetOf(
  { egress }: Manifest,
  { url, urlSetting }: NonNullable<Manifest['remote']>,
  settings: Settings,
): string | null {
  const target = urlSetting === undefined ? url : settings[urlSetting];
  if (typeof target !== 'string' || !URL.canParse(target)) return null;
  const allowed = urlSetting === undefined ? new URL(target).hostname : `setting:${urlSetting}`;
  return egress.includes(allowed) ? target : null;
}
