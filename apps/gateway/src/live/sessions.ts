import { setTimeout } from 'node:timers/promises';
import type { Viewer } from '@marquee/subgraph';
import type { TokenVerifier } from '../access/verify-tokens.ts';

/** Someone who listens, for as long as the token is good. */
export type Session = {
  readonly viewer: Viewer;
  /** Fires when the token is not good any more, and when the gateway goes; its reason is an EndOfSession. */
  readonly signal: AbortSignal;
  close(): void;
};

export type EndOfSession = 'expired' | 'restart' | 'closed';

export type Sessions = {
  /** A refusal where the token is not good, or its viewer has as many connections as anybody may; the message says which. */
  open(
    token: string,
    address: string,
  ): Promise<Session | { readonly refused: string; readonly tooMany?: true }>;
  readonly count: () => number;
  /** Ends all within `withinMs`, each at a moment of its own, lest they all come back at once. */
  drain(withinMs: number): Promise<void>;
};

/** A token that expired or was revoked is found out within this. */
const verifiedEveryMs = 15_000;

type OfToken = {
  readonly token: string;
  readonly address: string;
  readonly controllers: Set<AbortController>;
};

async function endWithin(controller: AbortController, withinMs: number): Promise<void> {
  await setTimeout(Math.random() * withinMs, undefined, { signal: controller.signal }).catch(() => undefined);
  controller.abort('restart' satisfies EndOfSession);
}

/** Connections outlive requests: what let one in is asked for again, every fifteen seconds, while it lasts. */
export function createSessions(
  tokens: TokenVerifier,
  {
    maxOfOneViewer,
    everyMs = verifiedEveryMs,
  }: { readonly maxOfOneViewer: number; readonly everyMs?: number },
): Sessions {
  /** By token and where it came from, since a key may be good from some networks alone. */
  const open = new Map<string, OfToken>();
  const ofViewer = new Map<string, number>();
  let count = 0;

  const endAll = (key: string, why: EndOfSession) => {
    for (const controller of open.get(key)?.controllers ?? []) controller.abort(why);
    open.delete(key);
  };
  const countOf = (viewer: string, change: 1 | -1) => {
    const next = (ofViewer.get(viewer) ?? 0) + change;
    if (next === 0) ofViewer.delete(viewer);
    else ofViewer.set(viewer, next);
    count += change;
  };
  const verifyAll = async () => {
    for (const [key, { token, address }] of open) {
      // A fault of ours, such as a key file that cannot be read, ends nobody's session.
      const verified = await tokens.verify(token, address).catch(() => ({ ok: true }));
      if (!verified.ok) endAll(key, 'expired');
    }
  };
  const timer = setInterval(() => void verifyAll(), everyMs).unref();
  return {
    open: async (token, address) => {
      const verified = await tokens.verify(token, address);
      if (!verified.ok) return { refused: verified.message };
      const { subject, organisationId } = verified.viewer;
      const viewer = `${organisationId} ${subject}`;
      if ((ofViewer.get(viewer) ?? 0) >= maxOfOneViewer)
        return { refused: `You have ${maxOfOneViewer} live connections, which are allowed.`, tooMany: true };
      const controller = new AbortController();
      const key = `${address} ${token}`;
      const others = open.get(key) ?? { token, address, controllers: new Set() };
      others.controllers.add(controller);
      open.set(key, others);
      countOf(viewer, 1);
      let closed = false;
      return {
        viewer: verified.viewer,
        signal: controller.signal,
        close: () => {
          if (closed) return;
          closed = true;
          countOf(viewer, -1);
          controller.abort('closed' satisfies EndOfSession);
          others.controllers.delete(controller);
          if (others.controllers.size === 0 && open.get(key) === others) open.delete(key);
        },
      };
    },
    count: () => count,
    drain: async (withinMs) => {
      clearInterval(timer);
      const ending = [...open.values()].flatMap(({ controllers }) => [...controllers]);
      await Promise.all(ending.map((controller) => endWithin(controller, withinMs)));
      open.clear();
    },
  };
}
