import type { Frame } from './client/frames.ts';
import type { StreamPosition } from './client/position.ts';
import type { LogTail, Wanted } from './log-tail.ts';
import type { TailEntry } from './recent.ts';

/** One client's line, whatever its protocol. */
export interface Wire {
  /** Aborted when the client is gone. */
  readonly gone: AbortSignal;
  /** Resolves when there is room for more. Each message is a frame as JSON; `position` is what it moves on to. */
  send(messages: readonly { readonly json: string; readonly position?: StreamPosition }[]): Promise<void>;
  /** Ends in order: what was sent still arrives. */
  end(): void;
  /** Ends at once. */
  cut(): void;
}

export type SessionLimits = {
  readonly heartbeatMs: number;
  /** A client that leaves its buffer full for so long is cut off; it may come back and resume. */
  readonly slowMs: number;
};

export type SessionEnd = 'gone' | 'drained' | 'slow' | 'expired';

/**
 * Sends a client what it wants after a position, until it goes, the server drains or its permission ends. It reads a page
 * only when the one before has left, so that a client costs at most a page and its socket's buffer.
 */
export async function serveSession(options: {
  readonly wire: Wire;
  readonly tail: LogTail;
  readonly wanted: Wanted;
  readonly after: StreamPosition | undefined;
  readonly limits: SessionLimits;
  readonly draining: AbortSignal;
  readonly expired: AbortSignal;
}): Promise<SessionEnd> {
  const { wire, tail, wanted, limits, draining, expired } = options;
  const over = AbortSignal.any([wire.gone, draining, expired]);
  const send = (messages: readonly { readonly json: string; readonly position?: StreamPosition }[]) =>
    within(limits.slowMs, wire.send(messages));
  const sendFrame = (frame: Frame) =>
    send([{ json: JSON.stringify(frame), ...('position' in frame && { position: frame.position }) }]);

  let position = options.after ?? tail.end;
  if (!(await sendFrame({ kind: 'hello', position, heartbeatMs: limits.heartbeatMs }))) return cutOff(wire);
  while (!over.aborted) {
    const page = await tail.read(wanted, position);
    if (page.entries.length > 0 && !(await send(page.entries.map(toMessage)))) return cutOff(wire);
    const isAtEnd = page.entries.length === 0 && page.position === position;
    position = page.position;
    if (!isAtEnd) continue;
    await tail.moved(position, over, limits.heartbeatMs);
    const isQuiet = !over.aborted && tail.end === position;
    if (isQuiet && !(await sendFrame({ kind: 'position', position }))) return cutOff(wire);
  }
  if (wire.gone.aborted) return 'gone';
  if (draining.aborted) await sendFrame({ kind: 'bye' });
  wire.end();
  return draining.aborted ? 'drained' : 'expired';
}

function cutOff(wire: Wire): SessionEnd {
  if (wire.gone.aborted) return 'gone';
  wire.cut();
  return 'slow';
}

function toMessage({ position, json }: TailEntry): {
  readonly json: string;
  readonly position: StreamPosition;
} {
  return { json: `{"kind":"event","position":"${position}","event":${json}}`, position };
}

/** Whether it was done in time. */
async function within(ms: number, work: Promise<void>): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ms);
  work.then(
    () => resolve(true),
    () => resolve(false),
  );
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}
