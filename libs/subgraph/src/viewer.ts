import { isUuid, keyring, type Keyring } from '@marquee/kernel';
import { roles, scopesOf, type Role } from './roles.ts';

/** Who asks: verified by the gateway from the caller's token and signed for the subgraphs. */
export type Viewer = {
  /** The account: the token's `sub`, or `service:<name>` for a service asking on its own behalf. */
  readonly subject: string;
  /** The tenant. Nothing outside it exists for this viewer. */
  readonly organisationId: string;
  readonly role: Role;
  readonly scopes: readonly string[];
  /**
   * The events (bare uuids) that a member is confined to: what the scopes allow it may do there alone. Left out: every
   * event. Reading what every guest may read is not confined.
   */
  readonly eventIds?: readonly string[];
  /**
   * The order (bare uuid) whose signed link this viewer came by: somebody without an account, to whom nothing else
   * belongs. What it may do there is in the scopes.
   */
  readonly orderId?: string;
  /** What the token stands on, by which it is revoked: a sign-in session (wire id), or an order's link; none for programs. */
  readonly sessionId?: string;
  readonly email?: string;
  readonly name?: string;
};

export const viewerHeader = 'x-marquee-viewer';

/** Long enough for a slow operation with several hops, too short to be worth stealing from a log. */
export const viewerLifeMs = 60_000;

/** Clocks of two hosts may differ by this much. */
const clockSkewMs = 5_000;

export type ViewerRejection = 'missing' | 'malformed' | 'forged' | 'expired';

export type VerifiedViewer =
  { readonly ok: true; readonly viewer: Viewer } | { readonly ok: false; readonly reason: ViewerRejection };

/** Keeps a signature made for another purpose with the same secret from passing here. */
const purpose = 'marquee-viewer-v1.';

/**
 * The value of the `x-marquee-viewer` header: `base64url(JSON).signature`, good for 60 s from `nowMs`. `secret` is
 * shared by the gateway and the services, never by a client; both the old and the new one while it is exchanged.
 */
export function signViewer(viewer: Viewer, secret: string, nowMs: number = Date.now()): string {
  const payload = Buffer.from(JSON.stringify({ viewer, issuedAtMs: nowMs })).toString('base64url');
  return `${payload}.${keyring(secret).sign(purpose, payload)}`;
}

function isUuidList(value: unknown): boolean {
  return Array.isArray(value) && value.every((id) => typeof id === 'string' && isUuid(id));
}

function parsePayload(payload: string): { viewer: Viewer; issuedAtMs: number } | null {
  try {
    const { viewer, issuedAtMs } = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    const wellFormed =
      typeof issuedAtMs === 'number' &&
      typeof viewer?.subject === 'string' &&
      typeof viewer.organisationId === 'string' &&
      isUuid(viewer.organisationId) &&
      roles.includes(viewer.role) &&
      Array.isArray(viewer.scopes) &&
      viewer.scopes.every((scope: unknown) => typeof scope === 'string') &&
      (viewer.eventIds === undefined || isUuidList(viewer.eventIds)) &&
      (viewer.orderId === undefined || isUuidList([viewer.orderId]));
    return wellFormed ? { viewer, issuedAtMs } : null;
  } catch {
    return null;
  }
}

/** The viewer that the header carries, or why it carries none. The signature is judged before anything is parsed. */
export function verifyViewer(
  header: string | readonly string[] | undefined,
  secret: string,
  nowMs: number = Date.now(),
): VerifiedViewer {
  return verifyWith(keyring(secret), header, nowMs);
}

function verifyWith(
  keys: Keyring,
  header: string | readonly string[] | undefined,
  nowMs: number,
): VerifiedViewer {
  if (header === undefined || header === '') return { ok: false, reason: 'missing' };
  if (typeof header !== 'string') return { ok: false, reason: 'malformed' };
  const [payload, signature, ...rest] = header.split('.');
  if (!payload || !signature || rest.length > 0) return { ok: false, reason: 'malformed' };
  if (!keys.verify(signature, purpose, payload)) return { ok: false, reason: 'forged' };
  const parsed = parsePayload(payload);
  if (!parsed) return { ok: false, reason: 'malformed' };
  const ageMs = nowMs - parsed.issuedAtMs;
  if (ageMs > viewerLifeMs || ageMs < -clockSkewMs) return { ok: false, reason: 'expired' };
  return { ok: true, viewer: parsed.viewer };
}

const rememberedHeaders = 1_000;

/**
 * As `verifyViewer`, remembering what was found right: the gateway sends one viewer's header for some seconds, and
 * HMAC and JSON cost as much as a small operation. Its age is judged each time.
 */
export function createViewerVerifier(
  secret: string,
): (header: string | readonly string[] | undefined, nowMs?: number) => VerifiedViewer {
  const keys = keyring(secret);
  const known = new Map<string, { readonly viewer: Viewer; readonly untilMs: number }>();
  return (header, nowMs = Date.now()) => {
    const found = typeof header === 'string' ? known.get(header) : undefined;
    if (found && nowMs <= found.untilMs) return { ok: true, viewer: found.viewer };
    const verified = verifyWith(keys, header, nowMs);
    if (!verified.ok || typeof header !== 'string') return verified;
    if (known.size >= rememberedHeaders) known.delete(known.keys().next().value!);
    // Not for as long as it lives, which would take the JSON again, but for less than any clock may be off.
    known.set(header, { viewer: verified.viewer, untilMs: nowMs + 1_000 });
    return verified;
  };
}

/** A service asking another on its own behalf, within one organisation (a reaction to an event has no user). */
export function serviceViewer(service: string, organisationId: string): Viewer {
  return { subject: `service:${service}`, organisationId, role: 'OWNER', scopes: scopesOf('OWNER') };
}
