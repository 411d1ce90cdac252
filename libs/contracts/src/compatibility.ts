import type { CatalogueSchemas, JsonSchema } from './json-schemas.ts';

/** A change within a version that somebody would not survive. */
export type Break = {
  readonly event: string;
  /** JSON Pointer into the event's data; `*` stands for every element of an array or every key. */
  readonly path: string;
  readonly reason: string;
};

/**
 * What changed between two states of the catalogue that a version may not change. Two must survive: **old readers**,
 * which validate each message by the schema they were deployed with, so nothing may become valid that was not; and
 * **stored events**, which are read for ever, so nothing may become invalid that was valid. What is left are new
 * events, new optional fields (an old reader passes over fields it does not know) and annotations. Everything else is
 * a new version and an upcaster.
 */
export function findBreaks(before: CatalogueSchemas, after: CatalogueSchemas): Break[] {
  return Object.entries(before.$defs).flatMap(([event, schema]) => {
    const now = after.$defs[event];
    if (!now) {
      return [{ event, path: '', reason: 'the event is gone: stored events of it could not be read' }];
    }
    return compare(schema, now, '').map((found) => ({ event, ...found }));
  });
}

type Found = { readonly path: string; readonly reason: string };
type Judge = (before: unknown, after: unknown, path: string, schemas: Pair) => Found[];
type Pair = { readonly before: JsonSchema; readonly after: JsonSchema };

function compare(before: JsonSchema, after: JsonSchema, path: string): Found[] {
  // One alternative more, such as null, is told as that and not as another schema altogether.
  if ('anyOf' in before !== 'anyOf' in after) {
    const [old, now] = [before, after].map((schema) => schema['anyOf'] ?? [schema]);
    return alternatives('anyOf')(old, now, path, none);
  }
  const keywords = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...keywords].flatMap((keyword) => {
    const [was, is] = [before[keyword], after[keyword]];
    if (sameJson(was, is)) return [];
    const judge = judges[keyword] ?? judgeUnknown(keyword);
    return judge(was, is, path, { before, after });
  });
}

const forReaders = 'old readers would refuse it';
const forStored = 'stored events may not fit';

const annotation: Judge = () => [];

/** A bound that allows more as it grows (`maxLength`) or as it falls (`minLength`). */
function bound(keyword: string, wider: 'greater' | 'less'): Judge {
  return (was, is, path) => {
    const limitless = wider === 'greater' ? Infinity : -Infinity;
    const [old, now] = [was, is].map((value) => (typeof value === 'number' ? value : limitless));
    const widens = wider === 'greater' ? now! > old! : now! < old!;
    const change = `${keyword} ${show(was)} became ${show(is)}`;
    return [
      { path, reason: widens ? `${change}: more is allowed, ${forReaders}` : `${change}: ${forStored}` },
    ];
  };
}

/** A keyword that only ever narrows, in a way that is not compared: adding, removing and changing it all break. */
function constraint(keyword: string): Judge {
  return (was, is, path) => {
    if (was === undefined) return [{ path, reason: `${keyword} ${show(is)} was added: ${forStored}` }];
    if (is === undefined) return [{ path, reason: `${keyword} is gone: more is allowed, ${forReaders}` }];
    return [{ path, reason: `${keyword} ${show(was)} became ${show(is)}: ${forReaders}, or ${forStored}` }];
  };
}

