import { readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { startChild, type Child } from './child.ts';

/** A Gateway in one process: the weights of each service are an HTTPRoute's, by runtime command, with no reload. */
export type Router = {
  /** Takes commands. */
  readonly socket: string;
  /** Takes no new connection to it, as when Kubernetes takes an endpoint out. */
  drain(service: string, track: string): Promise<void>;
  /** What it said last of requests that did not go well, and of servers that came and went. */
  complaints(): string[];
  stop(): Promise<void>;
};

type Server = { readonly track: string; readonly port: number; readonly weight: number };

export type Route = {
  readonly service: string;
  /** Where it listens. */
  readonly port: number;
  readonly readyPath: string;
  readonly servers: readonly Server[];
};

/** HAProxy's weights go to 256 and a track's share to 100. */
const scale = 2;

function routeBlock({ service, port, readyPath, servers }: Route): string {
  const lines = servers.map(
    ({ track, port: target, weight }) =>
      `  server ${track} 127.0.0.1:${target} weight ${weight * scale} check inter 1s fall 2 rise 1`,
  );
  return `frontend ${service}
  bind 127.0.0.1:${port}
  default_backend ${service}
backend ${service}
  balance roundrobin
  http-response set-header x-track-${service} %s
  option httpchk
  http-check send meth GET uri ${readyPath} ver HTTP/1.1 hdr Host rehearsal
  http-check expect status 200
${lines.join('\n')}
`;
}

function configuration(socket: string, routes: readonly Route[]): string {
  return `global
  maxconn 4000
  # Requests that did not go well alone: who broke off, and when.
  log stdout format raw local0
  stats socket ${socket} mode 600 level admin
defaults
  mode http
  log global
  option httplog
  option dontlog-normal
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
${routes.map(routeBlock).join('')}`;
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

/** The share of each track, as in `backendRefs`. */
export async function setWeights(
  socket: string,
  service: string,
  weights: ReadonlyMap<string, number>,
): Promise<void> {
  // Up before down: between two commands there must never be nobody. The other order cost one request in 7,000.
  for (const [track, weight] of [...weights].toSorted(([, a], [, b]) => b - a))
    await obeyed(socket, `set server ${service}/${track} weight ${Math.round(weight * scale)}`);
}

export async function startRouter(
  directory: string,
  routes: readonly Route[],
  env: Readonly<Record<string, string>>,
): Promise<Router> {
  const socket = join(directory, 'haproxy.sock');
  const file = join(directory, 'haproxy.cfg');
  writeFileSync(file, configuration(socket, routes));
  const logFile = join(directory, 'haproxy.log');
  const child: Child = startChild('haproxy', ['-db', '-f', file], { env, logFile });
  for (let tries = 0; ; tries += 1) {
    const up = await command(socket, 'show stat').catch(() => '');
    if (routes.every(({ service }) => up.includes(`${service},BACKEND`))) break;
    if (tries > 100 || !child.running) throw new Error(`haproxy did not start: see ${logFile}`);
    await wait(50);
  }
  return {
    socket,
    drain: (service, track) => obeyed(socket, `set server ${service}/${track} state drain`),
    complaints: () => readFileSync(logFile, 'utf8').trim().split('\n').slice(-20),
    stop: () => child.stop(2_000),
  };
}
