import {
  commonSettings,
  ConfigError,
  deletionSettings,
  logSettings,
  parseConfig,
  text,
  url,
  withDefault,
  type Config,
} from '@marquee/subgraph';

const shape = {
  ...commonSettings,
  ...logSettings,
  ...deletionSettings,
  /** The key-encryption keys of what is personal in the log; made where there is none. */
  MARQUEE_FIELD_KEYS_FILE: text({ max: 4_000 }),
  /** Of the application role, which owns nothing. */
  DATABASE_URL: url(['postgres:', 'postgresql:']),
  NATS_URL: text({ max: 1_000 }),
  NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
};

export type GuestsConfig = Config<typeof shape>;

/** The settings of this process; where any is wrong it says all that are and exits with 1. */
export function readConfig(): GuestsConfig {
  try {
    return parseConfig(process.env, shape);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(1);
  }
}
