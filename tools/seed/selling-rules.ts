import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { actors, instant, type LogEntry } from './log.ts';
import { harbour, kumo, northlight } from './organisations.ts';
import { createRandom } from './random.ts';
import type { TableRows } from './rows.ts';
import { demoGate } from './rows-check-in.ts';
import type { SeedOccurrence, SeedTicketType, World } from './types.ts';

type Tax = { readonly name: string; readonly rateBp: number; readonly inclusive: boolean };

/** As it is where they are: prices contain the tax but in the United States, where it comes on top. */
const taxed: readonly {
  readonly organisation: typeof northlight;
  readonly vatId: string | null;
  readonly tax: Tax;
}[] = [
  { organisation: northlight, vatId: 'GB123456789', tax: { name: 'VAT', rateBp: 2_000, inclusive: true } },
  { organisation: harbour, vatId: null, tax: { name: 'Sales tax', rateBp: 888, inclusive: false } },
  { organisation: kumo, vatId: null, tax: { name: 'Consumption tax', rateBp: 1_000, inclusive: true } },
];

/** Of the one whose buyers are used to it. */
const fee = { name: 'Booking fee', per: 'TICKET', amountMinor: 250, currency: harbour.currency } as const;
const decisionHours = 48;
const deviceReads = 10;

/**
 * By what tickets are sold and doors opened from the start day on; what was sold before keeps what its buyers were told.
 * Each organisation has a tax, one of them a fee, and each a type that is sold by approval and a device at its door.
 */
function planRules({ seed, startMs, organisations, ticketTypes, occurrences, orders }: World) {
  const random = createRandom(`${seed}/selling rules`);
  const madeMs = startMs - 1_000;
  const id = () => random.uuid(madeMs);
  const sold = new Set(orders.flatMap(({ hold }) => hold.lines.map(({ ticketType }) => ticketType.id)));
  const taxes = taxed.map((each) => ({ ...each, id: id() }));
  return {
    madeMs,
    taxes,
    fee: {
      ...fee,
      id: id(),
      organisationId: harbour.id,
      taxRateId: taxes.find((each) => each.organisation === harbour)!.id,
    },
    byApproval: organisations.flatMap((own) => byApproval(own.id, ticketTypes, sold)),
    devices: organisations.map((own) => {
      const deviceId = id();
      return {
        id: deviceId,
        organisationId: own.id,
        publicKey: publicKeyOf(`${seed}/device ${deviceId}`),
        lists: nextLists(own.id, occurrences, startMs),
      };
    }),
  };
}

/** Of the types that are for sale one that nobody has bought yet, where there is one: the last event's dearest. */
function byApproval(
  organisationId: string,
  types: readonly SeedTicketType[],
  sold: ReadonlySet<string>,
): SeedTicketType[] {
  const open = types.filter(
    ({ event }) => event.organisationId === organisationId && event.status === 'PUBLISHED',
  );
  const [chosen] = open.toSorted(
    (a, b) =>
      Number(sold.has(a.id)) - Number(sold.has(b.id)) ||
      b.event.startsAtLocal.localeCompare(a.event.startsAtLocal) ||
      b.amountMinor - a.amountMinor,
  );
  return chosen ? [chosen] : [];
}

function nextLists(
  organisationId: string,
  occurrences: readonly SeedOccurrence[],
  startMs: number,
): string[] {
  return occurrences
    .filter(
      (each) =>
        each.organisationId === organisationId && each.status === 'SCHEDULED' && each.startsMs > startMs,
    )
    .toSorted((a, b) => a.startsMs - b.startsMs)
    .slice(0, deviceReads)
    .map(({ id }) => id);
}

/** Ed25519, of a private half that follows from the seed, so that the world is the same each time. */
function publicKeyOf(text: string): string {
  const secret = createHash('sha256').update(text).digest();
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  return createPublicKey(key).export({ format: 'jwk' }).x!;
}

