/** A generator cannot do what it was asked; nothing was written. */
export class NewError extends Error {
  override readonly name = 'NewError';
}

/** One name in every form that code, SQL and prose need. Made from kebab case: `check-in-lists`. */
export type Names = {
  readonly service: string;
  readonly Service: string;
  readonly serviceCamel: string;
  /** `check-in-list`, `checkInList`, `CheckInList`, `check_in_list`, `check-in list` */
  readonly thingKebab: string;
  readonly thing: string;
  readonly Thing: string;
  readonly thingSnake: string;
  readonly thingWords: string;
  readonly thingsKebab: string;
  readonly things: string;
  readonly Things: string;
  readonly thingsWords: string;
};

const kebabCase = /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/;

/** Throws a NewError where the text is no kebab-case name. */
export function parseKebab(what: string, value: string | undefined): string {
  if (value && kebabCase.test(value) && value.length <= 40) return value;
  throw new NewError(`${what} must be lower-case words joined by hyphens, such as check-in-lists.`);
}

/** `thing` where the plural does not end in a way that English singulars can be told from. */
export function namesOf(service: string, things: string, thing: string = singularOf(things)): Names {
  return {
    service,
    Service: pascal(service),
    serviceCamel: camel(service),
    thingKebab: thing,
    thing: camel(thing),
    Thing: pascal(thing),
    thingSnake: thing.replaceAll('-', '_'),
    thingWords: thing.replaceAll('-', ' '),
    thingsKebab: things,
    things: camel(things),
    Things: pascal(things),
    thingsWords: things.replaceAll('-', ' '),
  };
}

/** The singular of a regular plural. Throws a NewError for what is none. */
export function singularOf(plural: string): string {
  if (plural.endsWith('ies')) return `${plural.slice(0, -3)}y`;
  if (/(ss|sh|ch|x)es$/.test(plural)) return plural.slice(0, -2);
  if (plural.endsWith('s') && !plural.endsWith('ss')) return plural.slice(0, -1);
  throw new NewError(`${plural} is no plural that we know the singular of: give it with --one NAME.`);
}

export function pascal(kebab: string): string {
  return kebab
    .split('-')
    .map((word) => word[0]!.toUpperCase() + word.slice(1))
    .join('');
}

export function camel(kebab: string): string {
  const name = pascal(kebab);
  return name[0]!.toLowerCase() + name.slice(1);
}

/** A prefix of three letters for ids that none of these has: of the name's letters, the first that is free. */
export function freePrefix(thing: string, taken: ReadonlySet<string>): string {
  const letters = thing.replaceAll(/[^a-z]/g, '').padEnd(3, 'x');
  for (let second = 1; second < letters.length - 1; second++) {
    for (let third = second + 1; third < letters.length; third++) {
      const prefix = letters[0]! + letters[second]! + letters[third]!;
      if (!taken.has(prefix)) return prefix;
    }
  }
  throw new NewError(`No id prefix is free for ${thing}: add one to libs/kernel/src/ids.ts.`);
}
