import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild, type Child } from './child.ts';

/** A Gateway in one process: its weights are an HTTPRoute's, by runtime command, with no reload. */
export type Router = {
  readonly url: string;
  /** The share of each track, as in `backendRefs`. */
  setWeights(weights: ReadonlyMap<string, number>): Promise<void>;
  /** Takes no new connection to it, as when Kubernetes takes an endpoint out. */
  drain(track: string): Promise<void>;
  stop(): Promise<void>;
};

type Server = {
  readonly track: string;
  readonly port: number;
  readonly readyPath: string;
  readonly weight: number;
};

/** HAProxy's weights go to 256 and a track's share to 100. */
const scale = 2;

function configuration(port: number, socket: string, servers: readonly Server[]): string {
  return `global
  maxconn 4000
  stats socket ${socket} mode 600 level admin
defaults
  mode http
  timeout connect 1s
  # As long as the chart's readiness probe waits: on a busy machine a shorter one takes out what is well.
  timeout check 3s
  timeout client 30s
  timeout server 30s
  timeout http-keep-alive 30s
  # A request that never reached a server is given to another one, as every Gateway does; one that did is not.
  option redispatch 1
  retries 3
  retry-on conn-failure
frontend public
  bind 127.0.0.1:${port}
  default_backend gateway
backend gateway
  balance roundrobin
  http-response set-header x-track %s
  option httpchk
  http-check send meth GET uri ${servers[0]!.readyPath} ver HTTP/1.1 hdr Host rehearsal
  http-check expect status 200
${servers
  .map(
    ({ track, port: target, weight }) =>
      `  server ${track} 127.0.0.1:${target} weight ${weight * scale} check inter 1s fall 2 rise 1`,
  )
  .join('\n')}
`;
}

/** Runtime commands answer with nothing but an empty line where they did what they were told. */
async function command(socket: string, line: string): Promise<string> {
  const connection = connect(socket);
  connection.end(`${line}\n`);
  return (await text(connection)).trim();
}

async function obeyed(socket: string, line: string): Promise<void> {
  const said = await command(socket, line);
  if (said !== '') throw new Error(`haproxy: ${line}: ${said}`);
}

export async function startRouter(
  directory: string,
  port: number,
  servers: readonly Server[],
  env: Readonly<Record<string, string>>,
): Promise<Router> {
  const socket = join(directory, 'haproxy.sock');
  const file = join(directory, 'haproxy.cfg');
  writeFileSync(file, configuration(port, socket, servers));
  const child: Child = startChild('haproxy', ['-db', '-f', file], {
    env,
    logFile: join(directory, 'haproxy.log'),
  });
  for (let tries = 0; ; tries += 1) {
    const up = await command(socket, 'show stat').catch(() => '');
    if (servers.filter(({ weight }) => weight > 0).every(({ track }) => up.includes(`gateway,${track},`)))
      break;
    if (tries > 100 || !child.running) throw new Error(`haproxy did not start: see ${directory}/haproxy.log`);
    await wait(50);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    setWeights: async (weights) => {
      // Up before down: between two commands there must never be nobody. The other order cost one request in 7,000.
      for (const [track, weight] of [...weights].toSorted(([, a], [, b]) => b - a))
        await obeyed(socket, `set server gateway/${track} weight ${Math.round(weight * scale)}`);
    },
    drain: (track) => obeyed(socket, `set server gateway/${track} state drain`),
    stop: () => child.stop(2_000),
  };
}
