/** A JSON object as a service sent it, or as it is being put together. */
export type JsonObject = { [key: string]: unknown };

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy that shares nothing with the original: one entity asked for once may stand in many places. */
export function copyJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyJson);
  const copy: JsonObject = {};
  for (const key of Object.keys(value)) copy[key] = copyJson((value as JsonObject)[key]);
  return copy;
}

/**
 * Adds what a service answered to what is known, in place: objects are merged, lists of equal length by their
 * elements, anything else is replaced. `source` becomes part of `target`: give a copy where it is used twice.
 */
export function mergeInto(target: JsonObject, source: unknown): void {
  if (!isJsonObject(source)) return;
  for (const key of Object.keys(source)) {
    // JSON.parse makes it an own key; set, it would be the prototype, and a merge below it would change every object.
    if (key === '__proto__') continue;
    const given = source[key];
    const known = Object.hasOwn(target, key) ? target[key] : undefined;
    if (isJsonObject(given) && isJsonObject(known)) mergeInto(known, given);
    else if (Array.isArray(given) && Array.isArray(known) && given.length === known.length) {
      mergeElements(known, given);
    } else target[key] = given;
  }
}

function mergeElements(known: unknown[], given: readonly unknown[]): void {
  for (let index = 0; index < given.length; index++) {
    const [mine, theirs] = [known[index], given[index]];
    if (isJsonObject(mine) && isJsonObject(theirs)) mergeInto(mine, theirs);
    else known[index] = theirs;
  }
}

export type ResponsePath = readonly (string | number)[];

/** An object of the answer and where it stands in it. */
export type Place = { readonly value: JsonObject; readonly path: Trail | undefined };

/** A path from its end to its start, so that thousands of elements share what they have in common. */
export type Trail = { readonly parent: Trail | undefined; readonly key: string | number };

export function pathOf(trail: Trail | undefined): (string | number)[] {
  const path: (string | number)[] = [];
  for (let step = trail; step; step = step.parent) path.push(step.key);
  return path.reverse();
}

/** The objects at a plan's path, where `@` stands for each element of a list; null on the way leads nowhere. */
export function placesAt(root: JsonObject, path: readonly string[]): Place[] {
  const places: Place[] = [];
  collect(root, path, 0, undefined, places);
  return places;
}

function collect(
  value: unknown,
  path: readonly string[],
  depth: number,
  trail: Trail | undefined,
  places: Place[],
): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value)) {
    // A list of lists has one `@` for each; at the end of a path what is left of them is gone through as well.
    const next = path[depth] === '@' ? depth + 1 : depth;
    for (let key = 0; key < value.length; key++) {
      collect(value[key], path, next, { parent: trail, key }, places);
    }
    return;
  }
  if (depth === path.length) return void places.push({ value: value as JsonObject, path: trail });
  const key = path[depth]!;
  const object = value as JsonObject;
  if (Object.hasOwn(object, key)) collect(object[key], path, depth + 1, { parent: trail, key }, places);
}
