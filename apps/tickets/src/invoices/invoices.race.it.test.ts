import { expect } from '@jest/globals';
import { givenOccurrence, givenPaidOrder, givenTicketType, system } from '../harness.test-support.ts';
import { brokenNumbers, describeRace, times } from '../races/race.test-support.ts';
import { issueDueInvoices } from './issue-invoices.ts';

describeRace(
  'invoices of one organisation, issued by 6 at once, each with some of them',
  {
    meet: { before: 'insert into invoice_series', parties: 6 },
    statements: [
      // One number taken without waiting for whoever takes the one before.
      [
        `update invoice_series set last_number = last_number + $3 where kind = $1 and year = $2
     returning last_number as last, clock_timestamp() as issued_at`,
        `select last_number + $3::integer as last, clock_timestamp() as issued_at from invoice_series
     where kind = $1 and year = $2`,
      ],
    ],
    schema: ['alter table invoice drop constraint invoice_number'],
  },
  async ({ world, unmet, guarded }) => {
    const occurrence = await givenOccurrence(unmet);
    const type = await givenTicketType(unmet, occurrence);
    for (let place = 0; place < 6; place++) await givenPaidOrder(unmet, unmet.viewer, occurrence, type);
    // Each sees one that is due and leaves the others to others.
    const services = { ...world.services, database: limited(world.services.database) };
    await times(6, () => issueDueInvoices(services, world.viewer));
    const issued = await system(world, (tx) =>
      tx.rows<{ number: number }>('select number from invoice order by number'),
    );
    expect(issued).toHaveLength(6);
    if (guarded) expect(issued.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 6]);
    else expect(await brokenNumbers(unmet)).toContain(11);
  },
);

/** The same database, in which an issuer takes one invoice at a time. */
function limited(database: Parameters<typeof issueDueInvoices>[0]['database']): typeof database {
  return {
    ...database,
    transaction: (scope, work, options) =>
      database.transaction(
        scope,
        (tx) =>
          work({
            ...tx,
            rows: (sql, parameters, more) => tx.rows(sql.replace('limit 200', 'limit 1'), parameters, more),
          }),
        options,
      ),
  };
}
