import { commonSettings, ConfigError, parseConfig, url, type Config } from '@marquee/subgraph';

const shape = {
  ...commonSettings,
  /** Of the application role, which owns nothing. */
  DATABASE_URL: url(['postgres:', 'postgresql:']),
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
