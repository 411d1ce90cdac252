import { newUuid } from '@marquee/kernel';
import { accepted, type World } from '../harness.test-support.ts';
import { setSaleTerms } from '../pricing/save-rules.ts';
import { openTerms, type SaleTerms } from '../pricing/sale-terms.ts';
import type { TicketType } from '../inventory/ticket-type.ts';
import { saveVoucher } from './save-voucher.ts';
import type { NewVoucher, Voucher } from './voucher.ts';

export const tenPercent: NewVoucher = {
  code: 'SPRING',
  name: 'Spring',
  percentBp: 1000,
  amountMinor: null,
  currency: null,
  eventId: null,
  ticketTypeIds: null,
  unlocks: [],
  maxUses: null,
  maxUsesPerGuest: null,
  budgetMinor: null,
  validFrom: null,
  validUntil: null,
  active: true,
};

export function givenVoucher(world: World, over: Partial<NewVoucher> = {}): Promise<Voucher> {
  const code = `V${newUuid().slice(-8)}`.toUpperCase();
  return accepted(saveVoucher(world.services, world.viewer, { ...tenPercent, code, ...over, id: null }));
}

export function givenTerms(world: World, type: TicketType, over: Partial<SaleTerms>): Promise<string> {
  return accepted(
    setSaleTerms(world.services, world.viewer, { ticketTypeId: type.id, terms: { ...openTerms, ...over } }),
  );
}
