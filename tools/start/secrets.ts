import { createHmac, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export type Secrets = {
  /** Shared by the gateway and the services: signs the viewer header. */
  readonly internal: string;
  /** Of PostgreSQL's superuser. */
  readonly superuserPassword: string;
  passwordFor(role: string): string;
  /** An Ed25519 private key as a JWK: signs ticket credentials. */
  readonly ticketKeyFile: string;
  /** Seals what identity keeps secret. */
  readonly identity: string;
  readonly keysDirectory: string;
  /** A service's Ed25519 private key as a JWK: signs what its log was. */
  logKeyFile(service: string): string;
  /** Where a service keeps the key-encryption keys of personal data; it makes the file itself. */
  fieldKeysFile(service: string): string;
};

type Stored = { readonly internal: string; readonly superuser: string; readonly databases: string };

/** Made once per home, under `keys/`, readable by the owner alone; every later start reads them. */
export function loadSecrets(home: string): Secrets {
  const keysDirectory = join(home, 'keys');
  mkdirSync(keysDirectory, { recursive: true, mode: 0o700 });
  const stored = once(join(keysDirectory, 'secrets.json'), (): Stored => {
    const fresh = () => randomBytes(32).toString('base64url');
    return { internal: fresh(), superuser: fresh(), databases: fresh() };
  });
  const ticketKeyFile = join(keysDirectory, 'ticket-signing.jwk.json');
  once(ticketKeyFile, signingKey);
  const identity = once(join(keysDirectory, 'identity.json'), () => ({
    secret: randomBytes(32).toString('base64url'),
  }));
  return {
    internal: stored.internal,
    superuserPassword: stored.superuser,
    passwordFor: (role) => createHmac('sha256', stored.databases).update(role).digest('base64url'),
    ticketKeyFile,
    identity: identity.secret,
    keysDirectory,
    logKeyFile: (service) => {
      const file = join(keysDirectory, `log-signing-${service}.jwk.json`);
      once(file, signingKey);
      return file;
    },
    fieldKeysFile: (service) => join(keysDirectory, `field-encryption-${service}.json`),
  };
}

function signingKey(): object {
  const key = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { ...key, kid: randomBytes(8).toString('hex'), alg: 'EdDSA', use: 'sig' };
}

/** Renamed into place: a start that is killed half-way leaves no half secret. */
function once<T>(path: string, make: () => T): T {
  if (!existsSync(path)) {
    writeFileSync(`${path}.new`, JSON.stringify(make()), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  }
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}
