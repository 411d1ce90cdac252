import type { DomainEvent } from '@marquee/contracts';
import { isStreamPosition, type StreamPosition } from './position.ts';

/** What the server sends, as JSON: a WebSocket message each, or the data of a server-sent event. */
export type Frame =
  /** The first: where the client starts, and how often it will hear at least something. */
  | { readonly kind: 'hello'; readonly position: StreamPosition; readonly heartbeatMs: number }
  | { readonly kind: 'event'; readonly position: StreamPosition; readonly event: DomainEvent }
  /** Nothing for this client up to here. Also the heartbeat. */
  | { readonly kind: 'position'; readonly position: StreamPosition }
  /** The server ends; come back. */
  | { readonly kind: 'bye' };

/** The first message of a client over WebSocket. */
export type Resume = {
  readonly kind: 'resume';
  /** Default: from now on. */
  readonly after?: StreamPosition;
  /** Types and patterns such as `tickets.*`; default all. */
  readonly types?: readonly string[];
};

/** What came over the wire, where it is a frame; otherwise undefined. */
export function parseFrame(text: string): Frame | undefined {
  try {
    const frame = JSON.parse(text) as Frame;
    if (frame.kind === 'bye') return frame;
    return ['hello', 'event', 'position'].includes(frame.kind) && isStreamPosition(frame.position)
      ? frame
      : undefined;
  } catch {
    return undefined;
  }
}
