import {
  commonSettings,
  integer,
  jsonFile,
  logSettings,
  optional,
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
    DATABASE_URL: url(['postgres:', 'postgresql:']),
    NATS_URL: text(),
    NATS_NAMESPACE: withDefault(text({ max: 50 }), 'marquee'),
    /** Where people reach the platform: the issuer's name and every link begin with it. */
    MARQUEE_PUBLIC_URL: url(['http:', 'https:']),
    /** What seals keys and secrets at rest. Who loses it loses every second factor and signing key. */
    MARQUEE_IDENTITY_SECRET: text({ min: 32, max: 1_000 }),
    /** The shop's page that links to orders lead to, with the link behind a `#`; the platform's own unless given. */
    MARQUEE_ORDER_PAGE_URL: optional(url(['http:', 'https:'])),
    /** How long a removed organisation can be brought back, its archive be fetched: then it is erased. */
    MARQUEE_REMOVAL_GRACE_DAYS: withDefault(integer({ min: 0, max: 365 }), 14),
    /** Other OpenID providers, as JSON: `[{ name, label, issuer, clientId, clientSecret }]`. */
    MARQUEE_OIDC_ISSUERS_FILE: optional(jsonFile()),
    /** Applications that may ask for tokens, as JSON: OpenID client metadata. */
    MARQUEE_OIDC_CLIENTS_FILE: optional(jsonFile()),
    /** The SMTP server that mails leave by: `smtps://user:password@mail.example`. */
    MARQUEE_SMTP_URL: optional(url(['smtp:', 'smtps:'])),
    /** Whom they are from: `Marquee <no-reply@tickets.example>`. */
    MARQUEE_MAIL_FROM: withDefault(text({ max: 320 }), 'Marquee <no-reply@localhost>'),
    /** Where mails are left as files where there is no server, for development; without either they wait in the database. */
    MARQUEE_MAIL_DIRECTORY: optional(text({ max: 4_000 })),
  });
}
