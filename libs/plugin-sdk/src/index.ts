export type { HookInput, HookOutput, HookPoint } from '@marquee/contracts';
export { checksOf, withoutGuarded, type Check, type SendToRemote } from './conformance.ts';
export {
  hookRequest,
  installation,
  uninstallation,
  type Hook,
  type HookContext,
  type HookRequest,
  type InstallationInput,
} from './hook.ts';
export {
  addsTo,
  compareVersions,
  exportOf,
  fitsHost,
  hostVersion,
  readManifest,
  type Manifest,
  type ManifestFault,
  type ManifestHook,
} from './manifest.ts';
export {
  emptyIndex,
  openListed,
  publish,
  readIndex,
  writeIndex,
  type Level,
  type Listing,
  type MarketplaceIndex,
} from './marketplace-index.ts';
export { packPlugin, PluginRefusedError, publicKeyOf, readPackage, type PluginPackage } from './package.ts';
export { readPluginFolder, type PluginFolder, type Sample } from './plugin-folder.ts';
export { createSandbox, SandboxError, sandboxDeadlineMs, type Sandbox } from './sandbox/sandbox.ts';
export { readSettings, type Setting, type Settings } from './settings.ts';
