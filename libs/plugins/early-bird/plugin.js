const dayMs = 86_400_000;

/** @type {import('@marquee/plugin-sdk').Hook<'price-adjustment'>} */
export function priceAdjustment({ now, lines }, { settings }) {
  const { percent, days } = settings;
  const isEarly = ({ startsAt }) => Date.parse(startsAt) - Date.parse(now) >= days * dayMs;
  return {
    discounts: lines.flatMap((line, place) => {
      if (!isEarly(line)) return [];
      // Rounded down: no ticket is ever cheaper than the percentage says.
      const off = (BigInt(line.unitPrice.amountMinor) * BigInt(percent)) / 100n;
      return [{ line: place, amountMinor: String(off * BigInt(line.quantity)) }];
    }),
  };
}
