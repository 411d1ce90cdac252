import { readFileSync } from 'node:fs';
import {
  commonSettings,
  integer,
  parseConfig,
  text,
  url,
  withDefault,
  type Setting,
} from '@marquee/subgraph';

const minutes = integer({ min: 1, max: 24 * 60 });
const peer = url(['http:', 'https:']);

/** The JSON in a file, read once: a key that cannot be read is a fault of the environment like any other. */
const jsonFile: Setting<unknown> = (raw) => {
  if (raw === undefined) return { fault: 'must be set' };
  try {
    return { value: JSON.parse(readFileSync(raw, 'utf8')) as unknown };
  } catch {
    return { fault: 'must name a readable file of JSON' };
  }
};

/** Throws a ConfigError that names every fault of the environment. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env) {
  return parseConfig(environment, {
    ...commonSettings,
    DATABASE_URL: url(['postgres:', 'postgresql:']),
    NATS_URL: text(),
    NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
    EVENTS_URL: peer,
    VENUES_URL: peer,
    GUESTS_URL: peer,
    /** Ed25519 private key as JWK, by which tickets are signed. */
    MARQUEE_TICKET_KEY_FILE: jsonFile,
    MARQUEE_HOLD_MINUTES: withDefault(minutes, 10),
    MARQUEE_ORDER_MINUTES: withDefault(minutes, 15),
    MARQUEE_TRANSFER_DAYS: withDefault(integer({ min: 1, max: 365 }), 7),
  });
}
