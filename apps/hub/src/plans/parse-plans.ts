import { isCurrency, money } from '@marquee/kernel';
import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { fileFault } from '../file-fault.ts';
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
        withdrawn: Type.Optional(Type.Boolean()),
      },
      { additionalProperties: false },
    ),
    { minItems: 1, maxItems: 20 },
  ),
});

const validator = Compile(plansFile);

/** Plans from the cheapest, or what is wrong with them. */
export function parsePlans(value: unknown): Plan[] | string {
  const fault = fileFault(validator, value);
  if (fault !== null) return `is no file of plans: ${fault}`;
  const { currency, plans } = value as Static<typeof plansFile>;
  if (!isCurrency(currency)) return `is no file of plans: ${currency} is no currency`;
  if (new Set(plans.map(({ code }) => code)).size < plans.length)
    return 'is no file of plans: two have the same code';
  if (plans.every(({ withdrawn }) => withdrawn)) return 'is no file of plans: all are withdrawn';
  return plansOf({ currency, plans });
}

/** As it was kept for a period. */
export function readPriceList(list: unknown): Plan[] {
  return plansOf(list as Static<typeof plansFile>);
}

/** To be kept: in the form of the file, of which all plans have one currency. */
export function writePriceList(plans: readonly Plan[]): Static<typeof plansFile> {
  return {
    currency: plans[0]!.monthlyFee.currency,
    plans: plans.map(({ monthlyFee, pricePerThousand, ...plan }) => ({
      ...plan,
      monthlyFeeMinor: Number(monthlyFee.amountMinor),
      pricePerThousandMinor: Number(pricePerThousand.amountMinor),
    })),
  };
}

function plansOf({ currency, plans }: Static<typeof plansFile>): Plan[] {
  return plans
    .map(({ monthlyFeeMinor, pricePerThousandMinor, ...plan }) => ({
      withdrawn: false,
      ...plan,
      monthlyFee: money(monthlyFeeMinor, currency),
      pricePerThousand: money(pricePerThousandMinor, currency),
    }))
    .toSorted((one, other) => Number(one.monthlyFee.amountMinor - other.monthlyFee.amountMinor));
}
