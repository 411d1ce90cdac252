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
export { hookPoints, isHookPoint, type HookInput, type HookOutput, type HookPoint } from './hooks.ts';
export { catalogueSchemas, type CatalogueSchemas, type JsonSchema } from './json-schemas.ts';
export { meteredBatch, mostMetered, usageQueue, type MeteredBatch, type MeteredRequest } from './metering.ts';
export {
  auditQuestionsOf,
  defineQuestion,
  faultsOf,
  personalDataOf,
  privacyQuestionsOf,
  questions,
  type AnswerOf,
  type ErasureReport,
  type Question,
  type QuestionFault,
  type RequestOf,
} from './questions.ts';
export { erasedText } from './schemas.ts';
export { upcasting } from './upcasters.ts';
export { createUpcasting, defineUpcaster, type Upcaster, type Upcasting } from './upcasting.ts';
