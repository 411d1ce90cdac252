import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { readManifest, type Manifest } from './manifest.ts';

/** A plugin as it is handed over: one JSON text, always the same for the same plugin. */
export type PluginPackage = {
  readonly manifest: Manifest;
  /** An ES module; null for a plugin that is a remote app alone. */
  readonly code: string | null;
};

/** A package, a signature or an index that is not what it should be. Match on `name`. */
export class PluginRefusedError extends Error {
  override readonly name = 'PluginRefusedError';
}

export const mostCodeCharacters = 256 * 1024;

/** The package as it is signed, published and stored. Throws PluginRefusedError where the plugin is none. */
export function packPlugin(manifest: unknown, code: string | null): string {
  const text = canonicalize({ manifest, code });
  readPackage(text!);
  return text!;
}

/** What is in a package. Throws PluginRefusedError. */
export function readPackage(text: string): PluginPackage {
  const value = parse(text) as { readonly manifest?: unknown; readonly code?: unknown } | null;
  const read = readManifest(value?.manifest);
  if (!read.ok)
    throw new PluginRefusedError(
      `The manifest is not one: ${read.faults.map(({ path, message }) => `${path} ${message}`).join('; ')}`,
    );
  const code = value?.code ?? null;
  const needsCode = read.manifest.hooks.some(({ runs }) => runs === 'sandbox');
  if (needsCode && (typeof code !== 'string' || code.length > mostCodeCharacters))
    throw new PluginRefusedError(
      `A plugin that runs in the sandbox has code of at most ${mostCodeCharacters} characters.`,
    );
  return { manifest: read.manifest, code: typeof code === 'string' ? code : null };
}

export function digestOf(text: string): string {
  return createHash('sha512').update(text).digest('base64');
}

/** Says of a package that its publisher made it. */
export type Release = { readonly name: string; readonly version: string; readonly sha512: string };

/** Ed25519, over name, version and digest: a signature of one package says nothing of another. */
export function signRelease(release: Release, privateKeyPem: string): string {
  return signText(releaseText(release), privateKeyPem);
}

export function isGenuine(release: Release, signature: string, publicKeyPem: string): boolean {
  return verifyText(releaseText(release), signature, publicKeyPem);
}

const releaseText = ({ name, version, sha512 }: Release) =>
  `marquee-plugin-v1\n${name}\n${version}\n${sha512}`;

export function signText(text: string, privateKeyPem: string): string {
  return sign(
    null,
    Buffer.from(text),
    ed25519(() => createPrivateKey(privateKeyPem)),
  ).toString('base64');
}

export function verifyText(text: string, signature: string, publicKeyPem: string): boolean {
  const key = ed25519(() => createPublicKey(publicKeyPem));
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64'));
}

/** The public half, as an index lists it. */
export function publicKeyOf(privateKeyPem: string): string {
  return ed25519(() => createPublicKey(privateKeyPem))
    .export({ type: 'spki', format: 'pem' })
    .toString();
}

function ed25519(read: () => KeyObject): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, in words.
  }
  throw new PluginRefusedError('A key must be an Ed25519 key in PEM: openssl genpkey -algorithm ed25519.');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new PluginRefusedError('It is not JSON.');
  }
}
