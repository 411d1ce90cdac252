import { join } from 'node:path';
import {
  commonSettings,
  flag,
  integer,
  oneOf,
  optional,
  parseConfig,
  text,
  url,
  withDefault,
  type Setting,
} from '@marquee/subgraph';
import { defaultBudgets, parseBudgets, type Budgets } from './limits/budgets.ts';
import { defaultMaxCost } from './limits/client-limits.ts';

/** `*`, or origins such as `https://tickets.example`, divided by commas. */
function origins(): Setting<'*' | readonly string[]> {
  return (raw) => {
    if (raw === undefined || raw === '*') return { value: '*' };
    const list = raw.split(',').map((origin) => origin.trim());
    const areOrigins = list.every((origin) => URL.canParse(origin) && new URL(origin).origin === origin);
    return areOrigins ? { value: list } : { fault: 'must be * or origins such as https://tickets.example' };
  };
}

/** Budgets that differ from the defaults. */
function budgets(): Setting<Budgets> {
  return (raw) => {
    const parsed = raw === undefined ? defaultBudgets : parseBudgets(raw);
    return typeof parsed === 'string' ? { fault: parsed } : { value: parsed };
  };
}

const isProduction = (env: NodeJS.ProcessEnv) => env['NODE_ENV'] === 'production';

/** The variable that holds a service's address: `VENUES_URL`. */
function urlVariable(service: string): string {
  return `${service.toUpperCase().replaceAll('-', '_')}_URL`;
}

/** Where the supergraph is: MARQUEE_SUPERGRAPH_FILE, else the one composed with this source. */
export function supergraphFile(env: NodeJS.ProcessEnv = process.env): string {
  return env['MARQUEE_SUPERGRAPH_FILE']?.trim() || join(import.meta.dirname, 'generated/supergraph.graphql');
}

/** The addresses of these services that the environment gives; the supergraph's own stand for the rest. */
export function readServiceUrls(
  services: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): ReadonlyMap<string, string> {
  const shape = Object.fromEntries(
    services.map((service) => [urlVariable(service), optional(url(['http:', 'https:']))]),
  );
  const parsed = parseConfig(env, shape);
  return new Map(
    services.flatMap((service) => {
      const given = parsed[urlVariable(service)];
      return given === undefined ? [] : [[service, given] as const];
    }),
  );
}

/** Everything else that the gateway takes from its environment. Throws a ConfigError that names every fault. */
export function readConfig(env: NodeJS.ProcessEnv = process.env) {
  return parseConfig(env, {
    ...commonSettings,
    /** Keys of an issuer beside the platform's own: the development one. Not set in production. */
    MARQUEE_JWKS_FILE: optional(text()),
    /** Where people reach the platform: what its own issuer is called. */
    MARQUEE_PUBLIC_URL: optional(url(['http:', 'https:'])),
    MARQUEE_TRUSTED_PROXIES: withDefault(integer({ min: 0, max: 10 }), 0),
    MARQUEE_TOKEN_ISSUER: withDefault(text({ max: 500 }), 'marquee-development'),
    MARQUEE_TOKEN_AUDIENCE: withDefault(text({ max: 500 }), 'marquee'),
    MARQUEE_GATEWAY_EXECUTOR: withDefault(oneOf('marquee', 'apollo'), 'marquee'),
    MARQUEE_SUBGRAPH_TIMEOUT_MS: withDefault(integer({ min: 100, max: 120_000 }), 20_000),
    MARQUEE_OPERATION_TIMEOUT_MS: withDefault(integer({ min: 100, max: 300_000 }), 30_000),
    MARQUEE_CORS_ORIGINS: origins(),
    MARQUEE_EXPLORER: withDefault(flag(), true),
    MARQUEE_INTROSPECTION: withDefault(flag(), !isProduction(env)),
    MARQUEE_SUPERGRAPH_WATCH: withDefault(flag(), false),
    NATS_URL: optional(text({ max: 1_000 })),
    NATS_NAMESPACE: withDefault(text({ max: 100 }), 'marquee'),
    MARQUEE_DOCUMENTS: withDefault(oneOf('any', 'trusted'), 'any'),
    MARQUEE_TRUSTED_DOCUMENTS_DIRECTORY: optional(text({ max: 4_096 })),
    MARQUEE_LIVE_CONNECTIONS: withDefault(integer({ min: 0, max: 1_000_000 }), 20_000),
    MARQUEE_LIVE_CONNECTIONS_PER_VIEWER: withDefault(integer({ min: 1, max: 1_000_000 }), 1_000),
    MARQUEE_MAX_COST: withDefault(integer({ min: 1, max: 1_000_000_000 }), defaultMaxCost),
    MARQUEE_RATE_LIMITS: withDefault(oneOf('on', 'report', 'off'), 'on'),
    MARQUEE_RATE_BUDGETS: budgets(),
    MARQUEE_RESPONSE_CACHE_MIB: withDefault(integer({ min: 0, max: 65_536 }), 64),
  });
}

/** @apollo/gateway sends figures of its use to its vendor unless told not to, by this variable and at construction. */
export function disableVendorTelemetry(): void {
  process.env['APOLLO_TELEMETRY_DISABLED'] = 'true';
}
