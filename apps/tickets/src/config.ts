import {
  commonSettings,
  flag,
  integer,
  jsonFile,
  deletionSettings,
  logSettings,
  oneOf,
  optional,
  parseConfig,
  text,
  url,
  withDefault,
  type Setting,
} from '@marquee/subgraph';
import type { AppleSettings, GoogleSettings } from './passes/wallets.ts';

const minutes = integer({ min: 1, max: 24 * 60 });
const peer = url(['http:', 'https:']);

/** A file of JSON with these texts in it, and perhaps others. */
function settingsFile<T>(fields: readonly (keyof T & string)[]): Setting<T> {
  const file = jsonFile();
  return (raw) => {
    const read = file(raw);
    if ('fault' in read) return read;
    const given = read.value as Readonly<Record<string, unknown>>;
    const missing = fields.filter((field) => typeof given?.[field] !== 'string' || given[field] === '');
    if (missing.length > 0) return { fault: `must name a file of JSON with ${missing.join(', ')}` };
    return { value: read.value as T };
  };
}

/** Throws a ConfigError that names every fault of the environment. */
export function readConfig(environment: NodeJS.ProcessEnv = process.env) {
  return parseConfig(environment, {
    ...commonSettings,
    ...logSettings,
    ...deletionSettings,
    /** The key-encryption keys of what is personal in the log; made where there is none. */
    MARQUEE_FIELD_KEYS_FILE: text({ max: 4_000 }),
    DATABASE_URL: url(['postgres:', 'postgresql:']),
    NATS_URL: text(),
    NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
    EVENTS_URL: peer,
    VENUES_URL: peer,
    GUESTS_URL: peer,
    /** Ed25519 private key as JWK, by which tickets are signed. */
    MARQUEE_TICKET_KEY_FILE: jsonFile(),
    MARQUEE_HOLD_MINUTES: withDefault(minutes, 10),
    MARQUEE_ORDER_MINUTES: withDefault(minutes, 15),
    /** `coalesced`: many holds in one transaction; `single`: each in its own. The answers are the same. */
    MARQUEE_GRANTING: withDefault(oneOf('coalesced', 'single'), 'coalesced'),
    /** Requests for holds that may wait before others are told to come back, and how long at most. */
    MARQUEE_GRANT_QUEUE: withDefault(integer({ min: 1, max: 1_000_000 }), 20_000),
    MARQUEE_GRANT_WAIT_MS: withDefault(integer({ min: 50, max: 60_000 }), 3_000),
    /** Where clients reach the platform: links that are handed out start with it. */
    MARQUEE_PUBLIC_URL: withDefault(peer, 'http://localhost:4000'),
    /** The provider for trying things out, with which no money moves. */
    MARQUEE_SANDBOX_PAYMENTS: withDefault(flag(), environment['NODE_ENV'] !== 'production'),
    MARQUEE_STRIPE_SECRET_KEY: optional(text({ max: 500 })),
    /** Divided by commas while one is being exchanged for another. */
    MARQUEE_STRIPE_WEBHOOK_SECRETS: optional(text({ max: 2_000 })),
    MARQUEE_STRIPE_URL: withDefault(peer, 'https://api.stripe.com'),
    MARQUEE_STRIPE_CAPTURE: withDefault(oneOf('automatic', 'manual'), 'automatic'),
    /** How long places are kept for one whose turn on the waitlist has come. */
    MARQUEE_OFFER_MINUTES: withDefault(minutes, 720),
    /** Without these there are no passes for the wallet. Certificates and keys in them are PEM. */
    MARQUEE_APPLE_PASS_FILE: optional(
      settingsFile<AppleSettings>([
        'passTypeIdentifier',
        'teamIdentifier',
        'organisationName',
        'certificate',
        'privateKey',
        'wwdrCertificate',
      ]),
    ),
    MARQUEE_GOOGLE_WALLET_FILE: optional(
      settingsFile<GoogleSettings>(['issuerId', 'clientEmail', 'privateKey']),
    ),
    MARQUEE_TRANSFER_DAYS: withDefault(integer({ min: 1, max: 365 }), 7),
  });
}

/** What the Stripe adapter is told; null where there is no key, so that there is no such provider. */
export function stripeSettings(config: ReturnType<typeof readConfig>) {
  const secretKey = config.MARQUEE_STRIPE_SECRET_KEY;
  if (!secretKey) return null;
  const secrets = config.MARQUEE_STRIPE_WEBHOOK_SECRETS?.split(',') ?? [];
  return {
    secretKey,
    webhookSecrets: secrets.map((secret) => secret.trim()).filter((secret) => secret !== ''),
    apiUrl: config.MARQUEE_STRIPE_URL,
    returnUrl: config.MARQUEE_PUBLIC_URL,
    capture: config.MARQUEE_STRIPE_CAPTURE,
  };
}
