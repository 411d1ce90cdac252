import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import {
  accept,
  decodeId,
  invalid,
  money,
  newUuid,
  notFound,
  splitMoney,
  subtractMoney,
  type InvalidInput,
  type Money,
  type NotFound,
  type Outcome,
} from '@marquee/kernel';
import { systemScope, type Database, type Transaction } from '@marquee/postgres';
import { planOn } from '../plans/plan.ts';
import { lockSubscription } from '../plans/subscription.ts';
import { nextNumber } from './numbers.ts';
import {
  dueMinor,
  dueOf,
  grossOf,
  invoiceNumber,
  lockPlatformInvoice,
  told,
  type PlatformInvoice,
} from './platform-invoice.ts';

/** Which invoice, by its number or its id; and the operator's own name for what is done: the same again changes nothing. */
export type Settling = { readonly invoice: string; readonly reference: string };

type Settled = Outcome<PlatformInvoice, NotFound | InvalidInput>;

/** Writes down that money has come for an invoice. More than is due is taken, too: it is in the bank. */
export function recordPayment(
  database: Database,
  { amount, ...settling }: Settling & { readonly amount: Money },
  now: Date,
): Promise<Settled> {
  return settle(database, settling, now, async (tx, invoice) => {
    if (amount.currency !== invoice.currency) return invalid('currency', `must be ${invoice.currency}`);
    if (amount.amountMinor <= 0n) return invalid('amount', 'must be more than 0');
    const [known] = await tx.rows<{ amountMinor: string }>(
      'select amount_minor as "amountMinor" from platform_payment where invoice_id = $1 and reference = $2',
      [invoice.id, settling.reference],
    );
    if (known && BigInt(known.amountMinor) !== amount.amountMinor)
      return invalid('reference', `is that of a payment of ${known.amountMinor}`);
    if (known) return accept(null);
    await tx.execute(
      `insert into platform_payment (organisation_id, invoice_id, reference, amount_minor, received_at)
       values ($1, $2, $3, $4, $5)`,
      [tx.organisationId, invoice.id, settling.reference, String(amount.amountMinor), now],
    );
    return accept({
      paid: amount.amountMinor,
      credited: 0n,
      event: (due) => ({
        type: 'hub.invoice-payment-recorded.v1',
        data: { ...aboutOf(invoice), amount: told(amount), due: told(due) },
      }),
    });
  });
}

export type Correction = Settling & {
  readonly reason: string;
  /** Tax included; null: all that no credit note has taken back yet. */
  readonly gross: Money | null;
};

/** Takes back an invoice or a part of it by a credit note with a number of its own: what is issued is never changed. */
export function issueCreditNote(
  database: Database,
  series: string,
  { reason, gross, ...settling }: Correction,
  now: Date,
): Promise<Settled> {
  return settle(database, settling, now, async (tx, invoice) => {
    const notes = await tx.rows<{ reference: string; netMinor: string }>(
      'select reference, net_minor as "netMinor" from platform_credit_note where invoice_id = $1',
      [invoice.id],
    );
    if (notes.some(({ reference }) => reference === settling.reference)) return accept(null);
    const left = subtractMoney(grossOf(invoice), money(invoice.creditedMinor, invoice.currency));
    const amount = gross ?? left;
    if (amount.currency !== left.currency) return invalid('currency', `must be ${left.currency}`);
    if (amount.amountMinor <= 0n || amount.amountMinor > left.amountMinor)
      return invalid('gross', `must be from 1 to ${left.amountMinor}, which is what can be taken back`);
    const netLeft = BigInt(invoice.netMinor) - notes.reduce((sum, note) => sum + BigInt(note.netMinor), 0n);
    // The last one takes what rounding left.
    const [net] =
      amount.amountMinor === left.amountMinor
        ? [money(netLeft, left.currency)]
        : splitMoney(amount, [Number(invoice.netMinor), Number(invoice.taxMinor)]);
    const tax = subtractMoney(amount, net!);
    const number = await nextNumber(tx, `${series}-CN`, now);
    await tx.execute(
      `insert into platform_credit_note
         (organisation_id, id, invoice_id, number, reference, reason, net_minor, tax_minor, issued_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [
        ...[tx.organisationId, newUuid(), invoice.id, number, settling.reference, reason],
        ...[String(net!.amountMinor), String(tax.amountMinor), now],
      ],
    );
    const amounts = { net: told(net!), tax: told(tax), gross: told(amount) };
    return accept({
      paid: 0n,
      credited: amount.amountMinor,
      event: (due) => ({
        type: 'hub.invoice-credited.v1',
        data: { ...aboutOf(invoice), creditNoteNumber: number, ...amounts, due: told(due) },
      }),
    });
  });
}

const aboutOf = (invoice: PlatformInvoice) => ({ invoiceId: invoice.id, number: invoiceNumber(invoice) });

type Change = {
  readonly paid: bigint;
  readonly credited: bigint;
  event(due: Money): NewEvent;
};

/**
 * Changes what is due of an invoice, tells of it, and lifts the restriction of the plan when nothing is overdue any more:
 * in one transaction, under the locks of the subscription and the invoice. Null from `work`: it was done before.
 */
async function settle(
  database: Database,
  { invoice: named }: Settling,
  now: Date,
  work: (tx: Transaction, invoice: PlatformInvoice) => Promise<Outcome<Change | null, InvalidInput>>,
): Promise<Settled> {
  const [owner] = await database.read(systemScope, (tx) =>
    tx.rows<{ organisationId: string; id: string }>(
      `select organisation_id as "organisationId", id from platform_invoice where full_number = $1 or id = $2`,
      [named, decodeId('PlatformInvoice', named)],
    ),
  );
  if (!owner) return notFound(`The invoice ${named}`);
  return database.decide<PlatformInvoice, NotFound | InvalidInput>(owner, async (tx) => {
    const subscription = await lockSubscription(tx);
    const before = (await lockPlatformInvoice(tx, owner.id))!;
    const outcome = await work(tx, before);
    if (!outcome.ok) return outcome;
    const change = outcome.value;
    if (change === null) return accept(before);
    await tx.execute(
      'update platform_invoice set paid_minor = paid_minor + $2, credited_minor = credited_minor + $3 where id = $1',
      [owner.id, String(change.paid), String(change.credited)],
    );
    const after = (await lockPlatformInvoice(tx, owner.id))!;
    await appendEvents(tx, {
      streamId: streamId('platform-invoice', owner.id),
      events: [change.event(dueOf(after))],
    });
    if (subscription?.restrictedAt) await liftRestriction(tx, planOn(subscription, now));
    return accept(after);
  });
}

async function liftRestriction(tx: Transaction, plan: string): Promise<void> {
  const lifted = await tx.execute(
    `update plan_subscription set restricted_at = null where not exists (
       select from platform_invoice where overdue_at is not null and ${dueMinor} > 0)`,
  );
  if (lifted === 0) return;
  await appendEvents(tx, {
    streamId: streamId('plan-subscription', tx.organisationId!),
    events: [{ type: 'hub.plan-restored.v1', data: { plan } }],
  });
}
