import { accept, invalid, refuse, type InvalidInput, type Outcome, type Refusal } from '@marquee/kernel';
import type { Level, Manifest, Settings } from '@marquee/plugin-sdk';

/** A plugin that an organisation installed. */
export type Plugin = {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly publisher: string;
  readonly level: Level;
  readonly manifest: Manifest;
  readonly approvedScopes: readonly string[];
  readonly settings: Settings;
  readonly secretNames: readonly string[];
  readonly status: 'ENABLED' | 'DISABLED';
  readonly installedAt: Date;
  /** When its app took its API key. */
  readonly keyHandedOverAt: Date | null;
};

export type ScopesNotApproved = Refusal & {
  readonly kind: 'ScopesNotApproved';
  readonly scopes: string[];
};
export type PluginRefused = Refusal & { readonly kind: 'PluginRefused' };

export const mostPlugins = 50;

export function pluginRefused(message: string): { readonly ok: false; readonly refusal: PluginRefused } {
  return refuse({ kind: 'PluginRefused', message });
}

/** Scopes that a manifest asks for and that were not approved. */
export function addedScopes({ scopes }: Pick<Manifest, 'scopes'>, approved: readonly string[]): string[] {
  return scopes.filter((scope) => !approved.includes(scope));
}

/** Whether all that is asked for is approved, by somebody who may do it himself. */
export function judgeScopes(
  manifest: Manifest,
  approved: readonly string[],
  viewerScopes: readonly string[],
): Outcome<true, ScopesNotApproved | InvalidInput> {
  const added = addedScopes(manifest, approved);
  if (added.length > 0) {
    const message = `${manifest.title} ${manifest.version} asks for ${added.join(', ')}: approve it, or leave it.`;
    return refuse({ kind: 'ScopesNotApproved', message, scopes: added });
  }
  const beyond = manifest.scopes.find((scope) => !viewerScopes.includes(scope));
  return beyond === undefined
    ? accept(true)
    : invalid('approvedScopes', `holds ${beyond}, which the viewer may not do either`);
}
