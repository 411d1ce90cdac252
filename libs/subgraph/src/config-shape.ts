import { readFileSync } from 'node:fs';
import { secretsOf } from '@marquee/kernel';

/** Reads one variable: its value, or what is wrong with it. `undefined` where it is not set. */
export type Setting<T> = (raw: string | undefined) => { readonly value: T } | { readonly fault: string };

type Shape = Readonly<Record<string, Setting<unknown>>>;
export type Config<S extends Shape> = {
  readonly [K in keyof S]: S[K] extends Setting<infer T> ? T : never;
};

/** Every fault of the environment, one a line. Values are never shown: some are secrets. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly code = 'CONFIG';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(`The environment is not right:\n${faults.map((fault) => `  ${fault}`).join('\n')}`);
    this.faults = faults;
  }
}

/** The settings of a process, from its environment. Throws one ConfigError that names every fault. */
export function parseConfig<const S extends Shape>(
  env: Readonly<Record<string, string | undefined>>,
  shape: S,
): Config<S> {
  const faults: string[] = [];
  const config: Record<string, unknown> = {};
  for (const [name, setting] of Object.entries(shape)) {
    const raw = env[name]?.trim();
    const parsed = setting(raw === '' ? undefined : raw);
    if ('fault' in parsed) faults.push(`${name} ${parsed.fault}`);
    else config[name] = parsed.value;
  }
  if (faults.length > 0) throw new ConfigError(faults);
  return config as Config<S>;
}

/** Text of `min` to `max` characters; at least one unless told. */
export function text(limits: { readonly min?: number; readonly max?: number } = {}): Setting<string> {
  const { min = 1, max = 10_000 } = limits;
  return (raw) => {
    if (raw === undefined) return { fault: 'must be set' };
    if (raw.length < min) return { fault: `must have at least ${min} characters` };
    return raw.length > max ? { fault: `must have at most ${max} characters` } : { value: raw };
  };
}

/** A whole number. */
export function integer(limits: { readonly min: number; readonly max: number }): Setting<number> {
  return (raw) => {
    if (raw === undefined) return { fault: 'must be set' };
    const value = Number(raw);
    const fits = /^-?\d+$/.test(raw) && value >= limits.min && value <= limits.max;
    return fits ? { value } : { fault: `must be a whole number from ${limits.min} to ${limits.max}` };
  };
}

/** A TCP port; 0 lets the system choose. */
export function port(): Setting<number> {
  return integer({ min: 0, max: 65_535 });
}

/** An absolute URL, of one of these protocols (`['postgres:', 'postgresql:']`) where they are given. */
export function url(protocols?: readonly string[]): Setting<string> {
  return (raw) => {
    if (raw === undefined) return { fault: 'must be set' };
    if (!URL.canParse(raw)) return { fault: 'must be an absolute URL' };
    const { protocol } = new URL(raw);
    if (!protocols || protocols.includes(protocol)) return { value: raw };
    return { fault: `must be a URL that begins with ${protocols.join(' or ')}` };
  };
}

/** One of these words. */
export function oneOf<const T extends string>(...values: readonly T[]): Setting<T> {
  return (raw) => {
    const value = values.find((candidate) => candidate === raw);
    return value === undefined ? { fault: `must be one of ${values.join(', ')}` } : { value };
  };
}

/** `true` or `false`. */
export function flag(): Setting<boolean> {
  return (raw) =>
    raw === 'true' || raw === 'false' ? { value: raw === 'true' } : { fault: 'must be true or false' };
}

/** What is read when the variable is not set. */
export function withDefault<T>(setting: Setting<T>, fallback: T): Setting<T> {
  return (raw) => (raw === undefined ? { value: fallback } : setting(raw));
}

/** May be left out. */
export function optional<T>(setting: Setting<T>): Setting<T | undefined> {
  return (raw) => (raw === undefined ? { value: undefined } : setting(raw));
}

/** The JSON in a file, read once: a key that cannot be read is a fault of the environment like any other. */
export function jsonFile(): Setting<unknown> {
  return (raw) => {
    if (raw === undefined) return { fault: 'must be set' };
    try {
      return { value: JSON.parse(readFileSync(raw, 'utf8')) as unknown };
    } catch {
      return { fault: 'must name a readable file of JSON' };
    }
  };
}

/**
 * A secret that processes share, 32 characters or more; both with a comma between them while it is exchanged for
 * another: the first signs, each verifies.
 */
export function sharedSecret(): Setting<string> {
  const one = text({ min: 32, max: 1_000 });
  return (raw) => {
    const secrets = raw === undefined ? [raw] : secretsOf(raw);
    if (secrets.length > 3) return { fault: 'must be at most 3 secrets with commas between them' };
    const faults = secrets.map(one).filter((parsed) => 'fault' in parsed);
    return faults[0] ?? { value: raw! };
  };
}

/** The settings of every service: where it listens, what it logs, the secret that signs viewers, what is switched off. */
export const commonSettings = {
  PORT: port(),
  HOST: withDefault(text({ max: 255 }), '127.0.0.1'),
  LOG_LEVEL: withDefault(oneOf('debug', 'info', 'warn', 'error', 'silent'), 'info'),
  MARQUEE_INTERNAL_SECRET: sharedSecret(),
  /** Rules of flags as JSON, read again when it changes; those set at run time come from NATS and stand before them. */
  MARQUEE_FLAGS_FILE: optional(text({ max: 4_096 })),
};

/** Of a service with an event log: the private key (Ed25519, as a JWK) that signs what the log was. */
export const logSettings = { MARQUEE_LOG_KEY_FILE: optional(jsonFile()) };

/** Of a service whose things can be deleted and restored: for how long they can come back. */
export const deletionSettings = {
  MARQUEE_DELETED_RETENTION_DAYS: withDefault(integer({ min: 1, max: 3_650 }), 30),
};
