import { describe, expect, test } from '@jest/globals';
import { money, newUuid } from '@marquee/kernel';
import { times } from '@marquee/testkit';
import { textOfPdf } from '@marquee/testkit/pdf';
import { parsePlans } from '../plans/parse-plans.ts';
import { dayOf, defaultPlans, periodFrom, periodOf } from '../plans/plan.ts';
import { createPriceLists } from '../plans/price-lists.ts';
import { viewerOf } from '../world.test-support.ts';
import { billingStage, clock, dayMs, period, seller, terms } from './billing.test-support.ts';
import { parseTerms } from './parse-terms.ts';

const { world, invoice, invoiceOf, givenSubscriber, eventsOf, download } = billingStage();

const setDetails = `mutation ($input: SetBillingDetailsInput!) { setBillingDetails(input: $input) {
  __typename ... on InvalidInput { field } ... on BillingDetailsSet { billingDetails { name vatId } } } }`;

describe('an invoice', () => {
  test('has the tax of who it is to, and names both', async () => {
    const [business, nobody] = [await givenSubscriber(), await givenSubscriber()];
    const input = { name: 'Northlight', address: 'Berlin', countryCode: 'DE', vatId: 'DE 136.695.976' };
    const { data } = await world().ask(viewerOf(business, 'OWNER'), setDetails, { input });
    expect(data.setBillingDetails.billingDetails).toEqual({ name: 'Northlight', vatId: 'DE136695976' });
    await invoice();
    expect(await invoiceOf(business)).toMatchObject({
      net: { amountMinor: 4900 },
      gross: { amountMinor: 4900 },
      seller: { name: 'Marquee GmbH' },
      tax: { treatment: 'REVERSE_CHARGE', amount: { amountMinor: 0 } },
      customer: { name: 'Northlight', countryCode: 'DE', vatId: 'DE136695976' },
    });
    expect(await invoiceOf(nobody)).toMatchObject({
      status: 'ISSUED',
      gross: { amountMinor: 5880 },
      due: { amountMinor: 5880 },
      customer: null,
      tax: { treatment: 'STANDARD', rateBasisPoints: 2_000, amount: { amountMinor: 980 } },
    });
    expect(await eventsOf(business)).toEqual(['hub.billing-details-changed.v1', 'hub.invoice-issued.v1']);
  });

  test('is a PDF for who has its link, as it was issued', async () => {
    const [business, neighbour] = [await givenSubscriber(), await givenSubscriber()];
    const input = {
      name: 'Łódź Żagle',
      address: 'Piotrkowska 1\nŁódź',
      countryCode: 'PL',
      vatId: 'PL8567346215',
    };
    await world().ask(viewerOf(business, 'OWNER'), setDetails, { input });
    await invoice();
    const { number, pdfUrl } = await invoiceOf(business);
    const link = new URL(pdfUrl);
    expect(link.pathname).toMatch(/^\/files\/platform-invoices\//);
    const read = async () => {
      const answer = await download(pdfUrl);
      expect(answer.headers.get('content-disposition')).toBe(`attachment; filename="${number}.pdf"`);
      return textOfPdf({ status: answer.status, body: answer.body! });
    };
    const text = await read();
    for (const printed of [
      number,
      'Marquee GmbH',
      'Łódź Żagle',
      'VAT: PL8567346215',
      '49.00',
      'Reverse charge',
    ])
      expect(text).toContain(printed);
    expect(await read()).toBe(text);
    const other = new URL((await invoiceOf(neighbour)).pdfUrl);
    for (const search of ['', other.search, link.search.replace(/e=\d+/, 'e=1')])
      expect((await download(pdfUrl, search)).status).toBe(404);
  });

  test('is to nobody with a VAT number of another country or with wrong check digits, and only an owner says to whom', async () => {
    const input = { name: 'Northlight', address: 'Berlin', countryCode: 'DE' };
    for (const vatId of ['FR40303265045', 'DE136695967']) {
      const given = { input: { ...input, vatId } };
      const refused = await world().ask(viewerOf(newUuid(), 'OWNER'), setDetails, given);
      expect(refused.data.setBillingDetails).toEqual({ __typename: 'InvalidInput', field: 'vatId' });
    }
    const forbidden = await world().ask(viewerOf(newUuid(), 'ORGANISER'), setDetails, { input });
    expect(forbidden.errors?.[0]?.extensions['code']).toBe('FORBIDDEN');
  });

  test('of a month with two plans has the days of each', async () => {
    const start = period.start.getTime();
    const organisationId = await givenSubscriber(
      [{ plan: 'growth', from: dayOf(new Date(start + 10 * dayMs)) }],
      'free',
    );
    await invoice();
    const days = (period.end.getTime() - start) / dayMs;
    const { lines, net } = await invoiceOf(organisationId);
    const fees = lines.filter(({ kind }: { kind: string }) => kind === 'MONTHLY_FEE');
    expect(fees).toMatchObject([
      { days: 10, plan: { code: 'free' } },
      { days: days - 10, plan: { code: 'growth' } },
    ]);
    expect(net.amountMinor).toBe(Math.round((4900 * (days - 10)) / days));
    const { data } = await world().ask(
      viewerOf(organisationId),
      '{ planSubscription { plan { code } nextPlan { code } } }',
    );
    expect(data.planSubscription).toEqual({ plan: { code: 'growth' }, nextPlan: null });
  });

  test('has the next number of all that the seller issues, however many are issued at once', async () => {
    const organisations = await Promise.all(Array.from({ length: 8 }, () => givenSubscriber()));
    await Promise.all(Array.from({ length: times({ test: 3, soak: 20 }) }, () => invoice()));
    const numbers = (await Promise.all(organisations.map(invoiceOf))).map(({ number }) =>
      Number(number.slice(-6)),
    );
    const sorted = numbers.toSorted((one, other) => one - other);
    expect(sorted).toEqual(sorted.map((_, index) => sorted[0]! + index));
  });
});

describe('a file of the operator', () => {
  const plan = {
    code: 'free',
    name: 'Free',
    monthlyFeeMinor: 0,
    includedRequests: 1,
    pricePerThousandMinor: 0,
  };
  const plans = [{ ...plan, requestLimit: 1 }];
  const taxes = [{ countryCode: 'AT', name: 'USt', rateBp: 2_000 }];
  const file = { seller, series: 'MQ', taxes, dueDays: 14, restrictAfterDays: 10 };

  test('says plans and billing terms', () => {
    expect(parsePlans({ currency: 'EUR', plans })).toMatchObject([{ code: 'free', withdrawn: false }]);
    expect(parseTerms(file)).toEqual(terms);
  });

  test.each([
    ['a field that there is not', parseTerms({ ...file, vat: 1 }), '/vat is no field of it'],
    ['no rate where the seller is', parseTerms({ ...file, taxes: [] }), '/taxes lacks AT'],
    ['two rates of a country', parseTerms({ ...file, taxes: [...taxes, ...taxes] }), 'a country twice'],
    [
      'a VAT number of another country',
      parseTerms({ ...file, seller: { ...seller, vatId: 'DE1234' } }),
      '/seller/vatId',
    ],
    ['a code twice', parsePlans({ currency: 'EUR', plans: [...plans, ...plans] }), 'the same code'],
    [
      'no plan to choose',
      parsePlans({ currency: 'EUR', plans: [{ ...plans[0], withdrawn: true }] }),
      'withdrawn',
    ],
    ['no currency', parsePlans({ currency: 'EUX', plans }), 'EUX is no currency'],
  ])('with %s is refused by name', (_, parsed, because) => expect(parsed).toContain(because));
});

test('prices that an operator changes hold from the next period on, and who has a plan that is gone keeps it', async () => {
  const dearer = defaultPlans
    .filter(({ code }) => code !== 'scale')
    .map((plan) => (plan.code === 'growth' ? { ...plan, monthlyFee: money(99_00, 'EUR') } : plan));
  const next = periodFrom(period.end);
  const kept = await createPriceLists(world().database, defaultPlans).read(clock.now());
  const edited = await createPriceLists(world().database, dearer).read(clock.now());
  for (const listOf of [kept, edited]) {
    expect(listOf(period).get('growth')?.monthlyFee).toEqual(money(49_00, 'EUR'));
    expect(listOf(next).get('growth')?.monthlyFee).toEqual(money(49_00, 'EUR'));
  }
  // Some months from now, which no other test has seen begin.
  const later = periodOf(new Date(period.end.getTime() + 400 * dayMs));
  const listOf = await createPriceLists(world().database, dearer).read(later.start);
  expect(listOf(later).get('growth')?.monthlyFee).toEqual(money(99_00, 'EUR'));
  expect([listOf(later).get('scale')?.withdrawn, listOf(period).get('scale')?.withdrawn]).toEqual([
    true,
    false,
  ]);
  expect(listOf(period).get('growth')?.monthlyFee).toEqual(money(49_00, 'EUR'));
});
