import {
  commonSettings,
  ConfigError,
  logSettings,
  oneOf,
  parseConfig,
  text,
  url,
  withDefault,
  type Config,
} from '@marquee/subgraph';

const connections = {
  /** Of the application role, which owns nothing. */
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  NATS_URL: text({ max: 1_000 }),
  NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
};
const service = { ...commonSettings, ...logSettings, ...connections };
const rebuild = {
  ...connections,
  LOG_LEVEL: withDefault(oneOf('debug', 'info', 'warn', 'error', 'silent'), 'warn'),
};

export type AnalyticsConfig = Config<typeof service>;
export type RebuildConfig = Config<typeof rebuild>;

/** The settings of the service; where any is wrong it says all that are and exits with 1. */
export function readConfig(): AnalyticsConfig {
  return orExit(() => parseConfig(process.env, service));
}

/** The settings of a rebuild. */
export function readRebuildConfig(): RebuildConfig {
  return orExit(() => parseConfig(process.env, rebuild));
}

function orExit<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
