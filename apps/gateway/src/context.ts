import type { Viewer } from '@marquee/subgraph';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { OperationFacts } from './documents/document-facts.ts';
import type { CostPlan } from './limits/cost.ts';

/** The price of an operation: by its plan, and in fact. */
export type Charge = { readonly plan: CostPlan; actual?: number };

/** What the gateway knows of a request while it is executed. */
export type GatewayContext = {
  /** Nobody without a token; then only the schema can be asked for. */
  readonly viewer?: Viewer;
  readonly correlationId: string;
  /** What the answer costs is noted here, once it is there. */
  readonly charge?: Charge;
  /** Of the operation that this is for; undefined where they were not asked for. */
  readonly facts?: OperationFacts | undefined;
  /** Set where it was executed already, and Apollo Server has only to write the answer. */
  executed?: GatewayExecutionResult;
};
