import { Type, type TSchema } from 'typebox';
import { instant, money, nullable, text, uuid } from './schemas.ts';

/** Rows that plugins are asked about at once. */
const most = { maxItems: 100 };
const count = Type.Integer({ minimum: 0 });
const amounts = Type.Array(money, { maxItems: 100 });

/** One for each row, in what a plugin without the scope is not shown. */
const forEach = <Each extends TSchema>(each: Each) => Type.Optional(Type.Array(each, most));

/** What was paid and refunded in a span of time, amounts by currency. */
const figures = forEach(
  Type.Object({
    ordersPaid: count,
    ticketsSold: count,
    ticketsCancelled: count,
    paid: amounts,
    refunded: amounts,
  }),
);
/** What came of it up to now. */
const counts = forEach(
  Type.Object({ ticketsSold: count, ticketsHeld: count, checkedIn: count, revenue: amounts }),
);
const sales = forEach(
  Type.Object({ number: text(50), status: text(30), total: money, paid: money, refunded: money }),
);
/** Null where nobody is known. */
const guests = forEach(nullable(Type.Object({ name: text(200), email: text(320) })));

/** `rows` say which they are; what is told of them beside has an entry for each. */
function report<Name extends string, Row extends TSchema, Told extends Record<string, TSchema>>(
  name: Name,
  row: Row,
  told: Told,
) {
  return Type.Object({
    report: Type.Literal(name),
    rows: Type.Array(row, { minItems: 1, ...most }),
    ...told,
  });
}

/** The reports that plugins may add columns to, in the order in which they came. */
export const reportNames = ['orders', 'sales-by-day', 'sales-by-minute', 'events', 'occurrences'] as const;
export type ReportName = (typeof reportNames)[number];

/** What a plugin is asked about the rows of a report. `lines`: of an order. */
export const reportInput = <Lines extends TSchema>(lines: Lines) =>
  Type.Union([
    report('orders', Type.Object({ orderId: uuid, placedAt: instant, lines }), { sales, guests }),
    report('sales-by-day', Type.Object({ date: text(10) }), { figures }),
    report('sales-by-minute', Type.Object({ occurrenceId: uuid, startsAt: instant }), { figures }),
    report('events', Type.Object({ eventId: uuid }), { counts }),
    report('occurrences', Type.Object({ occurrenceId: uuid }), { counts }),
  ]);

/** Fields of these inputs that only a plugin with the scope is shown. */
export const guardedOfReports = {
  sales: 'analytics:read',
  figures: 'analytics:read',
  counts: 'analytics:read',
  guests: 'guests:read',
} as const;
