import type { FetchDataRewrite } from '@apollo/query-planner';
import { isJsonObject, type JsonObject } from './json.ts';

/** The names that `__typename` may have for an object that a condition on this type lets through. */
export type TypeNames = {
  namesFor(condition: string): ReadonlySet<string>;
  isAbstract(name: string): boolean;
};

const conditionPrefix = '... on ';

/**
 * What the planner wants changed in a representation before it is sent, or in an answer after it came: a field set
 * (the `__typename` of an @interfaceObject) or renamed (where two types of a union have one field in two types).
 */
export function createRewrite(
  rewrites: readonly FetchDataRewrite[] | undefined,
  types: TypeNames,
): ((value: unknown) => void) | undefined {
  if (!rewrites?.length) return undefined;
  const steps = rewrites.filter(({ path }) => path.length > 0);
  return (value) => {
    for (const rewrite of steps) {
      const last = rewrite.path.at(-1)!;
      atPath(value, rewrite.path.slice(0, -1), types, (object) => apply(object, last, rewrite));
    }
  };
}

function apply(object: JsonObject, field: string, rewrite: FetchDataRewrite): void {
  if (rewrite.kind === 'ValueSetter') object[field] = rewrite.setValueTo;
  else if (Object.hasOwn(object, field) && object[field]) {
    object[rewrite.renameKeyTo] = object[field];
    object[field] = undefined;
  }
}

function atPath(
  value: unknown,
  path: readonly string[],
  types: TypeNames,
  work: (object: JsonObject) => void,
): void {
  if (Array.isArray(value)) return void value.forEach((element) => atPath(element, path, types, work));
  if (!isJsonObject(value)) return;
  const [first, ...rest] = path;
  if (first === undefined) return work(value);
  if (!first.startsWith(conditionPrefix)) return atPath(value[first], rest, types, work);
  const name = value['__typename'];
  // Without a name the condition holds: then its type was never in doubt.
  const holds = !name || types.namesFor(first.slice(conditionPrefix.length)).has(String(name));
  if (holds) atPath(value, rest, types, work);
}
