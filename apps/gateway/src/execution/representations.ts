import type { QueryPlanFieldNode, QueryPlanSelectionNode } from '@apollo/query-planner';
import { isJsonObject, mergeInto, type JsonObject } from './json.ts';
import type { TypeNames } from './rewrites.ts';

type Build = (source: JsonObject) => JsonObject | null;

/**
 * Makes of an entity what its service needs to find it: key, `@requires` fields and `__typename`. Null where one of
 * them is not known, since what was to bring it failed: then the service is not asked for this one.
 */
export function createRepresentation(
  requires: readonly QueryPlanSelectionNode[],
  types: TypeNames,
): (entity: JsonObject) => JsonObject | null {
  const build = compileSelections(requires, types);
  return (entity) => {
    const representation = build(entity);
    return representation?.['__typename'] ? representation : null;
  };
}

function compileSelections(selections: readonly QueryPlanSelectionNode[], types: TypeNames): Build {
  const steps = selections.map((selection) => {
    if (selection.kind === 'Field') return compileField(selection, types);
    if (selection.typeCondition === undefined) return null;
    const names = types.namesFor(selection.typeCondition);
    const below = compileSelections(selection.selections, types);
    return (source: JsonObject, result: JsonObject): boolean => {
      if (names.has(source['__typename'] as string)) mergeInto(result, below(source));
      return true;
    };
  });
  const known = steps.filter((step) => step !== null);
  return (source) => {
    const result: JsonObject = {};
    for (const step of known) if (!step(source, result)) return null;
    return result;
  };
}

function compileField({ name, alias, selections }: QueryPlanFieldNode, types: TypeNames) {
  const key = alias ?? name;
  const below = selections && compileSelections(selections, types);
  const read = (value: unknown): unknown => (below ? (isJsonObject(value) ? below(value) : null) : value);
  /** False where the field is not known. */
  return (source: JsonObject, result: JsonObject): boolean => {
    const value = Object.hasOwn(source, key) ? source[key] : undefined;
    if (value === undefined) return false;
    result[key] = Array.isArray(value) ? value.map(read) : read(value);
    return true;
  };
}
