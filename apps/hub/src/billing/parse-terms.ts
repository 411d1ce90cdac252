import { Type, type Static } from 'typebox';
import { Compile } from 'typebox/compile';
import { fileFault } from '../file-fault.ts';
import type { BillingTerms } from './terms.ts';
import { isVatId } from './vat-id.ts';

const countryCode = Type.String({ pattern: '^[A-Z]{2}$' });
const days = Type.Integer({ minimum: 0, maximum: 365 });
const closed = { additionalProperties: false };

/** Terms as an operator writes them. */
const termsFile = Type.Object(
  {
    seller: Type.Object(
      {
        name: Type.String({ minLength: 1, maxLength: 200 }),
        address: Type.String({ minLength: 1, maxLength: 500 }),
        countryCode,
        vatId: Type.Union([Type.String({ maxLength: 20 }), Type.Null()]),
      },
      closed,
    ),
    series: Type.String({ pattern: '^[A-Z]{2,10}$' }),
    taxes: Type.Array(
      Type.Object(
        {
          countryCode,
          name: Type.String({ minLength: 1, maxLength: 50 }),
          rateBp: Type.Integer({ minimum: 0, maximum: 10_000 }),
        },
        closed,
      ),
      { maxItems: 250 },
    ),
    dueDays: days,
    restrictAfterDays: days,
  },
  closed,
);

const validator = Compile(termsFile);

/** The terms, or what is wrong with them. */
export function parseTerms(value: unknown): BillingTerms | string {
  const fault = fileFault(validator, value);
  if (fault !== null) return `is no file of billing terms: ${fault}`;
  const { taxes, ...terms } = value as Static<typeof termsFile>;
  const { countryCode: country, vatId } = terms.seller;
  const rates = new Map(taxes.map(({ countryCode: of, ...rate }) => [of, rate]));
  if (rates.size < taxes.length) return 'is no file of billing terms: /taxes names a country twice';
  if (!rates.has(country)) return `is no file of billing terms: /taxes lacks ${country}, where the seller is`;
  if (vatId !== null && !isVatId(country, vatId))
    return `is no file of billing terms: /seller/vatId is no VAT number of ${country}`;
  return { ...terms, taxes: rates };
}
