import { describe, test } from '@jest/globals';
import { sagaScenarios } from '@marquee/testkit';
import { firstLookMs, paymentSaga, type KnownCharge } from './payment-saga.ts';

const given = sagaScenarios(paymentSaga);
const start = { paymentId: 'p1', orderExpiresAt: '2027-01-01T00:15:00.000Z' };
const asked = { paymentId: 'p1', phase: 'charging', asking: true, lost: false, looks: 0 } as const;
const settling = { ...asked, phase: 'settling' } as const;
const look = { kind: 'timer', timer: 'look' } as const;
const lost = { kind: 'timer', timer: 'lost' } as const;
const ended = { kind: 'message', message: { type: 'ended' } } as const;
const answer = (result: KnownCharge) => ({ kind: 'succeeded', command: 'ask', data: null, result }) as const;
const command = <T extends string>(type: T) => [{ type, data: null }];

describe('the saga of a payment', () => {
  test('leaves it to its request, and looks after it only when that has had its time', () => {
    given(start).then({
      state: { ...asked, asking: false },
      timers: {
        look: { afterMs: firstLookMs },
        lost: { afterMs: 60_000 },
        'order-expired': { at: new Date(start.orderExpiresAt) },
      },
    });
    given(start, ended).then({ state: { ...asked, phase: 'ended', asking: false }, done: true });
  });

  test('asks one question at a time, at growing intervals', () => {
    given(start, look).then({ state: asked, commands: command('ask') });
    given(start, look, lost).then({ state: { ...asked, lost: true } });
    given(start, look, answer({ status: 'PENDING' }), look, answer({ status: 'PENDING' })).then({
      state: { ...asked, asking: false, looks: 2 },
      timers: { look: { afterMs: 2 * firstLookMs } },
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
    given(start, lost, answer({ status: 'UNKNOWN' })).then({
      state: { ...settling, lost: true },
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
      state: { ...asked, phase: 'ended', asking: false },
      commands: [{ type: 'follow', data: event }],
      done: true,
    });
  });
});
