export { answerAudit } from './audit.ts';
export { lockHandling } from './checkpoint.ts';
export type { Channel } from './channel.ts';
export type { Changes, ChangesListener } from './changes.ts';
export { connectMessaging } from './messaging.ts';
export type { ProcessStatus } from './control.ts';
export type { MqttAnswer, MqttMessage, MqttOptions } from './mqtt.ts';
export { messagingMigrations } from './migrations.ts';
export { connectOperator, type Operator } from './operator.ts';
export { OperatorError } from './operator-error.ts';
export type { BackedUp, Reconciled, StreamKeeper, StreamState } from './stream-keeper.ts';
export type { Answering, AnswerOptions, AskedBy } from './questions/answerer.ts';
export type { AskOptions } from './questions/asker.ts';
export {
  answerIfAny,
  isQuestionUnavailable,
  QuestionRefusedError,
  QuestionUnavailableError,
  type QuestionRefusedCode,
  type QuestionUnavailableCode,
} from './questions/errors.ts';
export { answerPrivacy, findErasure, noteErasure, privacyMigrations } from './privacy.ts';
export type { Queue, QueueOptions } from './queue.ts';
export type { QueueShares } from './queue-shares.ts';
export { answerRemoval } from './removal/answer-removal.ts';
export type { Records, RecordsOptions } from './records.ts';
export type {
  Handlers,
  Messaging,
  MessagingHealth,
  MessagingOptions,
  ProjectionOptions,
  Relay,
  RelayStatus,
  Subscription,
  SubscriptionState,
  SubscriptionStatus,
  WorkOptions,
} from './types.ts';
