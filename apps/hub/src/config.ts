import {
  commonSettings,
  ConfigError,
  integer,
  jsonFile,
  logSettings,
  oneOf,
  optional,
  parseConfig,
  text,
  url,
  withDefault,
  type Config,
  type Setting,
} from '@marquee/subgraph';
import { parseTerms } from './billing/parse-terms.ts';
import { defaultTerms, type BillingTerms } from './billing/terms.ts';
import { parseNetworks } from './guard/addresses.ts';
import { defaultPlans, type Plan } from './plans/plan.ts';
import { parsePlans } from './plans/parse-plans.ts';

/** Networks such as `127.0.0.0/8,::1/128`; none unless told. */
function networks(): Setting<readonly string[]> {
  return (raw) => {
    try {
      return { value: parseNetworks(raw ?? '') };
    } catch {
      return { fault: 'must be networks such as 10.0.0.0/8, divided by commas' };
    }
  };
}

/** What is in a file of JSON; `otherwise` where none is named. `parse` answers a text where something is wrong with it. */
function parsedFile<T extends object>(otherwise: T, parse: (value: unknown) => T | string): Setting<T> {
  const read = optional(jsonFile());
  return (raw) => {
    const file = read(raw);
    if ('fault' in file) return file;
    if (file.value === undefined) return { value: otherwise };
    const parsed = parse(file.value);
    return typeof parsed === 'string' ? { fault: parsed } : { value: parsed };
  };
}

const shape = {
  ...commonSettings,
  ...logSettings,
  /** Of the application role, which owns nothing. */
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  NATS_URL: text({ max: 1_000 }),
  NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
  /** Of a roll-out: whose share of the queue this process takes. */
  MARQUEE_TRACK: withDefault(oneOf('stable', 'canary', 'blue', 'green'), 'stable'),
  /** The key-encryption keys of endpoints' secrets; made where there is none. */
  MARQUEE_FIELD_KEYS_FILE: text({ max: 4_000 }),
  /** Where clients reach the platform: links that are handed out start with it. */
  MARQUEE_PUBLIC_URL: withDefault(url(['http:', 'https:']), 'http://localhost:4000'),
  /** Payloads that are a selection of the graph are rendered through it. */
  GATEWAY_URL: url(['http:', 'https:']),
  /** Where webhooks may go beside public addresses over HTTPS: for development, and receivers of the operator's own. */
  MARQUEE_WEBHOOK_NETWORKS: networks(),
  /** What the use of the API costs, from the next period on. */
  MARQUEE_PLANS_FILE: parsedFile<readonly Plan[]>(defaultPlans, parsePlans),
  /** Who invoices it, with which tax, and when that is due. */
  MARQUEE_BILLING_FILE: parsedFile<BillingTerms>(defaultTerms, parseTerms),
  /** A directory, or the URL of one: an index of plugins and their packages. None can be installed without it. */
  MARQUEE_MARKETPLACE: optional(text({ max: 2_000 })),
  /** The public key (PEM) that the index is signed with. */
  MARQUEE_MARKETPLACE_KEY: optional(text({ max: 1_000 })),
  /** How long deliveries, their attempts and payloads, and calls of plugins, are kept. */
  MARQUEE_WEBHOOK_RETENTION_DAYS: withDefault(integer({ min: 1, max: 365 }), 30),
};

export type HubConfig = Config<typeof shape>;

/** The settings of this process; where any is wrong it says all that are and exits with 1. */
export function readConfig(): HubConfig {
  try {
    return parseConfig(process.env, shape);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