/** A set of allowed values or types, written as one or as a list. */
function allowed(keyword: string): Judge {
  return (was, is, path) => {
    if (was === undefined || is === undefined) return constraint(keyword)(was, is, path, none);
    const [old, now] = [was, is].map((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
    const added = now!.filter((value) => !old!.some((other) => sameJson(value, other)));
    const gone = old!.filter((value) => !now!.some((other) => sameJson(value, other)));
    return [
      ...added.map((value) => ({ path, reason: `${keyword} allows ${show(value)} too: ${forReaders}` })),
      ...gone.map((value) => ({
        path,
        reason: `${keyword} does not allow ${show(value)} any more: ${forStored}`,
      })),
    ];
  };
}

const judgeProperties: Judge = (was, is, path, { before, after }) => {
  const [old, now] = [schemasOf(was), schemasOf(is)];
  const required = new Set(namesOf(after['required']));
  const closed = before['additionalProperties'];
  const changed = Object.entries(old).flatMap(([name, schema]) => {
    const place = `${path}/${escape(name)}`;
    const current = now[name];
    if (current) return compare(schema, current, place);
    const reason =
      'the field is gone: stored events have it, and a later field of that name would read theirs';
    return [{ path: place, reason }];
  });
  const added = Object.keys(now)
    .filter((name) => !(name in old))
    .flatMap((name) => {
      const place = `${path}/${escape(name)}`;
      if (required.has(name)) return [{ path: place, reason: `a new field is required: ${forStored}` }];
      if (closed === undefined || closed === true) return [];
      return [{ path: place, reason: `a new field in an object that was closed: ${forReaders}` }];
    });
  return [...changed, ...added];
};

const judgeRequired: Judge = (was, is, path, { before, after }) => {
  const [old, now] = [new Set(namesOf(was)), new Set(namesOf(is))];
  const kept = (name: string, schema: JsonSchema) => name in schemasOf(schema['properties']);
  // A field that came or went is told of by `properties`.
  const freed = [...old].filter((name) => !now.has(name) && kept(name, after));
  const bound = [...now].filter((name) => !old.has(name) && kept(name, before));
  return [
    ...freed.map((name) => ({
      path: `${path}/${escape(name)}`,
      reason: `the field became optional: ${forReaders} without it`,
    })),
    ...bound.map((name) => ({
      path: `${path}/${escape(name)}`,
      reason: `the field became required: ${forStored}`,
    })),
  ];
};

/** One schema for all that is inside: `items`, `additionalProperties`. */
function inside(keyword: string): Judge {
  return (was, is, path) =>
    isSchema(was) && isSchema(is) ? compare(was, is, `${path}/*`) : constraint(keyword)(was, is, path, none);
}

const judgeAdditional: Judge = (was, is, path, pair) => {
  // Absent and `true` mean the same.
  const [old, now] = [was ?? true, is ?? true];
  return sameJson(old, now) ? [] : openness(old, now, path, pair);
};

const openness: Judge = (old, now, path, pair) => {
  if (isSchema(old) && isSchema(now)) return inside('additionalProperties')(old, now, path, pair);
  if (now === true || old === false)
    return [{ path, reason: `fields it does not name are allowed: ${forReaders}` }];
  return [{ path, reason: `fields it does not name are restricted: ${forStored}` }];
};

const judgePatterns: Judge = (was, is, path) => {
  const [old, now] = [schemasOf(was), schemasOf(is)];
  return [...new Set([...Object.keys(old), ...Object.keys(now)])].flatMap((pattern) => {
    const [before, after] = [old[pattern], now[pattern]];
    if (before && after) return compare(before, after, `${path}/*`);
    return constraint(`patternProperties ${pattern}`)(before, after, path, none);
  });
};

/** Alternatives, in any order. One that changed is compared with its successor, where there is just one of each. */
function alternatives(keyword: string): Judge {
  return (was, is, path) => {
    if (!Array.isArray(was) || !Array.isArray(is)) return constraint(keyword)(was, is, path, none);
    const [old, now] = [was as JsonSchema[], is as JsonSchema[]];
    const matches = (one: JsonSchema, other: JsonSchema) => compare(one, other, path).length === 0;
    const gone = old.filter((one) => !now.some((other) => matches(one, other)));
    const added = now.filter((other) => !old.some((one) => matches(one, other)));
    const [before, after] = [gone[0], added[0]];
    if (gone.length === 1 && added.length === 1 && sameJson(before?.['type'], after?.['type']))
      return compare(before!, after!, path);
    return [
      ...added.map((schema) => ({ path, reason: `a new alternative ${show(schema)}: ${forReaders}` })),
      ...gone.map((schema) => ({ path, reason: `the alternative ${show(schema)} is gone: ${forStored}` })),
    ];
  };
}

/** Rows that the log wrote enciphered are deciphered by this mark. Setting it is safe: plain rows are still read. */
const judgeEncrypted: Judge = (was, is, path) => {
  if (was === undefined) return [];
  const change = is === undefined ? 'is gone' : `became ${show(is)}`;
  return [{ path, reason: `x-marquee-encrypted ${change}: stored events could not be deciphered` }];
};

function judgeUnknown(keyword: string): Judge {
  if (keyword.startsWith('x-')) return annotation;
  return (was, is, path) =>
    constraint(keyword)(was, is, path, none).map((found) => ({
      path,
      reason: `${found.reason} (a keyword this check cannot weigh)`,
    }));
}

const annotations = [
  'title',
  'description',
  'examples',
  'default',
  'deprecated',
  '$comment',
  'readOnly',
  'writeOnly',
];

/** By keyword. One that is not here is refused when it changes, except `x-…`. */
const judges: Readonly<Record<string, Judge>> = {
  ...Object.fromEntries(annotations.map((keyword) => [keyword, annotation])),
  ...Object.fromEntries(
    ['maxLength', 'maxItems', 'maxProperties', 'maximum', 'exclusiveMaximum', 'maxContains'].map(
      (keyword) => [keyword, bound(keyword, 'greater')],
    ),
  ),
  ...Object.fromEntries(
    ['minLength', 'minItems', 'minProperties', 'minimum', 'exclusiveMinimum', 'minContains'].map(
      (keyword) => [keyword, bound(keyword, 'less')],
    ),
  ),
  ...Object.fromEntries(
    ['pattern', 'format', 'multipleOf', 'uniqueItems', 'const', 'propertyNames'].map((keyword) => [
      keyword,
      constraint(keyword),
    ]),
  ),
  type: allowed('type'),
  enum: allowed('enum'),
  properties: judgeProperties,
  required: judgeRequired,
  items: inside('items'),
  additionalProperties: judgeAdditional,
  patternProperties: judgePatterns,
  anyOf: alternatives('anyOf'),
  oneOf: alternatives('oneOf'),
  'x-marquee-encrypted': judgeEncrypted,
};

const none: Pair = { before: {}, after: {} };

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function schemasOf(value: unknown): Readonly<Record<string, JsonSchema>> {
  return (value ?? {}) as Readonly<Record<string, JsonSchema>>;
}

function namesOf(value: unknown): readonly string[] {
  return (value ?? []) as readonly string[];
}

/** As JSON, keys in any order. */
function sameJson(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false;
  if (Array.isArray(one) !== Array.isArray(other)) return false;
  const [left, right] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => sameJson(left[key], right[key]));
}

function show(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= 80 ? text : `${text.slice(0, 79)}…`;
}

function escape(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
