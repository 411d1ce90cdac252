import { appendEvents, streamId } from '@marquee/event-log';
import type { Handlers } from '@marquee/messaging';
import { setStatus } from './endpoint-rows.ts';
import { appendAbout } from './manage-endpoints.ts';

/**
 * Nothing acts for an organisation that is to be removed: its plugins are disabled and its endpoints paused, as its
 * members would. Who thinks better of it enables them again, one by one.
 */
export function removalHandlers(onCommit: () => void): Handlers {
  return {
    'identity.organisation-removal-requested.v1': async (_, tx) => {
      const plugins = await tx.rows<{ id: string; name: string }>(
        `update plugin set status = 'DISABLED' where status = 'ENABLED' returning id, name`,
      );
      for (const { id: pluginId, name } of plugins)
        await appendEvents(tx, {
          streamId: streamId('plugin', pluginId),
          events: [{ type: 'hub.plugin-disabled.v1', data: { pluginId, name } }],
        });
      const endpoints = await tx.rows<{ id: string }>(
        `select id from webhook_endpoint where status = 'ACTIVE' for update`,
      );
      for (const { id: endpointId } of endpoints) {
        await setStatus(tx, endpointId, 'PAUSED');
        await appendAbout(tx, endpointId, { type: 'hub.endpoint-paused.v1', data: { endpointId } });
      }
      tx.afterCommit(onCommit);
    },
  };
}
