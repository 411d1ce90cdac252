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
    mqtt: urls.mqtt,
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
      ...(urls.mqtt ? [`  MQTT       ${urls.mqtt}`] : []),
      `  Logs       ${folder}/logs`,
    ].join('\n'),
    tokensText(tokens),
    tokens.length > 0 ? tryText(platform) : '',
    'Ctrl-C stops everything.',
  ];
  return sections.filter(Boolean).join('\n\n');
}

/** All roles of the first organisation: a token is four lines long, and a dozen of them would hide the rest. */
function tokensText(tokens: readonly SampleToken[]): string {
  const [first] = tokens;
  if (!first) return '';
  const lines = tokens
    .filter((token) => token.organisation === first.organisation)
    .map((token) => `  ${token.role.toLowerCase().replace('_', ' ').padEnd(11)}${token.token}`);
  const others = [...new Set(tokens.map((token) => token.organisation))].slice(1);
  const more = others.length > 0 ? [`Also there: ${others.join(', ')} (npm run token -- --help)`] : [];
  return [`Tokens of ${first.organisation}, good for 12 hours:`, ...lines, ...more].join('\n');
}

function tryText({ urls, tokens }: RunningPlatform): string {
  const token = tokens.find(({ role }) => role === 'ORGANISER') ?? tokens[0];
  return `Try:
  TOKEN=${token?.token}
  curl -s ${urls.graph} -H "authorization: Bearer $TOKEN" -H 'content-type: application/json' \\
    -d '{"query":"{ occurrences(first: 3) { edges { node { startsAt event { title } availability { available } } } } }"}'
  npm run simulate            browse, hold, pay and scan as many people at once`;
}
