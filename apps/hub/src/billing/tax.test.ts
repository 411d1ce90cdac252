import { describe, expect, test } from '@jest/globals';
import { money } from '@marquee/kernel';
import { taxationOf, taxOn } from './tax.ts';
import { isVatId } from './vat-id.ts';

const rates = new Map([
  ['DE', { name: 'USt', rateBp: 1_900 }],
  ['FR', { name: 'TVA', rateBp: 2_000 }],
  ['CH', { name: 'MWST', rateBp: 810 }],
]);
const german = { sellerCountry: 'DE', rates };

describe('the tax of an invoice', () => {
  test.each([
    ['nobody knows whom', null, 'STANDARD', 1_900],
    ['a business at home', { countryCode: 'DE', vatId: 'DE123456789' }, 'STANDARD', 1_900],
    ['a business elsewhere in the Union', { countryCode: 'FR', vatId: 'FR12345678901' }, 'REVERSE_CHARGE', 0],
    ['others elsewhere in the Union', { countryCode: 'FR', vatId: null }, 'STANDARD', 2_000],
    [
      'others in a country of the Union without a rate',
      { countryCode: 'AT', vatId: null },
      'STANDARD',
      1_900,
    ],
    ['whom there is a rate for outside the Union', { countryCode: 'CH', vatId: null }, 'STANDARD', 810],
    ['all others', { countryCode: 'US', vatId: null }, 'OUT_OF_SCOPE', 0],
  ])('to %s', (_, taxpayer, treatment, rateBp) => {
    expect(taxationOf(german, taxpayer)).toMatchObject({ treatment, rateBp });
  });

  test('is none where the installation charges none', () => {
    const nowhere = { sellerCountry: null, rates: new Map() };
    expect(taxationOf(nowhere, { countryCode: 'DE', vatId: null }).treatment).toBe('NOT_CHARGED');
  });

  test('is rounded once, half a cent up', () => {
    const tax = (net: number) => taxOn(money(net, 'EUR'), 1_900).amountMinor;
    expect([tax(49_00), tax(50), tax(49), tax(0)]).toEqual([931n, 10n, 9n, 0n]);
    expect(taxOn(money(1_000, 'JPY'), 1_000)).toEqual(money(100, 'JPY'));
  });
});

test('a VAT number begins with its country, as that writes it', () => {
  expect([isVatId('DE', 'DE136695976'), isVatId('GR', 'EL094259216'), isVatId('AT', 'ATU13585627')]).toEqual([
    ...[true, true, true],
  ]);
  expect([isVatId('DE', 'FR123456789'), isVatId('GR', 'GR123456789'), isVatId('DE', 'DE')]).toEqual([
    ...[false, false, false],
  ]);
});

test('a VAT number of the Union has the check digits of its country; elsewhere they are not known', () => {
  expect(isVatId('DE', 'DE136695967')).toBe(false);
  expect(isVatId('FR', 'FR40303265054')).toBe(false);
  expect(isVatId('NO', 'NO995525829MVA')).toBe(true);
});
