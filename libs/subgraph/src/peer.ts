import type { Outbound, OutboundResponse } from '@marquee/outbound';
import { signViewer, viewerHeader, type Viewer } from './viewer.ts';

/** Another service's graph, asked directly: service to service, not through the gateway. */
export type Peer = {
  readonly name: string;
  /**
   * The data of one operation. `viewer` is whom the question is signed as: the caller's own viewer, or
   * `serviceViewer(...)` where nobody asked. Throws PeerUnavailableError where the peer did not answer, PeerError
   * where it answered no. A query may be sent again by the outbound's retry, a mutation only when it never left.
   */
  query<T>(viewer: Viewer, document: string, variables?: Readonly<Record<string, unknown>>): Promise<T>;
};

/** The peer did not answer, or met a fault of its own: nothing is known. Match on `code`, not `instanceof`. */
export class PeerUnavailableError extends Error {
  override readonly name = 'PeerUnavailableError';
  readonly code = 'PEER_UNAVAILABLE';
  readonly peer: string;

  constructor(peer: string, message: string, cause?: unknown) {
    super(`${peer}: ${message}`, { cause });
    this.peer = peer;
  }
}

/** The peer answered with an error that asking again will not change: a fault of the one who asks. */
export class PeerError extends Error {
  override readonly name = 'PeerError';
  readonly code = 'PEER_ERROR';
  readonly peer: string;
  /** The first error's `extensions.code`, such as FORBIDDEN. */
  readonly peerCode: string;

  constructor(peer: string, peerCode: string, message: string) {
    super(`${peer}: ${message}`);
    this.peer = peer;
    this.peerCode = peerCode;
  }
}

/** Whether this error means that the peer did not answer, so that a refusal `Unavailable` is due. */
export function isPeerUnavailable(error: unknown): error is PeerUnavailableError {
  return (error as { code?: unknown } | null)?.code === 'PEER_UNAVAILABLE';
}

type Answer = {
  readonly data?: unknown;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
};

const passingCodes = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE']);

async function readAnswer(peer: string, response: OutboundResponse): Promise<unknown> {
  if (response.status >= 500) throw new PeerUnavailableError(peer, `answered ${response.status}`);
  const answer = (await response.json().catch((cause: unknown) => {
    throw new PeerUnavailableError(peer, 'did not answer JSON', cause);
  })) as Answer;
  const [first] = answer.errors ?? [];
  if (!first) return answer.data;
  const code = first.extensions?.code ?? 'INTERNAL_SERVER_ERROR';
  if (passingCodes.has(code)) throw new PeerUnavailableError(peer, first.message);
  throw new PeerError(peer, code, first.message);
}

/** A peer at `url` (`http://host:port/graphql`), asked through `outbound` (its breaker, deadline and retries). */
export function createPeer(options: {
  readonly name: string;
  readonly url: string;
  readonly internalSecret: string;
  readonly outbound: Outbound;
}): Peer {
  const { name, url, internalSecret, outbound } = options;
  return {
    name,
    query: async <T>(viewer: Viewer, document: string, variables: Readonly<Record<string, unknown>> = {}) => {
      const request = {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          accept: 'application/json',
          [viewerHeader]: signViewer(viewer, internalSecret),
        },
        body: JSON.stringify({ query: document, variables }),
        safe: !/^\s*mutation\b/.test(document),
      };
      const response = await outbound.fetch(url, request).catch((cause: unknown) => {
        throw new PeerUnavailableError(name, 'did not answer', cause);
      });
      return (await readAnswer(name, response)) as T;
    },
  };
}
