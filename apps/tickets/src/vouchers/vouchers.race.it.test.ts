import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { accepted, givenOccurrence, givenTicketType, hold } from '../harness.test-support.ts';
import { checkOut } from '../orders/check-out.ts';
import { acceptedOf, brokenNumbers, describeRace, guest, times } from '../races/race.test-support.ts';
import { givenTerms, givenVoucher } from './voucher.test-support.ts';

const noNets = [
  'alter table voucher drop constraint voucher_not_overused',
  'alter table voucher drop constraint voucher_not_overspent',
];
const unlocked = {
  meet: { before: 'from voucher where id = $1', parties: 8 },
  statements: [['from voucher where id = $1 for update', 'from voucher where id = $1']] as const,
  schema: noNets,
};

describeRace("a voucher's last use, by 8 at once", unlocked, async ({ world, unmet, guarded }) => {
  const occurrence = await givenOccurrence(world);
  const type = await givenTicketType(world, occurrence);
  const voucher = await givenVoucher(unmet, { maxUses: 1 });
  const buyers = await Promise.all(
    Array.from({ length: 8 }, async () => {
      const viewer = guest(world);
      return { viewer, held: await accepted(hold(unmet, viewer, occurrence, type)) };
    }),
  );
  const results = await times(8, (place) => {
    const { viewer, held } = buyers[place]!;
    return checkOut(world.services, viewer, {
      idempotencyKey: newUuid(),
      holdId: held.id,
      guest: { email: viewer.email!, name: 'Buyer' },
      voucherCode: voucher.code,
    });
  });
  if (guarded) expect(acceptedOf(results)).toBe(1);
  else {
    expect(acceptedOf(results)).toBeGreaterThan(1);
    expect(await brokenNumbers(world)).toContain(10);
  }
});

describeRace(
  "a voucher's last use of one guest, in 8 orders",
  unlocked,
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    const voucher = await givenVoucher(unmet, { maxUsesPerGuest: 1 });
    const viewer = guest(world);
    const holds = await Promise.all(
      Array.from({ length: 8 }, () => accepted(hold(unmet, viewer, occurrence, type))),
    );
    const results = await times(8, (place) =>
      checkOut(world.services, viewer, {
        idempotencyKey: newUuid(),
        holdId: holds[place]!.id,
        guest: { email: viewer.email!, name: 'Buyer' },
        voucherCode: voucher.code,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(1);
    else {
      expect(acceptedOf(results)).toBeGreaterThan(1);
      expect(await brokenNumbers(world)).toContain(10);
    }
  },
);

describeRace(
  'two tickets a guest, in 8 orders of one each',
  {
    meet: { before: 'guest_limit', parties: 8 },
    statements: [['values ($1, $2, $3)', 'select $1::uuid, $2::uuid, $3::uuid where false']],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(world);
    const type = await givenTicketType(world, occurrence);
    await givenTerms(unmet, type, { maxPerGuest: 2 });
    const viewer = guest(world);
    const holds = await Promise.all(
      Array.from({ length: 8 }, () => accepted(hold(unmet, viewer, occurrence, type))),
    );
    const results = await times(8, (place) =>
      checkOut(world.services, viewer, {
        idempotencyKey: newUuid(),
        holdId: holds[place]!.id,
        guest: { email: viewer.email!, name: 'Buyer' },
        voucherCode: null,
      }),
    );
    if (guarded) expect(acceptedOf(results)).toBe(2);
    else expect(acceptedOf(results)).toBeGreaterThan(2);
  },
);
