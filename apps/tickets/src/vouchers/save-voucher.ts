import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  invalid,
  newUuid,
  notFound,
  refuse,
  type InvalidInput,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { moneyData } from '../money-data.ts';
import { areTicketTypes } from '../pricing/save-rules.ts';
import { judgeCurrency, type CurrencyNotAllowed } from '../pricing/sales-policy.ts';
import { findSalesPolicy } from '../pricing/sales-policy-rows.ts';
import type { Services } from '../services.ts';
import type { NewVoucher, Voucher } from './voucher.ts';
import { lockVoucher } from './voucher-rows.ts';

export type VoucherCodeTaken = { readonly kind: 'VoucherCodeTaken'; readonly message: string };
type Refusals = VoucherCodeTaken | CurrencyNotAllowed | InvalidInput | NotFound;

/** Makes a voucher, or changes one; its limits cannot fall below what was used of it already. */
export async function saveVoucher(
  services: Services,
  viewer: Viewer,
  { id, ...wanted }: NewVoucher & { readonly id: string | null },
): Promise<Outcome<Voucher, Refusals>> {
  return services.database.decide<Voucher, Refusals>(viewer, async (tx) => {
    const known = id === null ? null : await lockVoucher(tx, id);
    if (id !== null && !known) return notFound('The voucher');
    const typeIds = [...(wanted.ticketTypeIds ?? []), ...wanted.unlocks];
    if (!(await areTicketTypes(tx, typeIds))) return notFound('The ticket type');
    const allowed = judgeCurrency(await findSalesPolicy(tx), wanted.currency);
    if (!allowed.ok) return allowed;
    const { uses, spentMinor } = known ?? { uses: 0, spentMinor: 0n };
    if (wanted.maxUses !== null && wanted.maxUses < uses)
      return invalid('maxUses', `must be at least ${uses}: so often was it used`);
    if (wanted.budgetMinor !== null && wanted.budgetMinor < spentMinor)
      return invalid('budget', `must be at least ${spentMinor} minor units: so much was given`);
    if (known?.currency && uses > 0 && known.currency !== wanted.currency)
      return invalid('amount', `must stay in ${known.currency}: it was used already`);
    const voucher: Voucher = { ...wanted, id: id ?? newUuid(), uses, spentMinor };
    if (!(await write(tx, voucher)))
      return refuse({ kind: 'VoucherCodeTaken', message: `There is a voucher ${wanted.code} already.` });
    await appendEvents(tx, { streamId: streamId('voucher', voucher.id), events: [savedEvent(voucher)] });
    tx.afterCommit(services.wake);
    return accept(voucher);
  });
}

function savedEvent(voucher: Voucher) {
  const { id: voucherId, code, active, percentBp, maxUses, currency } = voucher;
  const amount = (amountMinor: bigint | null) =>
    amountMinor === null || currency === null ? null : moneyData({ amountMinor, currency });
  return {
    type: 'tickets.voucher-saved.v1' as const,
    data: {
      voucherId,
      code,
      active,
      percentBp,
      maxUses,
      amount: amount(voucher.amountMinor),
      budget: amount(voucher.budgetMinor),
    },
  };
}

/** False where another voucher has the code. */
async function write(tx: Transaction, voucher: Voucher): Promise<boolean> {
  const taken = await tx.rows('select id from voucher where code = $1 and id <> $2', [
    voucher.code,
    voucher.id,
  ]);
  if (taken.length > 0) return false;
  const written = await tx.execute(
    `insert into voucher as v (organisation_id, id, code, name, percent_bp, amount_minor, currency, event_id,
       ticket_type_ids, unlocks, max_uses, max_uses_per_guest, budget_minor, valid_from, valid_until, active)
     select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16
     where not exists (select from voucher where id = $2)
     on conflict on constraint voucher_code do nothing`,
    [tx.organisationId, voucher.id, ...columnsOf(voucher)],
  );
  return written === 1 || change(tx, voucher);
}

async function change(tx: Transaction, voucher: Voucher): Promise<boolean> {
  const changed = await tx.execute(
    `update voucher set code = $2, name = $3, percent_bp = $4, amount_minor = $5, currency = $6, event_id = $7,
       ticket_type_ids = $8, unlocks = $9, max_uses = $10, max_uses_per_guest = $11, budget_minor = $12,
       valid_from = $13, valid_until = $14, active = $15
     where id = $1`,
    [voucher.id, ...columnsOf(voucher)],
  );
  return changed === 1;
}

/** What may change of a voucher, as both statements name it. */
function columnsOf(voucher: Voucher): readonly unknown[] {
  const minor = (value: bigint | null) => (value === null ? null : `${value}`);
  return [
    voucher.code,
    voucher.name,
    voucher.percentBp,
    minor(voucher.amountMinor),
    voucher.currency,
    voucher.eventId,
    voucher.ticketTypeIds,
    voucher.unlocks,
    voucher.maxUses,
    voucher.maxUsesPerGuest,
    minor(voucher.budgetMinor),
    voucher.validFrom,
    voucher.validUntil,
    voucher.active,
  ];
}
