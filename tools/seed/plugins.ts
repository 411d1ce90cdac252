import { join } from 'node:path';
import { readManifest, readPluginFolder } from '@marquee/plugin-sdk';
import { instant, type NumberedEntry } from './log.ts';
import { harbour } from './organisations.ts';

const folder = join(import.meta.dirname, '../../libs/plugins/early-bird');
const pluginId = '01980000-0000-7000-8000-0000000f0001';

/** Early bird at work for Harbour Live, as if its owner had installed it from the marketplace of the start. */
export function demoPlugin(atMs: number) {
  const { manifest: unread, code } = readPluginFolder(folder);
  const read = readManifest(unread);
  if (!read.ok) throw new Error(`the plugin of the demo data is none: ${JSON.stringify(read.faults)}`);
  const { manifest } = read;
  const { name, version, hooks } = manifest;
  const row = {
    organisation_id: harbour.id,
    id: pluginId,
    name,
    version,
    publisher: 'marquee',
    level: 'core',
    manifest,
    code,
    approved_scopes: manifest.scopes,
    settings: { percent: 10, days: 30 },
    status: 'ENABLED',
    installed_by: 'demo-owner',
    installed_at: instant(atMs),
    changed_at: instant(atMs),
  };
  const event: NumberedEntry = {
    type: 'hub.plugin-installed.v1',
    data: {
      pluginId,
      name,
      version,
      hooks: hooks.map(({ point, failure, timeBudgetMs }) => ({
        point,
        failsClosed: failure === 'closed',
        timeBudgetMs,
      })),
    },
    organisationId: harbour.id,
    streamId: `plugin-${pluginId}`,
    version: 1,
    id: '01980000-0000-7000-8000-0000000f0002',
    atMs,
    actor: 'demo-owner',
    correlationId: harbour.id,
  };
  return { row, event };
}
