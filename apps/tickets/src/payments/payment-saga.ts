import { defineSaga, type SagaInput, type SagaStep } from '@marquee/sagas';

/** What is known of a charge, as data. `ENDED`: its row says how, and nothing is left to be done. */
export type KnownCharge =
  | { readonly status: 'APPROVED' | 'AUTHORIZED' | 'CANCELLED' | 'PENDING' | 'UNKNOWN' | 'ENDED' }
  /** `over`: its order can no longer be paid. */
  | { readonly status: 'ACTION_REQUIRED'; readonly redirectUrl: string; readonly over: boolean }
  | { readonly status: 'DECLINED'; readonly reason: string };

/** By which a webhook is found where it is kept. */
export type ToldEvent = { readonly provider: string; readonly eventId: string };

export type PaymentSaga = {
  State: {
    readonly paymentId: string;
    readonly phase: 'charging' | 'settling' | 'ended';
    /** Whether its provider is being asked. */
    readonly asking: boolean;
    /** When its order expires: nobody waits for a payer who may no longer pay. */
    readonly orderExpiresAt: string | null;
    /** How often the provider was asked to no end. */
    readonly looks: number;
  };
  Start: {
    readonly paymentId: string;
    readonly orderExpiresAt: string | null;
    /** What was told of a payment whose own instance has ended. */
    readonly told?: ToldEvent;
    /** Nobody is at it: found without an instance of its own. */
    readonly orphan?: true;
  };
  Message:
    | { readonly type: 'told'; readonly event: ToldEvent }
    /** In the transaction in which the payment ended. */
    | { readonly type: 'ended' };
  Timer: 'look';
  Commands: {
    ask: { data: null; result: KnownCharge };
    capture: { data: null; result: KnownCharge };
    'give-up': { data: null; result: KnownCharge };
    confirm: { data: null; result: null };
    'await-payer': { data: { readonly redirectUrl: string }; result: null };
    fail: { data: { readonly reason: string }; result: null };
    cancel: { data: null; result: null };
    follow: { data: ToldEvent; result: null };
  };
};

type State = PaymentSaga['State'];
type Step = SagaStep<PaymentSaga>;

/** Twice as long as a provider is given to answer: until then the request that started the payment is at it. */
export const firstLookMs = 10_000;
/** More than a minute: a confirmation of which the provider knows nothing by then cannot be on its way any more. */
export const lostAfterLooks = 3;
const longestPauseMs = 6 * 3_600_000;

/**
 * Sees one payment to its end, whoever dies. The request that started it charges, because it alone has the payer's
 * token; whatever it leaves open is found out here, by asking the provider at growing intervals and by what webhooks
 * tell, and taken further: authorized money is captured, an approval sells (or gives back where the places are gone),
 * a payment that nobody heard of is given up. What ends a payment says so to its instance, in the same transaction.
 */
export const paymentSaga = defineSaga<PaymentSaga>({
  name: 'payment',
  version: 1,
  start: ({ paymentId, orderExpiresAt, told, orphan }) => {
    const state: State = { paymentId, phase: 'charging', asking: false, orderExpiresAt, looks: 0 };
    if (told)
      return { state: { ...state, phase: 'ended' }, commands: [{ type: 'follow', data: told }], done: true };
    return { state, timers: { look: { afterMs: orphan ? 0 : firstLookMs } } };
  },
  react: (state, input, now) => {
    switch (input.kind) {
      case 'message':
        return input.message.type === 'ended'
          ? { state: { ...state, phase: 'ended', asking: false }, done: true }
          : { state, commands: [{ type: 'follow', data: input.message.event }] };
      case 'timer':
        return ask(state);
      case 'succeeded':
        return afterDone(state, input, now);
      // Nothing here is refused, and nothing is undone: money is given back by a refund, which has a saga of its own.
      case 'failed':
      case 'unwound':
        return lookAgain(state, now);
    }
  },
});

function ask(state: State): Step {
  return state.asking
    ? { state }
    : { state: { ...state, asking: true }, commands: [{ type: 'ask', data: null }] };
}

function afterDone(
  state: State,
  input: Extract<SagaInput<PaymentSaga>, { kind: 'succeeded' }>,
  now: Date,
): Step {
  switch (input.command) {
    case 'ask':
    case 'capture':
    case 'give-up':
      return heard(state, input.result, now);
    // The transactions of these have said that the payment ended, where it did.
    case 'confirm':
    case 'fail':
    case 'cancel':
    case 'await-payer':
      return lookAgain(state, now);
    case 'follow':
      return { state };
  }
}

function heard(state: State, charge: KnownCharge, now: Date): Step {
  const settling: State = { ...state, phase: 'settling' };
  switch (charge.status) {
    case 'APPROVED':
      return { state: settling, commands: [{ type: 'confirm', data: null }] };
    case 'AUTHORIZED':
      return { state: settling, commands: [{ type: 'capture', data: null }] };
    case 'DECLINED':
      return { state: settling, commands: [{ type: 'fail', data: { reason: charge.reason } }] };
    case 'CANCELLED':
      return { state: settling, commands: [{ type: 'cancel', data: null }] };
    case 'ACTION_REQUIRED':
      return charge.over
        ? { state: settling, commands: [{ type: 'give-up', data: null }] }
        : {
            state: settling,
            commands: [{ type: 'await-payer', data: { redirectUrl: charge.redirectUrl } }],
          };
    case 'UNKNOWN':
      return state.looks >= lostAfterLooks
        ? { state: settling, commands: [{ type: 'give-up', data: null }] }
        : lookAgain(state, now);
    case 'PENDING':
      return lookAgain(state, now);
    case 'ENDED':
      return { state: { ...state, phase: 'ended', asking: false }, done: true };
  }
}

/** After about as long as it has taken so far, or when the order expires, should that come first. */
function lookAgain(state: State, now: Date): Step {
  const pauseMs = Math.min(firstLookMs * 2 ** Math.min(state.looks, 20), longestPauseMs);
  const expiresInMs = state.orderExpiresAt ? new Date(state.orderExpiresAt).getTime() - now.getTime() : 0;
  const afterMs = expiresInMs > 0 ? Math.min(pauseMs, expiresInMs) : pauseMs;
  return {
    state: { ...state, phase: 'charging', asking: false, looks: state.looks + 1 },
    timers: { look: { afterMs } },
  };
}
