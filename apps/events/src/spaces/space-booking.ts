import { defineSaga, type SagaStep } from '@marquee/sagas';

/** What an occurrence asks of venues; instants as they are in events. */
export type SpacePlan = {
  readonly occurrenceId: string;
  /** The schedule's: answers to an older one count no more. */
  readonly revision: number;
  readonly spaceId: string;
  readonly startsAt: string;
  readonly endsAt: string;
};

export type SpaceVerdict = 'BOOKED' | 'CONFLICT' | 'RELEASED';

export type SpaceBooking = {
  State: {
    readonly phase: 'requested' | 'unanswered' | 'booked' | 'refused' | 'free' | 'releasing' | 'over';
    readonly plan: SpacePlan;
    /** Questions since the plan was made. */
    readonly asked: number;
  };
  Start: SpacePlan;
  Message:
    | { readonly type: 'planned'; readonly plan: SpacePlan }
    /** It needs no space any more, or is called off. */
    | { readonly type: 'withdrawn'; readonly revision: number; readonly cancelled: boolean }
    | { readonly type: 'answered'; readonly revision: number; readonly verdict: SpaceVerdict };
  Timer: 'answer' | 'over';
  Commands: {
    /** Whether venues has booked what was planned. */
    ask: { data: SpacePlan; result: 'BOOKED' | 'FREE' | 'SILENT' };
    /** Shows on the occurrence what became of it. */
    note: {
      data: {
        readonly occurrenceId: string;
        readonly revision: number;
        readonly status: 'BOOKED' | 'TIMED_OUT';
      };
      result: null;
    };
    /** Sees to it that venues has let go of the space. */
    release: { data: { readonly occurrenceId: string }; result: null };
  };
};

type State = SpaceBooking['State'];
type Step = SagaStep<SpaceBooking>;

/** Venues answers in milliseconds; after this long something is in the way, and the planner is to see it. */
export const answerWithinMs = 60_000;
const firstPauseMs = 600_000;
const longestPauseMs = 86_400_000;
/** Questions without an answer; then only venues itself can bring one. */
const maxAsked = 30;

/**
 * The booking of the space of one occurrence, from its planning until it is over or called off. The request is the event
 * of the planning itself, in the same transaction; the verdict comes back as an event of venues. Silence becomes a
 * visible status, and is asked about. Called off, the booking is undone: the saga ends when venues has let go.
 */
export const spaceBooking = defineSaga<SpaceBooking>({
  name: 'space-booking',
  version: 1,
  start: (plan) => ({
    ...requested(plan),
    undo: [{ type: 'release', data: { occurrenceId: plan.occurrenceId } }],
  }),
  react: (state, input, now) => {
    switch (input.kind) {
      case 'message':
        return told(state, input.message);
      case 'timer':
        if (input.timer === 'over') return { state: { ...state, phase: 'over' }, done: true };
        return { state: { ...state, asked: state.asked + 1 }, commands: [{ type: 'ask', data: state.plan }] };
      case 'succeeded':
        if (input.command !== 'ask') return { state };
        return found(state, input.data, input.result, now);
      case 'failed':
        return input.command === 'ask' ? found(state, input.data, 'SILENT', now) : { state };
      case 'unwound':
        return { state: { ...state, phase: 'over' }, done: true };
    }
  },
});

function requested(plan: SpacePlan): Step {
  return {
    state: { phase: 'requested', plan, asked: 0 },
    timers: { answer: { afterMs: answerWithinMs }, over: null },
  };
}

function told(state: State, message: SpaceBooking['Message']): Step {
  const { plan, phase } = state;
  if (phase === 'releasing') return { state };
  switch (message.type) {
    case 'planned':
      return message.plan.revision > plan.revision ? requested(message.plan) : { state };
    case 'withdrawn': {
      if (message.revision <= plan.revision) return { state };
      const withdrawn = { ...plan, revision: message.revision };
      if (message.cancelled)
        return { state: { ...state, phase: 'releasing', plan: withdrawn }, unwind: true };
      return settled({ ...state, plan: withdrawn }, 'free');
    }
    case 'answered': {
      if (message.revision !== plan.revision) return { state };
      const phases = { BOOKED: 'booked', CONFLICT: 'refused', RELEASED: 'free' } as const;
      return settled(state, phases[message.verdict]);
    }
  }
}

/** Nothing is awaited. A refused one may still get its turn: venues books it when the space becomes free. */
function settled(state: State, phase: State['phase']): Step {
  const over = { at: new Date(state.plan.endsAt) };
  return { state: { ...state, phase }, timers: { answer: null, over } };
}

/** What venues said when it was asked. */
function found(state: State, asked: SpacePlan, answer: 'BOOKED' | 'FREE' | 'SILENT', now: Date): Step {
  const { plan, phase } = state;
  const waiting = phase === 'requested' || phase === 'unanswered';
  if (!waiting || asked.revision !== plan.revision) return { state };
  const { occurrenceId, revision, endsAt } = plan;
  const note = (status: 'BOOKED' | 'TIMED_OUT') =>
    ({ type: 'note', data: { occurrenceId, revision, status } }) as const;
  if (answer === 'BOOKED') return { ...settled(state, 'booked'), commands: [note('BOOKED')] };
  const unanswered = { ...state, phase: 'unanswered' } as const;
  const commands = phase === 'requested' ? [note('TIMED_OUT')] : [];
  const afterMs = Math.min(firstPauseMs * 2 ** (state.asked - 1), longestPauseMs);
  const isLate = state.asked >= maxAsked || now.getTime() + afterMs >= Date.parse(endsAt);
  if (isLate) return { ...settled(unanswered, 'unanswered'), commands };
  return { state: unanswered, commands, timers: { answer: { afterMs } } };
}
