import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { v8Flags } from '../start/node-options.ts';
import { nodeSettings } from './warm.ts';

test('the Dockerfile sets for Node what the image is warmed and tried with', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  for (const [name, value] of Object.entries(nodeSettings('/app'))) {
    expect(dockerfile).toMatch(new RegExp(`^(ENV| ) .*${name}=${value}( |$)`, 'm'));
  }
  const entryPoint = /^ENTRYPOINT (.*)$/m.exec(dockerfile)![1]!;
  expect(JSON.parse(entryPoint)).toEqual(['/nodejs/bin/node', ...v8Flags]);
});
