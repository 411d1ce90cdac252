import type { Transform } from '../selections/payloads.ts';
import type { Hooks } from './hooks.ts';

/** The message as the plugin whose subscription it is makes it; one that fails closed is asked again at the next attempt. */
export function createTransform(hooks: Hooks): Transform {
  return async ({ organisationId, pluginId }, message) => {
    const asked = { organisationId, pluginId, point: 'webhook-transformation' } as const;
    const said = await hooks.askOne(asked, { message });
    if (said?.missing) throw new Error(`the plugin ${said.missing} did not make it`);
    return said?.output ? JSON.stringify(said.output.body) : null;
  };
}
