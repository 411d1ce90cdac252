/**
 * Makes version N+1 of version N: a patch of the source, applied as it is loaded. Preloaded with
 * `--import .../fault-hook.ts?fault=errors`.
 */
import { registerHooks } from 'node:module';
import { faults, isFault, patchedFile, patchSource } from './faults.ts';

const fault = new URL(import.meta.url).searchParams.get('fault') ?? '';
if (!isFault(fault)) throw new Error(`${fault} is no fault: ${faults.join(', ')}`);

registerHooks({
  load(url, context, nextLoad) {
    const loaded = nextLoad(url, context);
    if (!url.endsWith(patchedFile) || !loaded.source) return loaded;
    return { ...loaded, source: patchSource(String(loaded.source), fault) };
  },
});
