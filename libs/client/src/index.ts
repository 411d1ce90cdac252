export {
  createClient,
  type Answer,
  type ClientOptions,
  type MarqueeClient,
  type Operations,
  type RequestOptions,
} from './client.ts';
export type { ResultOf, TypedDocument, VariablesOf } from './document.ts';
export { MarqueeError, type FailureCode, type GraphError } from './errors.ts';
export * from './generated/operations.ts';
