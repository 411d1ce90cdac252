import { isCurrency, money } from '@marquee/kernel';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Plan } from './plan.ts';

const whole = Type.Integer({ minimum: 0, maximum: 1_000_000_000_000 });

/** Plans as an operator writes them; amounts in the minor unit of one currency. */
const plansFile = Type.Object({
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  plans: Type.Array(
    Type.Object(
      {
        code: Type.String({ pattern: '^[a-z][a-z0-9-]{0,49}$' }),
        name: Type.String({ minLength: 1, maxLength: 100 }),
        monthlyFeeMinor: whole,
        includedRequests: whole,
        pricePerThousandMinor: whole,
        requestLimit: Type.Union([whole, Type.Null()]),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 20 },
  ),
});

const validator = Compile(plansFile);

/** Plans from the cheapest, or what is wrong with them. */
export function parsePlans(value: unknown): Plan[] | string {
  if (!validator.Check(value)) {
    const [{ instancePath, message } = { instancePath: '', message: 'is malformed' }] =
      validator.Errors(value);
    return `is no file of plans: ${instancePath} ${message}`;
  }
  const { currency, plans } = value as Static<typeof plansFile>;
  if (!isCurrency(currency)) return `is no file of plans: ${currency} is no currency`;
  if (new Set(plans.map(({ code }) => code)).size < plans.length)
    return 'is no file of plans: two have the same code';
  return plans
    .map(({ monthlyFeeMinor, pricePerThousandMinor, ...plan }) => ({
      ...plan,
      monthlyFee: money(monthlyFeeMinor, currency),
      pricePerThousand: money(pricePerThousandMinor, currency),
    }))
    .toSorted((one, other) => Number(one.monthlyFee.amountMinor - other.monthlyFee.amountMinor));
}
