import { relative } from 'node:path';
import type { SampleToken } from './demo.ts';
import type { RunningPlatform } from './platform.ts';

/** For scripts: everything a client needs, on one line. */
export function jsonLine(platform: RunningPlatform, seconds: number): string {
  const { urls, home, tokens } = platform;
  return JSON.stringify({
    ready: true,
    seconds: Number(seconds.toFixed(2)),
    url: urls.graph,
    explorer: urls.explorer,
    health: `${urls.gateway}/health/ready`,
    home,
    services: urls.services,
    tokens,
  });
}

/** For people: where it is, who they can be, and what to try. */
export function readyText(platform: RunningPlatform, seconds: number, root: string): string {
  const { urls, home, tokens } = platform;
  const folder = relative(root, home).startsWith('..') ? home : relative(root, home);
  const sections = [
    `\nMarquee is ready (${seconds.toFixed(1)} s)\n`,
    [
      `  Graph      ${urls.graph}`,
      `  Explorer   ${urls.explorer}`,
      `  Health     ${urls.gateway}/health/ready`,
      `  Logs       ${folder}/logs`,
    ].join('\n'),
    ...organisationsOf(tokens),
    tokens.length > 0 ? tryText(platform) : '',
    'Ctrl-C stops everything.',
  ];
  return sections.filter(Boolean).join('\n\n');
}

function organisationsOf(tokens: readonly SampleToken[]): string[] {
  const names = [...new Set(tokens.map((token) => token.organisation))];
  return names.map((name) => {
    const lines = tokens
      .filter((token) => token.organisation === name)
      .map((token) => `  ${token.role.toLowerCase().replace('_', ' ').padEnd(11)}${token.token}`);
    return [`Tokens of ${name}:`, ...lines].join('\n');
  });
}

function tryText({ urls, tokens }: RunningPlatform): string {
  const token = tokens.find(({ role }) => role === 'ORGANISER') ?? tokens[0];
  return `Try:
  TOKEN=${token?.token}
  curl -s ${urls.graph} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
    -d '{"query":"{ occurrences(first: 3) { edges { node { startsAt event { title } availability { available } } } } }"}'
  npm run simulate            browse, hold, pay and scan as many people at once
  npm run token -- --help     tokens for other roles and organisations`;
}
