import type { DomainEvent } from '@marquee/contracts';
import type { Correlation } from '@marquee/telemetry';
import type { Draft } from '../draft.ts';

/** One caller's append, waiting. */
export type Request = {
  /** `<organisation>/<stream>` */
  readonly key: string;
  /** Not empty. */
  readonly drafts: readonly Draft[];
  /** The data of each draft as JSON text. */
  readonly json: readonly string[];
  readonly bytes: number;
  /** Null: any version. */
  readonly expected: number | null;
  readonly cause: Correlation;
  readonly resolve: (events: DomainEvent[]) => void;
  readonly reject: (error: unknown) => void;
};

/**
 * Requests to one stream that all hold if the first does: each of the others takes any version, or expects the one
 * that those before it lead to.
 */
export type Chain = { readonly key: string; readonly requests: readonly Request[] };

/**
 * Requests by stream, each stream's in the order they came. A stream that was taken is closed until it is given back,
 * so that its requests are judged in their order and two connections never wait for each other's rows.
 */
export class RequestQueue {
  readonly #waiting = new Map<string, Request[]>();
  readonly #taken = new Set<string>();

  add(request: Request): void {
    const list = this.#waiting.get(request.key);
    if (list) list.push(request);
    else this.#waiting.set(request.key, [request]);
  }

  /** One chain of each free stream, the longest waiting streams first, until the limits are met; at least one chain. */
  take(limits: { readonly events: number; readonly bytes: number }): Chain[] {
    const chains: Chain[] = [];
    let room = limits;
    for (const [key, list] of this.#waiting) {
      if (this.#taken.has(key)) continue;
      const requests = chainOf(list, room, chains.length === 0);
      if (requests.length === 0) break;
      for (const { drafts, bytes } of requests)
        room = { events: room.events - drafts.length, bytes: room.bytes - bytes };
      chains.push({ key, requests });
    }
    for (const { key, requests } of chains) this.#leave(key, this.#waiting.get(key)!.slice(requests.length));
    return chains;
  }

  /** Opens a stream again, with those of its requests that were not judged, which come before all others. */
  giveBack(key: string, unjudged: readonly Request[] = []): void {
    this.#taken.delete(key);
    const list = [...unjudged, ...(this.#waiting.get(key) ?? [])];
    if (list.length > 0) this.#waiting.set(key, list);
  }

  /** Takes out the waiting requests whose expected version is below this one. Versions only grow: they are stale. */
  removeStale(key: string, version: number): Request[] {
    const list = this.#waiting.get(key) ?? [];
    const isStale = ({ expected }: Request) => expected !== null && expected < version;
    const stale = list.filter(isStale);
    if (stale.length === list.length) this.#waiting.delete(key);
    else if (stale.length > 0)
      this.#waiting.set(
        key,
        list.filter((request) => !isStale(request)),
      );
    return stale;
  }

  /** The rest goes to the end: a busy stream does not keep the others waiting. */
  #leave(key: string, rest: Request[]): void {
    this.#taken.add(key);
    this.#waiting.delete(key);
    if (rest.length > 0) this.#waiting.set(key, rest);
  }
}

function chainOf(
  list: readonly Request[],
  room: { readonly events: number; readonly bytes: number },
  atLeastOne: boolean,
): Request[] {
  const chain: Request[] = [];
  let { events, bytes } = room;
  let version = list[0]!.expected;
  for (const request of list) {
    const follows = request.expected === null || request.expected === version;
    events -= request.drafts.length;
    bytes -= request.bytes;
    const fits = (events >= 0 && bytes >= 0) || (atLeastOne && chain.length === 0);
    if (!follows || !fits) break;
    chain.push(request);
    if (version !== null) version += request.drafts.length;
  }
  return chain;
}
