import type { AnyInterceptor } from '@marquee/event-bus';
import type { Database } from '@marquee/postgres';
import type { Logger } from '@marquee/telemetry';
import type { Link } from './link.ts';
import type { Instruments } from './observe.ts';
import type { Messaging } from './types.ts';
import type { Session } from './session.ts';
import type { Topology } from './topology.ts';

/** What relay and subscriptions of one service share. */
export type Context = {
  readonly service: string;
  readonly topology: Topology;
  readonly link: Link;
  readonly database: Database;
  /** Holds the advisory locks. */
  readonly session: Session;
  readonly logger: Logger;
  readonly instruments: Instruments;
  readonly ask: Messaging['ask'];
  /** The relay leaves out what is personal. */
  readonly withholds: boolean;
  readonly interceptors: {
    readonly publish: readonly AnyInterceptor[];
    readonly handle: readonly AnyInterceptor[];
  };
};

export function lockKey({ topology, service }: Context, name: string): string {
  return `messaging:${topology.namespace}:${service}:${name}`;
}
