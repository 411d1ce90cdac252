import type { NewEvent } from '@marquee/contracts';
import { appendEvents, streamId } from '@marquee/event-log';
import { accept, newUuid, notFound, type NotFound, type Outcome, type Refusal } from '@marquee/kernel';
import type { Transaction } from '@marquee/postgres';
import type { Viewer } from '@marquee/subgraph';
import { moneyData } from '../money-data.ts';
import type { Services } from '../services.ts';
import type { StoredFeeRule, StoredTaxRate, TaxProfile } from './rule-rows.ts';
import type { SaleTerms } from './sale-terms.ts';
import { judgeCurrency, type CurrencyNotAllowed, type SalesPolicy } from './sales-policy.ts';
import { findSalesPolicy, keepSalesPolicy } from './sales-policy-rows.ts';

/** An id is a change, none makes a new one. */
type ToSave<T> = Omit<T, 'id'> & { readonly id: string | null };

async function save<T, R extends Refusal>(
  services: Services,
  viewer: Viewer,
  write: (
    tx: Transaction,
  ) => Promise<Outcome<{ readonly value: T; readonly stream: string; readonly event: NewEvent }, R>>,
): Promise<Outcome<T, R>> {
  return services.database.decide<T, R>(viewer, async (tx) => {
    const written = await write(tx);
    if (!written.ok) return written;
    const { value, stream, event } = written.value;
    await appendEvents(tx, { streamId: stream, events: [event] });
    tx.afterCommit(services.wake);
    return accept(value);
  });
}

/** Whether all these ticket types are the organisation's. */
export async function areTicketTypes(tx: Transaction, ids: readonly string[]): Promise<boolean> {
  const rows = await tx.rows('select id from ticket_type where id = any($1)', [ids]);
  return rows.length === new Set(ids).size;
}

async function exists(tx: Transaction, table: 'tax_rate' | 'fee_rule', id: string | null): Promise<boolean> {
  return id === null || (await tx.rows(`select id from ${table} where id = $1 for update`, [id])).length > 0;
}

export function saveTaxRate(
  services: Services,
  viewer: Viewer,
  wanted: ToSave<StoredTaxRate>,
): Promise<Outcome<StoredTaxRate, NotFound>> {
  return save(services, viewer, async (tx) => {
    if (!(await exists(tx, 'tax_rate', wanted.id))) return notFound('The tax rate');
    if (wanted.ticketTypeId && !(await areTicketTypes(tx, [wanted.ticketTypeId])))
      return notFound('The ticket type');
    const rate: StoredTaxRate = { ...wanted, id: wanted.id ?? newUuid() };
    const { id, name, rateBp, inclusive, eventId, ticketTypeId, active } = rate;
    await tx.execute(
      `insert into tax_rate (organisation_id, id, name, rate_bp, inclusive, event_id, ticket_type_id, active)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (organisation_id, id) do update set name = $3, rate_bp = $4, inclusive = $5, event_id = $6,
         ticket_type_id = $7, active = $8`,
      [tx.organisationId, id, name, rateBp, inclusive, eventId, ticketTypeId, active],
    );
    return accept({
      value: rate,
      stream: streamId('tax-rate', id),
      event: {
        type: 'tickets.tax-rate-saved.v1',
        data: { taxRateId: id, name, rateBp, inclusive, active },
      },
    });
  });
}

