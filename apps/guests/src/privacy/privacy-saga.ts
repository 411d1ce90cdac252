import { defineSaga, startSaga } from '@marquee/sagas';
import type { Transaction } from '@marquee/postgres';
import { archiveDays, holders, type Holder, type PrivacyKind } from './privacy-request.ts';

export type PrivacySaga = {
  State: {
    readonly kind: PrivacyKind;
    readonly guestId: string;
    /** Who has not answered yet. */
    readonly waitingFor: readonly Holder[];
    readonly phase: 'asking' | 'completing' | 'keeping' | 'done';
  };
  Start: { readonly kind: PrivacyKind; readonly guestId: string };
  Message: never;
  Timer: 'forget';
  Commands: {
    ask: {
      data: { readonly service: Holder; readonly kind: PrivacyKind; readonly guestId: string };
      result: { readonly service: Holder };
    };
    complete: { data: { readonly kind: PrivacyKind; readonly guestId: string }; result: null };
    forget: { data: null; result: null };
  };
};

/**
 * Asks every service that keeps something of people, until each has answered: what it has of the person, or that it has
 * forgotten her. Then the archive or the certificate is made; an archive is forgotten after some days.
 */
export const privacySaga = defineSaga<PrivacySaga>({
  name: 'privacy',
  version: 1,
  start: ({ kind, guestId }) => ({
    state: { kind, guestId, waitingFor: [...holders], phase: 'asking' },
    commands: holders.map((service) => ({ type: 'ask' as const, data: { service, kind, guestId } })),
  }),
  react: (state, input) => {
    const { kind, guestId } = state;
    switch (input.kind) {
      case 'timer':
        return { state, commands: [{ type: 'forget', data: null }] };
      case 'succeeded': {
        if (input.command === 'forget') return { state: { ...state, phase: 'done' }, done: true };
        if (input.command === 'complete')
          return kind === 'EXPORT'
            ? {
                state: { ...state, phase: 'keeping' },
                timers: { forget: { afterMs: archiveDays * 86_400_000 } },
              }
            : { state: { ...state, phase: 'done' }, done: true };
        const waitingFor = state.waitingFor.filter((service) => service !== input.result.service);
        if (waitingFor.length > 0) return { state: { ...state, waitingFor } };
        return {
          state: { ...state, waitingFor, phase: 'completing' },
          commands: [{ type: 'complete', data: { kind, guestId } }],
        };
      }
      // None of its commands is refused, and what was erased is not undone.
      case 'failed':
      case 'unwound':
      case 'message':
        return { state };
    }
  },
});

/** Begins what was requested: last in the transaction that writes the request. */
export async function followRequest(
  tx: Transaction,
  requestId: string,
  input: PrivacySaga['Start'],
): Promise<void> {
  await startSaga(tx, privacySaga, { key: requestId, input });
}
