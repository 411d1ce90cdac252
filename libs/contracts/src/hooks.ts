import { Type, type Static, type TSchema } from 'typebox';
import { faultsOf, faultText } from './questions.ts';
import { guardedOfReports, reportInput } from './report-inputs.ts';
import { instant, money, nullable, text, uuid } from './schemas.ts';

/** A place of the domain at which a plugin may have its say: what it is asked, and what it may answer. */
type HookPointSchemas<Input extends TSchema, Output extends TSchema> = {
  /** In a sentence, for whoever writes a plugin. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /** Fields of the input that only a plugin with the scope is shown. */
  readonly guarded: Readonly<Record<string, string>>;
  /** What of an answer that fits its schema does not fit what was asked; null where all does. */
  readonly misfit: (input: Static<Input>, output: Static<Output>) => string | null;
};

function point<Input extends TSchema, Output extends TSchema>(
  description: string,
  input: Input,
  output: Output,
  more: Partial<Pick<HookPointSchemas<Input, Output>, 'guarded' | 'misfit'>> = {},
): HookPointSchemas<Input, Output> {
  return { description, input, output, guarded: {}, misfit: () => null, ...more };
}

const cartLines = Type.Array(
  Type.Object({
    ticketTypeId: uuid,
    occurrenceId: uuid,
    /** Of the occurrence. */
    startsAt: instant,
    quantity: Type.Integer({ minimum: 1 }),
    unitPrice: money,
  }),
  { minItems: 1, maxItems: 100 },
);
/** Of one line: it is printed, and shown in lists. */
const line = (maxLength: number) =>
  Type.String({ minLength: 1, maxLength, pattern: '^[^\\u0000-\\u001f\\u007f]*$' });
const guest = Type.Optional(Type.Object({ name: text(200), email: text(320) }));

/** Things that a plugin is asked about at once. */
export const hookBatch = 100;
const most = { maxItems: hookBatch };

const verdict = <Reason extends TSchema>(reason: Reason) => Type.Object({ refusal: nullable(reason) });

/** All the places there are, by the name that a manifest gives. Instants come with the input: a hook has no clock to trust. */
export const hookPoints = {
  'price-adjustment': point(
    'Takes something off the lines of a cart, before vouchers, fees and taxes. It cannot make anything dearer.',
    Type.Object({ now: instant, lines: cartLines }),
    Type.Object({
      discounts: Type.Array(
        Type.Object({
          line: Type.Integer({ minimum: 0, maximum: 99 }),
          /** Off the whole line, not off each ticket. */
          amountMinor: Type.String({ pattern: '^\\d{1,15}$' }),
        }),
        { maxItems: 100 },
      ),
    }),
  ),
  'check-out-validation': point(
    'Lets a cart become an order, or says what is wrong with it.',
    Type.Object({
      now: instant,
      lines: cartLines,
      business: nullable(Type.Object({ name: text(200), countryCode: text(2), vatId: text(50) })),
      guest,
    }),
    verdict(Type.Object({ field: text(100), message: text(300) })),
    { guarded: { guest: 'guests:read' } },
  ),
  'ticket-issue': point(
    'Adds something to tickets that were just issued, or came to another guest or place: what their holder reads, and a reference of its own.',
    Type.Object({
      /** When they were issued, or changed hands. */
      now: instant,
      orderId: uuid,
      tickets: Type.Array(
        Type.Object({
          ticketId: uuid,
          ticketTypeId: uuid,
          ticketType: text(200),
          occurrenceId: uuid,
          startsAt: instant,
          issuedAt: instant,
          seat: nullable(Type.Object({ section: text(200), row: text(50), label: text(50) })),
        }),
        { minItems: 1, ...most },
      ),
      guest,
    }),
    Type.Object({
      additions: Type.Array(
        Type.Object({
          /** Its place among those asked about. */
          ticket: Type.Integer({ minimum: 0, maximum: hookBatch - 1 }),
          fields: Type.Optional(
            Type.Array(Type.Object({ label: line(40), value: line(100) }), { maxItems: 5 }),
          ),
          note: Type.Optional(line(500)),
          /** What the ticket is called elsewhere, such as a parking permit's number. */
          reference: Type.Optional(line(100)),
        }),
        most,
      ),
    }),
    {
      guarded: { guest: 'guests:read' },
      misfit: ({ tickets }, { additions }) => {
        const places = additions.map(({ ticket }) => ticket);
        if (new Set(places).size < places.length) return 'a ticket has two additions';
        return places.some((place) => place >= tickets.length)
          ? 'it adds to a ticket that there is not'
          : null;
      },
    },
  ),
  'report-column': point(
    'Adds columns to a report (of those that its hook names), whose rows are asked about a page at a time. It goes on with an empty column where there is no answer.',
    reportInput(cartLines),
    Type.Object({
      columns: Type.Array(
        Type.Object({
          /** Of the plugin's own; the report puts the plugin's name before it. */
          key: Type.String({ pattern: '^[a-z][A-Za-z0-9]{0,39}$' }),
          title: line(60),
          /** One for each row. */
          values: Type.Array(nullable(line(100)), most),
        }),
        { maxItems: 5 },
      ),
    }),
    {
      guarded: guardedOfReports,
      misfit: ({ rows }, { columns }) => {
        if (new Set(columns.map(({ key }) => key)).size < columns.length) return 'a key comes twice';
        const odd = columns.find(({ values }) => values.length !== rows.length);
        return odd ? `${odd.key} has ${odd.values.length} values for ${rows.length} rows` : null;
      },
    },
  ),
  'scan-decision': point(
    'Keeps the door shut for a ticket that is otherwise good.',
    Type.Object({
      now: instant,
      ticketId: uuid,
      occurrenceId: uuid,
      direction: Type.Union([Type.Literal('IN'), Type.Literal('OUT')]),
      deviceId: text(200),
    }),
    verdict(text(200)),
  ),
  'webhook-transformation': point(
    "Makes the body of the webhooks that go to the plugin's own address: its `events`.",
    Type.Object({ message: Type.Record(Type.String(), Type.Unknown()) }),
    Type.Object({ body: Type.Record(Type.String(), Type.Unknown()) }),
  ),
};

export type HookPoint = keyof typeof hookPoints;
type Inputs = { [Point in HookPoint]: Static<(typeof hookPoints)[Point]['input']> };
type Outputs = { [Point in HookPoint]: Static<(typeof hookPoints)[Point]['output']> };
// Interfaces, so that the compiler works them out once.
/* eslint-disable @typescript-eslint/no-empty-object-type */
interface InputsByPoint extends Inputs {}
interface OutputsByPoint extends Outputs {}
/* eslint-enable @typescript-eslint/no-empty-object-type */
/** What a plugin is asked there. */
export type HookInput<Point extends HookPoint> = InputsByPoint[Point];
/** What it may answer. */
export type HookOutput<Point extends HookPoint> = OutputsByPoint[Point];

/** Why an answer fits neither its place nor what was asked there, in words; null where it fits both. */
export function unfit(point: HookPoint, input: unknown, output: unknown): string | null {
  const { output: schema, misfit } = hookPoints[point];
  return faultText(faultsOf(schema, output)) ?? misfit(input as never, output as never);
}

export function isHookPoint(name: string): name is HookPoint {
  return Object.hasOwn(hookPoints, name);
}
