import { createMetrics, type Counter, type Gauge, type Histogram, type Metrics } from '@marquee/telemetry';

export type QuestionInstruments = {
  readonly asked: Counter;
  readonly askSeconds: Histogram;
  readonly answered: Counter;
  readonly answerSeconds: Histogram;
  readonly open: Gauge;
};

export function instrumentsOf(metrics: Metrics = createMetrics()): QuestionInstruments {
  return {
    asked: metrics.counter('marquee_questions_asked_total', 'Questions to other services by outcome'),
    askSeconds: metrics.histogram('marquee_question_ask_seconds', 'From asking to the answer, or to none'),
    answered: metrics.counter('marquee_questions_answered_total', 'Questions of other services by outcome'),
    answerSeconds: metrics.histogram('marquee_question_answer_seconds', 'Duration of answering'),
    open: metrics.gauge('marquee_questions_open', 'Questions asked, or being answered, at this moment'),
  };
}
