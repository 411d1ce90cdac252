const dayMs = 86_400_000;
const daysBetween = (from, to) => (Date.parse(to) - Date.parse(from)) / dayMs;

/** What a line that is bought then is cheaper by, in minor units. Rounded down: no ticket is ever cheaper than the percentage says. */
function offLine({ startsAt, unitPrice, quantity }, at, { percent, days }) {
  if (daysBetween(at, startsAt) < days) return 0n;
  return ((BigInt(unitPrice.amountMinor) * BigInt(percent)) / 100n) * BigInt(quantity);
}

/** @type {import('@marquee/plugin-sdk').Hook<'price-adjustment'>} */
export function priceAdjustment({ now, lines }, { settings }) {
  const amounts = lines.map((line) => offLine(line, now, settings));
  return {
    discounts: amounts.flatMap((off, line) => (off === 0n ? [] : [{ line, amountMinor: String(off) }])),
  };
}

/** @type {import('@marquee/plugin-sdk').Hook<'report-column'>} */
export function reportColumn({ rows }, { settings }) {
  const values = rows.map(({ placedAt, lines }) => {
    const off = lines.reduce((sum, line) => sum + offLine(line, placedAt, settings), 0n);
    return off === 0n ? null : String(off);
  });
  return { columns: [{ key: 'discount', title: 'Early-bird discount, minor units', values }] };
}

/** @type {import('@marquee/plugin-sdk').Hook<'ticket-issue'>} */
export function ticketIssue({ tickets }, { settings }) {
  return {
    additions: tickets.flatMap(({ issuedAt, startsAt }, ticket) => {
      const days = daysBetween(issuedAt, startsAt);
      if (days < settings.days) return [];
      return [{ ticket, fields: [{ label: 'Early bird', value: `Bought ${Math.floor(days)} days before` }] }];
    }),
  };
}
