import { expect, test } from '@jest/globals';
import { foldHoldings } from './ownership.ts';

const at = (minute: number) => new Date(Date.UTC(2027, 2, 20, 18, minute));

test('each holder’s time ends when the next one’s begins', () => {
  expect(
    foldHoldings([
      { kind: 'issued', guestId: 'ada', at: at(0) },
      { kind: 'transferred', guestId: 'bob', at: at(1) },
      { kind: 'sold-on', at: at(2) },
      { kind: 'cancelled', at: at(2) },
    ]),
  ).toEqual([
    { guestId: 'ada', how: 'ISSUED', from: at(0), until: at(1), ended: 'TRANSFERRED' },
    { guestId: 'bob', how: 'TRANSFERRED', from: at(1), until: at(2), ended: 'SOLD_ON' },
  ]);
});

test('a ticket that was refunded has no holder any more, and one that was not has', () => {
  const issued = { kind: 'issued', guestId: 'ada', at: at(0) } as const;
  expect(foldHoldings([issued, { kind: 'cancelled', at: at(1) }])).toMatchObject([
    { ended: 'CANCELLED', until: at(1) },
  ]);
  expect(foldHoldings([issued])).toMatchObject([{ until: null, ended: null }]);
  expect(foldHoldings([])).toEqual([]);
});
