import { defineSaga } from '@marquee/sagas';
import { holders, publishers, type Holder } from './removal.ts';

export type RemovalSaga = {
  State: {
    readonly phase: 'copying' | 'waiting' | 'erasing' | 'over';
    readonly graceMs: number;
    /** Who has not copied, not erased, or not forgotten everything yet. */
    readonly waitingFor: readonly Holder[];
  };
  Start: { readonly graceMs: number };
  Message: { readonly type: 'cancelled' };
  Timer: 'erase';
  Commands: {
    copy: {
      data: { readonly service: Holder };
      result: { readonly service: Holder; readonly done: boolean };
    };
    offer: { data: { readonly graceMs: number }; result: null };
    erase: { data: null; result: { readonly erasing: boolean } };
    ask: { data: { readonly service: Holder }; result: { readonly service: Holder } };
    forget: { data: { readonly service: Holder }; result: { readonly service: Holder } };
    certify: { data: null; result: null };
  };
};

type State = RemovalSaga['State'];
const eachOf = <T extends 'copy' | 'ask' | 'forget'>(type: T, services: readonly Holder[]) =>
  services.map((service) => ({ type, data: { service } }) as const);
const without = (state: State, service: Holder) => state.waitingFor.filter((each) => each !== service);

/**
 * Copies what every service has of an organisation, offers the archive for as long as the owners may think better of it,
 * then has all of it erased, and, once nobody can need them any more, its events from the streams too; certifies that when
 * each service has said so.
 */
export const removalSaga = defineSaga<RemovalSaga>({
  name: 'organisation-removal',
  // The state is what it was; but before the second version nobody knew of `forget`.
  version: 2,
  upcast: { 1: (state) => state },
  start: ({ graceMs }) => ({
    state: { phase: 'copying', graceMs, waitingFor: [...holders] },
    commands: eachOf('copy', holders),
  }),
  react: (state, input) => {
    switch (input.kind) {
      case 'message':
        return { state: { ...state, phase: 'over' }, unwind: true };
      case 'unwound':
        return { state, done: true };
      case 'timer':
        return { state, commands: [{ type: 'erase', data: null }] };
      // None of its commands is refused.
      case 'failed':
        return { state };
      case 'succeeded':
        break;
    }
    switch (input.command) {
      case 'copy': {
        const { service, done } = input.result;
        if (!done) return { state, commands: [{ type: 'copy', data: { service } }], progressed: true };
        const waitingFor = without(state, service);
        const { graceMs } = state;
        return {
          state: { ...state, waitingFor },
          ...(waitingFor.length === 0 && { commands: [{ type: 'offer' as const, data: { graceMs } }] }),
        };
      }
      case 'offer':
        return { state: { ...state, phase: 'waiting' }, timers: { erase: { afterMs: state.graceMs } } };
      case 'erase':
        return input.result.erasing
          ? {
              state: { ...state, phase: 'erasing', waitingFor: [...holders] },
              commands: eachOf('ask', holders),
            }
          : { state: { ...state, phase: 'over' }, done: true };
      case 'ask': {
        const waitingFor = without(state, input.result.service);
        return waitingFor.length === 0
          ? { state: { ...state, waitingFor: [...publishers] }, commands: eachOf('forget', publishers) }
          : { state: { ...state, waitingFor } };
      }
      case 'forget': {
        const waitingFor = without(state, input.result.service);
        return {
          state: { ...state, waitingFor },
          ...(waitingFor.length === 0 && { commands: [{ type: 'certify' as const, data: null }] }),
        };
      }
      case 'certify':
        return { state: { ...state, phase: 'over' }, done: true };
    }
  },
});
