import { Type } from 'typebox';

/** Pieces that many events share. Ids inside events are bare UUIDs: TypeIDs are for the wire to clients. */
export const uuid = Type.String({ pattern: '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$' });
/** RFC 3339 instant in UTC with milliseconds, as `Date.prototype.toISOString` writes it. */
export const instant = Type.String({ pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' });
export const text = (maxLength: number) => Type.String({ maxLength });
export const count = Type.Integer({ minimum: 0 });
/** Minor units as a decimal string (JSON has no 64-bit integers) and an ISO 4217 code. */
export const money = Type.Object({
  amountMinor: Type.String({ pattern: '^-?\\d{1,19}$' }),
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
});
export const nullable = <S extends Parameters<typeof Type.Union>[0][number]>(schema: S) =>
  Type.Union([schema, Type.Null()]);
