import type { Viewer } from '@marquee/subgraph';

/** What the gateway knows of a request while it is executed. */
export type GatewayContext = {
  /** Nobody without a token; then only the schema can be asked for. */
  readonly viewer?: Viewer;
  readonly correlationId: string;
};
