import { createServer, connect, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/** Before a server of a drill: what the network can do to those who speak with it. */
export type Proxy = {
  readonly port: number;
  /** Where connections lead from now on; those that are open are broken. */
  leadTo(port: number): void;
  /** Each piece is so much later, both ways. */
  delay(ms: number): void;
  /** Breaks every connection with a reset. */
  reset(): void;
  /** Lets nothing through, and says so to nobody: connections stay open and silent. */
  partition(isParted: boolean): void;
  close(): Promise<void>;
};

type Pair = { readonly inner: Socket; readonly outer: Socket };

/** On loopback alone. */
export async function startProxy(target: number): Promise<Proxy> {
  const pairs = new Set<Pair>();
  const state = { target, delayMs: 0, isParted: false };
  const pass = (from: Socket, to: Socket) => {
    from.on('data', (data) => {
      const send = () => {
        if (!to.destroyed && !to.write(data)) {
          from.pause();
          to.once('drain', () => state.isParted || from.resume());
        }
      };
      if (state.delayMs > 0) setTimeout(send, state.delayMs);
      else send();
    });
    from.on('end', () => to.end());
    // The other side is told by `close`.
    from.on('error', () => undefined);
    from.on('close', () => to.destroy());
  };
  const server = createServer((outer) => {
    const inner = connect(state.target, '127.0.0.1');
    const pair = { inner, outer };
    pairs.add(pair);
    outer.once('close', () => pairs.delete(pair));
    pass(outer, inner);
    pass(inner, outer);
    if (state.isParted) [inner, outer].forEach((socket) => socket.pause());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const reset = () => {
    for (const { inner, outer } of pairs) {
      outer.resetAndDestroy();
      inner.destroy();
    }
  };
  return {
    port: (server.address() as AddressInfo).port,
    leadTo: (port) => {
      state.target = port;
      reset();
    },
    delay: (ms) => {
      state.delayMs = ms;
    },
    reset,
    partition: (isParted) => {
      state.isParted = isParted;
      for (const { inner, outer } of pairs)
        [inner, outer].forEach((socket) => (isParted ? socket.pause() : socket.resume()));
    },
    close: async () => {
      reset();
      await new Promise((closed) => server.close(closed));
    },
  };
}
