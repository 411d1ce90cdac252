import { Type, type Static, type TSchema } from 'typebox';
import { instant, money, nullable, text, uuid } from './schemas.ts';

/** A place of the domain at which a plugin may have its say: what it is asked, and what it may answer. */
type HookPointSchemas<Input extends TSchema, Output extends TSchema> = {
  /** In a sentence, for whoever writes a plugin. */
  readonly description: string;
  readonly input: Input;
  readonly output: Output;
  /** Fields of the input that only a plugin with the scope is shown. */
  readonly guarded: Readonly<Record<string, string>>;
};

function point<Input extends TSchema, Output extends TSchema>(
  description: string,
  input: Input,
  output: Output,
  guarded: Readonly<Record<string, string>> = {},
): HookPointSchemas<Input, Output> {
  return { description, input, output, guarded };
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
      guest: Type.Optional(Type.Object({ name: text(200), email: text(320) })),
    }),
    verdict(Type.Object({ field: text(100), message: text(300) })),
    { guest: 'guests:read' },
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

export function isHookPoint(name: string): name is HookPoint {
  return Object.hasOwn(hookPoints, name);
}
