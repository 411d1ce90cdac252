import type { Viewer } from '@marquee/subgraph';
import { setShares } from '../release/share.ts';
import { rehearsedQueue } from './messages.ts';

/** Somebody who asks a process itself: a visitor of a gateway, or a gateway that signs for one. */
export type Probe = {
  readonly url: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly signed?: { readonly viewer: Viewer; readonly secret: string };
};

/** What the hook is told beside its arguments. */
export type StageFile = {
  /** Of the router. */
  readonly socket: string;
  /** Where each move is written down, one JSON a line. */
  readonly movesFile: string;
  readonly present: string;
  readonly next: string;
  /** The migration Job of N+1. */
  readonly migration: { readonly file: string; readonly env: Readonly<Record<string, string>> };
  readonly natsUrl: string;
  /** By service: how N+1 is asked past the router. */
  readonly probes: Readonly<Record<string, Probe>>;
  /** By service: what says that N+1 is ready. */
  readonly readyUrls: Readonly<Record<string, string>>;
};

/** What was done, in epoch milliseconds. */
export type Move = {
  readonly kind: string;
  readonly service: string;
  /** Null of a migration. */
  readonly percent: number | null;
  readonly beganAtMs: number;
  readonly doneAtMs: number;
};

/** The queue's messages. A projection changes hands whole: there is nothing to weigh. */
export function weighMessages(
  { natsUrl, present, next }: Pick<StageFile, 'natsUrl' | 'present' | 'next'>,
  percent: number,
): Promise<void> {
  const shares = { [present]: 100 - percent, [next]: percent };
  return setShares({ url: natsUrl, namespace: 'marquee' }, [rehearsedQueue.name], shares);
}