export function saveFeeRule(
  services: Services,
  viewer: Viewer,
  wanted: ToSave<StoredFeeRule>,
): Promise<Outcome<StoredFeeRule, NotFound | CurrencyNotAllowed>> {
  return save<StoredFeeRule, NotFound | CurrencyNotAllowed>(services, viewer, async (tx) => {
    const allowed = judgeCurrency(await findSalesPolicy(tx), wanted.currency);
    if (!allowed.ok) return allowed;
    if (!(await exists(tx, 'fee_rule', wanted.id))) return notFound('The fee');
    if (!(await exists(tx, 'tax_rate', wanted.taxRateId))) return notFound('The tax rate');
    if (wanted.ticketTypeId && !(await areTicketTypes(tx, [wanted.ticketTypeId])))
      return notFound('The ticket type');
    const rule: StoredFeeRule = { ...wanted, id: wanted.id ?? newUuid() };
    const { id, name, per, percentBp, amountMinor, currency, eventId, ticketTypeId, taxRateId, active } =
      rule;
    const { refundable } = rule;
    const fixed = amountMinor === null ? null : `${amountMinor}`;
    await tx.execute(
      `insert into fee_rule (organisation_id, id, name, per, percent_bp, amount_minor, currency, event_id,
                             ticket_type_id, tax_rate_id, active, refundable)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (organisation_id, id) do update set name = $3, per = $4, percent_bp = $5, amount_minor = $6,
         currency = $7, event_id = $8, ticket_type_id = $9, tax_rate_id = $10, active = $11, refundable = $12`,
      [
        tx.organisationId,
        id,
        name,
        per,
        percentBp,
        fixed,
        currency,
        eventId,
        ticketTypeId,
        taxRateId,
        active,
        refundable,
      ],
    );
    const amount = amountMinor === null || currency === null ? null : moneyData({ amountMinor, currency });
    return accept({
      value: rule,
      stream: streamId('fee-rule', id),
      event: {
        type: 'tickets.fee-rule-saved.v1',
        data: { feeRuleId: id, name, per, percentBp, amount, active, refundable },
      },
    });
  });
}

export function saveTaxProfile(
  services: Services,
  viewer: Viewer,
  profile: TaxProfile,
): Promise<Outcome<TaxProfile, NotFound>> {
  return save(services, viewer, async (tx) => {
    const { countryCode, vatId, reverseChargeCountries } = profile;
    await tx.execute(
      `insert into tax_profile (organisation_id, country_code, vat_id, reverse_charge_countries) values ($1, $2, $3, $4)
       on conflict (organisation_id) do update set country_code = $2, vat_id = $3, reverse_charge_countries = $4`,
      [tx.organisationId, countryCode, vatId, reverseChargeCountries],
    );
    return accept({
      value: profile,
      stream: streamId('tax-profile', viewer.organisationId),
      event: {
        type: 'tickets.tax-profile-saved.v1',
        data: { countryCode, vatId, reverseChargeCountries: [...reverseChargeCountries] },
      },
    });
  });
}

export function saveSalesPolicy(
  services: Services,
  viewer: Viewer,
  policy: SalesPolicy,
): Promise<Outcome<SalesPolicy, never>> {
  return save<SalesPolicy, never>(services, viewer, async (tx) => {
    await keepSalesPolicy(tx, policy);
    const { currencies, cancellationSteps } = policy;
    return accept({
      value: policy,
      stream: streamId('sales-policy', viewer.organisationId),
      event: {
        type: 'tickets.sales-policy-set.v1',
        data: { currencies: [...currencies], cancellationSteps: [...cancellationSteps] },
      },
    });
  });
}

/** The terms of a ticket type, as a whole: what is not given is open. */
export function setSaleTerms(
  services: Services,
  viewer: Viewer,
  { ticketTypeId, terms }: { readonly ticketTypeId: string; readonly terms: SaleTerms },
): Promise<Outcome<string, NotFound>> {
  return save(services, viewer, async (tx) => {
    if (!(await areTicketTypes(tx, [ticketTypeId]))) return notFound('The ticket type');
    const { salesFrom, salesUntil, minPerOrder, maxPerGuest, hidden, needsApproval, donation } = terms;
    await tx.execute(
      `insert into sale_terms (organisation_id, ticket_type_id, sales_from, sales_until, min_per_order, max_per_guest,
                               hidden, needs_approval, decision_hours, donation)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
       on conflict (organisation_id, ticket_type_id) do update set sales_from = $3, sales_until = $4,
         min_per_order = $5, max_per_guest = $6, hidden = $7, needs_approval = $8, decision_hours = $9, donation = $10`,
      [
        tx.organisationId,
        ticketTypeId,
        salesFrom,
        salesUntil,
        minPerOrder,
        maxPerGuest,
        hidden,
        needsApproval,
        terms.decisionHours,
        donation,
      ],
    );
    return accept({
      value: ticketTypeId,
      stream: streamId('ticket-type', ticketTypeId),
      event: {
        type: 'tickets.sale-terms-set.v1',
        data: {
          ticketTypeId,
          salesFrom: salesFrom?.toISOString() ?? null,
          salesUntil: salesUntil?.toISOString() ?? null,
          minPerOrder,
          maxPerGuest,
          hidden,
          needsApproval,
          donation,
        },
      },
    });
  });
}
