import { describe, test } from '@jest/globals';
import { sagaScenarios } from '@marquee/testkit';
import { firstLookMs, paymentSaga, type KnownCharge } from './payment-saga.ts';

const given = sagaScenarios(paymentSaga);
/** A quarter of an hour after the scenarios' now. */
const orderExpiresAt = '2027-01-01T00:15:00.000Z';
const start = { paymentId: 'p1', orderExpiresAt };
const asked = { paymentId: 'p1', phase: 'charging', asking: true, orderExpiresAt, looks: 0 } as const;
const settling = { ...asked, phase: 'settling' } as const;
const look = { kind: 'timer', timer: 'look' } as const;
const ended = { kind: 'message', message: { type: 'ended' } } as const;
const answer = (result: KnownCharge) => ({ kind: 'succeeded', command: 'ask', data: null, result }) as const;
const command = <T extends string>(type: T) => [{ type, data: null }];

describe('the saga of a payment', () => {
  test('leaves it to its request, and looks after it only when that has had its time', () => {
    given(start).then({
      state: { ...asked, asking: false },
      timers: { look: { afterMs: firstLookMs } },
    });
    given(start, ended).then({ state: { ...asked, phase: 'ended', asking: false }, done: true });
  });

  test('asks one question at a time, at growing intervals', () => {
    given(start, look).then({ state: asked, commands: command('ask') });
    given(start, look, look).then({ state: asked });
    given(start, look, answer({ status: 'PENDING' }), look, answer({ status: 'PENDING' })).then({
      state: { ...asked, asking: false, looks: 2 },
      timers: { look: { afterMs: 2 * firstLookMs } },
    });
    const pending = [look, answer({ status: 'PENDING' })] as const;
    const often = Array.from({ length: 8 }, () => pending).flat();
    given(start, ...often).then({
      state: { ...asked, asking: false, looks: 8 },
      // The order expires first.
      timers: { look: { afterMs: 900_000 } },
    });
    given({ ...start, orderExpiresAt: '2026-01-01T00:00:00.000Z' }, ...often).then({
      state: { ...asked, orderExpiresAt: '2026-01-01T00:00:00.000Z', asking: false, looks: 8 },
      timers: { look: { afterMs: 128 * firstLookMs } },
    });
  });

  test('takes further what the provider says', () => {
    given(start, look, answer({ status: 'APPROVED' })).then({
      state: settling,
      commands: command('confirm'),
    });
    given(start, look, answer({ status: 'AUTHORIZED' })).then({
      state: settling,
      commands: command('capture'),
    });
    given(start, look, answer({ status: 'DECLINED', reason: 'No.' })).then({
      state: settling,
      commands: [{ type: 'fail', data: { reason: 'No.' } }],
    });
  });

  test('gives up what nobody heard of once it is lost, and a payer whose order can no longer be paid', () => {
    given(start, look, answer({ status: 'UNKNOWN' })).then({
      state: { ...asked, asking: false, looks: 1 },
      timers: { look: { afterMs: firstLookMs } },
    });
    const unknown = [look, answer({ status: 'UNKNOWN' })] as const;
    given(start, ...unknown, ...unknown, ...unknown, ...unknown).then({
      state: { ...settling, looks: 3 },
      commands: command('give-up'),
    });
    const redirectUrl = 'https://bank.example/agree';
    given(start, look, answer({ status: 'ACTION_REQUIRED', redirectUrl, over: true })).then({
      state: settling,
      commands: command('give-up'),
    });
  });

  test('follows webhooks beside all that, and after its end in an instance of their own', () => {
    const event = { provider: 'sandbox', eventId: 'e1' };
    given(start, { kind: 'message', message: { type: 'told', event } }).then({
      state: { ...asked, asking: false },
      commands: [{ type: 'follow', data: event }],
    });
    given({ paymentId: 'p1', orderExpiresAt: null, told: event }).then({
      state: { ...asked, phase: 'ended', asking: false, orderExpiresAt: null },
      commands: [{ type: 'follow', data: event }],
      done: true,
    });
  });
});
