import { createHash, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import canonicalize from 'canonicalize';
import { assert } from '@marquee/kernel';
import type { Hash } from './merkle.ts';

/** What is said about a tenant's tree, and signed. Kept outside this database it is what no superuser can take back. */
export type TreeHead = {
  /** Whose log it is, such as `tickets`: one service's head must not pass for another's. */
  readonly log: string;
  readonly organisationId: string;
  /** How many events it covers. */
  readonly size: number;
  /** Of the Merkle tree, 64 hexadecimal digits. */
  readonly root: string;
  /** RFC 3339 in UTC. */
  readonly signedAt: string;
  readonly keyId: string;
};

export type SignedTreeHead = TreeHead & {
  /** Ed25519 over the canonical JSON of `{ kind: 'marquee-tree-head-v1', …head }`, base64url. */
  readonly signature: string;
};

/** Signs heads. `sign` may ask a key management service, so that the private key is not in this process. */
export type HeadSigner = {
  readonly log: string;
  readonly keyId: string;
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
};

/** A signer with an Ed25519 key in this process. */
export function createHeadSigner({
  log,
  privateKey,
}: {
  readonly log: string;
  readonly privateKey: KeyObject;
}): HeadSigner {
  assert(privateKey.asymmetricKeyType === 'ed25519', 'tree heads are signed with Ed25519');
  return {
    log,
    keyId: headKeyId(createPublicKey(privateKey)),
    sign: (bytes) => sign(null, bytes, privateKey),
  };
}

/** The name of a public key: the first 16 characters of its SHA-256 (over SPKI) in base64url. */
export function headKeyId(publicKey: KeyObject): string {
  const spki = publicKey.export({ type: 'spki', format: 'der' });
  return createHash('sha256').update(spki).digest('base64url').slice(0, 16);
}

export async function signTreeHead(
  signer: HeadSigner,
  organisationId: string,
  tree: { readonly size: number; readonly root: Hash },
): Promise<SignedTreeHead> {
  const head: TreeHead = {
    log: signer.log,
    organisationId,
    size: tree.size,
    root: tree.root.toString('hex'),
    signedAt: new Date().toISOString(),
    keyId: signer.keyId,
  };
  const signature = await signer.sign(signedBytes(head));
  return { ...head, signature: Buffer.from(signature).toString('base64url') };
}

/** Whether one of these public keys signed the head. A head of an unknown key is not trusted. */
export function verifyTreeHead(head: SignedTreeHead, publicKeys: readonly KeyObject[]): boolean {
  const key = publicKeys.find((each) => headKeyId(each) === head.keyId);
  if (key?.asymmetricKeyType !== 'ed25519') return false;
  return verify(null, signedBytes(head), key, Buffer.from(head.signature, 'base64url'));
}

function signedBytes({ log, organisationId, size, root, signedAt, keyId }: TreeHead): Buffer {
  const kind = 'marquee-tree-head-v1';
  return Buffer.from(canonicalize({ kind, log, organisationId, size, root, signedAt, keyId })!);
}
