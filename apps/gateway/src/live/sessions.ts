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
  /** Null where the token is not good; the message says why. */
  open(token: string): Promise<Session | { readonly refused: string }>;
  readonly count: () => number;
  /** Ends all within `withinMs`, each at a moment of its own, lest they all come back at once. */
  drain(withinMs: number): Promise<void>;
};

/** A token that expired or was revoked is found out within this. */
const verifiedEveryMs = 15_000;

/** Connections outlive requests: what let one in is asked for again, every fifteen seconds, while it lasts. */
export function createSessions(tokens: TokenVerifier, everyMs = verifiedEveryMs): Sessions {
  const open = new Map<string, Set<AbortController>>();
  let count = 0;

  const endAll = (token: string, why: EndOfSession) => {
    for (const controller of open.get(token) ?? []) controller.abort(why);
    open.delete(token);
  };
  const verifyAll = async () => {
    for (const token of open.keys()) {
      // A fault of ours, such as a key file that cannot be read, ends nobody's session.
      const verified = await tokens.verify(token).catch(() => ({ ok: true }));
      if (!verified.ok) endAll(token, 'expired');
    }
  };
  const timer = setInterval(() => void verifyAll(), everyMs).unref();
  return {
    open: async (token) => {
      const verified = await tokens.verify(token);
      if (!verified.ok) return { refused: verified.message };
      const controller = new AbortController();
      open.set(token, (open.get(token) ?? new Set()).add(controller));
      count += 1;
      let closed = false;
      return {
        viewer: verified.viewer,
        signal: controller.signal,
        close: () => {
          if (closed) return;
          closed = true;
          count -= 1;
          controller.abort('closed' satisfies EndOfSession);
          const others = open.get(token);
          others?.delete(controller);
          if (others?.size === 0) open.delete(token);
        },
      };
    },
    count: () => count,
    drain: async (withinMs) => {
      clearInterval(timer);
      const ending = [...open.values()].flatMap((controllers) => [...controllers]);
      await Promise.all(
        ending.map(async (controller) => {
          await setTimeout(Math.random() * withinMs, undefined, { signal: controller.signal }).catch(
            () => undefined,
          );
          controller.abort('restart' satisfies EndOfSession);
        }),
      );
      open.clear();
    },
  };
}
