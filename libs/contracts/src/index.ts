export {
  assertValidEvent,
  catalogue,
  InvalidEventError,
  isEventType,
  type DomainEvent,
  type EventData,
  type EventType,
  type NewEvent,
} from './catalogue.ts';
export { encryptedFields, type EncryptedField } from './encrypted-fields.ts';
export { findBreaks, type Break } from './compatibility.ts';
export { exampleOf } from './example.ts';
export {
  hookBatch,
  hookPoints,
  isHookPoint,
  unfit,
  type HookInput,
  type HookOutput,
  type HookPoint,
} from './hooks.ts';
export { reportNames, type ReportName } from './report-inputs.ts';
export { catalogueSchemas, type CatalogueSchemas, type JsonSchema } from './json-schemas.ts';
export { meteredBatch, mostMetered, usageQueue, type MeteredBatch, type MeteredRequest } from './metering.ts';
export {
  auditQuestionsOf,
  defineQuestion,
  faultsOf,
  faultText,
  personalDataOf,
  privacyQuestionsOf,
  questions,
  removalQuestionsOf,
  type AnswerOf,
  type ErasureReport,
  type Question,
  type QuestionFault,
  type RemovalReport,
  type RequestOf,
  type Sums,
} from './questions.ts';
export { erasedText } from './schemas.ts';
export { upcasting } from './upcasters.ts';
export { createUpcasting, defineUpcaster, type Upcaster, type Upcasting } from './upcasting.ts';
