import { expect } from '@jest/globals';
import { newUuid } from '@marquee/kernel';
import { newViewer, system } from '../harness.test-support.ts';
import { findHolds } from '../holds/hold-rows.ts';
import { claimOffer, leaveWaitlist, settleOffer } from '../waitlist/answer-offer.ts';
import { joinWaitlist } from '../waitlist/join-waitlist.ts';
import { offerPlaces } from '../waitlist/offer-places.ts';
import { findOpenOffers } from '../waitlist/waitlist-rows.ts';
import { command, freeOf, isKept, pick, type KnownEntry } from './sales-model.test-support.ts';

export const wait = (quantity: number) =>
  command(
    'joinWaitlist',
    quantity,
    () => true,
    async (model, { world, occurrence, type, entries }) => {
      const viewer = newViewer('GUEST', world.viewer.organisationId, `${newUuid()}@example.com`);
      const outcome = await joinWaitlist(world.services, viewer, {
        occurrenceId: occurrence.id,
        ticketTypeId: type.id,
        quantity,
        guest: { email: viewer.email!, name: 'Waiting' },
      });
      if (quantity > freeOf(model)) expect(outcome).toMatchObject({ ok: true });
      else if (!isKept(model))
        expect(outcome).toMatchObject({ ok: false, refusal: { kind: 'TicketsAvailable' } });
      if (!outcome.ok) return;
      entries.push({ id: outcome.value.id, viewer });
      model.entries.push({ quantity, state: 'WAITING', offer: null });
    },
  );

/** What goes on by itself: offers that are over are settled, and what is free is offered down the line. */
export const offer = () =>
  command(
    'offer',
    0,
    (model) => model.entries.length > 0,
    async (model, real) => {
      const { services, viewer } = real.world;
      for (const [place, known] of model.entries.entries()) {
        if (known.state !== 'OFFERED') continue;
        await settleOffer(services, viewer, real.entries[place]!.id);
        settle(known);
      }
      const line = { occurrenceId: real.occurrence.id, ticketTypeId: real.type.id };
      const made = await offerPlaces(services, viewer, line);
      const next = () =>
        model.entries.findIndex(({ state, quantity }) => state === 'WAITING' && quantity <= freeOf(model));
      let expected = 0;
      for (let place = next(); place >= 0; place = next(), expected++) {
        const known = model.entries[place]!;
        const held = { quantity: known.quantity, state: 'ACTIVE' as const };
        Object.assign(known, { state: 'OFFERED', offer: { hold: held, over: false } });
        model.holds.push(held);
        const entry = real.entries[place]!;
        const [open] = await system(real.world, (tx) => findOpenOffers(tx, [entry.id]));
        const [hold] = await system(real.world, (tx) => findHolds(tx, [open!.holdId]));
        real.holds.push({ hold: hold!, viewer: entry.viewer });
      }
      expect(made).toBe(expected);
    },
  );

function settle(known: KnownEntry): void {
  const { hold, over } = known.offer!;
  if (hold.state === 'CONVERTED') known.state = 'CLAIMED';
  else if (hold.state === 'RELEASED') known.state = 'CANCELLED';
  else if (hold.state === 'EXPIRED' || over) known.state = 'OFFER_EXPIRED';
}

export const claim = (number: number) =>
  command(
    'claimOffer',
    number,
    (model) => model.entries.length > 0,
    async (model, real) => {
      const known = pick(model.entries, number);
      const { id, viewer } = pick(real.entries, number);
      const outcome = await claimOffer(real.world.services, viewer, id);
      expect(outcome.ok).toBe(
        known.state === 'OFFERED' && !known.offer!.over && known.offer!.hold.state === 'ACTIVE',
      );
      if (outcome.ok) known.state = 'CLAIMED';
    },
  );

export const leave = (number: number) =>
  command(
    'leaveWaitlist',
    number,
    (model) => model.entries.length > 0,
    async (model, real) => {
      const known = pick(model.entries, number);
      const { id, viewer } = pick(real.entries, number);
      const outcome = await leaveWaitlist(real.world.services, viewer, id);
      expect(outcome.ok).toBe(known.state === 'WAITING' || (known.state === 'OFFERED' && !known.offer!.over));
      if (!outcome.ok) return;
      known.state = 'CANCELLED';
      if (known.offer?.hold.state === 'ACTIVE') known.offer.hold.state = 'RELEASED';
    },
  );
