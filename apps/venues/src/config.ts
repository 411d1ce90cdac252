import {
  commonSettings,
  deletionSettings,
  logSettings,
  parseConfig,
  text,
  url,
  withDefault,
} from '@marquee/subgraph';

/** Throws a ConfigError that names every fault of the environment. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env) {
  return parseConfig(environment, {
    ...commonSettings,
    ...logSettings,
    ...deletionSettings,
    DATABASE_URL: url(['postgres:', 'postgresql:']),
    NATS_URL: text(),
    NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
  });
}
