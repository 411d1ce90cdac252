import { accept, invalid, type InvalidInput, type Outcome } from '@marquee/kernel';
import { parseAll, parseId, parseList, parseOptional, parseText } from '@marquee/subgraph';
import { readKey } from '../endpoints/endpoints.input.ts';
import type { ConfigurePluginInput, InstallPluginInput, UpgradePluginInput } from '../generated/schema.ts';
import type { SecretValue } from './plugin-secrets.ts';

type Parsed<T> = Outcome<T, InvalidInput>;

export function readInstall(input: InstallPluginInput) {
  return parseAll({
    ...configurationOf(input),
    idempotencyKey: readKey(input),
    name: parseText('name', input.name, { max: 64 }),
    version: readVersion(input),
    approvedScopes: readScopes(input.approvedScopes),
  });
}

export function readUpgrade(input: UpgradePluginInput) {
  return parseAll({
    ...configurationOf(input),
    pluginId: parseId('Plugin', 'id', input.id),
    version: readVersion(input),
    approvedScopes: readScopes(input.approvedScopes ?? []),
  });
}

export function readConfiguration(input: ConfigurePluginInput) {
  return parseAll({ ...configurationOf(input), pluginId: parseId('Plugin', 'id', input.id) });
}

function configurationOf({
  settings,
  secrets,
}: ConfigurePluginInput | InstallPluginInput | UpgradePluginInput) {
  return { settings: readObject(settings ?? '{}'), secrets: readSecrets(secrets ?? []) };
}

function readVersion({ version }: { readonly version?: string | null | undefined }): Parsed<string | null> {
  return parseOptional(version, (text) => parseText('version', text, { max: 50 }));
}

function readScopes(scopes: readonly string[]): Parsed<readonly string[]> {
  return parseList('approvedScopes', scopes, { min: 0, max: 50 }, (field, text) =>
    parseText(field, text, { max: 50 }),
  );
}

function readObject(text: string): Parsed<object> {
  if (text.length > 20_000) return invalid('settings', 'must have at most 20,000 characters');
  try {
    const value = JSON.parse(text) as unknown;
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return accept(value);
  } catch {
    // Said below.
  }
  return invalid('settings', 'must be a JSON object such as {"percent": 20}');
}

function readSecrets(secrets: readonly SecretValue[]): Parsed<readonly SecretValue[]> {
  return parseList('secrets', secrets, { min: 0, max: 20 }, (field, { name, value }) => {
    const read = parseText(`${field}.value`, value, { max: 4_000 });
    return read.ok ? accept({ name, value: read.value }) : read;
  });
}
