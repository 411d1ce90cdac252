import {
  commonSettings,
  ConfigError,
  integer,
  jsonFile,
  logSettings,
  optional,
  parseConfig,
  text,
  url,
  withDefault,
  type Config,
  type Setting,
} from '@marquee/subgraph';
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

/** A file of plans; the platform's own unless there is one. */
function plans(): Setting<readonly Plan[]> {
  const read = optional(jsonFile());
  return (raw) => {
    const file = read(raw);
    if ('fault' in file) return file;
    if (file.value === undefined) return { value: defaultPlans };
    const parsed = parsePlans(file.value);
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
  /** The key-encryption keys of endpoints' secrets; made where there is none. */
  MARQUEE_FIELD_KEYS_FILE: text({ max: 4_000 }),
  /** Payloads that are a selection of the graph are rendered through it. */
  GATEWAY_URL: url(['http:', 'https:']),
  /** Where webhooks may go beside public addresses over HTTPS: for development, and receivers of the operator's own. */
  MARQUEE_WEBHOOK_NETWORKS: networks(),
  /** What the use of the API costs. */
  MARQUEE_PLANS_FILE: plans(),
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
