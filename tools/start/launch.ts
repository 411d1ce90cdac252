import { join, resolve } from 'node:path';
import { LaunchError, workspaceRoot } from './config.ts';
import type { DatabaseUrls } from './databases.ts';
import { choosePorts, type Ports } from './ports.ts';
import { layOutMarketplace } from './marketplace.ts';
import { loadSecrets, type Secrets } from './secrets.ts';
import { findServices, gateway, serviceUrl, type Service, type ServiceSettings } from './services.ts';

/** One line of progress; `trouble` is something that went wrong and is being dealt with. */
export type Progress = { readonly kind: 'step' | 'trouble'; readonly text: string; readonly ms?: number };

export type PlatformOptions = {
  /** Default: this workspace. */
  readonly root?: string;
  /** Where data, keys and logs live; default `.marquee` in the root. */
  readonly home?: string;
  /** Of the gateway; default 4000, or a free one where that is taken. 0: free ports throughout. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Servers to use instead of embedded ones. */
  readonly databaseUrl?: string;
  readonly natsUrl?: string;
  readonly natsNamespace?: string;
  readonly logLevel?: string;
  /** Seed the demo organisations; default true. */
  readonly demo?: boolean;
  /** Delete the data of this home first; keys and databases are made anew. */
  readonly reset?: boolean;
  /** Restart what changed. */
  readonly watch?: boolean;
  readonly readyTimeoutMs?: number;
  /** Further variables for every service. */
  readonly env?: Readonly<Record<string, string>>;
  readonly report?: (progress: Progress) => void;
  /** Gives up a start that is under way; what had started is stopped. */
  readonly signal?: AbortSignal;
};

/** Everything that is decided before anything starts. */
export type Launch = {
  readonly options: PlatformOptions;
  readonly root: string;
  readonly home: string;
  readonly host: string;
  readonly services: readonly Service[];
  readonly secrets: Secrets;
  readonly marketplace: ServiceSettings['marketplace'];
  readonly ports: Ports;
  readonly supergraphFile: string;
  readonly jwksFile: string;
  /** Filled as databases are prepared. */
  readonly databases: Record<string, DatabaseUrls>;
};

export function homeOf(options: PlatformOptions): string {
  return resolve(options.home ?? join(options.root ?? workspaceRoot, '.marquee'));
}

/** Finds the services, chooses their ports, and reads or makes the secrets. */
export async function planLaunch(options: PlatformOptions): Promise<Launch> {
  const root = options.root ?? workspaceRoot;
  const home = homeOf(options);
  const services = findServices(root);
  if (!services.some(({ name }) => name === gateway))
    throw new LaunchError(`There is no gateway in ${root}/apps.`);
  const names = services.map(({ name }) => name);
  const secrets = loadSecrets(home);
  return {
    options,
    root,
    home,
    host: options.host ?? '127.0.0.1',
    services,
    secrets,
    marketplace: layOutMarketplace(home, secrets.keysDirectory, root),
    ports: await choosePorts(names, options.port),
    supergraphFile: join(home, 'supergraph.graphql'),
    jwksFile: join(secrets.keysDirectory, 'issuer.jwks.json'),
    databases: {},
  };
}

/** Base URL of a service, without `/graphql`. */
export function urlOf(launch: Launch, service: string): string {
  return serviceUrl({ host: launch.host, ports: launch.ports.services }, service);
}

/** What the services are told, from what is known by now. */
export function settingsOf(launch: Launch, natsUrl: string): ServiceSettings {
  const appUrls = Object.entries(launch.databases).map(([name, { appUrl }]) => [name, appUrl]);
  return {
    host: launch.host,
    ports: launch.ports.services,
    databaseUrls: Object.fromEntries(appUrls),
    natsUrl,
    natsNamespace: launch.options.natsNamespace ?? 'marquee',
    internalSecret: launch.secrets.internal,
    logLevel: launch.options.logLevel ?? 'info',
    jwksFile: launch.jwksFile,
    supergraphFile: launch.supergraphFile,
    ticketKeyFile: launch.secrets.ticketKeyFile,
    identitySecret: launch.secrets.identity,
    mailDirectory: join(launch.home, 'mail'),
    marketplace: launch.marketplace,
    logKeyFile: launch.secrets.logKeyFile,
    fieldKeysFile: launch.secrets.fieldKeysFile,
    compileCache: join(launch.home, 'compile-cache'),
    inherited: launch.options.env ?? {},
  };
}
