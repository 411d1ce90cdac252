import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** An app that runs as a process. */
export type Service = {
  readonly name: string;
  readonly main: string;
  /** Where its migration classes are listed; a service without any has no database. */
  readonly migrations?: string;
};

/** The port of the gateway unless told; the services follow it. */
export const defaultPort = 4000;
export const gateway = 'gateway';

/** Every app with a `src/main.ts`, the gateway last: it is of no use before the others. */
export function findServices(root: string): Service[] {
  const apps = join(root, 'apps');
  return readdirSync(apps)
    .filter((name) => existsSync(join(apps, name, 'src', 'main.ts')))
    .toSorted((a, b) => Number(a === gateway) - Number(b === gateway) || a.localeCompare(b))
    .map((name) => {
      const migrations = join(apps, name, 'src', 'migrations', 'index.ts');
      return {
        name,
        main: join(apps, name, 'src', 'main.ts'),
        ...(existsSync(migrations) ? { migrations } : {}),
      };
    });
}

/** What every service is told. */
export type ServiceSettings = {
  readonly host: string;
  readonly ports: Readonly<Record<string, number>>;
  readonly databaseUrls: Readonly<Record<string, string>>;
  readonly natsUrl: string;
  readonly natsNamespace: string;
  readonly internalSecret: string;
  readonly logLevel: string;
  readonly jwksFile: string;
  readonly supergraphFile: string;
  readonly ticketKeyFile: string;
  readonly identitySecret: string;
  readonly mailDirectory: string;
  /** Where plugins come from, and the key that its index is signed with. */
  readonly marketplace: { readonly directory: string; readonly publicKeyPem: string };
  logKeyFile(service: string): string;
  fieldKeysFile(service: string): string;
  readonly compileCache: string;
  readonly inherited: Readonly<Record<string, string>>;
};

/** Services that encipher: what is personal in events, or secrets of others. */
export const enciphering: ReadonlySet<string> = new Set(['guests', 'hub', 'tickets']);

/** The environment of one service: only the gateway gets no database, and only tickets the ticket key. */
export function environmentOf(service: string, settings: ServiceSettings): Record<string, string> {
  const databaseUrl = settings.databaseUrls[service];
  return {
    ...settings.inherited,
    NODE_COMPILE_CACHE: settings.compileCache,
    HOST: settings.host,
    PORT: `${settings.ports[service]}`,
    NATS_URL: settings.natsUrl,
    NATS_NAMESPACE: settings.natsNamespace,
    MARQUEE_INTERNAL_SECRET: settings.internalSecret,
    LOG_LEVEL: settings.logLevel,
    OTEL_SERVICE_NAME: service,
    // Where clients reach the platform: links that are handed out start with it.
    MARQUEE_PUBLIC_URL: serviceUrl(settings, gateway),
    ...peerUrls(settings),
    ...(databaseUrl ? { DATABASE_URL: databaseUrl, MARQUEE_LOG_KEY_FILE: settings.logKeyFile(service) } : {}),
    ...(enciphering.has(service) ? { MARQUEE_FIELD_KEYS_FILE: settings.fieldKeysFile(service) } : {}),
    ...(service === gateway
      ? { MARQUEE_JWKS_FILE: settings.jwksFile, MARQUEE_SUPERGRAPH_FILE: settings.supergraphFile }
      : {}),
    ...(service === 'tickets' ? { MARQUEE_TICKET_KEY_FILE: settings.ticketKeyFile } : {}),
    // Receivers on the developer's own machine.
    ...(service === 'hub'
      ? {
          GATEWAY_URL: serviceUrl(settings, gateway),
          MARQUEE_MARKETPLACE: settings.marketplace.directory,
          MARQUEE_MARKETPLACE_KEY: settings.marketplace.publicKeyPem,
          MARQUEE_WEBHOOK_NETWORKS: settings.inherited['MARQUEE_WEBHOOK_NETWORKS'] ?? '127.0.0.0/8,::1/128',
        }
      : {}),
    ...(service === 'identity'
      ? { MARQUEE_IDENTITY_SECRET: settings.identitySecret, MARQUEE_MAIL_DIRECTORY: settings.mailDirectory }
      : {}),
  };
}

/** Where each service answers: `VENUES_URL`, `EVENTS_URL`, … */
export function serviceUrl(settings: Pick<ServiceSettings, 'host' | 'ports'>, service: string): string {
  const host = settings.host === '0.0.0.0' || settings.host === '::' ? '127.0.0.1' : settings.host;
  return `http://${host}:${settings.ports[service]}`;
}

function peerUrls(settings: ServiceSettings): Record<string, string> {
  return Object.fromEntries(
    Object.keys(settings.ports)
      .filter((name) => name !== gateway)
      .map((name) => [
        `${name.toUpperCase().replaceAll('-', '_')}_URL`,
        `${serviceUrl(settings, name)}/graphql`,
      ]),
  );
}
