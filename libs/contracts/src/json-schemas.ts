import { catalogue } from './catalogue.ts';

/** A JSON Schema, as JSON. */
export type JsonSchema = { readonly [keyword: string]: unknown };

/** The catalogue as one JSON Schema document (draft 2020-12): the data of an event is `$defs[type]`. */
export type CatalogueSchemas = {
  readonly $schema: string;
  readonly $defs: Readonly<Record<string, JsonSchema>>;
};

/**
 * The catalogue for those who do not write TypeScript, types in alphabetical order. It is kept as
 * `src/generated/schemas.json`; `npm run generate` writes it, and refuses where `findBreaks` finds something.
 */
export function catalogueSchemas(): CatalogueSchemas {
  const types = Object.keys(catalogue).toSorted() as (keyof typeof catalogue)[];
  // TypeBox marks its schemas with hidden properties; JSON leaves them behind.
  const $defs = JSON.parse(JSON.stringify(Object.fromEntries(types.map((type) => [type, catalogue[type]]))));
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    $defs: $defs as Record<string, JsonSchema>,
  };
}
