import { describe, expect, test } from '@jest/globals';
import { scopesOf, type Role, type Viewer } from '@marquee/subgraph';
import { mayActOn, mayActOnOrder, mayActOnTicket, sameEmail } from './access.ts';

const viewer = (role: Role, subject = 'ada', email?: string): Viewer => ({
  subject,
  organisationId: 'o',
  role,
  scopes: scopesOf(role),
  ...(email && { email }),
});

test('addresses are the same whatever their case, and no address is nobody', () => {
  expect(sameEmail('Ada@Example.com', 'ada@example.com')).toBe(true);
  expect(sameEmail(undefined, undefined)).toBe(false);
});

const bought = {
  ticket: { guestId: 'g1', orderId: 'o1' },
  guestEmail: 'bob@example.com',
  orderGuestId: 'g1',
  placedBy: 'ada',
};

test('who comes by the link of an order acts on it and on its tickets that were not handed on', () => {
  const linked: Viewer = { ...viewer('GUEST', 'order:o1'), orderId: 'o1' };
  const order = { order: { id: 'o1', placedBy: 'ada' }, guestEmail: 'bob@example.com' };
  expect(mayActOnOrder(linked, order)).toBe(true);
  expect(mayActOnOrder(linked, { ...order, order: { id: 'o2', placedBy: 'ada' } })).toBe(false);
  expect(mayActOnTicket(linked, bought)).toBe(true);
  expect(mayActOnTicket(linked, { ...bought, ticket: { guestId: 'g2', orderId: 'o1' } })).toBe(false);
  expect(mayActOnTicket(linked, { ...bought, ticket: { guestId: 'g1', orderId: 'o2' } })).toBe(false);
});

describe('a guest', () => {
  test('acts on what it placed and on what is for it, and on nothing else', () => {
    const thing = { placedBy: 'ada', guestEmail: 'bob@example.com' };
    expect(mayActOn(viewer('GUEST'), thing)).toBe(true);
    expect(mayActOn(viewer('GUEST', 'bob', 'BOB@example.com'), thing)).toBe(true);
    expect(mayActOn(viewer('GUEST', 'eve', 'eve@example.com'), thing)).toBe(false);
    expect(mayActOn(viewer('BOX_OFFICE', 'eve'), thing)).toBe(true);
  });

  test('loses a ticket of its order once it was handed on', () => {
    const handedOn = {
      ...bought,
      ticket: { ...bought.ticket, guestId: 'g2' },
      guestEmail: 'eve@example.com',
    };
    expect(mayActOnTicket(viewer('GUEST'), bought)).toBe(true);
    expect(mayActOnTicket(viewer('GUEST'), handedOn)).toBe(false);
    expect(mayActOnTicket(viewer('GUEST', 'eve', 'eve@example.com'), handedOn)).toBe(true);
    expect(mayActOnTicket(viewer('OWNER', 'owner'), handedOn)).toBe(true);
  });
});
