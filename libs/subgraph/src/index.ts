export { batchHeader, maxBatch } from './batch.ts';
export { apiKeyPrefix, isApiKey, makeApiKey } from './api-key.ts';
export { orBadInput } from './bad-input.ts';
export { callerHeader, signCaller, verifyCaller, type Caller } from './caller.ts';
export {
  commonSettings,
  ConfigError,
  deletionSettings,
  flag,
  integer,
  jsonFile,
  logSettings,
  oneOf,
  optional,
  parseConfig,
  port,
  text,
  url,
  withDefault,
  type Config,
  type Setting,
} from './config-shape.ts';
export { createPageLoader, deletedConnection, deletedView, parseKeysetPage } from './connection.ts';
export type { EventsOf, Named } from './confine.ts';
export { createDocumentGate, type DocumentLimits } from './document-limits.ts';
export { errorCodes, graphError, type ErrorCode, type ErrorMeaning } from './error-codes.ts';
export { forbidden, maskFault, unauthenticated } from './errors.ts';
export { BodyError, parseJsonBody } from './http-body.ts';
export {
  errorAnswer,
  type HttpAnswer,
  type HttpExchange,
  type HttpRoute,
  type Shortcut,
} from './http-exchange.ts';
export { startHttpServer, type HttpServerOptions, type RunningHttpServer } from './http-server.ts';
export { loadSchema, schemaPrelude } from './load-schema.ts';
export { createLoader, type Loader } from './loader.ts';
export {
  parseAll,
  parseCountryCode,
  parseCurrency,
  parseEmail,
  parseId,
  parseIdempotencyKey,
  parseInstant,
  parseInteger,
  parseList,
  parseMoney,
  parseNumber,
  parseOptional,
  parsePage,
  parseText,
  parseTimeZone,
  type Page,
  type Parsed,
} from './parse.ts';
export { createPeer, isPeerUnavailable, PeerError, PeerUnavailableError, type Peer } from './peer.ts';
export type { CheckResult, ReadinessChecks } from './readiness.ts';
export { toResult, type RefusalMember } from './result.ts';
export { orderLinkScopes, parseRole, roles, scopesAtEvents, scopesOf, type Role } from './roles.ts';
export {
  executeOverHttp,
  querySourceOf,
  runSubgraph,
  unusedPluginsOff,
  type RunningSubgraph,
  type SubgraphOptions,
  type SubgraphRequest,
} from './run-subgraph.ts';
export { scalarResolvers } from './scalars.ts';
export { onStopSignal } from './stop-signal.ts';
export { serviceViewer, signViewer, verifyViewer, viewerHeader, type Viewer } from './viewer.ts';
