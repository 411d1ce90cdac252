import { euVat } from 'stdnum';
import { union } from './tax.ts';

/** Greece writes EL before its VAT numbers. */
const prefixes: Readonly<Record<string, string>> = { GR: 'EL' };

/**
 * Whether this can be a VAT number of the country: its prefix and 2 to 12 characters, whose check digits are right where
 * the country is of the European Union. A slip of the pen is found here; whose number it is, and whether
 * it still is one, only a register such as VIES knows, which is not asked.
 */
export function isVatId(countryCode: string, vatId: string): boolean {
  const prefix = prefixes[countryCode] ?? countryCode;
  if (!vatId.startsWith(prefix) || !/^[0-9A-Z+*]{2,12}$/.test(vatId.slice(prefix.length))) return false;
  if (!union.has(countryCode)) return true;
  return euVat[countryCode]!.some((validator) => validator.validate(vatId).isValid);
}
