import { join, resolve } from 'node:path';

/** The workspace: the folder with apps, libs and tools. */
export const workspaceRoot = join(import.meta.dirname, '..', '..');

/** What the launcher takes from the environment. */
export type Environment = {
  /** Where data, keys and logs live. MARQUEE_HOME, default `.marquee` in the root. */
  readonly home: string;
  /** Of a superuser (or a role with CREATEDB and CREATEROLE) of a server to use instead of our own. DATABASE_URL. */
  readonly databaseUrl?: string;
  /** Of a server with JetStream to use instead of our own. NATS_URL. */
  readonly natsUrl?: string;
  /** Of the gateway. PORT. */
  readonly port?: number;
  readonly host?: string;
  readonly logLevel?: string;
  readonly natsNamespace?: string;
  /** Handed to every service: paths, locale, proxies, OpenTelemetry and settings of single services. */
  readonly forServices: Readonly<Record<string, string>>;
};

const handedOn =
  /^(PATH|HOME|USER|LANG|LC_\w+|TZ|TMPDIR|NODE_EXTRA_CA_CERTS|NODE_OPTIONS|https?_proxy|no_proxy|OTEL_\w+|MARQUEE_\w+)$/i;

/** Parses the environment; every fault is in the one error. */
export function readEnvironment(root: string, env: NodeJS.ProcessEnv = process.env): Environment {
  const faults: string[] = [];
  const port = parsePort('PORT', env['PORT'], faults);
  const databaseUrl = parseUrl('DATABASE_URL', env['DATABASE_URL'], ['postgres:', 'postgresql:'], faults);
  const natsUrl = parseUrl('NATS_URL', env['NATS_URL'], ['nats:', 'tls:'], faults);
  if (faults.length > 0) throw new LaunchError(faults.join('\n'));
  return {
    home: resolve(root, env['MARQUEE_HOME'] || '.marquee'),
    ...(databaseUrl ? { databaseUrl } : {}),
    ...(natsUrl ? { natsUrl } : {}),
    ...(port === undefined ? {} : { port }),
    ...(env['HOST'] ? { host: env['HOST'] } : {}),
    ...(env['LOG_LEVEL'] ? { logLevel: env['LOG_LEVEL'] } : {}),
    ...(env['NATS_NAMESPACE'] ? { natsNamespace: env['NATS_NAMESPACE'] } : {}),
    forServices: Object.fromEntries(
      Object.entries(env).filter(
        (entry): entry is [string, string] => handedOn.test(entry[0]) && entry[1] !== undefined,
      ),
    ),
  };
}

/** The port that the text names; undefined where there is none. 0 asks for any free one. */
export function parsePort(name: string, value: string | undefined, faults: string[]): number | undefined {
  if (value === undefined || value === '') return undefined;
  const port = Number(value);
  if (/^\d{1,5}$/.test(value) && port <= 65_535) return port;
  faults.push(`${name} must be a port (0 to 65535), not "${value}".`);
  return undefined;
}

function parseUrl(
  name: string,
  value: string | undefined,
  protocols: string[],
  faults: string[],
): string | undefined {
  if (!value) return undefined;
  if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
  faults.push(`${name} must be a URL such as ${protocols[0]}//host:port.`);
  return undefined;
}

/** The platform cannot start, for a reason that a person can act on; the message says what to do. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}
