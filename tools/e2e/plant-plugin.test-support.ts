import { findId } from './plant-door.test-support.ts';
import type { TestPlatform } from './platform.ts';

/** A plugin of our own, at work; answers its id. */
export async function installEarlyBird(
  { client }: TestPlatform,
  token: string,
  settings: object = {},
): Promise<string> {
  const input = { name: 'early-bird', approvedScopes: [], settings: JSON.stringify(settings) };
  const made = await client.query<object>(
    `mutation MakePlugin($input: InstallPluginInput!) {
      installPlugin(input: $input) { ... on PluginInstalled { plugin { id } } } }`,
    { input },
    { token },
  );
  return findId(made)!;
}

/** A plugin for others to look for; disabled, so that nothing of it changes when its owner asks for a price. */
export async function plantPlugin(platform: TestPlatform, token: string): Promise<string> {
  const id = await installEarlyBird(platform, token);
  await platform.client.query(
    'mutation RestPlugin($id: ID!) { disablePlugin(id: $id) { __typename } }',
    { id },
    { token },
  );
  return id;
}
