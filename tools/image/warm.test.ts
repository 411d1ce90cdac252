import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { nodeSettings } from './warm.ts';

test('the Dockerfile sets for Node what the image is warmed and tried with', () => {
  const dockerfile = readFileSync(new URL('../../Dockerfile', import.meta.url), 'utf8');
  for (const [name, value] of Object.entries(nodeSettings('/app'))) {
    expect(dockerfile).toMatch(new RegExp(`^(ENV| ) .*${name}=${value}( |$)`, 'm'));
  }
});
