export { BreakerOpenError, createBreaker, type Breaker } from './breaker.ts';
export { isUnavailable, OutboundUnavailableError, type OutboundFault } from './errors.ts';
export type { OutboundRequest, OutboundResponse, StreamedResponse } from './exchange.ts';
export {
  createOutbound,
  type BreakerState,
  type Outbound,
  type OutboundOptions,
  type OutboundStatus,
} from './outbound.ts';
