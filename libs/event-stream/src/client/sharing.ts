import type { Environment } from './environment.ts';
import type { Frame } from './frames.ts';
import type { Link, LinkState } from './link.ts';
import { comparePositions, type StreamPosition } from './position.ts';

/** Between the tabs. */
type Message =
  /** The leader had everything up to `from` when this came. */
  | { readonly kind: 'frame'; readonly from: StreamPosition | undefined; readonly frame: Frame }
  | { readonly kind: 'state'; readonly state: LinkState }
  /** A tab has come, or has noticed that it missed something after this position. */
  | { readonly kind: 'hello' }
  | { readonly kind: 'behind' };

export type Share = {
  /** Whether this tab holds the connection. */
  isLeader(): boolean;
  /** Says that something was missed: the leader connects anew, from before it. */
  behind(after: StreamPosition): void;
  close(): void;
};

export type ShareOptions = {
  readonly name: string;
  readonly environment: Environment;
  /** Opens the connection, resuming after the position that `rewindTo` gives, or else this tab's own. */
  readonly openLink: (heard: {
    onFrame(frame: Frame): void;
    onState(state: LinkState): void;
    rewindTo(): StreamPosition | undefined;
  }) => Link;
  readonly position: () => StreamPosition | undefined;
  /** A frame, from the connection or from the leader; `from` is where its sender stood before. */
  readonly onFrame: (frame: Frame, from: StreamPosition | undefined) => void;
  readonly onState: (state: LinkState) => void;
};

/**
 * One connection for all tabs of this name. The tab that gets the lock leads: it connects, and tells the others over the
 * channel what comes. When it goes, however suddenly, the browser gives the lock to another.
 */
export function shareConnection(options: ShareOptions): Share {
  const { name, environment, openLink, position, onFrame, onState } = options;
  const { BroadcastChannel, navigator } = environment;
  const ending = new AbortController();
  let link: Link | undefined;
  let state: LinkState = 'connecting';
  let rewind: StreamPosition | undefined;
  /** Where the connection stands, which after a rewind is behind this tab itself. */
  let place: StreamPosition | undefined;
  const channel = BroadcastChannel && navigator?.locks ? new BroadcastChannel(name) : undefined;
  const tell = (message: Message & { readonly after?: StreamPosition }) => channel?.postMessage(message);

  const lead = () => {
    link = openLink({
      rewindTo: () => {
        place = rewind ?? position();
        rewind = undefined;
        return place;
      },
      onFrame: (frame) => {
        const from = place;
        if ('position' in frame) place = frame.position;
        tell({ kind: 'frame', from, frame });
        onFrame(frame, from);
      },
      onState: (next) => {
        state = next;
        // Another tab goes on when this one closes.
        if (next !== 'closed') tell({ kind: 'state', state });
        onState(state);
      },
    });
  };
  const behind = (after: StreamPosition) => {
    if (!link) return tell({ kind: 'behind', after });
    // On the way already: others noticed it too, or the same tab at every event since.
    if ([rewind, place].some((known) => known !== undefined && comparePositions(known, after) <= 0)) return;
    rewind = after;
    link.restart();
  };
  // A tab that comes learns where the others stand: should it lead before the next event, it misses none.
  const welcome = () => {
    tell({ kind: 'state', state });
    if (place !== undefined)
      tell({ kind: 'frame', from: place, frame: { kind: 'position', position: place } });
  };
  channel?.addEventListener('message', ({ data }) => {
    const message = data as Message & { readonly after?: StreamPosition };
    if (message.kind === 'frame' && !link) onFrame(message.frame, message.from);
    else if (message.kind === 'state' && !link) onState(message.state);
    else if (message.kind === 'hello' && link) welcome();
    else if (message.kind === 'behind' && link && message.after) behind(message.after);
  });

  tell({ kind: 'hello' });
  if (channel) whenElected(name, environment, ending.signal, lead);
  else lead();
  return {
    isLeader: () => link !== undefined,
    behind,
    close: () => {
      link?.close();
      ending.abort();
      channel?.close();
      if (!link) onState('closed');
    },
  };
}

/** Calls `lead` when the lock is this tab's, which it stays until the signal or the end of the tab. */
function whenElected(name: string, { navigator }: Environment, ending: AbortSignal, lead: () => void): void {
  const held = () =>
    new Promise<void>((resolve) => {
      lead();
      ending.addEventListener('abort', () => resolve(), { once: true });
    });
  // Rejects when this tab closes while it waits for its turn.
  navigator!.locks!.request(name, { signal: ending }, held).catch(() => undefined);
}
