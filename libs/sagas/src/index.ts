export {
  defineSaga,
  SagaLimitError,
  SagaVersionError,
  type CommandFailure,
  type Saga,
  type SagaCommand,
  type SagaInput,
  type SagaStep,
  type SagaTypes,
  type TimerChange,
} from './definition.ts';
export { sagaMigrations } from './migrations.ts';
export {
  deliverToSaga,
  deliverToSagas,
  readSaga,
  startSaga,
  startSagas,
  type Delivery,
  type SagaMessage,
  type SagaReading,
  type SagaStart,
  type SagaStatus,
} from './tell.ts';
export {
  carryOut,
  type CarriedOut,
  type CommandContext,
  type CommandHandler,
  type CommandHandlers,
} from './worker/handlers.ts';
export { carryOutDue } from './worker/once.ts';
export {
  startSagaWorkers,
  type SagaWorkers,
  type SagaWorkersOptions,
  type SagaWorkersStatus,
} from './worker/workers.ts';
export { inspectSaga, listSagas, retrySaga, type SagaDetails, type SagaSummary } from './operate.ts';
