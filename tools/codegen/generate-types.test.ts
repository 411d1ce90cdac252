import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { generateTypes } from './generate-types.ts';

function application(schema: string, settings?: object): string {
  const directory = mkdtempSync(join(tmpdir(), 'marquee-codegen-'));
  mkdirSync(join(directory, 'src'));
  writeFileSync(join(directory, 'src/venues.graphql'), schema);
  if (settings) writeFileSync(join(directory, 'codegen.json'), JSON.stringify(settings));
  return directory;
}

const schema = `
  extend type Query { venue(id: ID!): Venue }
  extend type Mutation { openVenue(input: OpenVenueInput!): OpenVenueResult! }
  input OpenVenueInput { at: DateTime! price: MoneyInput }
  type Venue implements Node @key(fields: "id") { id: ID! status: VenueStatus! openedAt: LocalDateTime }
  enum VenueStatus { OPEN CLOSED }
  type VenueOpened { venue: Venue! }
  union OpenVenueResult = VenueOpened | InvalidInput`;

test('types use no enum, know the context, the scalars and the mapped rows', async () => {
  const source = await generateTypes(application(schema, { mappers: { Venue: '../venue.ts#VenueRow' } }));
  expect(source).toMatch(/VenueStatus =\s+'OPEN' \| 'CLOSED'|VenueStatus = "OPEN" \| "CLOSED"/);
  expect(source).toMatch(/import type \{ VenueRow \} from ['"]\.\.\/venue\.ts['"]/);
  expect(source).toMatch(/import type \{ Context \} from ['"]\.\.\/context\.ts['"]/);
  expect(source).toContain('DateTime: { input: Date; output: Date | string }');
  expect(source).toContain('BigInt: { input: bigint; output: bigint | number | string }');
  expect(source).toMatch(/__typename: ['"]VenueOpened['"]/);
  expect(source).toContain('__resolveReference');
  expect(source).not.toMatch(/\benum\b|federation__|_Service/);
});

test('the same schema gives the same bytes', async () => {
  const directory = application(schema);
  expect(await generateTypes(directory)).toBe(await generateTypes(directory));
});

test('a mapper for a type that is not there, and a schema that is not right, are errors', async () => {
  await expect(generateTypes(application(schema, { mappers: { Venu: 'x#y' } }))).rejects.toThrow(/maps Venu/);
  await expect(generateTypes(application('type Query { a: Nothing }'))).rejects.toThrow(/Nothing/);
});