export function sellingRulesRows(world: World): TableRows[] {
  const { madeMs, taxes, fee, byApproval, devices } = planRules(world);
  const at = instant(madeMs);
  return [
    {
      table: 'tax_profile',
      rows: taxes.map(({ organisation, vatId }) => ({
        organisation_id: organisation.id,
        country_code: organisation.countryCode,
        vat_id: vatId,
        reverse_charge_countries: [],
      })),
    },
    {
      table: 'tax_rate',
      rows: taxes.map(({ organisation, id, tax }) => ({
        organisation_id: organisation.id,
        id,
        name: tax.name,
        rate_bp: tax.rateBp,
        inclusive: tax.inclusive,
        active: true,
        created_at: at,
      })),
    },
    {
      table: 'fee_rule',
      rows: [feeRow(fee, at)],
    },
    {
      table: 'sale_terms',
      rows: byApproval.map(({ organisationId, id }) => ({
        organisation_id: organisationId,
        ticket_type_id: id,
        min_per_order: 1,
        hidden: false,
        needs_approval: true,
        decision_hours: decisionHours,
        donation: false,
      })),
    },
    {
      table: 'check_in_device',
      rows: devices.map((device) => ({
        organisation_id: device.organisationId,
        id: device.id,
        name: 'Scanner 1',
        gate: demoGate,
        list_ids: device.lists,
        status: 'ACTIVE',
        public_key: device.publicKey,
        created_by: actors.organiser,
        created_at: at,
        enrolled_at: at,
      })),
    },
  ];
}

function feeRow(fee: ReturnType<typeof planRules>['fee'], at: string) {
  return {
    organisation_id: fee.organisationId,
    id: fee.id,
    name: fee.name,
    per: fee.per,
    amount_minor: fee.amountMinor,
    currency: fee.currency,
    tax_rate_id: fee.taxRateId,
    active: true,
    refundable: false,
    created_at: at,
  };
}

export function sellingRulesLog(world: World): LogEntry[] {
  const { madeMs, taxes, fee, byApproval, devices } = planRules(world);
  const common = { atMs: madeMs, actor: actors.organiser };
  const entry = (organisationId: string, stream: string, id: string) => ({
    ...common,
    organisationId,
    streamId: `${stream}-${id}`,
    correlationId: id,
  });
  return [
    ...taxes.flatMap(({ organisation, vatId, id, tax }): LogEntry[] => [
      {
        ...entry(organisation.id, 'tax-profile', organisation.id),
        type: 'tickets.tax-profile-saved.v1',
        data: { countryCode: organisation.countryCode, vatId, reverseChargeCountries: [] },
      },
      {
        ...entry(organisation.id, 'tax-rate', id),
        type: 'tickets.tax-rate-saved.v1',
        data: { taxRateId: id, ...tax, active: true },
      },
    ]),
    {
      ...entry(fee.organisationId, 'fee-rule', fee.id),
      type: 'tickets.fee-rule-saved.v1',
      data: {
        feeRuleId: fee.id,
        name: fee.name,
        per: fee.per,
        percentBp: null,
        amount: { amountMinor: String(fee.amountMinor), currency: fee.currency },
        active: true,
        refundable: false,
      },
    },
    ...byApproval.map((type): LogEntry => ({
      ...entry(type.organisationId, 'ticket-type', type.id),
      type: 'tickets.sale-terms-set.v1',
      data: {
        ticketTypeId: type.id,
        salesFrom: null,
        salesUntil: null,
        minPerOrder: 1,
        maxPerGuest: null,
        hidden: false,
        needsApproval: true,
        donation: false,
      },
    })),
    ...devices.flatMap(({ id, organisationId, lists }): LogEntry[] => [
      {
        ...entry(organisationId, 'device', id),
        type: 'tickets.device-created.v1',
        data: { deviceId: id, name: 'Scanner 1', gate: demoGate, listIds: lists },
      },
      { ...entry(organisationId, 'device', id), type: 'tickets.device-enrolled.v1', data: { deviceId: id } },
    ]),
  ];
}
