import { catalogue, catalogueSchemas, exampleOf, type EventType, type JsonSchema } from '@marquee/contracts';

export type EventTypeInfo = {
  readonly name: EventType;
  readonly service: string;
  readonly version: number;
  readonly description: string;
  readonly schema: JsonSchema;
};

/** Every type, by name. */
export const eventTypes: readonly EventTypeInfo[] = Object.entries(catalogueSchemas().$defs).map(
  ([name, schema]) => ({
    name: name as EventType,
    service: name.split('.')[0]!,
    version: versionOf(name),
    description: String(schema['description'] ?? ''),
    schema,
  }),
);

const byName = new Map(eventTypes.map((type) => [type.name, type]));

/** Data of this type as it could be. */
export function sampleData(name: EventType): unknown {
  return exampleOf(name, byName.get(name)!.schema);
}

/** `tickets.order-paid.v1`, `tickets.*` or `*`. */
export function matchesPattern(pattern: string, type: string): boolean {
  if (pattern === '*' || pattern === type) return true;
  return pattern.endsWith('.*') && type.startsWith(pattern.slice(0, -1));
}

/** The types that these patterns stand for, up to a version; a pattern for none of them is in `unknown`. */
export function typesOf(
  patterns: readonly string[],
  pinnedVersion = Infinity,
): { readonly types: readonly EventType[]; readonly unknown: readonly string[] } {
  const all = Object.keys(catalogue) as EventType[];
  return {
    types: all.filter(
      (type) => versionOf(type) <= pinnedVersion && patterns.some((each) => matchesPattern(each, type)),
    ),
    unknown: patterns.filter((pattern) => !all.some((type) => matchesPattern(pattern, type))),
  };
}

export function versionOf(type: string): number {
  return Number(type.slice(type.lastIndexOf('.v') + 2));
}
