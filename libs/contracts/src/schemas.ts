import { Type, type TProperties, type TSchema } from 'typebox';

/** Pieces that many events share. Ids inside events are bare UUIDs: TypeIDs are for the wire to clients. */
export const uuid = Type.String({
  pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$',
  examples: ['01980000-0000-7000-8000-000000000001'],
});
/** RFC 3339 instant in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instant = Type.String({
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$',
  examples: ['2027-03-20T19:00:00.000Z'],
});
export const text = (maxLength: number) => Type.String({ maxLength });
export const count = Type.Integer({ minimum: 0 });
/** Minor units as a decimal string (JSON has no 64-bit integers) and an ISO 4217 code. */
export const money = Type.Object({
  amountMinor: Type.String({ pattern: '^-?\\d{1,19}$', examples: ['4900'] }),
  currency: Type.String({ pattern: '^[A-Z]{3}$', examples: ['EUR'] }),
});
export const nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()]);
/** The data of an event, and what it tells in a sentence or two: for the catalogue's page, not for this file's reader. */
export const event = <Fields extends TProperties>(description: string, fields: Fields) =>
  Type.Object(fields, { description });

/** What a text reads as once its subject was erased. */
export const erasedText = '[erased]';

/**
 * Marks a field as personal: a log with field encryption stores it enciphered with the key of the data subject whose id
 * is in the field `subject` of the same object. `erased` is what readers get once that key is gone; it fits the schema.
 * A mark changes nothing for readers, and nothing in a service that has not switched encryption on.
 */
export function encrypted<S extends TSchema>(
  schema: S,
  mark: { readonly subject: string; readonly erased?: unknown },
): S {
  const { subject, erased = erasedText } = mark;
  // A copy with what TypeBox hides in its schemas (not enumerable), or it would not know what this is.
  const descriptors = {
    ...Object.getOwnPropertyDescriptors(schema),
    'x-marquee-encrypted': { value: subject, enumerable: true },
    'x-marquee-erased': { value: erased, enumerable: true },
  };
  return Object.defineProperties({}, descriptors) as S;
}
